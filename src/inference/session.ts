// ONNX Runtime sessions: their options, and runs of the head and attention models.
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';

export type ExecutionProvider = 'cpu' | 'webgpu' | 'cuda';

export interface SessionOptions {
  executionProvider: ExecutionProvider;
  /** Number of threads for one run. */
  threads: number;
  /** Path prefix of a profile that records which provider ran each node. Absent for no profile. */
  profilePrefix?: string;
}

/**
 * Options for models of about 0.2 million multiplications: moving them to a GPU and back costs more than computing them.
 */
export const SMALL: SessionOptions = { executionProvider: 'cpu', threads: 1 };

/** Named output tensors of one run, as flat arrays. */
export type OutputTensors = Record<string, Float32Array>;

/** An open model. Every error message names its file, the one to replace. */
export interface Model {
  /** File name within the bundle. */
  readonly file: string;
  readonly session: InferenceSession;
}

/**
 * Opens a model with one execution provider. If the provider cannot run it, the call rejects instead of falling back.
 * Nodes without a kernel still run on the CPU (see execution.probe.ts).
 * @throws Error that starts with the file's name
 */
export async function openModel(path: string, options: SessionOptions): Promise<Model> {
  const file = basename(path);
  return { file, session: await withFileName(file, () => InferenceSession.create(path, sessionOptions(options))) };
}

function sessionOptions(options: SessionOptions): InferenceSession.SessionOptions {
  return {
    executionProviders: [options.executionProvider],
    graphOptimizationLevel: 'all',
    executionMode: 'sequential',
    intraOpNumThreads: Math.min(options.threads, availableParallelism()),
    interOpNumThreads: 1,
    // 3 = errors: drops the warning that shape nodes stay on the CPU
    logSeverityLevel: 3,
    enableProfiling: options.profilePrefix !== undefined,
    profileFilePrefix: options.profilePrefix,
    // Threads that spin during a run save a sixth of the time of a single picture (10.2 → 8.5 ms). Between two runs
    // they would occupy a core that the database and the other encoder need.
    extra: { session: { intra_op: { allow_spinning: '1' }, force_spinning_stop: '1' } },
  };
}

/** Sizes that batches are padded to, so that the arena caches five shapes and not every size that occurs. */
export const BATCH_SIZES = [1, 2, 4, 8, 16] as const;
export const MAX_BATCH = 16;

/** Returns the smallest batch size that holds `rows`. @param rows 1 to MAX_BATCH */
export function paddedBatch(rows: number): number {
  return BATCH_SIZES.find((size) => size >= rows) ?? MAX_BATCH;
}

/**
 * Runs the head.
 * @param features [batch, width], batch one of BATCH_SIZES, width 2 × dimensions
 * @returns logits [batch, labels] of every output of the head
 */
export async function runHead(model: Model, features: Float32Array, width: number): Promise<OutputTensors> {
  return flat(await run(model, { features: new Tensor('float32', features, [features.length / width, width]) }));
}

/** Both modalities of each request and their weights. */
export interface AttentionInput {
  /** F_t and F_i [batch, dimensions], batch one of BATCH_SIZES. */
  text: Float32Array;
  image: Float32Array;
  /** (w_t, w_i) [batch, 2]: at least 0, summing to 1. */
  weights: Float32Array;
}

/** Runs the attention network. @returns `query` [batch, dimensions]: q = g(F_t, F_i) */
export async function runAttention(model: Model, { text, image, weights }: AttentionInput): Promise<OutputTensors> {
  const batch = weights.length / 2;
  const outputs = await run(model, {
    text: new Tensor('float32', text, [batch, text.length / batch]),
    image: new Tensor('float32', image, [batch, image.length / batch]),
    weights: new Tensor('float32', weights, [batch, 2]),
  });
  return flat(outputs);
}

/** Runs a model once. @throws Error that starts with the model's file */
export async function run({ file, session }: Model, feeds: Record<string, Tensor>): Promise<Record<string, Tensor>> {
  return withFileName(file, () => session.run(feeds));
}

function flat(results: Record<string, Tensor>): OutputTensors {
  return Object.fromEntries(Object.entries(results).map(([name, tensor]) => [name, tensor.data as Float32Array]));
}

/** Start of the runtime's error messages: the path of the model, and a line of the runtime's source. */
const PREAMBLE = /^Load model from .*? failed:(\/\S+:\d+ [^(]*\([^)]*\) )?/;

/**
 * Adds the file name to the errors of `work`: the runtime's messages name inputs and operators, but not always the
 * model.
 */
async function withFileName<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    throw new Error(`${file}: ${(cause as Error).message.replace(PREAMBLE, '').trim()}`, { cause });
  }
}
