// What fields cost, in points. A scalar is free, an object 1, a list its page size times its rows; encoding and
// searching have prices of their own, roughly one point for every 0.5 ms of one core.
import type { ComplexityEstimator, ComplexityEstimatorArgs } from 'graphql-query-complexity/cjs';
import { getNamedType, isLeafType } from 'graphql';
import { MAX_RUNNING } from '../domain/analytics/experiment.js';
import { MAX_GOLDEN_QUERIES } from '../domain/analytics/golden.query.js';
import { AUDIT_BATCH } from '../services/catalog/quality.audit.service.js';

const WORDS = 10;
const PICTURE = 50;
const SEARCH = 10;
const LOOK = 4;
const LEARNING = 2000;
/** Counting over the log: some 50 ms at 20,000 answers. */
const REPORT = 100;

/** What one operation may ask for: an upsert of 100 garments with pictures, with room for what is read back. */
export const MAX_COST = 8000;

/**
 * Values that the arguments of all fields hold, those of a field counted for each row that it is resolved for: a value takes
 * some 2 µs to be checked, on the event loop. 100 garments at their limits have 22,000.
 */
export const MAX_ARGUMENT_VALUES = 100_000;

/** Fields that say nothing else: objects 1 and what is selected of them. */
export const objectCost: ComplexityEstimator = ({ field, childComplexity }) =>
  isLeafType(getNamedType(field.type)) ? 0 : 1 + childComplexity;

/** A page: 1 for each row and what of it is asked for. `first` has its default filled in. */
export function pageCost({ args, childComplexity }: ComplexityEstimatorArgs): number {
  return rows(args['first']) * (1 + childComplexity);
}

/** A list found by a vector search of its own. */
export function searchCost(given: ComplexityEstimatorArgs): number {
  const words = typeof given.args['search'] === 'string' ? WORDS : 0;
  return SEARCH + words + pageCost(given);
}

/** Looks: one statement for candidates and one for rows, and some 2 ms of one core for each look. */
export function outfitsCost({ args, childComplexity }: ComplexityEstimatorArgs): number {
  return 2 * SEARCH + rows(args['first']) * (LOOK + childComplexity);
}

/** The map: a point takes some 10 µs to read and to send, whatever is asked of it. */
export function mapCost({ args }: ComplexityEstimatorArgs): number {
  return SEARCH + rows(args['sample']) / 50;
}

/** A place on the map: a search of its own. */
export function placeCost({ childComplexity }: ComplexityEstimatorArgs): number {
  return SEARCH + childComplexity;
}

/** A request: its search and each side that has to be encoded. */
export function requestCost({ args, childComplexity }: ComplexityEstimatorArgs): number {
  return SEARCH + encodingCost(args['input']) + childComplexity;
}

/** A past request asked again; without words or picture to encode it costs less, and never more. */
export function replayCost(given: ComplexityEstimatorArgs): number {
  return SEARCH + WORDS + pageCost(given);
}

/** Twice that: as it is, and as it would be. */
export function whatIfCost(given: ComplexityEstimatorArgs): number {
  return 2 * replayCost(given);
}

/** One golden query run: as a request with words. Its picture, if any, is the catalog's and needs no encoding. */
export function goldenCost({ childComplexity }: ComplexityEstimatorArgs): number {
  return SEARCH + WORDS + childComplexity;
}

/** A figure over a period's answers. Its rows are as few as days or ranks. */
export function reportCost({ childComplexity }: ComplexityEstimatorArgs): number {
  return REPORT + childComplexity;
}

/** A stretch of the catalog: the head on each garment, and a search for its twin. */
export function auditCost({ childComplexity }: ComplexityEstimatorArgs): number {
  return AUDIT_BATCH * SEARCH + childComplexity;
}

/** As many as a store may have, since how many there are is not known before. */
export function goldenListCost({ childComplexity }: ComplexityEstimatorArgs): number {
  return MAX_GOLDEN_QUERIES * (1 + childComplexity);
}

/** Experiments count their shoppers out of the log: two sums for each, and 10 may run. */
export function experimentsCost({ childComplexity }: ComplexityEstimatorArgs): number {
  return MAX_RUNNING * (1 + childComplexity);
}

/** Some second of one core. */
export function learningCost({ childComplexity }: ComplexityEstimatorArgs): number {
  return LEARNING + childComplexity;
}

/** Words and a picture to classify. */
export function classifyCost({ args, childComplexity }: ComplexityEstimatorArgs): number {
  return encodingCost(args) + childComplexity;
}

/** Garments to store: words and picture of each. */
export function upsertCost({ args, childComplexity }: ComplexityEstimatorArgs): number {
  const garments: unknown[] = Array.isArray(args['garments']) ? args['garments'] : [];
  return garments.reduce<number>((sum, garment) => sum + WORDS + encodingCost(garment), childComplexity);
}

/** Points of one event: 6,000 of them took 0.26 s of the event loop before their number was refused. */
const EVENT = 4;

/** Events to note: a row for each. */
export function feedbackCost({ args, childComplexity }: ComplexityEstimatorArgs): number {
  return EVENT * (Array.isArray(args['events']) ? args['events'].length : 0) + childComplexity;
}

function encodingCost(given: unknown): number {
  const { text, avoid, image } = (given ?? {}) as Record<string, unknown>;
  return (text == null ? 0 : WORDS) + (avoid == null ? 0 : WORDS) + (image == null ? 0 : PICTURE);
}

/** Sizes out of bounds are refused by the field itself; here they only must not make anything cheap. */
function rows(first: unknown): number {
  return typeof first === 'number' && first > 0 ? first : 1;
}
