// Keeps answers for analysts and for feedback, off the request's path: they wait in memory for a moment, in which their pages
// are read, and are written in batches. Knows what is kept; how, is the repository's.
import type { AnswerRecord, ShownGarment } from '../domain/answer.record.js';
import type { RecommendedGarment } from '../domain/recommendation.js';
import type { StoreContext } from '../domain/store.context.js';
import type { Logger } from '../logger.js';
import type { AnswerRepository, AnswerToKeep } from '../store/answer.repository.js';
import type { ShopperKeys } from '../store/shopper.keys.js';

const WRITE_EVERY_MS = 250;
/** What is younger may be having its pages read. */
const YOUNGEST_MS = 200;
/** Answers in memory, some 10 kB each; while the database is away the oldest go first. */
const MOST_WAITING = 2_000;
const BATCH = 100;

export interface AnswerLogParts {
  answers: Pick<AnswerRepository, 'keep' | 'keepLooks'>;
  shoppers: Pick<ShopperKeys, 'hash'>;
  logger: Logger;
  /** Told how many answers were not kept. */
  onDropped?: (answers: number) => void;
}

interface Waiting {
  ctx: StoreContext;
  record: AnswerRecord;
  shown: Map<number, ShownGarment>;
  /** Skus of each look's pieces. */
  looks: string[][];
  since: number;
}

export class AnswerLog {
  private waiting = new Map<string, Waiting>();
  private writing: Promise<void> = Promise.resolve();
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly parts: AnswerLogParts) {
    this.timer = setInterval(() => void this.write(performance.now() - YOUNGEST_MS), WRITE_EVERY_MS).unref();
  }

  answered(ctx: StoreContext, record: AnswerRecord): void {
    this.waiting.set(record.id, { ctx, record, shown: new Map(), looks: [], since: performance.now() });
    this.bound();
  }

  /** A page of an answer was read. One that was written already stays as it was. */
  shown(recommendationId: string, rows: readonly RecommendedGarment[]): void {
    const waiting = this.waiting.get(recommendationId);
    for (const { ranked, garment, reasons } of rows)
      waiting?.shown.set(ranked.rank, { ...ranked, sku: garment.sku, reasons });
  }

  /** Its looks were read; where that is done twice with other wishes, they stand one behind the other. */
  looksShown(ctx: StoreContext, recommendationId: string, looks: readonly string[][]): void {
    const waiting = this.waiting.get(recommendationId);
    if (waiting) waiting.looks.push(...looks);
    // on a busy machine an answer is written before its looks are there
    else this.writing = this.writing.then(() => this.keepLooks(ctx, { id: recommendationId, looks }));
  }

  /** Resolves once these answers, if they still wait, are written: a shopper may be quicker than the log. */
  async settled(recommendationIds: readonly string[]): Promise<void> {
    if (recommendationIds.some((id) => this.waiting.has(id))) await this.write(performance.now());
    await this.writing;
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.write(performance.now());
  }

  /** Writes what waits since before an instant, behind what is being written. */
  private write(before: number): Promise<void> {
    const due = [...this.waiting.values()].filter(({ since }) => since <= before);
    if (due.length === 0) return this.writing;
    for (const { record } of due) this.waiting.delete(record.id);
    this.writing = this.writing.then(() => this.writeAll(due));
    return this.writing;
  }

  private async writeAll(due: Waiting[]): Promise<void> {
    for (const storeId of new Set(due.map(({ ctx }) => ctx.storeId))) {
      const ofStore = due.filter(({ ctx }) => ctx.storeId === storeId);
      for (let start = 0; start < ofStore.length; start += BATCH) {
        await this.keep({ storeId }, ofStore.slice(start, start + BATCH));
      }
    }
  }

  private async keep(ctx: StoreContext, batch: Waiting[]): Promise<void> {
    try {
      await this.parts.answers.keep(ctx, await Promise.all(batch.map((one) => this.answerToKeep(ctx, one))));
    } catch (error) {
      this.parts.logger.warn({ reason: (error as Error).message, answers: batch.length }, 'answers wait to be kept');
      for (const one of batch) this.waiting.set(one.record.id, one);
      this.bound();
    }
  }

  private async answerToKeep(ctx: StoreContext, { record, shown, looks }: Waiting): Promise<AnswerToKeep> {
    const shopper = record.shopper === null ? null : await this.parts.shoppers.hash(ctx, record.shopper);
    const ranks = [...shown.keys()].sort((a, b) => a - b);
    return { ...record, shopper, shown: ranks.map((rank) => shown.get(rank)!), looks };
  }

  private async keepLooks(ctx: StoreContext, shown: { id: string; looks: readonly string[][] }): Promise<void> {
    try {
      await this.parts.answers.keepLooks(ctx, [shown]);
    } catch (error) {
      this.parts.logger.warn({ reason: (error as Error).message }, 'looks of an answer were not kept');
    }
  }

  private bound(): void {
    const dropped = Math.max(0, this.waiting.size - MOST_WAITING);
    for (const id of [...this.waiting.keys()].slice(0, dropped)) this.waiting.delete(id);
    if (dropped > 0) this.parts.onDropped?.(dropped);
  }
}
