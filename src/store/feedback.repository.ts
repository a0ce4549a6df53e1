// Feedback of shoppers, and the keys that hash shopper ids.
import type { FeedbackEvent, FeedbackKind } from '../domain/recommend/feedback.js';
import {
  COMPARED_OUTPUTS,
  type ComparedOutput,
  type SquareRootProbabilities,
} from '../domain/recommend/label.similarity.js';
import type { StoreContext } from '../domain/access/store.context.js';
import type { FeedbackGroup, ProfileFeedbackKind } from '../domain/recommend/shopper.profile.js';
import { parseVector } from './database/vector.codec.js';
import { createHmac, randomBytes } from 'node:crypto';
import { boundedCache } from '../memory/bounded.cache.js';
import { MEMORY_BOUNDS } from '../memory/bounds.js';
import { heapBytes } from '../memory/heap.size.js';
import { detached } from '../request.scope.js';
import type { Database } from './database/database.types.js';
/** Latest garments of a shopper that the profile is computed from, and the latest recommendations that showed them. */
const PROFILE_GARMENTS = 100;
const PROFILE_RECOMMENDATIONS = 30;
/** Ranks beyond this do not count as passed over: the shopper may not have seen the garment. */
const PASSED_RANKS = 12;

/** A feedback event with the shopper as a hash. Null stands for the shopper who made the request. */
export interface FeedbackToRecord {
  recommendationId: string;
  sku: string;
  kind: FeedbackKind;
  shopper: string | null;
}

export class FeedbackRepository {
  constructor(private readonly database: Database) {}

  /**
   * Returns the skus that each recommendation showed, in its list or in an outfit. Recommendations of other stores are
   * left out.
   */
  async shownIn(ctx: StoreContext, recommendationIds: readonly string[]): Promise<Map<string, Set<string>>> {
    const rows = await this.database.within(ctx).query<{ id: string; skus: string[] }>(
      `select r.id, r.shown_skus || array(select p from json_array_elements(l.looks) look, json_array_elements_text(look) p) as skus
       from recommendations r
       left join shown_looks l on l.store_id = r.store_id and l.recommendation_id = r.id
       where r.store_id = $1 and r.id = any($2::uuid[]) order by r.id`,
      [ctx.storeId, recommendationIds],
    );
    return new Map(rows.map(({ id, skus }) => [id, new Set(skus)]));
  }

