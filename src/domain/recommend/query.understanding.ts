// Query understanding: the requested labels, from the classifications of text and picture.
// A label in the text takes precedence over the picture; without a label in the text, the picture decides.
import { GARMENT_TYPES, type GarmentType } from '../catalog/garment.js';
import { queryRoots, type QueryRoots } from './label.similarity.js';
import { HEAD_OUTPUTS, rankedLabels, type HeadOutput, type Classification } from './classification.js';
import type { FusionMethod } from './fusion.js';

/** Minimum probabilities for a label that the text names or the picture shows; measured with the bundle. */
export interface NamingThresholds {
  typeNamed: number;
  categoryNamed: number;
  colorNamed: number;
  genderNamed: number;
  usageNamed: number;
  /** For the picture alone, with heads that have no `nothing` output. */
  categoryShown: number;
}

/** The bundle's labels that query understanding uses. */
export interface HeadLabels {
  category: readonly string[];
  color: readonly string[];
  gender: readonly string[];
  usage: readonly string[];
  /** The garment type of each category; a category outside the ten types is absent. */
  categoryToGarmentType: Readonly<Record<string, GarmentType>>;
}

export interface QueryClassifications {
  words: Classification | null;
  picture: Classification | null;
  both: Classification;
  /** True for a picture of a single shade. The classification does not detect this: it takes a red area for a cap. */
  isBlank: boolean;
}

export interface QueryInterpretation {
  /** p(type) times the probability that any of the ten types is meant; null if the request names no type. */
  typeProbabilities: Float32Array | null;
  /** √p of the requested labels: from the text, or category and color from the picture if the text names none. */
  queryRoots: QueryRoots;
  garmentTypes: GarmentTypeProbability[];
  colors: string[];
  requested: Pick<RequestedLabels, 'garmentType' | 'colors' | 'gender' | 'usage'>;
  /** True if the text names a category outside the ten types, such as a watch or a lipstick. */
  namesOtherCategory: boolean;
  /** The head's confidence for each modality; null for a missing one. */
  confidence: { words: LabelConfidence | null; picture: LabelConfidence | null };
  /** True if neither text nor picture contains anything that the head knows: nonsense, noise or a single shade. */
  showsNothing: boolean;
}

export interface LabelConfidence {
  /** p(nothing from a fashion shop); 0 for heads without this output. */
  nothing: number;
  /** Probability of the likeliest category. */
  category: number;
}

/**
 * Threshold for `nothing`: single rare words ("hat", .64) are below it, sentences on other subjects (.74 to .93) above
 * it.
 */
const NOTHING_FROM = 0.7;

/** Returns the requested labels of a query. */
export function interpretQuery(
  classifications: QueryClassifications,
  labels: HeadLabels,
  thresholds: NamingThresholds,
): QueryInterpretation {
  const { words, picture, both } = classifications;
  const named = namedInWords(words, thresholds);
  const showsNothing = showsNothingAtAll(classifications, named, thresholds);
  const shown = shownBy(classifications, thresholds);
  const typeSource = named.garmentType ?? shown;
  const colors = colorsOf(named.color ?? picture, labels.color);
  const garmentTypes = typesOf(typeSource ?? picture ?? both);
  return {
    typeProbabilities: typeSource && tryableTypes(typeSource, labels),
    queryRoots: queryRoots({
      // If several categories share the named type ("shoes"), the text's classification selects among them.
      category: named.category ?? named.garmentType ?? shown,
      color: named.color ?? shown,
      gender: named.gender,
      usage: named.usage,
    }),
    garmentTypes,
    colors,
    requested: {
      garmentType: named.garmentType && garmentTypes[0]!.garmentType,
      colors: named.color ? colors : [],
      gender: likeliest('gender', named.gender, labels),
      usage: likeliest('usage', named.usage, labels),
    },
    confidence: { words: labelConfidenceOf(words), picture: labelConfidenceOf(picture) },
    namesOtherCategory: named.category !== null && !isTryable(named.category, labels),
    showsNothing,
  };
}

function labelConfidenceOf(classification: Classification | null): LabelConfidence | null {
  return classification && { nothing: classification.nothing ?? 0, category: Math.max(...classification.category) };
}

/** Returns the requested type from text or picture; null if it is uncertain or not one of the ten types. */
export function requestedType({
  typeProbabilities,
}: Pick<QueryInterpretation, 'typeProbabilities'>): GarmentType | null {
  const position = typeProbabilities?.findIndex((probability) => probability >= 0.5) ?? -1;
  return GARMENT_TYPES[position] ?? null;
}

function likeliest(
  output: 'gender' | 'usage',
  classification: Classification | null,
  labels: HeadLabels,
): string | null {
  return classification && rankedLabels(labels[output], classification[output])[0]!.label;
}

/** Returns the picture's classification, or null if there is no picture or it shows nothing. */
function shownBy({ picture, isBlank }: QueryClassifications, thresholds: NamingThresholds): Classification | null {
  return picture && !isEmpty(picture, isBlank, thresholds) ? picture : null;
}

/** The text's classification for each output whose label the text names, and null for the other outputs. */
type NamedOutputs = Record<HeadOutput, Classification | null>;

function namedInWords(textClassification: Classification | null, thresholds: NamingThresholds): NamedOutputs {
  // The head classifies nonsense too. Its probabilities are lower, but still reach the low thresholds over a hundred
  // labels.
  const words = textClassification && (textClassification.nothing ?? 0) < NOTHING_FROM ? textClassification : null;
  return {
    garmentType: naming(words, 'garmentType', thresholds.typeNamed),
    category: naming(words, 'category', thresholds.categoryNamed),
    color: naming(words, 'color', thresholds.colorNamed),
    gender: naming(words, 'gender', thresholds.genderNamed),
    usage: naming(words, 'usage', thresholds.usageNamed),
  };
}

