// Tells a server that hangs from one that computes: a statement that takes long makes it ask the server for a sign of life.
import { FitroomError } from '../../errors.js';

/**
 * Time is counted in ticks and not by the clock: a blocked event loop delays answers and ticks alike, and must not pass for a
 * silent server.
 */
const TICK_MS = 250;
/** A statement that has no answer for so long makes the watch ask for a sign of life: 1 s. */
const ASK_AFTER_TICKS = 4;
/** A sign that takes longer than this does not come: 1.5 s. With the second before it a request fails after 2.75 s at most. */
const SIGN_WITHIN_TICKS = 6;

export interface WatchedConnection {
  /** How long the server may stay silent before the connection is given up. */
  patienceTicks: number;
  /** No answer takes longer than this, though the server gives signs of life. */
  limitTicks: number;
  /** Closes the connection. Its statements fail. */
  giveUp(): void;
}

export const ticksOf = (ms: number): number => Math.ceil(ms / TICK_MS);

export interface SilenceWatchParts {
  /** Resolves when the server gives a sign of life over a connection of its own; `signal` ends the asking. */
  ask(signal: AbortSignal): Promise<void>;
  /** Told each time that the server gives no sign. */
  onSilence(): void;
}

interface Waiting extends WatchedConnection {
  /** Ticks since the statement was sent or the server gave a sign. */
  silent: number;
  all: number;
}

export class SilenceWatch {
  // eslint-disable-next-line no-restricted-syntax -- one entry for each connection in use
  private readonly waiting = new Set<Waiting>();
  private asking: Promise<boolean> | null = null;
  private isSilent = false;
  private timer: NodeJS.Timeout | null = null;
  // eslint-disable-next-line no-restricted-syntax -- one entry for each question that is open
  private readonly onTick = new Set<() => void>();

  constructor(private readonly parts: SilenceWatchParts) {}

  /** Watches until `sent` has settled. */
  async over<T>(watched: WatchedConnection, sent: Promise<T>): Promise<T> {
    const waiting = { ...watched, silent: 0, all: 0 };
    this.waiting.add(waiting);
    this.timer ??= setInterval(() => this.tick(), TICK_MS).unref();
    try {
      return await sent;
    } finally {
      this.waiting.delete(waiting);
    }
  }

  /** Call before work for a server that was silent. @throws FitroomError SERVICE_UNAVAILABLE where it still is */
  async requireSign(): Promise<void> {
    if (this.isSilent && !(await this.ask())) throw silent();
  }

  /** Another part has found the server silent, for example while it connected. */
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
    for (const one of [...this.waiting]) {
      one.silent += 1;
      one.all += 1;
      if (one.all >= one.limitTicks) one.giveUp();
      isDue ||= one.silent >= ASK_AFTER_TICKS;
    }
    if (isDue) void this.ask();
    if (this.waiting.size === 0 && !this.asking) this.stop();
  }

  /** Whether the server gives a sign. Who asks while another asks shares the result. */
  private ask(): Promise<boolean> {
    this.asking ??= this.heardFrom().finally(() => (this.asking = null));
    return this.asking;
  }

  private async heardFrom(): Promise<boolean> {
    const late = new AbortController();
    let ticks = 0;
    const count = (): void => void (++ticks >= SIGN_WITHIN_TICKS && late.abort());
    this.onTick.add(count);
    this.timer ??= setInterval(() => this.tick(), TICK_MS).unref();
    try {
      await this.parts.ask(late.signal);
      this.isSilent = false;
      for (const one of this.waiting) one.silent = 0;
      return true;
    } catch {
      this.heardNothing();
      for (const one of [...this.waiting]) if (one.silent >= one.patienceTicks) one.giveUp();
      return false;
    } finally {
      this.onTick.delete(count);
    }
  }
}

export function silent(cause?: unknown): FitroomError {
  return new FitroomError('SERVICE_UNAVAILABLE', 'The database does not answer: try again in a moment.', [], { cause });
}
