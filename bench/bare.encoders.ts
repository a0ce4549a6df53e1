// Owns the floor that an import is measured against: the bundle's two encoders in two threads as the server has them, fed
// with whole batches that lie ready. No decoding, tokenizing, head, database, queue or message between the runs.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Bundle } from '../src/inference/bundle.js';
import { MAX_BATCH, paddedBatch } from '../src/inference/session.js';
import { WordTokenizer } from '../src/inference/tokenizer.js';
import { openPicture } from '../src/pictures/picture.js';
import { squareOf } from '../src/pictures/letterbox.js';

type Side = 'text' | 'image';
/** Token ids, or the pixels of all its pictures. */
type Batch = number[][] | Uint8Array;

export class BareEncoders {
  private constructor(
    private readonly bundle: Bundle,
    private readonly tokenizer: WordTokenizer,
    private readonly workers: Record<Side, Worker>,
  ) {}

  /** @param threads that one session computes with */
  static async open(bundle: Bundle, threads: number): Promise<BareEncoders> {
    const worker = async (side: Side): Promise<Worker> => {
      const workerData = { dir: bundle.dir, model: bundle.manifest[side], side, threads };
      const opened = new Worker(new URL('bare.thread.mjs', import.meta.url), { workerData });
      await once(opened, 'message');
      return opened;
    };
    const tokenizer = await WordTokenizer.load(bundle.dir, bundle.manifest.text);
    return new BareEncoders(bundle, tokenizer, { text: await worker('text'), image: await worker('image') });
  }

  /** Makes words and pictures ready, in batches as large as the server's. */
  async prepare(words: string[], pictures: Uint8Array[]): Promise<void> {
    const squares: Uint8Array[] = [];
    for (const bytes of pictures) squares.push(await squareOf(await openPicture(bytes), this.bundle.manifest.image));
    const ids = words.map((text) => this.tokenizer.encode(text));
    await this.hold('text', inBatches(ids));
    await this.hold('image', inBatches(squares).map(inOne));
  }

  /** Runs all that was made ready through both encoders at once, until both are done. */
  async run(): Promise<void> {
    const workers = Object.values(this.workers);
    const done = workers.map((worker) => once(worker, 'message'));
    for (const worker of workers) worker.postMessage('run');
    await Promise.all(done);
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.workers).map((worker) => worker.terminate()));
  }

  private async hold(side: Side, batches: Batch[]): Promise<void> {
    const held = once(this.workers[side], 'message');
    this.workers[side].postMessage(batches);
    await held;
  }
}

function inBatches<Item>(items: Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / MAX_BATCH) }, (_, i) =>
    items.slice(i * MAX_BATCH, (i + 1) * MAX_BATCH),
  );
}

/** Padded as the server pads. */
function inOne(squares: Uint8Array[]): Uint8Array {
  const pixels = new Uint8Array(paddedBatch(squares.length) * squares[0]!.length);
  squares.forEach((square, row) => pixels.set(square, row * square.length));
  return pixels;
}
