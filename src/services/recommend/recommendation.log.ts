// Keeps answers for analysts and for feedback, off the request's path: they wait in memory for a moment, in which their pages
// are read, and are written in batches, one at a time. Knows what is kept; how, is the repository's.
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
/** What is younger may be having its pages read. */
const YOUNGEST_MS = 200;
/** A place in a map, and what the log notes of an answer. */
const ENTRY_BYTES = 500;
const BATCH = 100;
/** After a write that the database did not take: it is away, and need not be asked four times a second. */
const REST_MS = 2_000;
/** Longest that a process that stops waits for its last answers. */
const CLOSE_WITHIN_MS = 5_000;

export interface RecommendationLogParts {
  recommendations: Pick<RecommendationRepository, 'keep' | 'keepLooks'>;
  shoppers: Pick<ShopperKeys, 'hash'>;
  logger: Logger;
  /** Told how many answers were not kept. */
  onDropped?: (answers: number) => void;
}

interface Waiting {
  ctx: StoreContext;
  record: RecommendationRecord;
  shown: Map<number, ShownGarment>;
  /** Skus of each look's pieces. */
  looks: string[][];
  /** What is added now does not come along. */
  isBeingWritten: boolean;
  since: number;
  bytes: number;
}

/** The reason that the log of the server gives. */
const FULL = 'as many wait as memory has room for: the database is away or slow';

/** What is left of the request of a shopper who is forgotten. */
const FORGOTTEN = { shopper: null, text: null, avoid: null, picture: null, words: null, variants: [] };

