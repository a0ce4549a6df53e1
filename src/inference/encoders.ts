// Words, pictures and features in, unit vectors and probabilities out, computed off the event loop and gathered across
// requests. Knows where vectors come from, not what they are searched for.
import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import type { ExecutionChoice } from '../config.js';
import type { Features } from '../domain/fusion.js';
import { HEAD_OUTPUTS, type HeadReading } from '../domain/reading.js';
import { FitroomError, StartupError } from '../errors.js';
import type { Bundle } from './bundle.js';
import { chooseExecution } from './execution.js';
import { type BatchEvent, Gatherer } from './gatherer.js';
import { type ExecutionProvider, MAX_BATCH, type Outputs, paddedBatch } from './session.js';
import type { ThreadSetup } from './task.js';
import { InferenceThread } from './thread.pool.js';
import { VectorCache } from './vector.cache.js';
import { rowsOf, softmaxOrError, unitOrError } from './vector.js';

export type { BatchEvent } from './gatherer.js';

export interface EncoderOptions {
  execution: ExecutionChoice;
  /** Threads that one run computes with. */
  threads: number;
  logger?: Logger;
  /** Called after every batch. */
  observe?: (event: BatchEvent) => void;
}

/** Vectors are shared between callers: they are read, never written to. */
export interface Encoders {
  readonly bundle: Bundle;
  readonly executionProvider: ExecutionProvider;
  /** F_t [dimensions], unit length. Words beyond the bundle's `maxTokens` do not count. */
  encodeWords(text: string): Promise<Float32Array>;
  /** F_i [dimensions], unit length. @param pixels RGB [size, size, 3] as `letterbox` makes them */
  encodePixels(pixels: Uint8Array): Promise<Float32Array>;
  /** softmax(logits / temperature) of every output on [F_t ; F_i], a missing side being zero. */
  readHead(features: Features): Promise<HeadReading>;
  /** Inputs that wait for their answer now. */
  waiting(): Record<BatchEvent['modality'], number>;
  /** Takes nothing new, finishes what runs, ends the threads. */
  close(): Promise<void>;
}

/**
 * Opens the bundle's models in threads of their own and runs each once.
 * All calls of the result throw FitroomError SERVICE_UNAVAILABLE after `close`, with too many waiting, or where a thread
 * died twice on one batch; and Error where a model gives anything but finite vectors.
 * @returns encoders that are warm
 * @throws StartupError where a model cannot run, or not with the execution provider that was asked for
 */
export async function startEncoders(bundle: Bundle, options: EncoderOptions): Promise<ThreadedEncoders> {
  const executionProvider = await chooseExecution(bundle, options);
  const encoders = new ThreadedEncoders(bundle, executionProvider, options);
  try {
    await encoders.warmUp();
  } catch (error) {
    await encoders.close();
    const reason = `The bundle ${bundle.id} does not run on ${executionProvider}: ${(error as Error).message}`;
    throw new StartupError(reason, { cause: error });
  }
  options.logger?.info({ bundle: bundle.id, executionProvider, threads: options.threads }, 'encoders are warm');
  return encoders;
}

export class ThreadedEncoders implements Encoders {
  /** The threads, by what they compute: two on the CPU, one and the same on an accelerator. */
  readonly threads: Record<'words' | 'pictures', InferenceThread>;
  private readonly words: Gatherer<string, Float32Array>;
  private readonly pictures: Gatherer<Uint8Array, Float32Array>;
  private readonly head: Gatherer<Features, HeadReading>;
  private readonly knownWords = new VectorCache();
  private readonly knownPictures = new VectorCache();
  private closed = false;

  constructor(
    readonly bundle: Bundle,
    readonly executionProvider: ExecutionProvider,
    options: Pick<EncoderOptions, 'threads' | 'logger' | 'observe'>,
  ) {
    const { text, image, head, dimensions } = bundle.manifest;
    const open = (name: string, models: Pick<ThreadSetup, 'text' | 'image' | 'head'>) =>
      new InferenceThread(
        { dir: bundle.dir, options: { executionProvider, threads: options.threads }, ...models },
        (reason) => options.logger?.warn({ thread: name, reason }, 'an inference thread died and is replaced'),
      );
    const headModel = { model: head, dimensions };
    if (executionProvider === 'cpu') {
      this.threads = {
        words: open('words', { text, image: null, head: headModel }),
        pictures: open('pictures', { text: null, image, head: null }),
      };
    } else {
      // one device computes one batch at a time, and WebGPU's one context of the process breaks under two threads
      const both = open('words and pictures', { text, image, head: headModel });
      this.threads = { words: both, pictures: both };
    }
    const { observe } = options;
    this.words = new Gatherer((batch) => this.runWords(batch), { modality: 'words', maxBatch: MAX_BATCH, observe });
    this.pictures = new Gatherer((batch) => this.runPictures(batch), {
      modality: 'pictures',
      maxBatch: MAX_BATCH,
      observe,
    });
    this.head = new Gatherer((batch) => this.runHead(batch), { modality: 'head', maxBatch: MAX_BATCH, observe });
  }

