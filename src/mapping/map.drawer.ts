// Has maps drawn in a thread of their own, one a map: a drawing takes seconds to minutes of one core, and the event loop sees
// only the slices go and the places come. Knows neither garments nor rows.
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { PROJECT_ROOT } from '../config.js';
import type { FromThread, ThreadSetup, ToThread } from './map.messages.js';

/** Always the compiled file, also where the tests run the sources. */
const THREAD_FILE = join(PROJECT_ROOT, 'dist', 'mapping', 'map.thread.js');
/** 10,000 rows take some 300 MB; a thread that wants more than this ends by itself, and not the process. */
const MAX_HEAP_MB = 2_048;

export interface RowToDraw {
  vector: Float32Array;
  /** Where it lay on the last map. */
  last: { x: number; y: number } | null;
}

export interface Drawing {
  /** Rows in the order in which they were added, x and y of each. */
  points: Float64Array;
  trustworthiness: number | null;
}

/** One map on its way. Whoever begins one ends it, with `draw` or `close`. */
export class MapDrawing {
  private readonly thread: Worker;
  private readonly drawn: Promise<Drawing>;

  /** @param width numbers of one vector */
  constructor(width: number) {
    const workerData: ThreadSetup = { width };
    this.thread = new Worker(THREAD_FILE, { workerData, resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB } });
    this.drawn = new Promise((resolve, reject) => {
      this.thread.once('message', (message: FromThread) => resolve(message));
      this.thread.once('error', reject);
      this.thread.once('exit', () => reject(new Error('the thread that draws the map ended without one')));
    });
    // told to whoever waits for the drawing; until then nobody does
    this.drawn.catch(() => undefined);
  }

  /** Hands over some rows: a few hundred at a time keep the event loop free. */
  add(rows: readonly RowToDraw[]): void {
    const width = rows[0]?.vector.length ?? 0;
    const vectors = new Float32Array(rows.length * width);
    rows.forEach(({ vector }, i) => vectors.set(vector, i * width));
    const last = Float64Array.from(rows.flatMap((row) => (row.last ? [row.last.x, row.last.y] : [NaN, NaN])));
    this.send({ kind: 'slice', vectors, last }, [vectors.buffer, last.buffer]);
  }

  /** @throws Error where the thread fails, or is closed */
  async draw(): Promise<Drawing> {
    this.send({ kind: 'draw' }, []);
    return this.drawn;
  }

  /** Ends the thread, in the midst of its work too. */
  async close(): Promise<void> {
    await this.thread.terminate();
  }

  private send(message: ToThread, transfer: ArrayBuffer[]): void {
    this.thread.postMessage(message, transfer);
  }
}
