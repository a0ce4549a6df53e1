// The bundle's labels in the form in which the domain reads the head's outputs.
import type { FactLabels } from '../domain/inferred.facts.js';
import type { Bundle } from '../inference/bundle.js';

export function factLabels({ manifest }: Bundle): FactLabels {
  const { category, color, gender, usage } = manifest.head.labels;
  return { category, color, gender, usage, categoryToGarmentType: manifest.categoryToGarmentType };
}