  async encodeWords(text: string): Promise<Float32Array> {
    this.requireOpen();
    return this.knownWords.getOrMake(text, () => this.words.load(text));
  }

  async encodePixels(pixels: Uint8Array): Promise<Float32Array> {
    this.requireOpen();
    const { size } = this.bundle.manifest.image;
    if (pixels.length !== size * size * 3) throw new RangeError(`a picture is ${size} × ${size} RGB pixels here`);
    const key = createHash('sha256').update(pixels).digest('base64');
    return this.knownPictures.getOrMake(key, () => this.pictures.load(pixels));
  }

  async readHead(features: Features): Promise<HeadReading> {
    this.requireOpen();
    if (!features.text && !features.image) throw new RangeError('the head needs words or a picture');
    return this.head.load(features);
  }

  waiting(): Record<BatchEvent['modality'], number> {
    return { words: this.words.waiting, pictures: this.pictures.waiting, head: this.head.waiting };
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([this.words, this.pictures, this.head].map((gatherer) => gatherer.drained()));
    await Promise.all([...new Set(Object.values(this.threads))].map((thread) => thread.close()));
  }

  /** Runs each model on the smallest and the largest batch: their first runs are several times slower. */
  async warmUp(): Promise<void> {
    const grey = (shade: number) => new Uint8Array(this.bundle.manifest.image.size ** 2 * 3).fill(shade);
    const batch = <T>(make: (i: number) => T) => Array.from({ length: MAX_BATCH }, (_, i) => make(i));
    const [[text], [image]] = await Promise.all([
      this.runWords(['red dress']).then(async (first) => (await this.runWords(batch((i) => `shirt ${i}`)), first)),
      this.runPictures([grey(128)]).then(async (first) => (await this.runPictures(batch((i) => grey(100 + i))), first)),
    ]);
    for (const vector of [text, image]) if (vector instanceof Error) throw vector;
    const [reading] = await this.runHead([{ text: text as Float32Array, image: image as Float32Array }]);
    if (reading instanceof Error) throw reading;
  }

  private requireOpen(): void {
    if (this.closed) throw new FitroomError('SERVICE_UNAVAILABLE');
  }

  private async runWords(texts: string[]): Promise<(Float32Array | Error)[]> {
    const outputs = await this.threads.words.run(() => ({ task: { kind: 'words', texts } }));
    return this.embeddings(outputs, texts.length, this.bundle.manifest.text.file);
  }

  private async runPictures(pictures: Uint8Array[]): Promise<(Float32Array | Error)[]> {
    const outputs = await this.threads.pictures.run(() => {
      const pixels = stacked(pictures, new Uint8Array(paddedBatch(pictures.length) * pictures[0]!.length));
      return { task: { kind: 'pictures', pixels }, transfer: [pixels.buffer] };
    });
    return this.embeddings(outputs, pictures.length, this.bundle.manifest.image.file);
  }

  private async runHead(batch: Features[]): Promise<(HeadReading | Error)[]> {
    const { dimensions, head } = this.bundle.manifest;
    const missing = new Float32Array(dimensions);
    const halves = batch.flatMap(({ text, image }) => [text ?? missing, image ?? missing]);
    const outputs = await this.threads.words.run(() => {
      const features = stacked(halves, new Float32Array(paddedBatch(batch.length) * 2 * dimensions));
      return { task: { kind: 'head', features }, transfer: [features.buffer] };
    });
    const columns = HEAD_OUTPUTS.map((output) => {
      const logits = requireOutput(outputs, output, {
        rows: batch.length,
        width: head.labels[output].length,
        file: head.kind === 'none' ? 'the head' : head.file,
      });
      return logits.map((row) => softmaxOrError(row, head.temperatures[output]));
    });
    return batch.map((_, row) => {
      const cells = columns.map((column) => column[row]!);
      const failed = cells.find((cell) => cell instanceof Error);
      return failed ?? (Object.fromEntries(HEAD_OUTPUTS.map((output, i) => [output, cells[i]])) as HeadReading);
    });
  }

  private embeddings(outputs: Outputs, rows: number, file: string): (Float32Array | Error)[] {
    return requireOutput(outputs, 'embedding', { rows, width: this.bundle.manifest.dimensions, file }).map(unitOrError);
  }
}

/** The rows of one output. @throws Error where the model has no such output or another width than the manifest says */
function requireOutput(
  outputs: Outputs,
  name: string,
  shape: { rows: number; width: number; file: string },
): Float32Array[] {
  const { rows, width, file } = shape;
  const output = outputs[name];
  if (output?.length === paddedBatch(rows) * width) return rowsOf(output, rows, width);
  throw new Error(`${file} does not give "${name}" of ${width} numbers a row, which manifest.json says it does`);
}

/** Copies the parts one after another into `whole`; what is left of it stays zero. */
function stacked<T extends Uint8Array | Float32Array>(parts: readonly (Uint8Array | Float32Array)[], whole: T): T {
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
