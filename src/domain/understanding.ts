// What a request asks for, read off the head: the words alone, the picture alone and both together.
// What words name wins over what a picture shows; words that name nothing leave it to the picture.
import { GARMENT_TYPES, type GarmentType } from './garment.js';
import { rankedLabels, type HeadOutput, type HeadReading } from './reading.js';
import type { AskedFor, GarmentTypeProbability } from './recommendation.js';

/** Probabilities of the words-only reading from which words really name something; measured with the bundle. */
export interface NamingThresholds {
  typeNamed: number;
  categoryNamed: number;
  colorNamed: number;
}

/** The bundle's labels as far as a request is read with them. */
export interface ReadingLabels {
  category: readonly string[];
  color: readonly string[];
  /** Which of the ten types a category is; categories that are none of them are missing. */
  categoryToGarmentType: Readonly<Record<string, GarmentType>>;
}

export interface RequestReadings {
  words: HeadReading | null;
  picture: HeadReading | null;
  both: HeadReading;
}

export interface RequestReading {
  /** What the ranking uses: the distribution times the probability that any of the ten is meant; null: nothing is said of a type. */
  typeProbabilities: Float32Array | null;
  /** p(color | words) where the words name one, else null: a picture's colour is in its features already. */
  colorProbabilities: Float32Array | null;
  garmentTypes: GarmentTypeProbability[];
  colors: string[];
  asked: Pick<AskedFor, 'garmentType' | 'colors'>;
  /** The words name a category that is none of the ten types: a watch, a lipstick. */
  namesOtherThing: boolean;
}

/** Reads a request's types and colours. */
export function readRequest(
  readings: RequestReadings,
  labels: ReadingLabels,
  thresholds: NamingThresholds,
): RequestReading {
  const { words, picture, both } = readings;
  const typeInWords = naming(words, 'garmentType', thresholds.typeNamed);
  const colorInWords = naming(words, 'color', thresholds.colorNamed);
  const categoryInWords = naming(words, 'category', thresholds.categoryNamed);
  const said = typeInWords ?? picture;
  const colors = colorsOf(colorInWords ?? picture, labels.color);
  const garmentTypes = typesOf(said ?? both);
  return {
    typeProbabilities: said && tryableTypes(said, labels),
    colorProbabilities: colorInWords && colorInWords.color,
    garmentTypes,
    colors,
    asked: {
      garmentType: typeInWords && garmentTypes[0]!.garmentType,
      colors: colorInWords ? colors : [],
    },
    namesOtherThing: categoryInWords !== null && !isTryable(categoryInWords, labels),
  };
}

/** Whether the likeliest category is one of the ten types. */
function isTryable(reading: HeadReading, labels: ReadingLabels): boolean {
  const [likeliest] = rankedLabels(labels.category, reading.category);
  return likeliest !== undefined && labels.categoryToGarmentType[likeliest.label] !== undefined;
}

/** The words' reading where it is sure enough that they name one of an output's labels. */
function naming(words: HeadReading | null, output: HeadOutput, threshold: number): HeadReading | null {
  return words && Math.max(...words[output]) >= threshold ? words : null;
}

function typesOf(reading: HeadReading): GarmentTypeProbability[] {
  return rankedLabels(GARMENT_TYPES, reading.garmentType).map(({ label, probability }) => ({
    garmentType: label as GarmentType,
    probability,
  }));
}

/**
 * p(type) · p(one of the ten): the head's ten types know no "none of these", its categories do. A watch is then of no type.
 * @returns in the order of GARMENT_TYPES, sums to at most 1
 */
export function tryableTypes(reading: HeadReading, labels: ReadingLabels): Float32Array {
  const tryable = labels.category.reduce(
    (sum, category, i) => (labels.categoryToGarmentType[category] ? sum + (reading.category[i] ?? 0) : sum),
    0,
  );
  return reading.garmentType.map((probability) => probability * Math.min(1, tryable));
}

/** p(type) of a garment whose type is known. In the order of GARMENT_TYPES. */
export function certainType(garmentType: GarmentType): Float32Array {
  return Float32Array.from(GARMENT_TYPES, (name) => (name === garmentType ? 1 : 0));
}

/**
 * A picture's reading where the catalog knows the garment that it shows: the type is certain, and of the categories only
 * that type's own remain.
 */
export function readingOfType(reading: HeadReading, garmentType: GarmentType, labels: ReadingLabels): HeadReading {
  const fitting = reading.category.map((p, i) =>
    labels.categoryToGarmentType[labels.category[i]!] === garmentType ? p : 0,
  );
  const sum = fitting.reduce((total, p) => total + p, 0);
  const category = sum > 0 ? fitting.map((p) => p / sum) : reading.category;
  return { ...reading, garmentType: certainType(garmentType), category };
}

/** 1 / n as float32 may lie above 1 / n. */
const ROUNDING = 1e-6;

/** Labels at least half as likely as the likeliest and likelier than chance, three at most: even odds name no colour. */
function colorsOf(reading: HeadReading | null, labels: readonly string[]): string[] {
  if (!reading) return [];
  const ranked = rankedLabels(labels, reading.color);
  const likeliest = ranked[0]?.probability ?? 0;
  return ranked
    .filter(({ probability }) => probability >= likeliest / 2 && probability > 1 / labels.length + ROUNDING)
    .slice(0, 3)
    .map(({ label }) => label);
}
