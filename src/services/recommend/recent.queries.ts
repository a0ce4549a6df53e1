// Remembers what shoppers asked for lately, for comparing models on it: their words and nothing else, written now and then
// and beside the requests, never in their way.
import { MEMORY_BOUNDS } from '../../memory/bounds.js';
import { textBytes } from '../../memory/heap.size.js';
import { MemoryBudget } from '../../memory/memory.budget.js';
import { MAX_KEPT_CHARACTERS, type RequestRepository } from '../../store/recommendation.repository.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import type { Logger } from '../../observability/logger.js';

const WRITE_EVERY_MS = 5_000;
/** Texts of one store that wait between two writes; further ones are not needed. */
const MOST_OF_STORE = 50;
/** A place in a set, and for a store's first text the set and the store's id. */
const ENTRY_BYTES = 400;

export class RecentQueries {
  // eslint-disable-next-line no-restricted-syntax -- `room` counts it
  private readonly waiting = new Map<string, Set<string>>();
  private readonly room = new MemoryBudget(MEMORY_BOUNDS.recentRequests);
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly parts: { requests: Pick<RequestRepository, 'keep'>; logger: Logger }) {
    this.timer = setInterval(() => void this.write(), WRITE_EVERY_MS).unref();
  }

  note({ storeId }: StoreContext, words: string): void {
    if ([...words].length > MAX_KEPT_CHARACTERS) return;
    const ofStore = this.waiting.get(storeId) ?? new Set();
    if (ofStore.size >= MOST_OF_STORE || ofStore.has(words) || !this.room.take(bytesOf(words))) return;
    this.waiting.set(storeId, ofStore.add(words));
  }

  /** Writes what waits. What cannot be written is forgotten: no shopper should wait, or memory grow, for its sake. */
  async write(): Promise<void> {
    const stores = [...this.waiting];
    this.waiting.clear();
    for (const [storeId, words] of stores) {
      await this.parts.requests.keep({ storeId }, [...words], new Date()).catch((error: Error) => {
        this.parts.logger.warn({ reason: error.message }, 'recent requests were not kept');
      });
      for (const text of words) this.room.give(bytesOf(text));
    }
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.write();
  }
}

function bytesOf(words: string): number {
  return ENTRY_BYTES + textBytes(words);
}
