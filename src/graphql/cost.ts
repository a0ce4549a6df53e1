// Cost of each GraphQL field, in points.
import type { ComplexityEstimator, ComplexityEstimatorArgs } from 'graphql-query-complexity/cjs';
import { getNamedType, isLeafType } from 'graphql';
import { MAX_RUNNING } from '../domain/analytics/experiment.js';
import { MAX_GOLDEN_QUERIES } from '../domain/analytics/golden.query.js';
import { AUDIT_BATCH } from '../services/catalog/quality.audit.service.js';

const TEXT_COST = 10;
const PICTURE_COST = 50;
const SEARCH_COST = 10;
const OUTFIT_COST = 4;
const LEARNING_COST = 2000;
/** Points of a report over the recommendation log: counting takes about 50 ms at 20,000 recommendations. */
const REPORT_COST = 100;

/**
 * Maximum points of one operation. This allows an upsert of 100 garments with pictures and the fields that are read
 * back.
 */
export const MAX_COST = 8000;

/**
 * Maximum number of values in the arguments of all fields. The values of a field count once for each row that it is
 * resolved for. Checking one value takes about 2 µs on the event loop. 100 garments at their limits have 22,000 values.
 */
export const MAX_ARGUMENT_VALUES = 100_000;

/**
 * Returns the default cost of a field: 0 for a scalar, 1 plus its selection for an object. One point is roughly 0.5 ms
 * of one core.
 */
export const objectCost: ComplexityEstimator = ({ field, childComplexity }) =>
  isLeafType(getNamedType(field.type)) ? 0 : 1 + childComplexity;

/** Returns the cost of a page: 1 point plus the selection for each row. `first` already has its default. */
export function pageCost({ args, childComplexity }: ComplexityEstimatorArgs): number {
  return rows(args['first']) * (1 + childComplexity);
}

/** Returns the cost of a list that needs its own vector search. */
export function searchCost(field: ComplexityEstimatorArgs): number {
  const text = typeof field.args['search'] === 'string' ? TEXT_COST : 0;
  return SEARCH_COST + text + pageCost(field);
}

/**
 * Returns the cost of outfits: one statement for candidates, one for rows, and about 2 ms of one core for each outfit.
 */
export function outfitsCost({ args, childComplexity }: ComplexityEstimatorArgs): number {
  return 2 * SEARCH_COST + rows(args['first']) * (OUTFIT_COST + childComplexity);
}

/** Returns the cost of the catalog map: a point takes about 10 µs to read and send, whatever fields are selected. */
export function mapCost({ args }: ComplexityEstimatorArgs): number {
  return SEARCH_COST + rows(args['sample']) / 50;
}

/** Returns the cost of a position on the map, which needs its own vector search. */
export function placeCost({ childComplexity }: ComplexityEstimatorArgs): number {
  return SEARCH_COST + childComplexity;
}

/** Returns the cost of a recommendation request: its search and each modality that must be encoded. */
export function requestCost({ args, childComplexity }: ComplexityEstimatorArgs): number {
  return SEARCH_COST + encodingCost(args['input']) + childComplexity;
}

/** Returns the cost of a replay. A logged request without text or picture costs less in fact, but never more. */
export function replayCost(field: ComplexityEstimatorArgs): number {
  return SEARCH_COST + TEXT_COST + pageCost(field);
}

/** Returns the cost of a comparison: two replays, with the present and with the other settings. */
export function whatIfCost(field: ComplexityEstimatorArgs): number {
  return 2 * replayCost(field);
}

/**
 * Returns the cost of one run of a golden query: that of a request with text. Its picture comes from the catalog and
 * needs no encoding.
 */
export function goldenCost({ childComplexity }: ComplexityEstimatorArgs): number {
  return SEARCH_COST + TEXT_COST + childComplexity;
}

/**
 * Returns the cost of a report over the recommendations of a period. Its rows are not priced: they are few, such as
 * days or ranks.
 */
export function reportCost({ childComplexity }: ComplexityEstimatorArgs): number {
  return REPORT_COST + childComplexity;
}

/** Returns the cost of a quality audit of one batch: classification and a near-duplicate search for each garment. */
export function auditCost({ childComplexity }: ComplexityEstimatorArgs): number {
  return AUDIT_BATCH * SEARCH_COST + childComplexity;
}

/**
 * Returns the cost of the golden query list, priced at the most a store may have, since their number is not known in
 * advance.
 */
export function goldenListCost({ childComplexity }: ComplexityEstimatorArgs): number {
  return MAX_GOLDEN_QUERIES * (1 + childComplexity);
}

/** Returns the cost of the experiment list: two aggregates over the log for each experiment, and 10 may run. */
export function experimentsCost({ childComplexity }: ComplexityEstimatorArgs): number {
  return MAX_RUNNING * (1 + childComplexity);
}

/** Returns the cost of learning a ranking: about one second of one core. */
export function learningCost({ childComplexity }: ComplexityEstimatorArgs): number {
  return LEARNING_COST + childComplexity;
}

/** Returns the cost of classifying a text and a picture. */
export function classifyCost({ args, childComplexity }: ComplexityEstimatorArgs): number {
  return encodingCost(args) + childComplexity;
}

/** Returns the cost of an upsert: text and picture of each garment. */
export function upsertCost({ args, childComplexity }: ComplexityEstimatorArgs): number {
  const garments: unknown[] = Array.isArray(args['garments']) ? args['garments'] : [];
  return garments.reduce<number>((sum, garment) => sum + TEXT_COST + encodingCost(garment), childComplexity);
}

/** Points of one feedback event: 6,000 events took 0.26 s of the event loop before their number was refused. */
const EVENT_COST = 4;

/** Returns the cost of recording feedback: one row for each event. */
export function feedbackCost({ args, childComplexity }: ComplexityEstimatorArgs): number {
  return EVENT_COST * (Array.isArray(args['events']) ? args['events'].length : 0) + childComplexity;
}

function encodingCost(input: unknown): number {
  const { text, avoid, image } = (input ?? {}) as Record<string, unknown>;
  return (text == null ? 0 : TEXT_COST) + (avoid == null ? 0 : TEXT_COST) + (image == null ? 0 : PICTURE_COST);
}

/**
 * Returns the page size as a factor. The field itself refuses sizes out of range; this only keeps them from lowering
 * the cost.
 */
function rows(first: unknown): number {
  return typeof first === 'number' && first > 0 ? first : 1;
}