export class RecommendationLog {
  /** In the order in which they were given; each stays until it is written, so that memory has one bound. */
  // eslint-disable-next-line no-restricted-syntax -- `room` counts it
  private readonly waiting = new Map<string, Waiting>();
  private readonly room = new MemoryBudget(MEMORY_BOUNDS.answerLog);
  private writing: Promise<void> | null = null;
  /** Looks that came behind their answers. */
  // eslint-disable-next-line no-restricted-syntax -- `room` counts it
  private readonly late = new Set<Promise<void>>();
  private restsUntil = 0;
  private isDropping = false;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly parts: RecommendationLogParts) {
    this.timer = setInterval(() => {
      const now = performance.now();
      if (now >= this.restsUntil) void this.write(now - YOUNGEST_MS);
    }, WRITE_EVERY_MS).unref();
  }

  recordRecommendation(ctx: StoreContext, record: RecommendationRecord): void {
    const bytes = ENTRY_BYTES + heapBytes(record);
    while (!this.room.take(bytes)) if (!this.dropOldest()) return this.countDropped(1, FULL);
    const since = performance.now();
    this.waiting.set(record.id, { ctx, record, shown: new Map(), looks: [], isBeingWritten: false, since, bytes });
  }

  /** A page of an answer was read. One that was written already stays as it was. */
  recordShown(recommendationId: string, rows: readonly RecommendedGarment[]): void {
    const waiting = this.waiting.get(recommendationId);
    if (!waiting) return;
    const shown = rows.map(({ ranked, garment, reasons }) => ({ ...ranked, sku: garment.sku, reasons }));
    if (this.growsBy(waiting, shown)) for (const garment of shown) waiting.shown.set(garment.rank, garment);
  }

  /** Its looks were read; where that is done twice with other wishes, they stand one behind the other. */
  looksShown(ctx: StoreContext, recommendationId: string, looks: readonly string[][]): void {
    const waiting = this.waiting.get(recommendationId);
    if (waiting && !waiting.isBeingWritten) {
      if (this.growsBy(waiting, looks)) waiting.looks.push(...looks);
      return;
    }
    // on a busy machine an answer is written before its looks are there
    const bytes = ENTRY_BYTES + heapBytes(looks);
    if (!this.room.take(bytes)) return this.warnOfLooks(FULL);
    const late = detached(() => this.keepLate(ctx, { id: recommendationId, looks })).finally(() => {
      this.late.delete(late);
      this.room.give(bytes);
    });
    this.late.add(late);
  }

  /** Resolves once these answers, if they still wait, are written or cannot be: a shopper may be quicker than the log. */
  async settled(recommendationIds: readonly string[]): Promise<void> {
    const wait = (): boolean => recommendationIds.some((id) => this.waiting.has(id));
    if (wait()) await this.writing;
    if (wait()) await this.write(performance.now());
    await Promise.all(this.late);
  }

  /** Parts what still waits from a shopper; resolves once nothing that names them is on its way to the database. */
  async forget({ storeId }: StoreContext, shopper: string): Promise<void> {
    for (const one of this.waiting.values()) {
      if (one.ctx.storeId === storeId && one.record.shopper === shopper) one.record = { ...one.record, ...FORGOTTEN };
    }
    await this.writing;
  }

  /** Writes what waits, for 5 s at most. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    let late: NodeJS.Timeout | undefined;
    const tooLate = new Promise<void>((resolve) => (late = setTimeout(resolve, CLOSE_WITHIN_MS)));
    const all = async (): Promise<void> => {
      await this.writing;
      await this.write(performance.now());
      await Promise.all(this.late);
    };
    await Promise.race([all(), tooLate]);
    clearTimeout(late);
    if (this.waiting.size > 0) this.drop([...this.waiting.keys()], 'the process stops');
  }

  /** Writes what waits since before an instant; where something is being written, that is what is waited for. */
  private write(before: number): Promise<void> {
    // several requests may wait for one writing, which is none of them
    this.writing ??= detached(() => this.writeAll(before)).finally(() => (this.writing = null));
    return this.writing;
  }

  private async writeAll(before: number): Promise<void> {
    for (let batch = this.due(before); batch.length > 0; batch = this.due(before)) {
      if (!(await this.keep(batch))) return;
    }
  }

  /** The oldest, as far as they are of one store. */
  private due(before: number): Waiting[] {
    const due: Waiting[] = [];
    for (const one of this.waiting.values()) {
      if (one.since > before || due.length === BATCH) break;
      if (due.length === 0 || one.ctx.storeId === due[0]!.ctx.storeId) due.push(one);
    }
    return due;
  }

  /** @returns false where the database is away, and another try is worth its while later */
  private async keep(batch: Waiting[]): Promise<boolean> {
    const ctx = batch[0]!.ctx;
    const ids = batch.map(({ record }) => record.id);
    for (const one of batch) one.isBeingWritten = true;
    try {
      await this.parts.recommendations.keep(ctx, await Promise.all(batch.map((one) => this.answerToKeep(ctx, one))));
      for (const id of ids) this.remove(id);
      this.isDropping = false;
      return true;
    } catch (error) {
      const isAway = isTemporary(error);
      // whatever else is wrong with them will be wrong the next time, and what comes behind them waits
      if (!isAway) this.drop(ids, (error as Error).message);
      else this.restsUntil = performance.now() + REST_MS;
      for (const one of batch) one.isBeingWritten = false;
      return !isAway;
    }
  }

  private async answerToKeep(ctx: StoreContext, { record, shown, looks }: Waiting): Promise<RecommendationToLog> {
    const shopper = record.shopper === null ? null : await this.parts.shoppers.hash(ctx, record.shopper);
    const ranks = [...shown.keys()].sort((a, b) => a - b);
    return { ...record, shopper, shown: ranks.map((rank) => shown.get(rank)!), looks };
  }

  private async keepLate(ctx: StoreContext, shown: { id: string; looks: readonly string[][] }): Promise<void> {
    try {
      await this.writing;
      await this.parts.recommendations.keepLooks(ctx, [shown]);
    } catch (error) {
      this.warnOfLooks((error as Error).message);
    }
  }

  private warnOfLooks(reason: string): void {
    this.parts.logger.warn({ reason }, 'looks of an answer were not kept');
  }

  /** Makes room for what comes on top of an answer. @returns false if there is none, or the answer itself had to go for it */
  private growsBy(waiting: Waiting, added: unknown): boolean {
    const bytes = heapBytes(added);
    while (!this.room.grow(bytes)) if (!this.dropOldest()) return false;
    waiting.bytes += bytes;
    if (this.waiting.has(waiting.record.id)) return true;
    this.room.give(bytes, 0);
    return false;
  }

  /** Those that are being written stay in memory in any case. @returns false if there is no other */
  private dropOldest(): boolean {
    for (const [id, { isBeingWritten }] of this.waiting) {
      if (isBeingWritten) continue;
      this.drop([id], FULL);
      return true;
    }
    return false;
  }

  /** @returns whether it was there */
  private remove(id: string): boolean {
    const waiting = this.waiting.get(id);
    if (waiting) this.room.give(waiting.bytes);
    return this.waiting.delete(id);
  }

  /** Every answer is counted; of a row of them only the first is said. */
  private drop(ids: readonly string[], reason: string): void {
    this.countDropped(ids.filter((id) => this.remove(id)).length, reason);
  }

  private countDropped(answers: number, reason: string): void {
    if (answers === 0) return;
    this.parts.onDropped?.(answers);
    if (!this.isDropping) this.parts.logger.warn({ reason, answers }, 'answers are not kept');
    this.isDropping = true;
  }
}
