// The queue for database connections, with three lanes.
// The lanes share the connection time, so that writers and jobs never starve readers.
import { FitroomError } from '../../errors.js';
import { MEMORY_BOUNDS } from '../../memory/bounds.js';

/**
 * `read`: reads of requests. `write`: their writes and the recommendation log. `background`: jobs and the preparation
 * at startup.
 */
export type Lane = 'read' | 'write' | 'background';

export interface GateOptions {
  /** Number of connections. */
  slots: number;
  /** Longest wait for a connection, in milliseconds. */
  waitMs: Record<Lane, number>;
  /** Clock in milliseconds; only tests set it. */
  now?: () => number;
}

/**
 * Maximum number of callers that may wait in one lane. With 10 connections and reads of 2 ms, the last caller waits 0.4
 * s.
 */
export const MOST_WAITING = MEMORY_BOUNDS.databaseCallers.entries / 3;

const LANES = ['read', 'write', 'background'] as const;

interface Waiting {
  admit(): void;
  refuse(error: Error): void;
}

export class ConnectionGate {
  private readonly queues: Record<Lane, Set<Waiting>> = { read: new Set(), write: new Set(), background: new Set() };
  private readonly held: Record<Lane, number> = { read: 0, write: 0, background: 0 };
  /**
   * Connection time that each lane has used; the lane with the least is next. A write of 100 garments takes as long as
   * 100 reads.
   */
  private readonly used: Record<Lane, number> = { read: 0, write: 0, background: 0 };
  /**
   * The connection time that the last served lane had used by then. A lane that was idle starts from this value, so
   * idle time gives no priority.
   */
  private level = 0;
  /**
   * Connections for writers and background work together. Statements that wait for row locks occupy only these; readers
   * keep the rest.
   */
  private readonly mostChanging: number;
  private readonly mostBackground: number;

  private readonly now: () => number;

  constructor(private readonly options: GateOptions) {
    this.now = options.now ?? (() => performance.now());
    this.mostChanging = Math.ceil(options.slots / 2);
    this.mostBackground = Math.ceil(options.slots / 4);
  }

  get waitingCount(): number {
    return Object.values(this.queues).reduce((sum, { size }) => sum + size, 0);
  }

  /**
   * Waits until it is the caller's turn.
   * @returns a function that ends the turn; calling it twice is safe
   * @throws FitroomError DATABASE_BUSY, REQUEST_ABANDONED if `signal` aborts first, or the error that `refuseAll`
   * creates
   */
  async enter(lane: Lane, signal?: AbortSignal): Promise<() => void> {
    if (this.queues[lane].size === 0) this.used[lane] = Math.max(this.used[lane], this.level);
    if (this.queues[lane].size > 0 || !this.hasRoom(lane)) await this.turnOf(lane, signal);
    else this.held[lane] += 1;
    const since = this.now();
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.held[lane] -= 1;
      this.used[lane] += this.now() - since;
      this.admitNext();
    };
  }

  /** Rejects every caller that waits now. */
  refuseAll(makeError: () => Error): void {
    for (const queue of Object.values(this.queues)) for (const waiting of [...queue]) waiting.refuse(makeError());
  }

  private hasRoom(lane: Lane): boolean {
    const { read, write, background } = this.held;
    if (read + write + background >= this.options.slots) return false;
    if (lane === 'read') return true;
    return write + background < this.mostChanging && (lane === 'write' || background < this.mostBackground);
  }

  private turnOf(lane: Lane, signal?: AbortSignal): Promise<void> {
    const queue = this.queues[lane];
    if (queue.size >= MOST_WAITING) throw busy();
    return new Promise((resolve, reject) => {
      const abandon = (): void => waiting.refuse(new FitroomError('REQUEST_ABANDONED'));
      const timer = setTimeout(() => waiting.refuse(busy()), this.options.waitMs[lane]);
      const leave = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abandon);
        queue.delete(waiting);
      };
      const waiting: Waiting = {
        admit() {
          leave();
          resolve();
        },
        refuse(error) {
          leave();
          reject(error);
        },
      };
      signal?.addEventListener('abort', abandon, { once: true });
      queue.add(waiting);
    });
  }

  private admitNext(): void {
    for (let lane = this.nextLane(); lane !== undefined; lane = this.nextLane()) {
      this.level = this.used[lane];
      this.held[lane] += 1;
      const [first] = this.queues[lane];
      first!.admit();
    }
  }

  private nextLane(): Lane | undefined {
    const waiting = LANES.filter((lane) => this.queues[lane].size > 0 && this.hasRoom(lane));
    return waiting.sort((a, b) => this.used[a] - this.used[b])[0];
  }
}

function busy(): FitroomError {
  return new FitroomError('DATABASE_BUSY');
}
