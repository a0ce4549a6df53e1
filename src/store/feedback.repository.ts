// What shoppers did, as rows: recorded once each, read by answer and by shopper, forgotten with their shopper.
import type { FeedbackEvent, FeedbackKind, TasteEvent } from '../domain/feedback.js';
import type { StoreContext } from '../domain/store.context.js';
import type { Database } from './database.js';
import { storedHalves } from './vector.wire.js';

/** The latest garments of a shopper that their taste is read from. */
const TASTE_DEPTH = 100;

/** An event whose shopper is a hash by now; null: whoever asked. */
export interface FeedbackToKeep {
  recommendationId: string;
  sku: string;
  kind: FeedbackKind;
  shopper: string | null;
}

export class FeedbackRepository {
  constructor(private readonly database: Database) {}

  /** The skus that each of these answers showed, in its list or in a look; answers that the store has not are missing. */
  async shownIn(ctx: StoreContext, recommendationIds: readonly string[]): Promise<Map<string, Set<string>>> {
    const rows = await this.database.within(ctx).query<{ id: string; skus: string[] }>(
      `select r.id, array(select s ->> 'sku' from json_array_elements(r.shown) s)
         || array(select p from json_array_elements(l.looks) look, json_array_elements_text(look) p) as skus
       from recommendations r
       left join shown_looks l on l.store_id = r.store_id and l.recommendation_id = r.id
       where r.store_id = $1 and r.id = any($2::uuid[]) order by r.id`,
      [ctx.storeId, recommendationIds],
    );
    return new Map(rows.map(({ id, skus }) => [id, new Set(skus)]));
  }

  /** Each event once, however often it is told. */
  async record(ctx: StoreContext, events: readonly FeedbackToKeep[], at: Date): Promise<void> {
    await this.database.within(ctx).query(
      `insert into feedback (store_id, recommendation_id, sku, kind, shopper, at)
       select distinct r.store_id, r.id, e.sku, e.kind, coalesce(e.shopper, r.shopper, ''), $2::timestamptz
       from json_to_recordset($3::json) as e("recommendationId" uuid, sku text, kind text, shopper text)
       join recommendations r on r.store_id = $1 and r.id = e."recommendationId"
       order by 2, 3, 4, 5
       on conflict do nothing`,
      [ctx.storeId, at, JSON.stringify(events)],
    );
  }

  /** In the order in which it came. */
  async ofAnswers(ctx: StoreContext, recommendationIds: readonly string[]): Promise<Map<string, FeedbackEvent[]>> {
    const rows = await this.database.within(ctx).query<FeedbackEvent & { id: string }>(
      `select recommendation_id as id, sku, kind, at from feedback
       where store_id = $1 and recommendation_id = any($2::uuid[]) order by at, sku, kind, shopper`,
      [ctx.storeId, recommendationIds],
    );
    const byAnswer = new Map<string, FeedbackEvent[]>(recommendationIds.map((id) => [id, []]));
    for (const { id, ...event } of rows) byAnswer.get(id)!.push(event);
    return byAnswer;
  }

  /** The latest garments that a shopper dealt with, each once, as a model has them. @param shopper its hash */
  async tasteEvents(ctx: StoreContext, model: string, shopper: string): Promise<TasteEvent[]> {
    const rows = await this.database.within(ctx).query<TasteRow>(
      `select t.kind, extract(epoch from now() - t.at)::float8 / 86400 as "ageDays", e.embedding,
         e.has_text as "hasText", e.has_image as "hasImage"
       from (
         select distinct on (sku) sku, kind, at from feedback where store_id = $1 and shopper = $2
         order by sku, array_position(array['DISMISS', 'PURCHASE', 'CART', 'TRY_ON', 'CLICK', 'VIEW'], kind), at desc
       ) t
       join garments g on g.store_id = $1 and g.sku = t.sku
       join garment_embeddings e on e.store_id = g.store_id and e.garment_id = g.id and e.model = $3
       order by t.at desc, t.sku limit ${TASTE_DEPTH}`,
      [ctx.storeId, shopper, model],
    );
    return rows.map(({ kind, ageDays, ...stored }) => ({ kind, ageDays, features: storedHalves(stored) }));
  }

  /** Everything that is known of a shopper: what they did goes, what they asked stays without them. @returns rows */
  async forget(ctx: StoreContext, shopper: string): Promise<number> {
    return this.database.within(ctx).transaction(async (query) => {
      const gone = await query('delete from feedback where store_id = $1 and shopper = $2 returning sku', [
        ctx.storeId,
        shopper,
      ]);
      const parted = await query(
        `update recommendations set shopper = null, text = null, avoid = null
         where store_id = $1 and shopper = $2 returning id`,
        [ctx.storeId, shopper],
      );
      return gone.length + parted.length;
    });
  }
}

interface TasteRow {
  kind: FeedbackKind;
  ageDays: number;
  embedding: string;
  hasText: boolean;
  hasImage: boolean;
}
