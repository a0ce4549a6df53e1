// What there is to look at, in the order of the page's menu.

export const SECTIONS = [
  'overview',
  'engagement',
  'gaps',
  'coverage',
  'doubts',
  'drift',
  'experiments',
  'map',
  'answers',
  'model',
] as const;

export type Section = (typeof SECTIONS)[number];

export const SECTION_TITLES: Record<Section, string> = {
  overview: 'Overview',
  engagement: 'Engagement',
  gaps: 'Search gaps',
  coverage: 'Coverage',
  doubts: 'Catalog doubts',
  drift: 'Drift',
  experiments: 'Experiments',
  map: 'Map',
  answers: 'Answers',
  model: 'Model',
};
