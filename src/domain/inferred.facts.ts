// Fills in what a merchant left out from what the head sees, and says which fields that were.
import { GARMENT_TYPES, type GarmentFacts, type Gender, type GarmentType, type InferableField } from './garment.js';
import { rankedLabels, type HeadReading } from './reading.js';
import { tryableTypes, type ReadingLabels } from './understanding.js';

/** Under this probability a field stays empty: a wrong fact on a product page costs more than a missing one. */
const INFER_FROM = 0.4;

export interface FactLabels extends ReadingLabels {
  gender: readonly string[];
  usage: readonly string[];
}

/** The catalog row's facts: the merchant's own, and the head's where they are silent. */
export function inferFacts(
  said: GarmentFacts,
  reading: HeadReading,
  labels: FactLabels,
): { facts: GarmentFacts; inferredFields: InferableField[] } {
  const guesses: Partial<GarmentFacts> = {};
  if (said.category === null) guesses.category = likelyCategory(said.garmentType, reading, labels);
  if (said.garmentType === null) {
    const category = said.category ?? null;
    guesses.garmentType = category === null ? likelyType(reading, labels) : typeOfCategory(category, reading, labels);
  }
  if (said.color === null) guesses.color = likely(labels.color, reading.color);
  if (said.gender === null) guesses.gender = (likely(labels.gender, reading.gender)?.toUpperCase() as Gender) ?? null;
  if (said.usage === null) guesses.usage = likely(labels.usage, reading.usage);
  const known = Object.entries(guesses).filter(([, value]) => value !== null);
  return {
    facts: { ...said, ...Object.fromEntries(known) },
    inferredFields: known.map(([field]) => field as InferableField),
  };
}

/**
 * p(type | garment) as it is searched with, in the order of GARMENT_TYPES: certain where the merchant said the type or a
 * category that has one, zeros where the category is none of the ten, else the head's.
 */
export function garmentTypeProbabilities(
  said: GarmentFacts,
  reading: HeadReading,
  labels: ReadingLabels,
): Float32Array {
  const category = said.category === null ? null : knownCategory(said.category, labels);
  const type = said.garmentType ?? (category === null ? null : (labels.categoryToGarmentType[category] ?? 'NONE'));
  if (type === null) return tryableTypes(reading, labels);
  return Float32Array.from(GARMENT_TYPES, (name) => (name === type ? 1 : 0));
}

/** p(color | garment): half the merchant's word, half what the head sees, since labels and pictures each err on their own. */
export function garmentColorProbabilities(
  said: GarmentFacts,
  reading: HeadReading,
  labels: ReadingLabels,
): Float32Array {
  const color = said.color?.toLowerCase();
  const position = color === undefined ? -1 : labels.color.findIndex((label) => label.toLowerCase() === color);
  if (position < 0) return reading.color;
  return reading.color.map((probability, i) => probability / 2 + (i === position ? 0.5 : 0));
}

/** The type that the words or the picture give for sure, for telling whether they contradict each other. */
export function saidType(said: GarmentFacts, labels: ReadingLabels): GarmentType | null {
  if (said.garmentType) return said.garmentType;
  const category = said.category === null ? null : knownCategory(said.category, labels);
  return category === null ? null : (labels.categoryToGarmentType[category] ?? null);
}

function knownCategory(category: string, labels: ReadingLabels): string | null {
  const wanted = category.toLowerCase();
  return labels.category.find((label) => label.toLowerCase() === wanted) ?? null;
}

/** With the type said, only its own categories come into question. */
function likelyCategory(type: GarmentType | null, reading: HeadReading, labels: ReadingLabels): string | null {
  if (type === null) return likely(labels.category, reading.category);
  const fitting = reading.category.map((p, i) => (labels.categoryToGarmentType[labels.category[i]!] === type ? p : 0));
  const sum = fitting.reduce((total, p) => total + p, 0);
  return sum > 0
    ? likely(
        labels.category,
        fitting.map((p) => p / sum),
      )
    : null;
}

function typeOfCategory(category: string, reading: HeadReading, labels: ReadingLabels): GarmentType | null {
  const known = knownCategory(category, labels);
  return known === null ? likelyType(reading, labels) : (labels.categoryToGarmentType[known] ?? null);
}

function likelyType(reading: HeadReading, labels: ReadingLabels): GarmentType | null {
  return likely(GARMENT_TYPES, tryableTypes(reading, labels)) as GarmentType | null;
}

function likely(names: readonly string[], probabilities: Float32Array): string | null {
  const [first, second] = rankedLabels(names, probabilities);
  // a tie is no evidence: a head that knows nothing gives even odds, also between two
  return first && first.probability >= Math.max(INFER_FROM, (second?.probability ?? 0) + 1e-6) ? first.label : null;
}
