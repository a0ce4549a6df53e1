// The catalog as background work walks through it: what a model has not embedded, or not as it is now, and writing that
// gives way to whoever changes the same garment meanwhile.
import type { Garment, GarmentFacts, InferableField } from '../domain/catalog/garment.js';
import type { StoreContext } from '../domain/access/store.context.js';
import { holdBundles } from './bundle.repository.js';
import { upsertEmbeddings, type EmbeddingToSave } from './garment.writes.js';
import { GARMENT_COLUMNS, GARMENT_TABLES, garmentOf, type GarmentRow } from './garment.row.js';
import type { Query, Database } from './database/database.types.js';

/** A garment as it was read. Any change of its row makes another version; what was made of the old one is not written. */
export interface ScannedGarment {
  garment: Garment;
  version: string;
}

/** What a model made of it; null: it made the same of it before. */
export interface ScannedEmbedding extends ScannedGarment {
  embedding: EmbeddingToSave | null;
}

export interface ScannedFacts extends ScannedGarment {
  facts: GarmentFacts;
  inferredFields: InferableField[];
}

export interface ScanCount {
  garments: number;
  /** Embedded by the model, and as they are now. */
  current: number;
}

/**
 * Whether model $2 has embedded garment g as it is now. What changes a garment embeds it in the same transaction, with every
 * model that the store keeps up, so the newest row of any model knows its words and picture as they are.
 */
const IS_CURRENT = `exists (
  select from garment_embeddings e
  where e.store_id = g.store_id and e.garment_id = g.id and e.model = $2 and not exists (
    select from garment_embeddings n
    where n.store_id = e.store_id and n.garment_id = e.garment_id and n.embedded_at > e.embedded_at
      and (n.words_hash <> e.words_hash or n.image_hash is distinct from e.image_hash)
  )
)`;

export class CatalogScanRepository {
  constructor(private readonly database: Database) {}

  /** The next garments, by id, that a model has not embedded as they are; sold-out ones too. @param after id; '0' at first */
  notCurrent(ctx: StoreContext, model: string, page: { after: string; first: number }): Promise<ScannedGarment[]> {
    return this.read(ctx, `and not ${IS_CURRENT}`, [ctx.storeId, model, page.after, page.first]);
  }

  /** The next garments, by id, that a model has embedded. */
  embedded(ctx: StoreContext, model: string, page: { after: string; first: number }): Promise<ScannedGarment[]> {
    const isEmbedded = `and exists (
      select from garment_embeddings e where e.store_id = g.store_id and e.garment_id = g.id and e.model = $2)`;
    return this.read(ctx, isEmbedded, [ctx.storeId, model, page.after, page.first]);
  }

  /** Garments by sku, as they are now; unknown ones are left out. */
  named(ctx: StoreContext, skus: readonly string[]): Promise<ScannedGarment[]> {
    return this.read(ctx, 'and g.sku = any($2::text[])', [ctx.storeId, skus, '0', skus.length]);
  }

  async count(ctx: StoreContext, model: string): Promise<ScanCount> {
    return countCurrent((text, values) => this.database.within(ctx).query(text, values), ctx, model);
  }

  /** Some of the catalog, always the same while it stands still, in stock. @returns at most `most` garments */
  async sample(ctx: StoreContext, most: number): Promise<Garment[]> {
    const rows = await this.database.within(ctx).query<GarmentRow>(
      `select ${GARMENT_COLUMNS} from ${GARMENT_TABLES} where g.store_id = $1 and g.in_stock
       order by hashtextextended(g.sku, 0), g.id limit $2`,
      [ctx.storeId, most],
    );
    return rows.map(garmentOf);
  }

