// Micro-batcher: inputs that arrive while a batch runs form the next batch.
import DataLoader from 'dataloader';
import { FitroomError } from '../errors.js';
import { MEMORY_BOUNDS } from '../memory/bounds.js';
import { heapBytes } from '../memory/heap.size.js';
import { MemoryBudget } from '../memory/memory.budget.js';
import { detached } from '../request.scope.js';
import { WaitingCallers } from './waiters.js';

/** Figures of one batch, for metrics. */
export interface BatchEvent {
  modality: 'words' | 'pictures' | 'head' | 'attention';
  /** Inputs in the batch, without padding. */
  batch: number;
  /** Time from sending the batch to the thread until its result, in milliseconds. */
  runMs: number;
  /** Time that the oldest input of the batch waited, in milliseconds. */
  waitMs: number;
}

export interface MicroBatcherOptions {
  modality: BatchEvent['modality'];
  maxBatch: number;
  observe?: (event: BatchEvent) => void;
}

/** Batches sent at once: one that runs and a full one that waits behind it. */
const MAX_SENT = 2;
/**
 * Budgets per modality, shared by all open models so that the bounds apply to their sum. The bound for pictures
 * corresponds to about five seconds of work on two cores.
 */
const BUDGETS: Readonly<Record<BatchEvent['modality'], MemoryBudget>> = {
  words: new MemoryBudget(MEMORY_BOUNDS.waitingWords),
  pictures: new MemoryBudget(MEMORY_BOUNDS.waitingPictures),
  head: new MemoryBudget(MEMORY_BOUNDS.waitingFeatures),
  attention: new MemoryBudget(MEMORY_BOUNDS.waitingAttention),
};
/** An input is counted twice: in the queue and, when its turn comes, in a batch. */
const COPIES = 2;

interface Waiting<Input> {
  input: Input;
  since: number;
  waiters: WaitingCallers;
}

/**
 * Collects inputs into batches. An input that finds the thread idle starts in the same turn of the event loop, so
 * batching adds no delay for a single caller. Inputs that find the thread busy wait together, so batches grow with the
 * load. A full batch is sent ahead: the thread continues with it while the main thread writes to the embedded database.
 */
export class MicroBatcher<Input, Output> {
  private readonly loader: DataLoader<Waiting<Input>, Output>;
  /** Batches that are full or still filling, the oldest first. */
  private readonly held: (() => void)[] = [];
  // eslint-disable-next-line no-restricted-syntax -- BUDGETS bounds it
  private readonly pending = new Set<Promise<Output>>();
  private sentCount = 0;

  /** @param run returns one result for each input of a batch, in order; an Error for an input that failed */
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

  /** Number of inputs without a result. */
  get waiting(): number {
    return this.pending.size;
  }

  /** Resolves when every input that waits now has its result. */
  async drained(): Promise<void> {
    await Promise.allSettled(this.pending);
  }

  /**
   * Adds an input and returns its result.
   * @param waiters callers that wait for the result; default: the current request
   * @throws FitroomError SERVER_BUSY if the memory bound of the modality is reached, REQUEST_ABANDONED if the clients
   * of all waiters disconnect before the input is in a batch
   */
  async load(input: Input, waiters = new WaitingCallers().join()): Promise<Output> {
    if (waiters.areGone) throw abandoned();
    const budget = BUDGETS[this.options.modality];
    const bytes = COPIES * heapBytes(input);
    if (!budget.take(bytes)) throw new FitroomError('SERVER_BUSY');
    const result = this.loader.load({ input, since: performance.now(), waiters });
    this.pending.add(result);
    try {
      return await result;
    } finally {
      this.pending.delete(result);
      budget.give(bytes);
    }
  }

  private schedule(dispatch: () => void): void {
    if (this.sentCount > 0) {
      this.held.push(dispatch);
      this.sendNext();
      return;
    }
    this.sentCount = 1;
    setImmediate(dispatch);
  }

  /**
   * Sends the next batch if possible. A batch with others behind it is full and may be sent ahead; the last one still
   * fills and waits for an idle thread.
   */
  private sendNext(): void {
    const isReady = this.held.length > 1 ? this.sentCount < MAX_SENT : this.held.length === 1 && this.sentCount === 0;
    if (!isReady) return;
    this.sentCount += 1;
    this.held.shift()!();
  }

  private async runBatch(batch: readonly Waiting<Input>[]): Promise<(Output | Error)[]> {
    try {
      const active = batch.filter(({ waiters }) => !waiters.areGone);
      // a batch belongs to no single request
      const outputs = active.length === 0 ? [] : await detached(() => this.runActive(active));
      const results = new Map(active.map((waiting, i) => [waiting, outputs[i]!]));
      return batch.map((waiting) => results.get(waiting) ?? abandoned());
    } finally {
      this.sentCount -= 1;
      this.sendNext();
    }
  }

  private async runActive(active: readonly Waiting<Input>[]): Promise<(Output | Error)[]> {
    const started = performance.now();
    const { modality, observe } = this.options;
    const outputs = await this.run(active.map(({ input }) => input));
    const waitMs = started - active[0]!.since;
    observe?.({ modality, batch: active.length, runMs: performance.now() - started, waitMs });
    return outputs;
  }
}

function abandoned(): FitroomError {
  return new FitroomError('REQUEST_ABANDONED');
}
