// What a request asks for, read off the head: the words alone, the picture alone and both together.
// What words name wins over what a picture shows; words that name nothing leave it to the picture.
import { GARMENT_TYPES, type GarmentType } from '../catalog/garment.js';
import { queryRoots, type QueryRoots } from './label.similarity.js';
import { HEAD_OUTPUTS, rankedLabels, type HeadOutput, type Classification } from './classification.js';
import type { FusionMethod } from './fusion.js';

/** Probabilities from which words really name and a picture really shows something; measured with the bundle. */
export interface NamingThresholds {
  typeNamed: number;
  categoryNamed: number;
  colorNamed: number;
  genderNamed: number;
  usageNamed: number;
  /** Of the picture-only reading, where the head does not tell nothing from something. */
  categoryShown: number;
}

/** The bundle's labels as far as a request is read with them. */
export interface HeadLabels {
  category: readonly string[];
  color: readonly string[];
  gender: readonly string[];
  usage: readonly string[];
  /** Which of the ten types a category is; categories that are none of them are missing. */
  categoryToGarmentType: Readonly<Record<string, GarmentType>>;
}

export interface QueryClassifications {
  words: Classification | null;
  picture: Classification | null;
  both: Classification;
  /** Whether the picture is one shade all over, which a reading does not tell: red is read as a cap. */
  isBlank: boolean;
}

export interface QueryInterpretation {
  /** What the ranking uses: the distribution times the probability that any of the ten is meant; null: nothing is said of a type. */
  typeProbabilities: Float32Array | null;
  /** √p of what is asked for: what the words name, and the picture's category and colour where they name none. */
  queryRoots: QueryRoots;
  garmentTypes: GarmentTypeProbability[];
  colors: string[];
  requested: Pick<RequestedLabels, 'garmentType' | 'colors' | 'gender' | 'usage'>;
  /** The words name a category that is none of the ten types: a watch, a lipstick. */
  namesOtherCategory: boolean;
  /** How sure the head is of each side, null where it is not given. */
  confidence: { words: LabelConfidence | null; picture: LabelConfidence | null };
  /** Neither words nor picture show anything that the head knows: nonsense, noise, one shade all over. */
  showsNothing: boolean;
}

export interface LabelConfidence {
  /** p(nothing that a shop has); 0 where the head does not tell. */
  nothing: number;
  /** Of the likeliest category. */
  category: number;
}

/** From here "nothing" is believed: single rare words ("hat", .64) lie below, sentences on other matters above (.74 to .93). */
const NOTHING_FROM = 0.7;

