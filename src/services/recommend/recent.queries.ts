// Recent texts of shoppers, stored without any other data for the comparison of models.
import { MEMORY_BOUNDS } from '../../memory/bounds.js';
import { textBytes } from '../../memory/heap.size.js';
import { MemoryBudget } from '../../memory/memory.budget.js';
import { MAX_KEPT_CHARACTERS, type RequestRepository } from '../../store/recommendation.repository.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import type { Logger } from '../../observability/logger.js';

const WRITE_EVERY_MS = 5_000;
/** Maximum number of texts of one store between two writes. Further texts are dropped. */
const MAX_PER_STORE = 50;
/** Memory of a set entry, and of the set and the store's id for a store's first text. */
const ENTRY_BYTES = 400;

export class RecentQueries {
  // eslint-disable-next-line no-restricted-syntax -- `budget` bounds it
  private readonly waiting = new Map<string, Set<string>>();
  private readonly budget = new MemoryBudget(MEMORY_BOUNDS.recentRequests);
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly parts: { requests: Pick<RequestRepository, 'keep'>; logger: Logger }) {
    this.timer = setInterval(() => void this.write(), WRITE_EVERY_MS).unref();
  }

  /** Remembers a text until the next write. */
  note({ storeId }: StoreContext, text: string): void {
    if ([...text].length > MAX_KEPT_CHARACTERS) return;
    const texts = this.waiting.get(storeId) ?? new Set();
    if (texts.size >= MAX_PER_STORE || texts.has(text) || !this.budget.take(bytesOf(text))) return;
    this.waiting.set(storeId, texts.add(text));
  }

  /** Writes the waiting texts. Texts that cannot be written are dropped, so that memory does not grow. */
  async write(): Promise<void> {
    const stores = [...this.waiting];
    this.waiting.clear();
    for (const [storeId, texts] of stores) {
      await this.parts.requests.keep({ storeId }, [...texts], new Date()).catch((error: Error) => {
        this.parts.logger.warn({ reason: error.message }, 'recent texts of shoppers were not stored');
      });
      for (const text of texts) this.budget.give(bytesOf(text));
    }
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.write();
  }
}

function bytesOf(text: string): number {
  return ENTRY_BYTES + textBytes(text);
}
