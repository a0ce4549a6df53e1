// A queue that runs a few tasks at a time and bounds how much waits.
import pLimit from 'p-limit';
import { FitroomError } from '../errors.js';
import type { MemoryBound } from './bounds.js';
import { MemoryBudget } from './memory.budget.js';

export class BoundedQueue {
  private readonly limit: ReturnType<typeof pLimit>;
  private readonly budget: MemoryBudget;

  /** @param atOnce number of tasks that run at the same time */
  constructor(bound: MemoryBound, atOnce: number) {
    this.limit = pLimit(atOnce);
    this.budget = new MemoryBudget(bound);
  }

  /**
   * Runs the work when its turn comes.
   * @param bytes bytes held while it waits and runs
   * @throws FitroomError SERVER_BUSY at once, if the bound is reached
   */
  async run<Result>(bytes: number, work: () => Promise<Result>): Promise<Result> {
    if (!this.budget.take(bytes)) throw new FitroomError('SERVER_BUSY');
    try {
      return await this.limit(work);
    } finally {
      this.budget.give(bytes);
    }
  }
}
