// Encoders of a bundle: unit vectors and probabilities, computed in threads by micro-batches.
import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import type { ExecutionChoice } from '../config.js';
import type { Features, FusionWeights } from '../domain/recommend/fusion.js';
import type { Classification } from '../domain/recommend/classification.js';
import { FitroomError, StartupError } from '../errors.js';
import { type AttentionQuery, attentionInput, EXTREME_WEIGHTS, requireOutput, stacked, valueOf } from './batch.js';
import type { Bundle } from './bundle.js';
import { chooseExecution } from './execution.js';
import { type BatchEvent, MicroBatcher } from './micro.batcher.js';
import { headClassifications } from './head.model.js';
import { type ExecutionProvider, MAX_BATCH, type OutputTensors, paddedBatch } from './session.js';
import type { ThreadSetup } from './task.js';
import { InferenceThread } from './inference.thread.js';
import { unitOrError } from './vector.js';
import { boundedCache } from '../memory/bounded.cache.js';
import { MEMORY_BOUNDS } from '../memory/bounds.js';
import { requestSignal } from '../request.scope.js';
import { WaitingCallers } from './waiters.js';

export type { BatchEvent } from './micro.batcher.js';

export interface EncoderOptions {
  execution: ExecutionChoice;
  /** Number of threads for one run. */
  threads: number;
  logger?: Logger;
  /** Called after every batch. */
  observe?: (event: BatchEvent) => void;
}

/** The encoders of one bundle. Vectors are shared between callers and must not be modified. */
export interface Encoders {
  readonly bundle: Bundle;
  readonly executionProvider: ExecutionProvider;
  /** Returns F_t [dimensions], unit length. Tokens beyond the bundle's `maxTokens` are ignored. */
  encodeWords(text: string): Promise<Float32Array>;
  /** Returns F_i [dimensions], unit length. @param pixels RGB [size, size, 3], as `squareOf` returns them */
  encodePixels(pixels: Uint8Array): Promise<Float32Array>;
  /** Returns softmax(logits / temperature) of every output on [F_t ; F_i]. A missing modality is zero. */
  readHead(features: Features): Promise<Classification>;
  /**
   * Returns q = g(F_t, F_i) [dimensions], unit length. The bundle's attention weights the two modalities block by
   * block.
   * @throws RangeError if a modality is missing or the bundle has no attention
   */
  attend(features: Features, weights: FusionWeights): Promise<Float32Array>;
  /** Returns the number of inputs that now wait for their result. */
  waiting(): Record<BatchEvent['modality'], number>;
  /** Refuses new inputs, finishes the running ones and ends the threads. */
  close(): Promise<void>;
}

