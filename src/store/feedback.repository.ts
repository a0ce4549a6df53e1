// What shoppers did, as rows: recorded once each, read by answer and by shopper, forgotten with their shopper.
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
/** The latest garments of a shopper that their taste is read from, and the latest answers that those stood in. */
const TASTE_DEPTH = 100;
const TASTE_ANSWERS = 30;
/** Further down nobody says that a garment was seen and passed over. */
const PASSED_DEPTH = 12;

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
      `select r.id, r.shown_skus || array(select p from json_array_elements(l.looks) look, json_array_elements_text(look) p) as skus
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

  /**
   * What a shopper dealt with lately and what they passed over beside it, as a model has it: each garment once, by the
   * strongest thing done with it, in groups of one kind and one week. The database makes the means, so that a few vectors
   * come back and not some hundred. What came later than `at` does not count, and ages are those of then: an answer that is
   * given again meets the taste that it met.
   * @param shopper its hash
   */
  async tasteGroups(
    ctx: StoreContext,
    shopper: string,
    { model, at }: { model: string; at: Date },
  ): Promise<FeedbackGroup[]> {
    const rows = await this.database.within(ctx).query<TasteRow>(
      `with done as materialized (
         select recommendation_id, sku, kind, at from feedback where store_id = $1 and shopper = $2 and at <= $4::timestamptz
       ), dealt as materialized (
         select distinct on (sku) sku, kind, at from done
         order by sku, array_position(array['DISMISS', 'PURCHASE', 'CART', 'TRY_ON', 'CLICK', 'VIEW'], kind), at desc
       ), answers as (
         select recommendation_id as id, max(at) as at from done where kind <> 'VIEW'
         group by recommendation_id order by 2 desc, 1 limit ${TASTE_ANSWERS}
       ), passed as (
         select s.sku, max(a.at) as at from answers a
         join recommendations r on r.store_id = $1 and r.id = a.id
         cross join unnest(r.shown_skus[:${PASSED_DEPTH}]) as s(sku)
         where s.sku not in (select sku from dealt where kind <> 'VIEW')
         group by s.sku
       ), meant as (
         (select sku, kind, at from dealt order by at desc, sku limit ${TASTE_DEPTH})
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

  /** Everything that is known of a shopper: what they did goes, what they asked stays without them. @returns rows */
  async forget(ctx: StoreContext, shopper: string): Promise<number> {
    return this.database.within(ctx).transaction(async (query) => {
      const gone = await query('delete from feedback where store_id = $1 and shopper = $2 returning sku', [
        ctx.storeId,
        shopper,
      ]);
      const parted = await query(
        `update recommendations set shopper = null, text = null, avoid = null, picture = null, words = null, variants = '[]'
         where store_id = $1 and shopper = $2 returning id`,
        [ctx.storeId, shopper],
      );
      return gone.length + parted.length;
    });
  }
}

type TasteRow = Record<ComparedOutput, string> & {
  kind: ProfileFeedbackKind;
  garments: number;
  ageDays: number;
  features: string;
};

export class ShopperKeys {
  private readonly known = boundedCache<Uint8Array>(MEMORY_BOUNDS.shopperKeys, { sizeOf: heapBytes });

  constructor(private readonly database: Database) {}

  /** @returns 32 hexadecimal digits that tell shoppers of a store apart and say nothing else of them */
  async hash(ctx: StoreContext, shopper: string): Promise<string> {
    return createHmac('sha256', await this.keyOf(ctx))
      .update(shopper)
      .digest('hex')
      .slice(0, 32);
  }

  private async keyOf(ctx: StoreContext): Promise<Uint8Array> {
    const known = this.known.get(ctx.storeId);
    if (known) return known;
    // a key is made once and shared: making it is no storing of the request that needs it first
    const [kept] = await detached(() => this.make(ctx));
    // a copy of its own: what the database gives may be a slice of a larger buffer
    const key = Uint8Array.from(kept!.key);
    this.known.set(ctx.storeId, key);
    return key;
  }

  private make(ctx: StoreContext): Promise<{ key: Uint8Array }[]> {
    return this.database.within(ctx).batch<{ key: Uint8Array }>([
      {
        text: 'insert into shopper_keys (store_id, key) values ($1, $2) on conflict (store_id) do nothing',
        values: [ctx.storeId, randomBytes(32)],
      },
      { text: 'select key from shopper_keys where store_id = $1', values: [ctx.storeId] },
    ]);
  }
}
