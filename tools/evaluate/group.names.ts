// The groups of figures by name, in their order. By itself, so that the command line knows them without loading a server.

export const GROUP_NAMES = [
  'head',
  'words',
  'queries',
  'pictures',
  'composed',
  'described',
  'diversity',
  'trust',
  'confidence',
  'robustness',
  'fusion',
  'outfits',
  'latency',
] as const;

export type GroupName = (typeof GROUP_NAMES)[number];
