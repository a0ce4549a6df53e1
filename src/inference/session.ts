// The one place that opens ONNX Runtime sessions: their options and what they mean. Knows nothing of words or pictures.
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';

export type ExecutionProvider = 'cpu' | 'webgpu' | 'cuda';

export interface SessionOptions {
  executionProvider: ExecutionProvider;
  /** Threads that one run computes with. */
  threads: number;
  /** Where to write a profile of which provider ran each node; absent: none. */
  profilePrefix?: string;
}

/** For models of some 0.2 million products: moving them to a GPU and back costs more than computing them. */
export const SMALL: SessionOptions = { executionProvider: 'cpu', threads: 1 };

/** Named output tensors of one run, as flat arrays. */
export type OutputTensors = Record<string, Float32Array>;

/** An open model. It knows its file, so that every failure names the one that has to be replaced. */
export interface Model {
  /** Its name within the bundle. */
  readonly file: string;
  readonly session: InferenceSession;
}

/**
 * Opens a model with one execution provider and no second choice: where it cannot run, this rejects instead of
 * falling back. Nodes that the provider has no kernel for still run on the CPU (see execution.probe.ts).
 * @throws Error that starts with the file's name
 */
export async function openModel(path: string, options: SessionOptions): Promise<Model> {
  const file = basename(path);
  return { file, session: await naming(file, () => InferenceSession.create(path, sessionOptions(options))) };
}

function sessionOptions(options: SessionOptions): InferenceSession.SessionOptions {
  return {
    executionProviders: [options.executionProvider],
    graphOptimizationLevel: 'all',
    executionMode: 'sequential',
    intraOpNumThreads: Math.min(options.threads, availableParallelism()),
    interOpNumThreads: 1,
    // 3 = errors: the warning that shape nodes stay on the CPU is no news
    logSeverityLevel: 3,
    enableProfiling: options.profilePrefix !== undefined,
    profileFilePrefix: options.profilePrefix,
    // threads that spin within a run spare a lone picture a sixth of its time (10.2 → 8.5 ms); between two runs they would
    // burn a core that the database and the other encoder need
    extra: { session: { intra_op: { allow_spinning: '1' }, force_spinning_stop: '1' } },
  };
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
export async function runHead(model: Model, features: Float32Array, width: number): Promise<OutputTensors> {
  return flat(await run(model, { features: new Tensor('float32', features, [features.length / width, width]) }));
}

/** Both sides of each request and how much they weigh. */
export interface AttentionInput {
  /** F_t and F_i [batch, dimensions], batch one of BATCH_SIZES. */
  text: Float32Array;
  image: Float32Array;
  /** (w_t, w_i) [batch, 2]: at least 0, summing to 1. */
  weights: Float32Array;
}

/** @returns `query` [batch, dimensions]: q = g(F_t, F_i) */
export async function runAttention(model: Model, { text, image, weights }: AttentionInput): Promise<OutputTensors> {
  const batch = weights.length / 2;
  const outputs = await run(model, {
    text: new Tensor('float32', text, [batch, text.length / batch]),
    image: new Tensor('float32', image, [batch, image.length / batch]),
    weights: new Tensor('float32', weights, [batch, 2]),
  });
  return flat(outputs);
}

/** One run. @throws Error that starts with the model's file */
export async function run({ file, session }: Model, feeds: Record<string, Tensor>): Promise<Record<string, Tensor>> {
  return naming(file, () => session.run(feeds));
}

function flat(results: Record<string, Tensor>): OutputTensors {
  return Object.fromEntries(Object.entries(results).map(([name, tensor]) => [name, tensor.data as Float32Array]));
}

/** How the runtime begins a reason: the path that it was given, and the line of its own source. */
const PREAMBLE = /^Load model from .*? failed:(\/\S+:\d+ [^(]*\([^)]*\) )?/;

/** The runtime's reasons name inputs and operators, but not always the model. */
async function naming<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    throw new Error(`${file}: ${(cause as Error).message.replace(PREAMBLE, '').trim()}`, { cause });
  }
}