  /** Stores events, each one once, however often it is sent. */
  async record(ctx: StoreContext, events: readonly FeedbackToRecord[], at: Date): Promise<void> {
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

  /** Returns the events on each recommendation, in order of arrival. */
  async ofAnswers(ctx: StoreContext, recommendationIds: readonly string[]): Promise<Map<string, FeedbackEvent[]>> {
    const rows = await this.database.within(ctx).query<FeedbackEvent & { id: string }>(
      `select recommendation_id as id, sku, kind, at from feedback
       where store_id = $1 and recommendation_id = any($2::uuid[]) order by at, sku, kind, shopper`,
      [ctx.storeId, recommendationIds],
    );
    const byRecommendation = new Map<string, FeedbackEvent[]>(recommendationIds.map((id) => [id, []]));
    for (const { id, ...event } of rows) byRecommendation.get(id)!.push(event);
    return byRecommendation;
  }

  /**
   * Returns the recent feedback of a shopper for the shopper profile, in the features of one model. Each garment counts
   * once, with its strongest event; garments shown next to it without an event count as passed over. Groups have one
   * kind and one week. The database computes the means, so a few vectors come back and not about a hundred.
   * @param shopper hash of the shopper
   * @param at time of the request: later events do not count and ages refer to it, so a replay uses the same profile
   */
  async tasteGroups(
    ctx: StoreContext,
    shopper: string,
    { model, at }: { model: string; at: Date },
  ): Promise<FeedbackGroup[]> {
    const rows = await this.database.within(ctx).query<ProfileRow>(
      `with done as materialized (
         select recommendation_id, sku, kind, at from feedback where store_id = $1 and shopper = $2 and at <= $4::timestamptz
       ), dealt as materialized (
         select distinct on (sku) sku, kind, at from done
         order by sku, array_position(array['DISMISS', 'PURCHASE', 'CART', 'TRY_ON', 'CLICK', 'VIEW'], kind), at desc
       ), answers as (
         select recommendation_id as id, max(at) as at from done where kind <> 'VIEW'
         group by recommendation_id order by 2 desc, 1 limit ${PROFILE_RECOMMENDATIONS}
       ), passed as (
         select s.sku, max(a.at) as at from answers a
         join recommendations r on r.store_id = $1 and r.id = a.id
         cross join unnest(r.shown_skus[:${PASSED_RANKS}]) as s(sku)
         where s.sku not in (select sku from dealt where kind <> 'VIEW')
         group by s.sku
       ), meant as (
         (select sku, kind, at from dealt order by at desc, sku limit ${PROFILE_GARMENTS})
         union all
         select sku, 'PASSED', at from passed
       )
       select m.kind, count(*)::int as garments,
         avg(extract(epoch from $4::timestamptz - m.at))::float8 / 86400 as "ageDays", avg(e.embedding) as features,
         ${COMPARED_OUTPUTS.map((output) => `avg(e.${output}_roots) as ${output}`).join(', ')}
       from meant m
       join garments g on g.store_id = $1 and g.sku = m.sku
       join garment_embeddings e on e.store_id = g.store_id and e.garment_id = g.id and e.model = $3
       group by m.kind, date_trunc('week', m.at)
       order by m.kind, date_trunc('week', m.at)`,
      [ctx.storeId, shopper, model, at],
    );
    return rows.map(({ kind, garments, ageDays, features, ...roots }) => ({
      kind,
      garments,
      ageDays,
      features: parseVector(features),
      roots: Object.fromEntries(
        COMPARED_OUTPUTS.map((output) => [output, parseVector(roots[output])]),
      ) as SquareRootProbabilities,
    }));
  }

  /**
   * Deletes the data of a shopper: deletes the feedback and removes shopper, text and picture from the logged
   * recommendations. @returns number of changed rows
   */
  async forget(ctx: StoreContext, shopper: string): Promise<number> {
    return this.database.within(ctx).transaction(async (query) => {
      const deletedEvents = await query('delete from feedback where store_id = $1 and shopper = $2 returning sku', [
        ctx.storeId,
        shopper,
      ]);
      const anonymized = await query(
        `update recommendations set shopper = null, text = null, avoid = null, picture = null, words = null, variants = '[]'
         where store_id = $1 and shopper = $2 returning id`,
        [ctx.storeId, shopper],
      );
      return deletedEvents.length + anonymized.length;
    });
  }
}

type ProfileRow = Record<ComparedOutput, string> & {
  kind: ProfileFeedbackKind;
  garments: number;
  ageDays: number;
  features: string;
};

export class ShopperKeys {
  private readonly cachedKeys = boundedCache<Uint8Array>(MEMORY_BOUNDS.shopperKeys, { sizeOf: heapBytes });

  constructor(private readonly database: Database) {}

  /**
   * Hashes a shopper id with the key of the store. @returns 32 hexadecimal digits that identify the shopper within the
   * store and reveal nothing else
   */
  async hash(ctx: StoreContext, shopper: string): Promise<string> {
    return createHmac('sha256', await this.keyOf(ctx))
      .update(shopper)
      .digest('hex')
      .slice(0, 32);
  }

  private async keyOf(ctx: StoreContext): Promise<Uint8Array> {
    const cached = this.cachedKeys.get(ctx.storeId);
    if (cached) return cached;
    // All requests of the store share the key, so its creation does not count as a write of the first request.
    const [stored] = await detached(() => this.createKey(ctx));
    // a copy, since the database may return a slice of a larger buffer
    const key = Uint8Array.from(stored!.key);
    this.cachedKeys.set(ctx.storeId, key);
    return key;
  }

  private createKey(ctx: StoreContext): Promise<{ key: Uint8Array }[]> {
    return this.database.within(ctx).batch<{ key: Uint8Array }>([
      {
        text: 'insert into shopper_keys (store_id, key) values ($1, $2) on conflict (store_id) do nothing',
        values: [ctx.storeId, randomBytes(32)],
      },
      { text: 'select key from shopper_keys where store_id = $1', values: [ctx.storeId] },
    ]);
  }
}
