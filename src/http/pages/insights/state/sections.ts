// The sections of the page, in the order of its menu. Their names are part of the page's URLs.

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
  doubts: 'Catalog quality audit',
  drift: 'Drift',
  experiments: 'Experiments',
  map: 'Map',
  answers: 'Recommendations',
  model: 'Model',
};
