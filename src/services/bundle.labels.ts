// The bundle's labels in the form in which the domain reads the head's outputs.
import type { ReadingLabels } from '../domain/understanding.js';
import type { Bundle } from '../inference/bundle.js';

export function readingLabels({ manifest }: Bundle): ReadingLabels {
  const { category, color, gender, usage } = manifest.head.labels;
  return { category, color, gender, usage, categoryToGarmentType: manifest.categoryToGarmentType };
}
