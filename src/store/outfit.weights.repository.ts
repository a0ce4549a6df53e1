// Looks as they were shown, with what came of them, and what a store's looks are weighed by.
import type { RecommendationWithOutfits } from '../domain/outfit/outfit.choice.js';
import { PAIR_PARTS, type PairWeights } from '../domain/outfit/pair.score.js';
import type { StoreContext } from '../domain/access/store.context.js';
import type { Database } from './database/database.types.js';

export class OutfitWeightsRepository {
  constructor(private readonly database: Database) {}

  /** Null: nothing was learned. */
  async weights(ctx: StoreContext): Promise<PairWeights | null> {
    const [row] = await this.database
      .within(ctx)
      .query<{ weights: PairWeights }>('select weights from look_weights where store_id = $1', [ctx.storeId]);
    // a part that is newer than what was learned would have no weight
    return row && PAIR_PARTS.every((part) => row.weights[part] > 0) ? row.weights : null;
  }

  async saveWeights(ctx: StoreContext, weights: PairWeights, choices: number): Promise<void> {
    await this.database.within(ctx).query(
      `insert into look_weights (store_id, weights, choices, learned_at) values ($1, $2::json, $3, now())
       on conflict (store_id) do update set weights = excluded.weights, choices = excluded.choices, learned_at = now()`,
      [ctx.storeId, JSON.stringify(weights), choices],
    );
  }

  /** @returns whether there were any */
  async forgetWeights(ctx: StoreContext): Promise<boolean> {
    const gone = await this.database
      .within(ctx)
      .query('delete from look_weights where store_id = $1 returning store_id', [ctx.storeId]);
    return gone.length > 0;
  }

  /** The latest answers that showed several looks and came to something, one row a shopper; by id, which says nothing of it. */
  async answersWithLooks(ctx: StoreContext, most: number): Promise<RecommendationWithOutfits[]> {
    return this.database.within(ctx).query<RecommendationWithOutfits>(
      `select looks, listed, events from (
         select l.looks, array(select s ->> 'sku' from json_array_elements(r.shown) s) as listed,
           json_agg(json_build_object('sku', f.sku, 'kind', f.kind)) as events, r.id, f.shopper, max(f.at) as latest
         from shown_looks l
         join recommendations r on r.store_id = l.store_id and r.id = l.recommendation_id
         join feedback f on f.store_id = l.store_id and f.recommendation_id = l.recommendation_id
         where l.store_id = $1 and json_array_length(l.looks) > 1 and f.kind not in ('VIEW', 'DISMISS')
         group by l.store_id, l.recommendation_id, r.store_id, r.id, f.shopper
         order by latest desc, r.id limit $2
       ) a order by md5(id::text || shopper)`,
      [ctx.storeId, most],
    );
  }
}
