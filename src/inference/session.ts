// The one place that opens ONNX Runtime sessions: their options and what they mean. Knows nothing of words or pictures.
import { availableParallelism } from 'node:os';
import { InferenceSession, Tensor } from 'onnxruntime-node';

export type ExecutionProvider = 'cpu' | 'webgpu' | 'cuda';

export interface SessionOptions {
  executionProvider: ExecutionProvider;
  /** Threads that one run computes with. */
  threads: number;
  /** Where to write a profile of which provider ran each node; absent: none. */
  profilePrefix?: string;
}

/** Named output tensors of one run, as flat arrays. */
export type Outputs = Record<string, Float32Array>;

/**
 * Opens a model with one execution provider and no second choice: where it cannot run, this rejects instead of
 * falling back. Nodes that the provider has no kernel for still run on the CPU (see execution.probe.ts).
 */
export async function openSession(file: string, options: SessionOptions): Promise<InferenceSession> {
  return InferenceSession.create(file, {
    executionProviders: [options.executionProvider],
    graphOptimizationLevel: 'all',
    executionMode: 'sequential',
    intraOpNumThreads: Math.min(options.threads, availableParallelism()),
    interOpNumThreads: 1,
    // 3 = errors: the warning that shape nodes stay on the CPU is no news
    logSeverityLevel: 3,
    enableProfiling: options.profilePrefix !== undefined,
    profileFilePrefix: options.profilePrefix,
    // spinning threads burn a core between two runs, which the database and the other encoder need
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
}

/** Batches are padded to these sizes, so that the arena keeps five shapes and not one for every size that came by. */
export const BATCH_SIZES = [1, 2, 4, 8, 16] as const;
export const MAX_BATCH = 16;

/** @returns the smallest batch size that holds `rows`, 1 to MAX_BATCH */
export function paddedBatch(rows: number): number {
  return BATCH_SIZES.find((size) => size >= rows) ?? MAX_BATCH;
}

/**
 * @param features [batch, width], batch one of BATCH_SIZES, width 2 × dimensions
 * @returns logits [batch, labels] of every output of the head
 */
export async function runHead(session: InferenceSession, features: Float32Array, width: number): Promise<Outputs> {
  const results = await session.run({ features: new Tensor('float32', features, [features.length / width, width]) });
  return Object.fromEntries(Object.entries(results).map(([name, tensor]) => [name, tensor.data as Float32Array]));
}
