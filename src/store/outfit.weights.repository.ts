// Shown outfits with the feedback on them, and the learned pair weights of a store.
import type { RecommendationWithOutfits } from '../domain/outfit/outfit.choice.js';
import { PAIR_PARTS, type PairWeights } from '../domain/outfit/pair.score.js';
import type { StoreContext } from '../domain/access/store.context.js';
import type { Database } from './database/database.types.js';

export class OutfitWeightsRepository {
  constructor(private readonly database: Database) {}

  /** Returns the learned pair weights. Null if none were learned. */
  async weights(ctx: StoreContext): Promise<PairWeights | null> {
    const [row] = await this.database
      .within(ctx)
      .query<{ weights: PairWeights }>('select weights from look_weights where store_id = $1', [ctx.storeId]);
    // weights learned before a part was added have no weight for it and are not used
    return row && PAIR_PARTS.every((part) => row.weights[part] > 0) ? row.weights : null;
  }

  async saveWeights(ctx: StoreContext, weights: PairWeights, choices: number): Promise<void> {
    await this.database.within(ctx).query(
      `insert into look_weights (store_id, weights, choices, learned_at) values ($1, $2::json, $3, now())
       on conflict (store_id) do update set weights = excluded.weights, choices = excluded.choices, learned_at = now()`,
      [ctx.storeId, JSON.stringify(weights), choices],
    );
  }

  /** Deletes the learned weights. @returns true if there were any */
  async forgetWeights(ctx: StoreContext): Promise<boolean> {
    const deleted = await this.database
      .within(ctx)
      .query('delete from look_weights where store_id = $1 returning store_id', [ctx.storeId]);
    return deleted.length > 0;
  }

  /**
   * Returns the latest recommendations that showed several outfits and received feedback other than views and
   * dismissals, one row per shopper. Their order is by hash, independent of time.
   */
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
