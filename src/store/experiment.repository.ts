// Experiments, and the counts of their variants from the recommendation log.
import { type Experiment, MAX_RUNNING } from '../domain/analytics/experiment.js';
import type { FeedbackKind } from '../domain/recommend/feedback.js';
import type { StoreContext } from '../domain/access/store.context.js';
import { storableText } from './database/storable.text.js';
import type { Database } from './database/database.types.js';

const COLUMNS = 'id, name, variants, started_at as "startedAt", ended_at as "endedAt"';

/** Counts of one variant over the recommendations that are still in the log. */
export interface VariantCounts {
  variant: string;
  answers: number;
  shoppers: number;
  /**
   * Shoppers with at least one feedback event of each kind on a recommendation of the variant. Kinds without events are
   * left out.
   */
  did: Partial<Record<FeedbackKind, number>>;
}

export class ExperimentRepository {
  constructor(private readonly database: Database) {}

  /** Returns all experiments, the newest first. */
  list(ctx: StoreContext): Promise<Experiment[]> {
    return this.database
      .within(ctx)
      .query<Experiment>(`select ${COLUMNS} from experiments where store_id = $1 order by started_at desc, id desc`, [
        ctx.storeId,
      ]);
  }

  /** Returns the experiments that have not ended, in order of their start. */
  running(ctx: StoreContext): Promise<Experiment[]> {
    return this.database
      .within(ctx)
      .query<Experiment>(
        `select ${COLUMNS} from experiments where store_id = $1 and ended_at is null order by started_at, id`,
        [ctx.storeId],
      );
  }

  /**
   * Starts an experiment, or renames the one with this id. @returns null if the maximum number of experiments is
   * running
   */
  async save(ctx: StoreContext, experiment: Omit<Experiment, 'endedAt'>): Promise<Experiment | null> {
    const { id, name, variants, startedAt } = experiment;
    const [saved] = await this.database.within(ctx).query<Experiment>(
      `insert into experiments (store_id, id, name, variants, started_at)
       select $1::text, $2::uuid, $3::text, $4::jsonb, $5::timestamptz
       where exists (select from experiments where store_id = $1 and id = $2)
         or (select count(*) from experiments where store_id = $1 and ended_at is null) < ${MAX_RUNNING}
       on conflict (store_id, id) do update set name = excluded.name
       returning ${COLUMNS}`,
      [ctx.storeId, id, storableText(name), JSON.stringify(variants, storableStrings), startedAt],
    );
    return saved ?? null;
  }

  /** Ends an experiment. @returns the ended experiment; null if none with this id is running */
  async end(ctx: StoreContext, id: string, at: Date): Promise<Experiment | null> {
    const [ended] = await this.database.within(ctx).query<Experiment>(
      `update experiments set ended_at = greatest($3, started_at)
       where store_id = $1 and id = $2 and ended_at is null returning ${COLUMNS}`,
      [ctx.storeId, id, at],
    );
    return ended ?? null;
  }

  /** Returns the counts of the variants that at least one shopper was assigned to. */
  async counts(ctx: StoreContext, experiment: string): Promise<VariantCounts[]> {
    return this.database.within(ctx).query<VariantCounts>(
      `with answered as materialized (
         select v ->> 'variant' as variant, r.id, r.shopper
         from recommendations r, jsonb_array_elements(r.variants) v
         where r.store_id = $1 and r.shopper is not null and v ->> 'experiment' = $2
           and r.variants @> jsonb_build_array(jsonb_build_object('experiment', $2::text))
       ), did as (
         select a.variant, f.kind, count(distinct a.shopper)::int as shoppers
         from answered a
         join feedback f on f.store_id = $1 and f.recommendation_id = a.id and f.shopper = a.shopper
         group by a.variant, f.kind
       )
       select a.variant, count(*)::int as answers, count(distinct a.shopper)::int as shoppers,
         coalesce((select json_object_agg(d.kind, d.shoppers) from did d where d.variant = a.variant), '{}') as did
       from answered a group by a.variant order by a.variant`,
      [ctx.storeId, experiment],
    );
  }
}

function storableStrings(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? storableText(value) : value;
}