/** Reads what a request asks for. */
export function interpretQuery(
  readings: QueryClassifications,
  labels: HeadLabels,
  thresholds: NamingThresholds,
): QueryInterpretation {
  const { words, picture, both } = readings;
  const named = namedInWords(words, thresholds);
  const showsNothing = showsNothingAtAll(readings, named, thresholds);
  const seen = shownBy(readings, thresholds);
  const said = named.garmentType ?? seen;
  const colors = colorsOf(named.color ?? picture, labels.color);
  const garmentTypes = typesOf(said ?? picture ?? both);
  return {
    typeProbabilities: said && tryableTypes(said, labels),
    queryRoots: queryRoots({
      // words for a type that several categories share ("shoes") say which of them
      category: named.category ?? named.garmentType ?? seen,
      color: named.color ?? seen,
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
    confidence: { words: surenessOf(words), picture: surenessOf(picture) },
    namesOtherCategory: named.category !== null && !isTryable(named.category, labels),
    showsNothing,
  };
}

function surenessOf(reading: Classification | null): LabelConfidence | null {
  return reading && { nothing: reading.nothing ?? 0, category: Math.max(...reading.category) };
}

/** The type that a request asks for, by words or picture; null where it is none of the ten, or cannot be told. */
export function requestedType({
  typeProbabilities,
}: Pick<QueryInterpretation, 'typeProbabilities'>): GarmentType | null {
  const position = typeProbabilities?.findIndex((probability) => probability >= 0.5) ?? -1;
  return GARMENT_TYPES[position] ?? null;
}

function likeliest(output: 'gender' | 'usage', reading: Classification | null, labels: HeadLabels): string | null {
  return reading && rankedLabels(labels[output], reading[output])[0]!.label;
}

/** The picture's reading, null where there is none or it shows nothing. */
function shownBy({ picture, isBlank }: QueryClassifications, thresholds: NamingThresholds): Classification | null {
  return picture && !isEmpty(picture, isBlank, thresholds) ? picture : null;
}

/** The words' reading under each output that they name, null under the others. */
type Named = Record<HeadOutput, Classification | null>;

function namedInWords(given: Classification | null, thresholds: NamingThresholds): Named {
  // nonsense is read as something, too; never as much, but a threshold over a hundred labels is low
  const words = given && (given.nothing ?? 0) < NOTHING_FROM ? given : null;
  return {
    garmentType: naming(words, 'garmentType', thresholds.typeNamed),
    category: naming(words, 'category', thresholds.categoryNamed),
    color: naming(words, 'color', thresholds.colorNamed),
    gender: naming(words, 'gender', thresholds.genderNamed),
    usage: naming(words, 'usage', thresholds.usageNamed),
  };
}

/** Whether neither side means anything: the words name nothing, and the picture, if any, shows nothing. */
function showsNothingAtAll(readings: QueryClassifications, named: Named, thresholds: NamingThresholds): boolean {
  const { words, picture } = readings;
  if (named.garmentType ?? named.category ?? named.color) return false;
  // a head that does not tell leaves words the benefit of the doubt, unless they come with such a picture
  const emptyWords = words === null || (words.nothing ?? (picture ? 1 : 0)) >= NOTHING_FROM;
  return emptyWords && shownBy(readings, thresholds) === null;
}

function isEmpty(picture: Classification, isBlank: boolean, { categoryShown }: NamingThresholds): boolean {
  if (isBlank) return true;
  return picture.nothing === undefined
    ? Math.max(...picture.category) < categoryShown
    : picture.nothing >= NOTHING_FROM;
}

/**
 * What a garment is taken for: its words and picture together, and by the picture alone what its words do not name. Words
 * that name nothing, "Item 4711", otherwise talk the head out of what the picture shows plainly.
 */
export function readGarment(
  { words, picture, both }: Pick<QueryClassifications, 'words' | 'picture' | 'both'>,
  thresholds: NamingThresholds,
): Classification {
  if (!words || !picture) return both;
  const named = namedInWords(words, thresholds);
  const taken = { ...both };
  for (const output of HEAD_OUTPUTS) if (!named[output]) taken[output] = picture[output];
  return taken;
}

/** Whether the likeliest category is one of the ten types. */
function isTryable(reading: Classification, labels: HeadLabels): boolean {
  const [likeliest] = rankedLabels(labels.category, reading.category);
  return likeliest !== undefined && labels.categoryToGarmentType[likeliest.label] !== undefined;
}

/** The words' reading where it is sure enough that they name one of an output's labels. */
function naming(words: Classification | null, output: HeadOutput, threshold: number): Classification | null {
  return words && Math.max(...words[output]) >= threshold ? words : null;
}

function typesOf(reading: Classification): GarmentTypeProbability[] {
  return rankedLabels(GARMENT_TYPES, reading.garmentType).map(({ label, probability }) => ({
    garmentType: label as GarmentType,
    probability,
  }));
}

/**
 * p(type) · p(one of the ten): the head's ten types know no "none of these", its categories do. A watch is then of no type.
 * @returns in the order of GARMENT_TYPES, sums to at most 1
 */
export function tryableTypes(reading: Classification, labels: HeadLabels): Float32Array {
  const tryable = labels.category.reduce(
    (sum, category, i) => (labels.categoryToGarmentType[category] ? sum + (reading.category[i] ?? 0) : sum),
    0,
  );
  return reading.garmentType.map((probability) => probability * Math.min(1, tryable));
}

/** p(type) of a garment whose type is known. In the order of GARMENT_TYPES. */
export function oneHotType(garmentType: GarmentType): Float32Array {
  return Float32Array.from(GARMENT_TYPES, (name) => (name === garmentType ? 1 : 0));
}

/**
 * A picture's reading where the catalog knows the garment that it shows: the type is certain, and of the categories only
 * that type's own remain.
 */
export function classificationOfType(
  reading: Classification,
  garmentType: GarmentType,
  labels: HeadLabels,
): Classification {
  const category = categoriesOfType(reading, garmentType, labels) ?? reading.category;
  return { ...reading, garmentType: oneHotType(garmentType), category };
}

/** p(category | type): only the type's own categories come into question; null where none of them is possible. */
export function categoriesOfType(
  reading: Classification,
  garmentType: GarmentType,
  labels: HeadLabels,
): Float32Array | null {
  const fitting = reading.category.map((p, i) =>
    labels.categoryToGarmentType[labels.category[i]!] === garmentType ? p : 0,
  );
  const sum = fitting.reduce((total, p) => total + p, 0);
  return sum > 0 ? fitting.map((p) => p / sum) : null;
}

/** 1 / n as float32 may lie above 1 / n. */
const ROUNDING = 1e-6;

/** Labels at least half as likely as the likeliest and likelier than chance, three at most: even odds name no colour. */
function colorsOf(reading: Classification | null, labels: readonly string[]): string[] {
  if (!reading) return [];
  const ranked = rankedLabels(labels, reading.color);
  const likeliest = ranked[0]?.probability ?? 0;
  return ranked
    .filter(({ probability }) => probability >= likeliest / 2 && probability > 1 / labels.length + ROUNDING)
    .slice(0, 3)
    .map(({ label }) => label);
}

/** What the request named by itself, as far as reasons speak of it. */
export interface RequestedLabels {
  garmentType: GarmentType | null;
  colors: string[];
  /** Labels of the bundle. */
  gender: string | null;
  usage: string | null;
  hasWords: boolean;
  hasPicture: boolean;
  avoids: boolean;
  /** The answer is weak: what is shown is the nearest, and not what was asked for. */
  isWeak: boolean;
}

export interface GarmentTypeProbability {
  garmentType: GarmentType;
  probability: number;
}

/** What the server made of the words and the picture. */
export interface QueryUnderstanding {
  /** All ten, most likely first, summing to 1. */
  garmentTypes: GarmentTypeProbability[];
  /** Labels of the bundle, most likely first; empty where neither words nor picture name one. */
  colors: string[];
  fusion: FusionMethod;
  textWeight: number;
  imageWeight: number;
  /** The bundle's id, `name@version`. */
  model: string;
}