/**
 * Opens the bundle's models in separate threads and runs each once.
 * All methods of the result throw FitroomError: SERVER_BUSY if too many inputs wait, REQUEST_ABANDONED if the client
 * has disconnected, SERVICE_UNAVAILABLE after `close` or if a thread died twice on one batch. They throw Error if a
 * model returns vectors that are not finite.
 * @returns warm encoders
 * @throws StartupError if a model cannot run, or not with the chosen execution provider
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
  /** The threads by modality: two on the CPU, one shared thread on an accelerator. */
  readonly threads: Record<'words' | 'pictures', InferenceThread>;
  private readonly words: MicroBatcher<string, Float32Array>;
  private readonly pictures: MicroBatcher<Uint8Array, Float32Array>;
  private readonly head: MicroBatcher<Features, Classification>;
  private readonly attention: MicroBatcher<AttentionQuery, Float32Array>;
  private readonly cachedWords: VectorCache;
  private readonly cachedPictures: VectorCache;
  private closed = false;

  constructor(
    readonly bundle: Bundle,
    readonly executionProvider: ExecutionProvider,
    options: Pick<EncoderOptions, 'threads' | 'logger' | 'observe'>,
  ) {
    const { text, image, head, fusion, dimensions } = bundle.manifest;
    const open = (name: string, models: Omit<ThreadSetup, 'dir' | 'options'>) =>
      new InferenceThread(
        { dir: bundle.dir, options: { executionProvider, threads: options.threads }, ...models },
        (reason) => options.logger?.warn({ thread: name, reason }, 'an inference thread died and is replaced'),
      );
    const words = { text, head: { model: head, dimensions }, attention: fusion.attention ?? null };
    if (executionProvider === 'cpu') {
      this.threads = {
        words: open('words', { ...words, image: null }),
        pictures: open('pictures', { text: null, image, head: null, attention: null }),
      };
    } else {
      // one device computes one batch at a time, and two threads break WebGPU, which has one context per process
      const both = open('words and pictures', { ...words, image });
      this.threads = { words: both, pictures: both };
    }
    this.cachedWords = new VectorCache(dimensions);
    this.cachedPictures = new VectorCache(dimensions);
    const shared = { maxBatch: MAX_BATCH, observe: options.observe };
    this.words = new MicroBatcher((batch) => this.runWords(batch), { modality: 'words', ...shared });
    this.pictures = new MicroBatcher((batch) => this.runPictures(batch), { modality: 'pictures', ...shared });
    this.head = new MicroBatcher((batch) => this.runHead(batch), { modality: 'head', ...shared });
    this.attention = new MicroBatcher((batch) => this.runAttention(batch), { modality: 'attention', ...shared });
  }

  async encodeWords(text: string): Promise<Float32Array> {
    this.requireOpen();
    return this.cachedWords.getOrMake(text, (waiters) => this.words.load(text, waiters));
  }

  async encodePixels(pixels: Uint8Array): Promise<Float32Array> {
    this.requireOpen();
    const { size } = this.bundle.manifest.image;
    if (pixels.length !== size * size * 3) throw new RangeError(`a picture must have ${size} × ${size} RGB pixels`);
    const key = createHash('sha256').update(pixels).digest('base64');
    return this.cachedPictures.getOrMake(key, (waiters) => this.pictures.load(pixels, waiters));
  }

  async readHead(features: Features): Promise<Classification> {
    this.requireOpen();
    if (!features.text && !features.image) throw new RangeError('the head needs text or a picture');
    return this.head.load(features);
  }

  async attend({ text, image }: Features, weights: FusionWeights): Promise<Float32Array> {
    this.requireOpen();
    if (!this.bundle.manifest.fusion.attention) throw new RangeError(`${this.bundle.id} has no attention`);
    if (!text || !image) throw new RangeError('attention needs text and a picture');
    return this.attention.load({ text, image, weights });
  }

  waiting(): Record<BatchEvent['modality'], number> {
    const { words, pictures, head, attention } = this;
    return {
      words: words.waiting,
      pictures: pictures.waiting,
      head: head.waiting,
      attention: attention.waiting,
    };
  }

  async close(): Promise<void> {
    this.closed = true;
    const batchers = [this.words, this.pictures, this.head, this.attention];
    await Promise.all(batchers.map((batcher) => batcher.drained()));
    await Promise.all([...new Set(Object.values(this.threads))].map((thread) => thread.close()));
  }

  /** Runs each model on the smallest and the largest batch, whose first runs are several times slower. */
  async warmUp(): Promise<void> {
    const gray = (shade: number) => new Uint8Array(this.bundle.manifest.image.size ** 2 * 3).fill(shade);
    const batch = <T>(make: (i: number) => T) => Array.from({ length: MAX_BATCH }, (_, i) => make(i));
    const [[text], [image]] = await Promise.all([
      this.runWords(['red dress']).then(async (first) => (await this.runWords(batch((i) => `shirt ${i}`)), first)),
      this.runPictures([gray(128)]).then(async (first) => (await this.runPictures(batch((i) => gray(100 + i))), first)),
    ]);
    const both = { text: valueOf(text), image: valueOf(image) };
    valueOf((await this.runHead([both]))[0]);
    if (!this.bundle.manifest.fusion.attention) return;
    (await this.runAttention(EXTREME_WEIGHTS.map((weights) => ({ ...both, weights })))).forEach(valueOf);
  }

  private requireOpen(): void {
    if (this.closed) throw new FitroomError('SERVICE_UNAVAILABLE');
  }

  private async runWords(texts: string[]): Promise<(Float32Array | Error)[]> {
    const outputs = await this.threads.words.run(() => ({ task: { kind: 'words', texts } }));
    return this.unitRows(outputs, 'embedding', { rows: texts.length, file: this.bundle.manifest.text.file });
  }

  private async runPictures(pictures: Uint8Array[]): Promise<(Float32Array | Error)[]> {
    const outputs = await this.threads.pictures.run(() => {
      const pixels = stacked(pictures, new Uint8Array(paddedBatch(pictures.length) * pictures[0]!.length));
      return { task: { kind: 'pictures', pixels }, transfer: [pixels.buffer] };
    });
    return this.unitRows(outputs, 'embedding', { rows: pictures.length, file: this.bundle.manifest.image.file });
  }

  private async runHead(batch: Features[]): Promise<(Classification | Error)[]> {
    const { dimensions, head } = this.bundle.manifest;
    const missing = new Float32Array(dimensions);
    const modalities = batch.flatMap(({ text, image }) => [text ?? missing, image ?? missing]);
    const outputs = await this.threads.words.run(() => {
      const features = stacked(modalities, new Float32Array(paddedBatch(batch.length) * 2 * dimensions));
      return { task: { kind: 'head', features }, transfer: [features.buffer] };
    });
    return headClassifications(outputs, batch.length, head);
  }

  private async runAttention(batch: AttentionQuery[]): Promise<(Float32Array | Error)[]> {
    const outputs = await this.threads.words.run(() => {
      const input = attentionInput(batch);
      const transfer = Object.values(input).map(({ buffer }: Float32Array) => buffer as ArrayBuffer);
      return { task: { kind: 'attention', ...input }, transfer };
    });
    return this.unitRows(outputs, 'query', { rows: batch.length, file: this.bundle.manifest.fusion.attention!.file });
  }

  private unitRows(
    outputs: OutputTensors,
    name: string,
    shape: { rows: number; file: string },
  ): (Float32Array | Error)[] {
    const width = this.bundle.manifest.dimensions;
    return requireOutput(outputs, name, { ...shape, width }).map((row) => unitOrError(row, shape.file));
  }
}

