// A switch of a store from one model to another: what it goes through and what is known of it. Plain data.
import type { GoldenComparison } from '../analytics/golden.query.js';
import type { JobState } from './job.js';

/**
 * EMBEDDING → INDEXING → COMPARING → SWITCHING → SWITCHED is the way without hindrance. HELD: the report is under what was
 * asked for, and somebody decides. ROLLED_BACK: the model before answers again. ENDED: only one model's vectors are left.
 */
export const REEMBEDDING_PHASES = [
  'EMBEDDING',
  'INDEXING',
  'COMPARING',
  'HELD',
  'SWITCHING',
  'SWITCHED',
  'ROLLED_BACK',
  'ENDED',
] as const;
export type ReembeddingPhase = (typeof REEMBEDDING_PHASES)[number];

/** One kind of request, answered by both models. */
export interface ComparisonPart {
  /** recentWords, catalogWords or catalogPictures. */
  name: string;
  /** Requests that both models answered. */
  requests: number;
  /** Mean share 0…1 of the first ten garments that both show; null without requests. */
  overlapAt10: number | null;
  /** Mean Kendall's tau-b −1…1 over the garments that either shows among its first ten; null without requests. */
  rankCorrelation: number | null;
}

export interface ReembeddingReport {
  parts: ComparisonPart[];
  /** Null where no golden query is pinned; absent in reports of before there was this. */
  golden?: GoldenComparison | null;
}

export interface Reembedding {
  id: string;
  /** Folder of the bundle, and name@version of what was in it at the start. */
  bundle: string;
  model: string;
  fromBundle: string;
  fromModel: string;
  state: JobState;
  phase: ReembeddingPhase;
  /** Number of the job that goes on with it. */
  step: number;
  /** The walk through the catalog is past the garment of this id. */
  walkedTo: string;
  total: number;
  done: number;
  /** 0…1, or null: the switch comes whatever the report says. */
  minOverlap: number | null;
  report: ReembeddingReport | null;
  error: { code: string; message: string } | null;
  /** What the head fills in is being read again by the model that answers since. */
  rereading: boolean;
  startedAt: Date;
  switchedAt: Date | null;
  finishedAt: Date | null;
}

/** Whether every kind of request that was asked agrees in at least so many of the first ten. */
export function meetsGate(report: ReembeddingReport, minOverlap: number | null): boolean {
  return minOverlap === null || report.parts.every((part) => (part.overlapAt10 ?? 1) >= minOverlap);
}
