// Training data of the learned ranking from the recommendation log, and the learned weights.
import { LEARNABLE, featuresOf, type LearnedWeights } from '../domain/learning/learned.weights.js';
import type { LearningReport } from '../domain/learning/learn.ranking.js';
import { LEARNED_DEPTH, type LoggedAnswer, type LoggedRow } from '../domain/learning/logged.answer.js';
import { sumOf } from '../domain/recommend/ranking.js';
import type { ScoreContribution } from '../domain/recommend/recommendation.js';
import type { StoreContext } from '../domain/access/store.context.js';
import type { Database } from './database/database.types.js';

/** Versions stored per store. The version in use is stored in any case. */
const STORED_VERSIONS = 30;

export interface LearnedRanking extends LearnedWeights {
  /** The bundle's id. */
  model: string;
  trainedAt: Date;
  report: LearningReport;
  inUse: boolean;
}

const COLUMNS = 'version, model, trained_at as "trainedAt", weights, report, in_use as "inUse"';

export class LearningRepository {
  constructor(private readonly database: Database) {}

  async inUse(ctx: StoreContext, model: string): Promise<LearnedWeights | null> {
    const [weights] = await this.database
      .within(ctx)
      .query<LearnedWeights>(
        'select version, weights from learned_rankings where store_id = $1 and model = $2 and in_use',
        [ctx.storeId, model],
      );
    return weights ?? null;
  }

  /** Returns all versions, the newest first. */
  list(ctx: StoreContext): Promise<LearnedRanking[]> {
    return this.database
      .within(ctx)
      .query<LearnedRanking>(`select ${COLUMNS} from learned_rankings where store_id = $1 order by version desc`, [
        ctx.storeId,
      ]);
  }

  /** Stores learned weights under the next version, and uses them from then on if `inUse` is set. */
  async save(ctx: StoreContext, learned: Omit<LearnedRanking, 'version'>): Promise<LearnedRanking> {
    const { model, trainedAt, weights, report, inUse } = learned;
    const [saved] = await this.database.within(ctx).transaction(async (query) => {
      if (inUse) await query(STOP_USING, [ctx.storeId, model]);
      const rows = await query<LearnedRanking>(
        `insert into learned_rankings (store_id, version, model, trained_at, weights, report, in_use)
         select $1, coalesce(max(version), 0) + 1, $2, $3, $4::json, $5::json, $6 from learned_rankings where store_id = $1
         returning ${COLUMNS}`,
        [ctx.storeId, model, trainedAt, JSON.stringify(weights), JSON.stringify(report), inUse],
      );
      await query('delete from learned_rankings where store_id = $1 and not in_use and version <= $2', [
        ctx.storeId,
        rows[0]!.version - STORED_VERSIONS,
      ]);
      return rows;
    });
    return saved!;
  }

  /** Uses a version of a model, or none for null. @returns true if the version exists */
  async use(ctx: StoreContext, model: string, version: number | null): Promise<boolean> {
    return this.database.within(ctx).transaction(async (query) => {
      await query(STOP_USING, [ctx.storeId, model]);
      if (version === null) return true;
      const used = await query(
        'update learned_rankings set in_use = true where store_id = $1 and model = $2 and version = $3 returning version',
        [ctx.storeId, model, version],
      );
      return used.length > 0;
    });
  }

  /**
   * Returns a page of a model's recommendations with the garments that shoppers chose, the newest first. Reads only the
   * contributions of the first 20 garments shown.
   * @param before the page ends before this recommendation; null for the newest page
   */
  async answers(
    ctx: StoreContext,
    model: string,
    { before, limit }: { before: { at: Date; id: string } | null; limit: number },
  ): Promise<(LoggedAnswer & { id: string })[]> {
    const rows = await this.database.within(ctx).query<LoggedAnswerRow>(
      `select r.id, r.at, r.shopper,
         (select json_agg(json_build_object('rank', s -> 'rank', 'sku', s -> 'sku', 'contributions', s -> 'contributions'))
          from json_array_elements(r.shown) s where (s ->> 'rank')::int <= ${LEARNED_DEPTH}) as shown,
         array(select f.sku from feedback f where f.store_id = r.store_id and f.recommendation_id = r.id
           and f.kind in ('CLICK', 'TRY_ON', 'CART', 'PURCHASE')) as chosen
       from recommendations r
       where r.store_id = $1 and r.model = $2 and cardinality(r.shown_skus) > 1
         and ($3::timestamptz is null or (r.at, r.id) < ($3, $4::uuid))
       order by r.at desc, r.id desc limit $5`,
      [ctx.storeId, model, before?.at ?? null, before?.id ?? null, limit],
    );
    return rows.map(loggedAnswer);
  }
}

const STOP_USING = 'update learned_rankings set in_use = false where store_id = $1 and model = $2 and in_use';

interface LoggedAnswerRow {
  id: string;
  at: Date;
  shopper: string | null;
  shown: { rank: number; sku: string; contributions: ScoreContribution[] }[] | null;
  chosen: string[];
}

function loggedAnswer({ id, at, shopper, shown, chosen }: LoggedAnswerRow): LoggedAnswer & { id: string } {
  const rows = (shown ?? []).map(({ rank, sku, contributions }): LoggedRow => {
    const fixed = contributions.filter(({ name }) => name !== 'learned' && !IS_LEARNABLE.has(name));
    return { rank, features: featuresOf(contributions), fixed: sumOf(fixed), isChosen: chosen.includes(sku) };
  });
  return { id, at, shopper: shopper ?? id, rows };
}

const IS_LEARNABLE = new Set<string>(LEARNABLE);