/** Bytes of a Float32Array, its buffer and its promise, without the numbers. */
const VECTOR_HEADER = 300;

interface Entry {
  vector: Promise<Float32Array>;
  bytes: number;
  /** Absent once the vector is computed. */
  waiters?: WaitingCallers;
}

/** One cache for all open models, so that the bound applies to their sum. */
const vectors = boundedCache<Entry>(MEMORY_BOUNDS.vectors, { sizeOf: ({ bytes }) => bytes });
let caches = 0;

export class VectorCache {
  /** Prefix that separates the vectors of this model from those of others. */
  private readonly name = String(++caches);

  /** @param dimensions of every vector */
  constructor(private readonly dimensions: number) {}

  /**
   * Returns the vector under `key`. Concurrent callers share one computation. Failures are not cached.
   * @param make computes the vector; it may give up once all waiting callers are gone
   */
  async getOrMake(key: string, make: (waiters: WaitingCallers) => Promise<Float32Array>): Promise<Float32Array> {
    const name = `${this.name} ${key}`;
    const cached = vectors.get(name);
    if (!cached) return this.make(name, make);
    if (!cached.waiters) return cached.vector;
    cached.waiters.join();
    try {
      return await cached.vector;
    } catch (error) {
      // The computation was canceled for its earlier callers just before this request joined.
      if (isAbandoned(error) && !requestSignal()?.aborted) return this.getOrMake(key, make);
      throw error;
    }
  }

  private make(name: string, make: (waiters: WaitingCallers) => Promise<Float32Array>): Promise<Float32Array> {
    const waiters = new WaitingCallers().join();
    const bytes = VECTOR_HEADER + Float32Array.BYTES_PER_ELEMENT * this.dimensions;
    const entry: Entry = { vector: make(waiters), bytes, waiters };
    vectors.set(name, entry);
    entry.vector.then(
      () => delete entry.waiters,
      () => {
        if (vectors.peek(name) === entry) vectors.delete(name);
      },
    );
    return entry.vector;
  }
}

function isAbandoned(error: unknown): boolean {
  return error instanceof FitroomError && error.code === 'REQUEST_ABANDONED';
}
