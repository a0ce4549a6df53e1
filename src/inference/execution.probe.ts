// The probe process: tests one execution provider on the real models and prints a report.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dot } from '../domain/recommend/fusion.js';
import { runPixels, runTokens } from './encoder.run.js';
import type { ImageModel, TextModel } from './manifest.models.js';
import { type ExecutionProvider, openModel, type OutputTensors, type SessionOptions } from './session.js';
import { WordTokenizer } from './tokenizer.js';

export interface ProbeRequest {
  dir: string;
  text: TextModel;
  image: ImageModel;
  executionProvider: ExecutionProvider;
  threads: number;
  /** True: stop with a report as soon as the provider is slower than the CPU. */
  race: boolean;
}

export type ProbeReport =
  | { failure: string }
  /** Time for one batch of texts and one of pictures, the better of two. */
  | { slower: true; providerMs: number; cpuMs: number }
  | {
      slower: false;
      /**
       * The lower cosine to the CPU's results, of a batch of texts and a batch of pictures. JSON turns NaN into null.
       */
      cosine: number;
      /** Share of the node runs that the provider computed itself, 0…1. */
      nodeShare: number;
    };

/** A typical batch, large enough to show the speed of an accelerator. */
const BATCH = 8;
/** Names of the providers in the runtime's profile. */
const PROFILE_NAMES: Record<ExecutionProvider, string> = {
  cpu: 'CPUExecutionProvider',
  cuda: 'CUDAExecutionProvider',
  webgpu: 'WebGpuExecutionProvider',
};

interface Trial {
  embeddings: Float32Array[];
  ms: number;
}

async function probe(request: ProbeRequest): Promise<ProbeReport> {
  const { executionProvider, threads, race } = request;
  const plain = await trial(request, { executionProvider: 'cpu', threads });
  if (race) {
    const raced = await trial(request, { executionProvider, threads });
    if (raced.ms > plain.ms) return { slower: true, providerMs: raced.ms, cpuMs: plain.ms };
  }
  const folder = await mkdtemp(join(tmpdir(), 'fitroom-probe-'));
  try {
    // profiling slows a GPU down, so this trial is not timed
    const profiled = await trial(request, { executionProvider, threads, profilePrefix: join(folder, 'profile') });
    const cosines = profiled.embeddings.map((vector, i) => cosine(vector, plain.embeddings[i]!));
    return {
      slower: false,
      cosine: Math.min(...cosines),
      nodeShare: await nodeShare(folder, PROFILE_NAMES[executionProvider]),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs a batch of texts and a batch of pictures: once to warm up, and twice for the time unless it is profiled. */
async function trial(request: ProbeRequest, options: SessionOptions): Promise<Trial> {
  const tokenizer = await WordTokenizer.load(request.dir, request.text);
  const text = await openModel(join(request.dir, request.text.file), options);
  const image = await openModel(join(request.dir, request.image.file), options);
  const tokens = Array.from({ length: BATCH }, () => tokenizer.encode('a red striped cotton shirt for the summer'));
  const runBoth = async (): Promise<OutputTensors[]> => [
    await runTokens(text, tokens, request.text),
    await runPixels(image, gradients(request.image.size), request.image),
  ];
  const embeddings = (await runBoth()).map((outputs) => outputs['embedding']!.slice());
  let ms = Infinity;
  for (let i = 0; i < 2 && options.profilePrefix === undefined; i++) {
    const started = performance.now();
    await runBoth();
    ms = Math.min(ms, performance.now() - started);
  }
  for (const { session } of [text, image]) {
    if (options.profilePrefix !== undefined) session.endProfiling();
    await session.release();
  }
  return { embeddings, ms };
}

/** Returns pictures that differ between pixels, channels and rows of the batch. */
function gradients(size: number): Uint8Array {
  return Uint8Array.from({ length: BATCH * size * size * 3 }, (_, i) => (i * 7 + Math.floor(i / (size * 3)) * 3) % 256);
}

/**
 * Returns the provider's share of node runs. A listed provider need not compute anything: nodes without a kernel run on
 * the CPU silently, and only the profile shows it.
 */
async function nodeShare(folder: string, provider: string): Promise<number> {
  const files = await readdir(folder);
  const profiles = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  const runs = profiles
    .flatMap((json) => JSON.parse(json) as { cat: string; args?: { provider?: string } }[])
    .filter((event) => event.cat === 'Node' && event.args?.provider);
  return runs.filter((event) => event.args?.provider === provider).length / runs.length;
}

function cosine(a: Float32Array, b: Float32Array): number {
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

/** Returns the first line of the runtime's error, without the source line and the condition that failed there. */
function reasonOf(error: Error): string {
  return error.message.split('\n')[0]!.replace(/^\/\S+:\d+ .* was false\. /, '');
}

const report = await probe(JSON.parse(process.argv[2]!) as ProbeRequest).catch((error: Error): ProbeReport => ({
  failure: reasonOf(error),
}));
// A GPU's own threads can keep the process alive or crash it at exit, so the report is the last output.
process.stdout.write(`${JSON.stringify(report)}\n`, () => process.exit(0));
