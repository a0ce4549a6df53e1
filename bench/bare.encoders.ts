// Baseline of an import: the bundle's two encoders in two threads, like in the server, with prepared full batches.
// It has no decoding, tokenizing, head, database, queue or messages between the runs.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Bundle } from '../src/inference/bundle.js';
import { MAX_BATCH, paddedBatch } from '../src/inference/session.js';
import { WordTokenizer } from '../src/inference/tokenizer.js';
import { openPicture } from '../src/pictures/picture.js';
import { squareOf } from '../src/pictures/letterbox.js';

type Modality = 'text' | 'image';
/** Token ids of several texts, or the pixels of several pictures. */
type Batch = number[][] | Uint8Array;

export class BareEncoders {
  private constructor(
    private readonly bundle: Bundle,
    private readonly tokenizer: WordTokenizer,
    private readonly workers: Record<Modality, Worker>,
  ) {}

  /** Starts both encoders. @param threads number of threads of one session */
  static async open(bundle: Bundle, threads: number): Promise<BareEncoders> {
    const worker = async (modality: Modality): Promise<Worker> => {
      const workerData = { dir: bundle.dir, model: bundle.manifest[modality], side: modality, threads };
      const opened = new Worker(new URL('bare.thread.mjs', import.meta.url), { workerData });
      await once(opened, 'message');
      return opened;
    };
    const tokenizer = await WordTokenizer.load(bundle.dir, bundle.manifest.text);
    return new BareEncoders(bundle, tokenizer, { text: await worker('text'), image: await worker('image') });
  }

  /** Prepares texts and pictures in batches of the same size as in the server. */
  async prepare(words: string[], pictures: Uint8Array[]): Promise<void> {
    const squares: Uint8Array[] = [];
    for (const bytes of pictures) squares.push(await squareOf(await openPicture(bytes), this.bundle.manifest.image));
    const ids = words.map((text) => this.tokenizer.encode(text));
    await this.send('text', batchesOf(ids));
    await this.send('image', batchesOf(squares).map(joined));
  }

  /** Runs all prepared batches through both encoders in parallel and waits for both. */
  async run(): Promise<void> {
    const workers = Object.values(this.workers);
    const done = workers.map((worker) => once(worker, 'message'));
    for (const worker of workers) worker.postMessage('run');
    await Promise.all(done);
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.workers).map((worker) => worker.terminate()));
  }

  private async send(modality: Modality, batches: Batch[]): Promise<void> {
    const received = once(this.workers[modality], 'message');
    this.workers[modality].postMessage(batches);
    await received;
  }
}

function batchesOf<Item>(items: Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / MAX_BATCH) }, (_, i) =>
    items.slice(i * MAX_BATCH, (i + 1) * MAX_BATCH),
  );
}

/** Returns one batch of pixels, padded like in the server. */
function joined(squares: Uint8Array[]): Uint8Array {
  const pixels = new Uint8Array(paddedBatch(squares.length) * squares[0]!.length);
  squares.forEach((square, row) => pixels.set(square, row * square.length));
  return pixels;
}