  /** Writes what a model made of garments that are still as they were read; the next walk comes by the others. */
  async saveEmbeddings(ctx: StoreContext, model: string, swept: ScannedEmbedding[]): Promise<void> {
    await this.database.within(ctx).transaction(async (query) => {
      const same = await unchanged(query, ctx, swept);
      const embedded = same.flatMap(({ garment, embedding }) =>
        embedding ? [{ garmentId: garment.id, embedding }] : [],
      );
      if (embedded.length > 0) {
        const { text, values } = upsertEmbeddings(ctx.storeId, embedded);
        await query(text, values);
      }
      const looked = same.filter(({ embedding }) => embedding === null).map(({ garment }) => garment.id);
      await query(
        `update garment_embeddings set embedded_at = clock_timestamp()
         where store_id = $1 and model = $2 and garment_id = any($3::bigint[])`,
        [ctx.storeId, model, looked],
      );
    });
    await this.database.tidy(swept.length);
  }

  /**
   * Writes what was inferred of garments that are still as they were read, unless the store is answered by another bundle by now:
   * what that one infers would be overwritten.
   * @param bundle which inferred it
   * @returns how many it changed; null where another one answers
   */
  async saveInferred(ctx: StoreContext, bundle: string, swept: ScannedFacts[]): Promise<number | null> {
    const changed = await this.database.within(ctx).transaction(async (query) => {
      const { serving } = await holdBundles(query, ctx, 'shared');
      if (serving !== null && serving !== bundle) return null;
      const rows = (await unchanged(query, ctx, swept)).map(inferredRow);
      return query(SAVE_INFERRED, [ctx.storeId, JSON.stringify(rows)]);
    });
    if (changed === null) return null;
    await this.database.tidy(changed.length);
    return changed.length;
  }

  private async read(ctx: StoreContext, which: string, values: unknown[]): Promise<ScannedGarment[]> {
    const rows = await this.database.within(ctx).query<GarmentRow & { version: string }>(
      `select ${GARMENT_COLUMNS}, g.xmin::text as version from ${GARMENT_TABLES}
       where g.store_id = $1 and g.id > $3 ${which} order by g.id limit $4`,
      values,
    );
    return rows.map(({ version, ...row }) => ({ garment: garmentOf(row), version }));
  }
}

/** How much of a catalog a model has embedded as it is. */
export async function countCurrent(query: Query, { storeId }: StoreContext, model: string): Promise<ScanCount> {
  const [count] = await query<ScanCount>(
    `select count(*)::int as garments, (count(*) filter (where ${IS_CURRENT}))::int as current
     from garments g where g.store_id = $1`,
    [storeId, model],
  );
  return count!;
}

const SAVE_INFERRED = `
  update garments g set category = r.category, garment_type = r.garment_type, color = r.color, gender = r.gender,
    usage = r.usage, inferred_fields = r.inferred_fields, updated_at = now()
  from json_to_recordset($2::json) as r (id bigint, category text, garment_type text, color text, gender text, usage text,
    inferred_fields text[])
  where g.store_id = $1 and g.id = r.id and
    (g.category, g.garment_type, g.color, g.gender, g.usage, g.inferred_fields) is distinct from
    (r.category, r.garment_type, r.color, r.gender, r.usage, r.inferred_fields)
  returning g.id`;

function inferredRow({ garment, facts, inferredFields }: ScannedFacts): object {
  const { category, garmentType, color, gender, usage } = facts;
  return { id: garment.id, category, garment_type: garmentType, color, gender, usage, inferred_fields: inferredFields };
}

/** Those that are still as they were read, locked; in the order of their skus, as all who save lock them. */
async function unchanged<Swept extends ScannedGarment>(
  query: Query,
  ctx: StoreContext,
  swept: Swept[],
): Promise<Swept[]> {
  const rows = await query<{ id: string; version: string }>(
    `select g.id, g.xmin::text as version from garments g where g.store_id = $1 and g.id = any($2::bigint[])
     order by g.sku for update`,
    [ctx.storeId, swept.map(({ garment }) => garment.id)],
  );
  const versions = new Map(rows.map(({ id, version }) => [id, version]));
  return swept.filter(({ garment, version }) => versions.get(garment.id) === version);
}
