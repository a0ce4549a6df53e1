// Recommendation log: entries wait in memory until their pages are read, then are written in batches.
import type { RecommendationRecord, ShownGarment } from '../../domain/recommend/recommendation.log.js';
import type { RecommendedGarment } from '../../domain/recommend/recommendation.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import { isTemporary } from '../../errors.js';
import type { Logger } from '../../observability/logger.js';
import { MEMORY_BOUNDS } from '../../memory/bounds.js';
import { heapBytes } from '../../memory/heap.size.js';
import { MemoryBudget } from '../../memory/memory.budget.js';
import { detached } from '../../request.scope.js';
import type { RecommendationRepository, RecommendationToLog } from '../../store/recommendation.repository.js';
import type { ShopperKeys } from '../../store/feedback.repository.js';

const WRITE_EVERY_MS = 250;
/** Minimum age of an entry when it is written. The pages of a younger entry may still be read. */
const MIN_AGE_MS = 200;
/** Memory of a map entry and of its fields, without the record. */
const ENTRY_BYTES = 500;
const BATCH_SIZE = 100;
/** Pause after a failed write. An unavailable database need not get a write four times a second. */
const PAUSE_MS = 2_000;
/** Maximum time to write the last entries when the process stops. */
const CLOSE_WITHIN_MS = 5_000;

export interface RecommendationLogParts {
  recommendations: Pick<RecommendationRepository, 'keep' | 'keepLooks'>;
  shoppers: Pick<ShopperKeys, 'hash'>;
  logger: Logger;
  /** Receives the number of entries that were dropped. */
  onDropped?: (dropped: number) => void;
}

/** An entry that is not written yet. */
interface Entry {
  ctx: StoreContext;
  record: RecommendationRecord;
  shown: Map<number, ShownGarment>;
  /** Skus of the items of each outfit. */
  outfits: string[][];
  /** True while the entry is being written. Later additions are not part of that write. */
  isBeingWritten: boolean;
  since: number;
  bytes: number;
}

/** The reason in the server log for a full memory. */
const FULL = 'the memory for waiting entries is full: the database is unavailable or slow';

/** Values that replace the fields of an entry when its shopper's data is deleted. */
const FORGOTTEN = { shopper: null, text: null, avoid: null, picture: null, words: null, variants: [] };

