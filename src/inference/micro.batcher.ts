// Gathers single calls into batches: what comes while a batch runs goes together into the next.
import DataLoader from 'dataloader';
import { FitroomError } from '../errors.js';
import { MEMORY_BOUNDS } from '../memory/bounds.js';
import { heapBytes } from '../memory/heap.size.js';
import { MemoryBudget } from '../memory/memory.budget.js';
import { detached } from '../request.scope.js';
import { WaitingCallers } from './waiters.js';

/** What one batch was like, for metrics. */
export interface BatchEvent {
  modality: 'words' | 'pictures' | 'head' | 'attention';
  /** Inputs in the batch, without padding. */
  batch: number;
  /** From the thread taking the batch to its answer. */
  runMs: number;
  /** How long the oldest input of the batch waited before it. */
  waitMs: number;
}

export interface MicroBatcherOptions {
  modality: BatchEvent['modality'];
  maxBatch: number;
  observe?: (event: BatchEvent) => void;
}

/** Batches that are under way at once: one that runs, and a full one that lies ready behind it. */
const AHEAD = 2;
/**
 * One for all models that are open, so that the bounds hold for their sum. Those of pictures fill with some five seconds of
 * work of two cores.
 */
const ROOM: Readonly<Record<BatchEvent['modality'], MemoryBudget>> = {
  words: new MemoryBudget(MEMORY_BOUNDS.waitingWords),
  pictures: new MemoryBudget(MEMORY_BOUNDS.waitingPictures),
  head: new MemoryBudget(MEMORY_BOUNDS.waitingFeatures),
  attention: new MemoryBudget(MEMORY_BOUNDS.waitingAttention),
};
/** An input lies in the queue and, once its turn comes, in a batch as well. */
const COPIES = 2;

interface Waiting<Input> {
  input: Input;
  since: number;
  waiters: WaitingCallers;
}

/**
 * An input that finds the thread idle starts in the same turn of the event loop, so gathering costs a lone caller nothing;
 * inputs that find it busy wait for it together, so batches grow exactly with the load. A batch that can grow no more is sent
 * ahead: the thread goes on by itself while this one writes to the embedded database.
 */
export class MicroBatcher<Input, Output> {
  private readonly loader: DataLoader<Waiting<Input>, Output>;
  /** Batches that are complete or still filling, oldest first. */
  private readonly held: (() => void)[] = [];
  // eslint-disable-next-line no-restricted-syntax -- ROOM counts it
  private readonly pending = new Set<Promise<Output>>();
  private underWay = 0;

  /** @param run answers each input of a batch in order, with an Error for one that has no answer */
  constructor(
    private readonly run: (inputs: Input[]) => Promise<(Output | Error)[]>,
    private readonly options: MicroBatcherOptions,
  ) {
    this.loader = new DataLoader((batch) => this.runBatch(batch), {
      cache: false,
      maxBatchSize: options.maxBatch,
      batchScheduleFn: (dispatch) => this.schedule(dispatch),
    });
  }

  /** Inputs without an answer yet. */
  get waiting(): number {
    return this.pending.size;
  }

  /** Resolves when every input that waits now has its answer. */
  async drained(): Promise<void> {
    await Promise.allSettled(this.pending);
  }

  /**
   * @param waiters those who wait for the answer; default: the current request
   * @throws FitroomError SERVER_BUSY if as much waits already as the memory bound of the modality allows, REQUEST_ABANDONED
   *   if the clients of all waiters are gone before the input is in a batch
   */
  async load(input: Input, waiters = new WaitingCallers().join()): Promise<Output> {
    if (waiters.areGone) throw abandoned();
    const room = ROOM[this.options.modality];
    const bytes = COPIES * heapBytes(input);
    if (!room.take(bytes)) throw new FitroomError('SERVER_BUSY');
    const answer = this.loader.load({ input, since: performance.now(), waiters });
    this.pending.add(answer);
    try {
      return await answer;
    } finally {
      this.pending.delete(answer);
      room.give(bytes);
    }
  }

  private schedule(dispatch: () => void): void {
    if (this.underWay > 0) {
      this.held.push(dispatch);
      this.sendNext();
      return;
    }
    this.underWay = 1;
    setImmediate(dispatch);
  }

  /** A batch that others are held behind is full; the last one still fills, and waits for an idle thread. */
  private sendNext(): void {
    const isReady = this.held.length > 1 ? this.underWay < AHEAD : this.held.length === 1 && this.underWay === 0;
    if (!isReady) return;
    this.underWay += 1;
    this.held.shift()!();
  }

  private async runBatch(batch: readonly Waiting<Input>[]): Promise<(Output | Error)[]> {
    try {
      const wanted = batch.filter(({ waiters }) => !waiters.areGone);
      // a batch is no one request's
      const outputs = wanted.length === 0 ? [] : await detached(() => this.runWanted(wanted));
      const answers = new Map(wanted.map((waiting, i) => [waiting, outputs[i]!]));
      return batch.map((waiting) => answers.get(waiting) ?? abandoned());
    } finally {
      this.underWay -= 1;
      this.sendNext();
    }
  }

  private async runWanted(wanted: readonly Waiting<Input>[]): Promise<(Output | Error)[]> {
    const started = performance.now();
    const { modality, observe } = this.options;
    const outputs = await this.run(wanted.map(({ input }) => input));
    const waitMs = started - wanted[0]!.since;
    observe?.({ modality, batch: wanted.length, runMs: performance.now() - started, waitMs });
    return outputs;
  }
}

function abandoned(): FitroomError {
  return new FitroomError('REQUEST_ABANDONED');
}
