// Names of the groups of figures, in order.
// In a separate file, so that the command line does not load a server.

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