/** Returns true if the text names nothing and the picture, if any, shows nothing. */
function showsNothingAtAll(
  classifications: QueryClassifications,
  named: NamedOutputs,
  thresholds: NamingThresholds,
): boolean {
  const { words, picture } = classifications;
  if (named.garmentType ?? named.category ?? named.color) return false;
  // Without a `nothing` output the text counts as meaningful, unless it comes with such a picture.
  const emptyWords = words === null || (words.nothing ?? (picture ? 1 : 0)) >= NOTHING_FROM;
  return emptyWords && shownBy(classifications, thresholds) === null;
}

function isEmpty(picture: Classification, isBlank: boolean, { categoryShown }: NamingThresholds): boolean {
  if (isBlank) return true;
  return picture.nothing === undefined
    ? Math.max(...picture.category) < categoryShown
    : picture.nothing >= NOTHING_FROM;
}

/**
 * Returns a garment's classification: from text and picture together, or from the picture alone for outputs that the
 * text does not name. Otherwise a meaningless text ("Item 4711") overrides a clear picture.
 */
export function readGarment(
  { words, picture, both }: Pick<QueryClassifications, 'words' | 'picture' | 'both'>,
  thresholds: NamingThresholds,
): Classification {
  if (!words || !picture) return both;
  const named = namedInWords(words, thresholds);
  const combined = { ...both };
  for (const output of HEAD_OUTPUTS) if (!named[output]) combined[output] = picture[output];
  return combined;
}

/** Returns true if the likeliest category belongs to one of the ten types. */
function isTryable(classification: Classification, labels: HeadLabels): boolean {
  const [likeliest] = rankedLabels(labels.category, classification.category);
  return likeliest !== undefined && labels.categoryToGarmentType[likeliest.label] !== undefined;
}

/** Returns the text's classification if its highest probability reaches the threshold, otherwise null. */
function naming(words: Classification | null, output: HeadOutput, threshold: number): Classification | null {
  return words && Math.max(...words[output]) >= threshold ? words : null;
}

function typesOf(classification: Classification): GarmentTypeProbability[] {
  return rankedLabels(GARMENT_TYPES, classification.garmentType).map(({ label, probability }) => ({
    garmentType: label as GarmentType,
    probability,
  }));
}

/**
 * Returns p(type) · p(one of the ten types). The head's type output has no "none of these", but its categories do: a
 * watch then has no type.
 * @returns probabilities in the order of GARMENT_TYPES, which sum to at most 1
 */
export function tryableTypes(classification: Classification, labels: HeadLabels): Float32Array {
  const tryable = labels.category.reduce(
    (sum, category, i) => (labels.categoryToGarmentType[category] ? sum + (classification.category[i] ?? 0) : sum),
    0,
  );
  return classification.garmentType.map((probability) => probability * Math.min(1, tryable));
}

/** Returns p(type) of a garment with a known type, in the order of GARMENT_TYPES. */
export function oneHotType(garmentType: GarmentType): Float32Array {
  return Float32Array.from(GARMENT_TYPES, (name) => (name === garmentType ? 1 : 0));
}

/**
 * Returns a picture's classification for a garment with a known type: the type is certain, and only the categories of
 * that type remain.
 */
export function classificationOfType(
  classification: Classification,
  garmentType: GarmentType,
  labels: HeadLabels,
): Classification {
  const category = categoriesOfType(classification, garmentType, labels) ?? classification.category;
  return { ...classification, garmentType: oneHotType(garmentType), category };
}

/**
 * Returns p(category | type): only the categories of the type have a probability. Null if all of them have probability
 * 0.
 */
export function categoriesOfType(
  classification: Classification,
  garmentType: GarmentType,
  labels: HeadLabels,
): Float32Array | null {
  const typeCategories = classification.category.map((p, i) =>
    labels.categoryToGarmentType[labels.category[i]!] === garmentType ? p : 0,
  );
  const sum = typeCategories.reduce((total, p) => total + p, 0);
  return sum > 0 ? typeCategories.map((p) => p / sum) : null;
}

/** Tolerance: 1 / n as float32 can exceed 1 / n. */
const ROUNDING = 1e-6;

/** Returns at most three labels, each at least half as likely as the likeliest and likelier than chance. */
function colorsOf(classification: Classification | null, labels: readonly string[]): string[] {
  if (!classification) return [];
  const ranked = rankedLabels(labels, classification.color);
  const likeliest = ranked[0]?.probability ?? 0;
  return ranked
    .filter(({ probability }) => probability >= likeliest / 2 && probability > 1 / labels.length + ROUNDING)
    .slice(0, 3)
    .map(({ label }) => label);
}

/** The labels that the request itself names, for the explanations. */
export interface RequestedLabels {
  garmentType: GarmentType | null;
  colors: string[];
  /** A label of the bundle, here and below. */
  gender: string | null;
  usage: string | null;
  hasWords: boolean;
  hasPicture: boolean;
  avoids: boolean;
  /** True for a WEAK recommendation: its garments are the nearest alternatives, not matches. */
  isWeak: boolean;
}

export interface GarmentTypeProbability {
  garmentType: GarmentType;
  probability: number;
}

/** The server's understanding of the text and the picture. */
export interface QueryUnderstanding {
  /** All ten types, most likely first. Probabilities sum to 1. */
  garmentTypes: GarmentTypeProbability[];
  /** Labels of the bundle, most likely first; empty if neither text nor picture names a color. */
  colors: string[];
  fusion: FusionMethod;
  textWeight: number;
  imageWeight: number;
  /** The bundle's id, `name@version`. */
  model: string;
}
