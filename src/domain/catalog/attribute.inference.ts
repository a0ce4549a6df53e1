// Inference of missing garment attributes from the classifier head's probabilities.
import { GARMENT_TYPES, type GarmentFacts, type Gender, type GarmentType, type InferableField } from './garment.js';
import {
  COMPARED_OUTPUTS,
  type ComparedOutput,
  type SquareRootProbabilities,
  squareRootsOf,
} from '../recommend/label.similarity.js';
import { rankedLabels, type Classification } from '../recommend/classification.js';
import { categoriesOfType, oneHotType, tryableTypes, type HeadLabels } from '../recommend/query.understanding.js';

/** Minimum probability for an inferred field. A wrong fact on a product page costs more than a missing one. */
const INFER_FROM = 0.4;

/** Returns the merchant's facts with missing fields filled in from the head, and the names of the filled-in fields. */
export function inferFacts(
  merchantFacts: GarmentFacts,
  classification: Classification,
  labels: HeadLabels,
): { facts: GarmentFacts; inferredFields: InferableField[] } {
  const inferred: Partial<GarmentFacts> = {};
  if (merchantFacts.category === null)
    inferred.category = likelyCategory(merchantFacts.garmentType, classification, labels);
  if (merchantFacts.garmentType === null) {
    // If the category implies a type, that type is used: a row with "Dresses" and SHOES is certainly wrong.
    const category = merchantFacts.category ?? inferred.category ?? null;
    inferred.garmentType =
      category === null ? likelyType(classification, labels) : typeOfCategory(category, classification, labels);
  }
  if (merchantFacts.color === null) inferred.color = likelyLabel(labels.color, classification.color);
  if (merchantFacts.gender === null)
    inferred.gender = (likelyLabel(labels.gender, classification.gender)?.toUpperCase() as Gender) ?? null;
  if (merchantFacts.usage === null) inferred.usage = likelyLabel(labels.usage, classification.usage);
  const known = Object.entries(inferred).filter(([, value]) => value !== null);
  return {
    facts: { ...merchantFacts, ...Object.fromEntries(known) },
    inferredFields: known.map(([field]) => field as InferableField),
  };
}

/**
 * Returns p(type | garment) for the search, in the order of GARMENT_TYPES. The type is certain if the merchant states
 * it or a category that implies it. All values are 0 for a known category outside the ten types. Otherwise the head
 * decides.
 */
export function garmentTypeProbabilities(
  merchantFacts: GarmentFacts,
  classification: Classification,
  labels: HeadLabels,
): Float32Array {
  const type = statedType(merchantFacts, labels);
  if (type) return oneHotType(type);
  const isOtherCategory = merchantFacts.category !== null && knownCategory(merchantFacts.category, labels) !== null;
  return isOtherCategory ? new Float32Array(GARMENT_TYPES.length) : tryableTypes(classification, labels);
}

/** Share of a label's probability that comes from the merchant's value; the rest comes from the head. */
const MERCHANT_SHARE: Record<ComparedOutput, number> = {
  category: 1,
  // Merchant labels and pictures make independent errors.
  color: 0.5,
  gender: 1,
  usage: 0.5,
};

/** Returns √p of the garment's labels: from the merchant's value where it is a known label, otherwise from the head. */
export function garmentRoots(
  merchantFacts: GarmentFacts,
  classification: Classification,
  labels: HeadLabels,
): SquareRootProbabilities {
  const rootEntries = COMPARED_OUTPUTS.map((output) => {
    const merchantLabel = merchantFacts[output]?.toLowerCase();
    const position =
      merchantLabel === undefined ? -1 : labels[output].findIndex((label) => label.toLowerCase() === merchantLabel);
    return [
      output,
      squareRootsOf(
        position < 0
          ? classification[output]
          : withMerchantLabel(classification[output], position, MERCHANT_SHARE[output]),
      ),
    ];
  });
  const known = Object.fromEntries(rootEntries) as SquareRootProbabilities;
  return merchantFacts.gender === 'UNISEX' ? { ...known, gender: unisexRoots(labels.gender) } : known;
}

function withMerchantLabel(probabilities: Float32Array, position: number, share: number): Float32Array {
  return probabilities.map((p, i) => (1 - share) * p + (i === position ? share : 0));
}

/** Returns √p for a unisex garment: p = 1/3 each for men, women and unisex, so that it fits all three requests. */
function unisexRoots(genders: readonly string[]): Float32Array {
  return squareRootsOf(Float32Array.from(genders, (name) => (['Men', 'Women', 'Unisex'].includes(name) ? 1 / 3 : 0)));
}

/** Returns the type that the merchant's type or category implies with certainty, or null. */
export function statedType(merchantFacts: GarmentFacts, labels: HeadLabels): GarmentType | null {
  if (merchantFacts.garmentType) return merchantFacts.garmentType;
  const category = merchantFacts.category === null ? null : knownCategory(merchantFacts.category, labels);
  return category === null ? null : (labels.categoryToGarmentType[category] ?? null);
}

function knownCategory(category: string, labels: HeadLabels): string | null {
  const lowerCased = category.toLowerCase();
  return labels.category.find((label) => label.toLowerCase() === lowerCased) ?? null;
}

/** Returns the likeliest category. With a known type, only the categories of that type are considered. */
function likelyCategory(type: GarmentType | null, classification: Classification, labels: HeadLabels): string | null {
  if (type === null) return likelyLabel(labels.category, classification.category);
  const typeCategories = categoriesOfType(classification, type, labels);
  return typeCategories && likelyLabel(labels.category, typeCategories);
}

function typeOfCategory(category: string, classification: Classification, labels: HeadLabels): GarmentType | null {
  const known = knownCategory(category, labels);
  return known === null ? likelyType(classification, labels) : (labels.categoryToGarmentType[known] ?? null);
}

function likelyType(classification: Classification, labels: HeadLabels): GarmentType | null {
  return likelyLabel(GARMENT_TYPES, tryableTypes(classification, labels)) as GarmentType | null;
}

function likelyLabel(names: readonly string[], probabilities: Float32Array): string | null {
  const [first, second] = rankedLabels(names, probabilities);
  // A tie is not evidence: an uncertain head gives equal probabilities, even to two labels.
  return first && first.probability >= Math.max(INFER_FROM, (second?.probability ?? 0) + 1e-6) ? first.label : null;
}
