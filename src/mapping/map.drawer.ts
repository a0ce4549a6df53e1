// Drawing of catalog maps, one thread per map.
// A drawing keeps one core busy for seconds to minutes.
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { PROJECT_ROOT } from '../config.js';
import type { FromThread, ThreadSetup, ToThread } from './map.messages.js';

/** The compiled file, also when the tests run the sources. */
const THREAD_FILE = join(PROJECT_ROOT, 'dist', 'mapping', 'map.thread.js');
/**
 * Heap limit of a drawing thread. 10,000 rows take about 300 MB. A thread that needs more than the limit ends without
 * ending the process.
 */
const MAX_HEAP_MB = 2_048;

export interface RowToDraw {
  vector: Float32Array;
  /** Position on the last map. Null for a new row. */
  last: { x: number; y: number } | null;
}

export interface Drawing {
  /** x and y of each row, in the order in which the rows were added. */
  points: Float64Array;
  trustworthiness: number | null;
}

/** A map that is being drawn. Its creator ends it, with `draw` or `close`. */
export class MapDrawing {
  private readonly thread: Worker;
  private readonly drawn: Promise<Drawing>;

  /** @param width length of one vector */
  constructor(width: number) {
    const workerData: ThreadSetup = { width };
    this.thread = new Worker(THREAD_FILE, { workerData, resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB } });
    this.drawn = new Promise((resolve, reject) => {
      this.thread.once('message', (message: FromThread) => resolve(message));
      this.thread.once('error', reject);
      this.thread.once('exit', () => reject(new Error('the thread ended without drawing the map')));
    });
    // `draw` passes a failure on; until its caller waits, the rejection must not end the process
    this.drawn.catch(() => undefined);
  }

  /** Sends rows to the thread. A few hundred at a time keep the event loop responsive. */
  add(rows: readonly RowToDraw[]): void {
    const width = rows[0]?.vector.length ?? 0;
    const vectors = new Float32Array(rows.length * width);
    rows.forEach(({ vector }, i) => vectors.set(vector, i * width));
    const last = Float64Array.from(rows.flatMap((row) => (row.last ? [row.last.x, row.last.y] : [NaN, NaN])));
    this.send({ kind: 'slice', vectors, last }, [vectors.buffer, last.buffer]);
  }

  /** Draws the map of all added rows. @throws Error if the thread fails or is closed */
  async draw(): Promise<Drawing> {
    this.send({ kind: 'draw' }, []);
    return this.drawn;
  }

  /** Ends the thread, even while it draws. */
  async close(): Promise<void> {
    await this.thread.terminate();
  }

  private send(message: ToThread, transfer: ArrayBuffer[]): void {
    this.thread.postMessage(message, transfer);
  }
}
