// Fills in what a merchant left out from what the head sees, and says which fields that were.
import { GARMENT_TYPES, type GarmentFacts, type Gender, type GarmentType, type InferableField } from './garment.js';
import {
  COMPARED_OUTPUTS,
  type ComparedOutput,
  type SquareRootProbabilities,
  squareRootsOf,
} from '../recommend/label.similarity.js';
import { rankedLabels, type Classification } from '../recommend/classification.js';
import { categoriesOfType, oneHotType, tryableTypes, type HeadLabels } from '../recommend/query.understanding.js';

/** Under this probability a field stays empty: a wrong fact on a product page costs more than a missing one. */
const INFER_FROM = 0.4;

/** The catalog row's facts: the merchant's own, and the head's where they are silent. */
export function inferFacts(
  said: GarmentFacts,
  reading: Classification,
  labels: HeadLabels,
): { facts: GarmentFacts; inferredFields: InferableField[] } {
  const guesses: Partial<GarmentFacts> = {};
  if (said.category === null) guesses.category = likelyCategory(said.garmentType, reading, labels);
  if (said.garmentType === null) {
    // of the category where one is known, inferred or said: "Dresses" and SHOES on one row would be wrong for sure
    const category = said.category ?? guesses.category ?? null;
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
  reading: Classification,
  labels: HeadLabels,
): Float32Array {
  const type = statedType(said, labels);
  if (type) return oneHotType(type);
  const isOtherThing = said.category !== null && knownCategory(said.category, labels) !== null;
  return isOtherThing ? new Float32Array(GARMENT_TYPES.length) : tryableTypes(reading, labels);
}

/** How much of a label's probability is the merchant's word; the rest is what the head sees. */
const SAID_SHARE: Record<ComparedOutput, number> = {
  category: 1,
  // labels and pictures each err on their own
  color: 0.5,
  gender: 1,
  usage: 0.5,
};

/** √p of the garment's labels as they are compared with requests: the merchant's word where there is one, else the head's. */
export function garmentRoots(said: GarmentFacts, reading: Classification, labels: HeadLabels): SquareRootProbabilities {
  const found = COMPARED_OUTPUTS.map((output) => {
    const word = said[output]?.toLowerCase();
    const position = word === undefined ? -1 : labels[output].findIndex((label) => label.toLowerCase() === word);
    return [
      output,
      squareRootsOf(position < 0 ? reading[output] : withWord(reading[output], position, SAID_SHARE[output])),
    ];
  });
  const known = Object.fromEntries(found) as SquareRootProbabilities;
  return said.gender === 'UNISEX' ? { ...known, gender: unisexRoots(labels.gender) } : known;
}

function withWord(probabilities: Float32Array, position: number, share: number): Float32Array {
  return probabilities.map((p, i) => (1 - share) * p + (i === position ? share : 0));
}

/** What suits both suits either: a third each for men, women and whoever asks for unisex. */
function unisexRoots(genders: readonly string[]): Float32Array {
  return squareRootsOf(Float32Array.from(genders, (name) => (['Men', 'Women', 'Unisex'].includes(name) ? 1 / 3 : 0)));
}

/** The type that the words or the picture give for sure, for telling whether they contradict each other. */
export function statedType(said: GarmentFacts, labels: HeadLabels): GarmentType | null {
  if (said.garmentType) return said.garmentType;
  const category = said.category === null ? null : knownCategory(said.category, labels);
  return category === null ? null : (labels.categoryToGarmentType[category] ?? null);
}

function knownCategory(category: string, labels: HeadLabels): string | null {
  const wanted = category.toLowerCase();
  return labels.category.find((label) => label.toLowerCase() === wanted) ?? null;
}

/** With the type said, only its own categories come into question. */
function likelyCategory(type: GarmentType | null, reading: Classification, labels: HeadLabels): string | null {
  if (type === null) return likely(labels.category, reading.category);
  const fitting = categoriesOfType(reading, type, labels);
  return fitting && likely(labels.category, fitting);
}

function typeOfCategory(category: string, reading: Classification, labels: HeadLabels): GarmentType | null {
  const known = knownCategory(category, labels);
  return known === null ? likelyType(reading, labels) : (labels.categoryToGarmentType[known] ?? null);
}

function likelyType(reading: Classification, labels: HeadLabels): GarmentType | null {
  return likely(GARMENT_TYPES, tryableTypes(reading, labels)) as GarmentType | null;
}

function likely(names: readonly string[], probabilities: Float32Array): string | null {
  const [first, second] = rankedLabels(names, probabilities);
  // a tie is no evidence: a head that knows nothing gives even odds, also between two
  return first && first.probability >= Math.max(INFER_FROM, (second?.probability ?? 0) + 1e-6) ? first.label : null;
}
