// Remembers what shoppers asked for lately, for comparing models on it: their words and nothing else, written now and then
// and beside the requests, never in their way.
import { MAX_KEPT_CHARACTERS, type RequestRepository } from '../store/request.repository.js';
import type { StoreContext } from '../domain/store.context.js';
import type { Logger } from '../logger.js';

const WRITE_EVERY_MS = 5_000;
/** Kept in memory between two writes, of one store; what comes on top is not needed. */
const MOST_WAITING = 50;

export class RecentRequests {
  private readonly waiting = new Map<string, Set<string>>();
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly parts: { requests: Pick<RequestRepository, 'keep'>; logger: Logger }) {
    this.timer = setInterval(() => void this.write(), WRITE_EVERY_MS).unref();
  }

  note({ storeId }: StoreContext, words: string): void {
    if ([...words].length > MAX_KEPT_CHARACTERS) return;
    const ofStore = this.waiting.get(storeId) ?? new Set();
    this.waiting.set(storeId, ofStore);
    if (ofStore.size < MOST_WAITING) ofStore.add(words);
  }

  /** Writes what waits. What cannot be written is forgotten: no shopper should wait, or memory grow, for its sake. */
  async write(): Promise<void> {
    const stores = [...this.waiting];
    this.waiting.clear();
    for (const [storeId, words] of stores) {
      await this.parts.requests.keep({ storeId }, [...words], new Date()).catch((error: Error) => {
        this.parts.logger.warn({ reason: error.message }, 'recent requests were not kept');
      });
    }
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.write();
  }
}
