// The words of a store's recent requests: at most 200, each once, without anything of who asked. Pictures are not kept.
import type { StoreContext } from '../domain/store.context.js';
import type { Database } from './database.js';
import { storableText } from './storable.text.js';

/** Enough for a mean to be steady, too few to be a record of a shop's visitors. */
export const KEPT_REQUESTS = 200;
/** Longer ones are not kept: they are rare, and tell more of who wrote them. */
export const MAX_KEPT_CHARACTERS = 200;

export class RequestRepository {
  constructor(private readonly database: Database) {}

  /** Keeps words, and drops the oldest beyond those that are kept. */
  async keep(ctx: StoreContext, words: readonly string[], askedAt: Date): Promise<void> {
    await this.database.within(ctx).batch([
      {
        // in one order, whoever writes: two processes that keep the same words must not wait for each other
        text: `insert into recent_requests (store_id, words, asked_at)
               select $1, w, $3 from unnest($2::text[]) w order by w collate "C"
               on conflict (store_id, words) do update set asked_at = excluded.asked_at`,
        values: [ctx.storeId, [...new Set(words.map(storableText))], askedAt],
      },
      {
        text: `delete from recent_requests where store_id = $1 and words in (
                 select words from recent_requests where store_id = $1
                 order by asked_at desc, words collate "C" offset ${KEPT_REQUESTS} for update skip locked
               )`,
        values: [ctx.storeId],
      },
    ]);
  }

  /** The newest first. */
  async recent(ctx: StoreContext, first: number): Promise<string[]> {
    const rows = await this.database
      .within(ctx)
      .query<{ words: string }>(
        'select words from recent_requests where store_id = $1 order by asked_at desc, words collate "C" limit $2',
        [ctx.storeId, first],
      );
    return rows.map(({ words }) => words);
  }
}
