// The watch over a silent server: a probe distinguishes a hung server from a busy one.
import { FitroomError } from '../../errors.js';

/**
 * Length of a tick. Time is counted in ticks, not by the clock: a blocked event loop delays both responses and ticks,
 * and must not look like a silent server.
 */
const TICK_MS = 250;
/** A statement without a response for this long triggers a probe: 1 s. */
const ASK_AFTER_TICKS = 4;
/**
 * A probe without a response for this long has failed: 1.5 s. With the second before it, a request fails after 2.75 s
 * at most.
 */
const SIGN_WITHIN_TICKS = 6;

export interface WatchedConnection {
  /** Time that the server may stay silent before the connection is closed. */
  patienceTicks: number;
  /** Longest time for a response, even if the server responds to probes. */
  limitTicks: number;
  /** Closes the connection. Its statements fail. */
  giveUp(): void;
}

export const ticksOf = (ms: number): number => Math.ceil(ms / TICK_MS);

export interface SilenceWatchParts {
  /** Resolves when the server responds on a separate connection; `signal` ends the probe. */
  ask(signal: AbortSignal): Promise<void>;
  /** Called each time that a probe gets no response. */
  onSilence(): void;
}

interface Waiting extends WatchedConnection {
  /** Ticks since the statement was sent or the server last responded to a probe. */
  silent: number;
  total: number;
}

export class SilenceWatch {
  // eslint-disable-next-line no-restricted-syntax -- one entry for each connection in use
  private readonly waiting = new Set<Waiting>();
  private asking: Promise<boolean> | null = null;
  private isSilent = false;
  private timer: NodeJS.Timeout | null = null;
  // eslint-disable-next-line no-restricted-syntax -- one entry for each open probe
  private readonly onTick = new Set<() => void>();

  constructor(private readonly parts: SilenceWatchParts) {}

  /** Watches the connection until `sent` settles. */
  async over<T>(watched: WatchedConnection, sent: Promise<T>): Promise<T> {
    const waiting = { ...watched, silent: 0, total: 0 };
    this.waiting.add(waiting);
    this.timer ??= setInterval(() => this.tick(), TICK_MS).unref();
    try {
      return await sent;
    } finally {
      this.waiting.delete(waiting);
    }
  }

  /**
   * Probes a server that was silent. Call it before new work. @throws FitroomError SERVICE_UNAVAILABLE if it is still
   * silent
   */
  async requireSign(): Promise<void> {
    if (this.isSilent && !(await this.ask())) throw silent();
  }

  /** Records that another part found the server silent, for example while connecting. */
  heardNothing(): void {
    this.isSilent = true;
    this.parts.onSilence();
  }

  stop(): void {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
  }

  private tick(): void {
    for (const listener of [...this.onTick]) listener();
    let isDue = false;
    for (const watched of [...this.waiting]) {
      watched.silent += 1;
      watched.total += 1;
      if (watched.total >= watched.limitTicks) watched.giveUp();
      isDue ||= watched.silent >= ASK_AFTER_TICKS;
    }
    if (isDue) void this.ask();
    if (this.waiting.size === 0 && !this.asking) this.stop();
  }

  /** Returns true if the server responds. Concurrent callers share one probe. */
  private ask(): Promise<boolean> {
    this.asking ??= this.probe().finally(() => (this.asking = null));
    return this.asking;
  }

  private async probe(): Promise<boolean> {
    const timeout = new AbortController();
    let ticks = 0;
    const count = (): void => void (++ticks >= SIGN_WITHIN_TICKS && timeout.abort());
    this.onTick.add(count);
    this.timer ??= setInterval(() => this.tick(), TICK_MS).unref();
    try {
      await this.parts.ask(timeout.signal);
      this.isSilent = false;
      for (const watched of this.waiting) watched.silent = 0;
      return true;
    } catch {
      this.heardNothing();
      for (const watched of [...this.waiting]) if (watched.silent >= watched.patienceTicks) watched.giveUp();
      return false;
    } finally {
      this.onTick.delete(count);
    }
  }
}

export function silent(cause?: unknown): FitroomError {
  return new FitroomError('SERVICE_UNAVAILABLE', 'The database does not respond. Try again in a moment.', [], {
    cause,
  });
}
