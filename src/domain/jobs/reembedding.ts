// The switch of a store from one model to another: its phases, its progress and its report.
import type { GoldenComparison } from '../analytics/golden.query.js';
import type { JobState } from './job.js';

/**
 * EMBEDDING → INDEXING → COMPARING → SWITCHING → SWITCHED is the normal sequence. HELD: the report is below the
 * required overlap, and a person decides. ROLLED_BACK: the previous model is active again. ENDED: only one model's
 * vectors are left.
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

/** The comparison of both models for one kind of request. */
export interface ComparisonPart {
  /** recentWords, catalogWords or catalogPictures. */
  name: string;
  /** Number of requests that both models answered. */
  requests: number;
  /** Mean share 0…1 of the first ten garments that both models show; null without requests. */
  overlapAt10: number | null;
  /** Mean Kendall's tau-b −1…1 over the garments among the first ten of either model; null without requests. */
  rankCorrelation: number | null;
}

export interface ReembeddingReport {
  parts: ComparisonPart[];
  /** Null without golden queries; absent in reports from before golden queries existed. */
  golden?: GoldenComparison | null;
}

export interface Reembedding {
  id: string;
  /** Folder of the bundle. `model` is the name@version that the folder contained at the start. */
  bundle: string;
  model: string;
  fromBundle: string;
  fromModel: string;
  state: JobState;
  phase: ReembeddingPhase;
  /** Number of the job that continues the switch. */
  step: number;
  /** Id of the last garment that the catalog scan has passed. */
  walkedTo: string;
  total: number;
  done: number;
  /** Required overlap 0…1. Null switches regardless of the report. */
  minOverlap: number | null;
  report: ReembeddingReport | null;
  error: { code: string; message: string } | null;
  /** True while the now active model re-infers missing attributes. */
  rereading: boolean;
  startedAt: Date;
  switchedAt: Date | null;
  finishedAt: Date | null;
}

/** Returns true if every compared kind of request has at least the required overlap in the first ten. */
export function meetsGate(report: ReembeddingReport, minOverlap: number | null): boolean {
  return minOverlap === null || report.parts.every((part) => (part.overlapAt10 ?? 1) >= minOverlap);
}
