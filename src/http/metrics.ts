// The server's Prometheus metrics.
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { memoryInUse } from '../memory/memory.budget.js';
import type { OperationObserver } from '../graphql/server/trace.plugin.js';

/** Histogram buckets from the time of a cached row (1 ms) to the time after which clients give up (10 s). */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The counters of a database pool. */
export interface PoolCounts {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

/** One run of an inference session. */
export interface InferenceRun {
  modality: string;
  /** The number of inputs in the micro-batch. */
  batch: number;
  runMs: number;
  /** The time that the first input waited. */
  waitMs: number;
}

export interface Metrics {
  readonly registry: Registry;
  observeHttp(labels: { route: string; method: string; status: number }, seconds: number): void;
  observeOperation: OperationObserver;
  /** One stage of a recommendation: encode, understand, search, rank. */
  observeStage(stage: string, milliseconds: number): void;
  observeInference(run: InferenceRun): void;
  /** Counts recommendations that the recommendation log could not store. */
  countDroppedAnswers(answers: number): void;
  /** Reads the pool at each scrape. */
  watchPool(pool: PoolCounts): void;
  /** Reads the open bundles at each scrape. */
  watchModels(openBundles: () => string[]): void;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  // process memory, CPU, garbage collection and the event loop's lag
  collectDefaultMetrics({ register: registry, prefix: 'fitroom_' });
  const histogram = <Label extends string>(
    name: string,
    help: string,
    labelNames: Label[],
    buckets = SECONDS,
  ): Histogram<Label> => new Histogram({ name: `fitroom_${name}`, help, labelNames, buckets, registers: [registry] });
  const http = histogram('http_request_seconds', 'HTTP requests by route.', ['route', 'method', 'status']);
  const graphql = histogram('graphql_operation_seconds', 'GraphQL operations by type.', ['type', 'failed']);
  const stages = histogram('recommend_stage_seconds', 'Stages of a recommendation.', ['stage']);
  const runs = histogram('inference_run_seconds', 'Runs of an inference session.', ['modality']);
  const dropped = new Counter({
    name: 'fitroom_answers_dropped_total',
    help: 'Recommendations that were not logged because the database was unavailable for too long.',
    registers: [registry],
  });
  watchMemory(registry);
  const waits = histogram('inference_wait_seconds', 'Time from the first input of a run to its start.', ['modality']);
  const batches = histogram('inference_batch_size', 'Inputs in one run.', ['modality'], [1, 2, 4, 8, 16]);
  return {
    registry,
    observeHttp: ({ route, method, status }, seconds) =>
      http.observe({ route, method, status: String(status) }, seconds),
    observeOperation: ({ type, failed, seconds }) =>
      graphql.observe({ type: type ?? 'none', failed: String(failed) }, seconds),
    observeStage: (stage, milliseconds) => stages.observe({ stage }, milliseconds / 1000),
    observeInference({ modality, batch, runMs, waitMs }) {
      runs.observe({ modality }, runMs / 1000);
      waits.observe({ modality }, waitMs / 1000);
      batches.observe({ modality }, batch);
    },
    countDroppedAnswers: (answers) => dropped.inc(answers),
    watchPool: (pool) => watchPool(registry, pool),
    watchModels: (openBundles) => watchModels(registry, openBundles),
  };
}

function watchMemory(registry: Registry): void {
  new Gauge({
    name: 'fitroom_memory_held_bytes',
    help: 'Bytes in caches and queues, by the names of their limits in src/memory/bounds.ts.',
    labelNames: ['bound'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [bound, bytes] of Object.entries(memoryInUse())) this.set({ bound }, bytes);
    },
  });
}

function watchPool(registry: Registry, pool: PoolCounts): void {
  new Gauge({
    name: 'fitroom_database_connections',
    help: 'Connections of the database pool, and callers that wait for a connection.',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      this.set({ state: 'open' }, pool.totalCount);
      this.set({ state: 'idle' }, pool.idleCount);
      this.set({ state: 'waiting' }, pool.waitingCount);
    },
  });
}

function watchModels(registry: Registry, openBundles: () => string[]): void {
  new Gauge({
    name: 'fitroom_model_open',
    help: 'Bundles whose models are in memory: active and standby models.',
    labelNames: ['bundle'],
    registers: [registry],
    collect() {
      this.reset();
      for (const bundle of openBundles()) this.set({ bundle }, 1);
    },
  });
}
