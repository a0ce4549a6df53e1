// Work that is done a few at a time, with a bound on how much of it waits.
import pLimit from 'p-limit';
import { FitroomError } from '../errors.js';
import type { MemoryBound } from './bounds.js';
import { MemoryBudget } from './memory.budget.js';

export class BoundedQueue {
  private readonly inTurn: ReturnType<typeof pLimit>;
  private readonly room: MemoryBudget;

  /** @param atOnce how much of the work is done at the same time */
  constructor(bound: MemoryBound, atOnce: number) {
    this.inTurn = pLimit(atOnce);
    this.room = new MemoryBudget(bound);
  }

  /**
   * Does the work when its turn comes.
   * @param bytes that it holds while it waits
   * @throws FitroomError SERVER_BUSY at once, if as much waits already as the bound allows
   */
  async run<Result>(bytes: number, work: () => Promise<Result>): Promise<Result> {
    if (!this.room.take(bytes)) throw new FitroomError('SERVER_BUSY');
    try {
      return await this.inTurn(work);
    } finally {
      this.room.give(bytes);
    }
  }
}