export class RecommendationLog {
  /**
   * Entries in the order of their arrival. An entry stays until it is written, so that one budget bounds all of them.
   */
  // eslint-disable-next-line no-restricted-syntax -- `budget` bounds it
  private readonly waiting = new Map<string, Entry>();
  private readonly budget = new MemoryBudget(MEMORY_BOUNDS.answerLog);
  private writing: Promise<void> | null = null;
  /** Running writes of outfits that arrived after their entry was written. */
  // eslint-disable-next-line no-restricted-syntax -- `budget` bounds it
  private readonly lateOutfits = new Set<Promise<void>>();
  private pausedUntil = 0;
  private isDropping = false;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly parts: RecommendationLogParts) {
    this.timer = setInterval(() => {
      const now = performance.now();
      if (now >= this.pausedUntil) void this.write(now - MIN_AGE_MS);
    }, WRITE_EVERY_MS).unref();
  }

  /** Adds an entry. If memory is full, the oldest entries are dropped. */
  recordRecommendation(ctx: StoreContext, record: RecommendationRecord): void {
    const bytes = ENTRY_BYTES + heapBytes(record);
    while (!this.budget.take(bytes)) if (!this.dropOldest()) return this.countDropped(1, FULL);
    const since = performance.now();
    this.waiting.set(record.id, { ctx, record, shown: new Map(), outfits: [], isBeingWritten: false, since, bytes });
  }

  /** Adds the garments of a page that was read. An entry that is written already does not change. */
  recordShown(recommendationId: string, rows: readonly RecommendedGarment[]): void {
    const entry = this.waiting.get(recommendationId);
    if (!entry) return;
    const shown = rows.map(({ ranked, garment, reasons }) => ({ ...ranked, sku: garment.sku, reasons }));
    if (this.grow(entry, shown)) for (const garment of shown) entry.shown.set(garment.rank, garment);
  }

  /** Adds the shown outfits. A second call with other options appends its outfits. */
  recordOutfits(ctx: StoreContext, recommendationId: string, outfits: readonly string[][]): void {
    const entry = this.waiting.get(recommendationId);
    if (entry && !entry.isBeingWritten) {
      if (this.grow(entry, outfits)) entry.outfits.push(...outfits);
      return;
    }
    // on a busy machine the entry may be written before its outfits are ready
    const bytes = ENTRY_BYTES + heapBytes(outfits);
    if (!this.budget.take(bytes)) return this.warnOfOutfits(FULL);
    const lateWrite = detached(() => this.writeLateOutfits(ctx, { id: recommendationId, looks: outfits })).finally(
      () => {
        this.lateOutfits.delete(lateWrite);
        this.budget.give(bytes);
      },
    );
    this.lateOutfits.add(lateWrite);
  }

  /**
   * Resolves when these entries are written or dropped. A shopper may send feedback before the log writes the
   * recommendation.
   */
  async settled(recommendationIds: readonly string[]): Promise<void> {
    const isWaiting = (): boolean => recommendationIds.some((id) => this.waiting.has(id));
    if (isWaiting()) await this.writing;
    if (isWaiting()) await this.write(performance.now());
    await Promise.all(this.lateOutfits);
  }

  /** Removes a shopper's data from waiting entries. Resolves when no write with that data is running. */
  async forget({ storeId }: StoreContext, shopper: string): Promise<void> {
    for (const entry of this.waiting.values()) {
      const { ctx, record } = entry;
      if (ctx.storeId === storeId && record.shopper === shopper) entry.record = { ...record, ...FORGOTTEN };
    }
    await this.writing;
  }

  /** Writes the waiting entries for at most 5 s, and drops the rest. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>((resolve) => (timer = setTimeout(resolve, CLOSE_WITHIN_MS)));
    const writeAll = async (): Promise<void> => {
      await this.writing;
      await this.write(performance.now());
      await Promise.all(this.lateOutfits);
    };
    await Promise.race([writeAll(), timeout]);
    clearTimeout(timer);
    if (this.waiting.size > 0) this.drop([...this.waiting.keys()], 'the process stops');
  }

  /** Writes the entries that are older than an instant, or waits for a running write. */
  private write(before: number): Promise<void> {
    // several requests may wait for one write, so it belongs to none of them
    this.writing ??= detached(() => this.writeAll(before)).finally(() => (this.writing = null));
    return this.writing;
  }

  private async writeAll(before: number): Promise<void> {
    for (let batch = this.nextBatch(before); batch.length > 0; batch = this.nextBatch(before)) {
      if (!(await this.writeBatch(batch))) return;
    }
  }

  /** Returns the oldest entries of the store of the oldest entry. */
  private nextBatch(before: number): Entry[] {
    const batch: Entry[] = [];
    for (const entry of this.waiting.values()) {
      if (entry.since > before || batch.length === BATCH_SIZE) break;
      if (batch.length === 0 || entry.ctx.storeId === batch[0]!.ctx.storeId) batch.push(entry);
    }
    return batch;
  }

  /** Returns false if the database is unavailable, so that a later attempt may succeed. */
  private async writeBatch(batch: Entry[]): Promise<boolean> {
    const ctx = batch[0]!.ctx;
    const ids = batch.map(({ record }) => record.id);
    for (const entry of batch) entry.isBeingWritten = true;
    try {
      const rows = await Promise.all(batch.map((entry) => this.toRow(ctx, entry)));
      await this.parts.recommendations.keep(ctx, rows);
      for (const id of ids) this.remove(id);
      this.isDropping = false;
      return true;
    } catch (error) {
      const isUnavailable = isTemporary(error);
      // any other error would repeat and block the entries that follow
      if (!isUnavailable) this.drop(ids, (error as Error).message);
      else this.pausedUntil = performance.now() + PAUSE_MS;
      for (const entry of batch) entry.isBeingWritten = false;
      return !isUnavailable;
    }
  }

  private async toRow(ctx: StoreContext, { record, shown, outfits }: Entry): Promise<RecommendationToLog> {
    const shopper = record.shopper === null ? null : await this.parts.shoppers.hash(ctx, record.shopper);
    const ranks = [...shown.keys()].sort((a, b) => a - b);
    return { ...record, shopper, shown: ranks.map((rank) => shown.get(rank)!), looks: outfits };
  }

  private async writeLateOutfits(ctx: StoreContext, shown: { id: string; looks: readonly string[][] }): Promise<void> {
    try {
      await this.writing;
      await this.parts.recommendations.keepLooks(ctx, [shown]);
    } catch (error) {
      this.warnOfOutfits((error as Error).message);
    }
  }

  private warnOfOutfits(reason: string): void {
    this.parts.logger.warn({ reason }, 'outfits of a recommendation were not logged');
  }

  /** Takes memory for an addition to an entry. Returns false if there is none left, or the entry itself was dropped. */
  private grow(entry: Entry, added: unknown): boolean {
    const bytes = heapBytes(added);
    while (!this.budget.grow(bytes)) if (!this.dropOldest()) return false;
    entry.bytes += bytes;
    if (this.waiting.has(entry.record.id)) return true;
    this.budget.give(bytes, 0);
    return false;
  }

  /** Drops the oldest entry that is not being written. Returns false if there is none. */
  private dropOldest(): boolean {
    for (const [id, { isBeingWritten }] of this.waiting) {
      if (isBeingWritten) continue;
      this.drop([id], FULL);
      return true;
    }
    return false;
  }

  /** Returns false for an unknown entry. */
  private remove(id: string): boolean {
    const entry = this.waiting.get(id);
    if (entry) this.budget.give(entry.bytes);
    return this.waiting.delete(id);
  }

  /** Drops entries and counts them. Only the first drop after a successful write is logged. */
  private drop(ids: readonly string[], reason: string): void {
    this.countDropped(ids.filter((id) => this.remove(id)).length, reason);
  }

  private countDropped(dropped: number, reason: string): void {
    if (dropped === 0) return;
    this.parts.onDropped?.(dropped);
    if (!this.isDropping) this.parts.logger.warn({ reason, dropped }, 'recommendations are not logged');
    this.isDropping = true;
  }
}
