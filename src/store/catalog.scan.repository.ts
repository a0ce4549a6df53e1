// Catalog scans by background jobs, and writes that skip garments changed meanwhile.
import type { Garment, GarmentFacts, InferableField } from '../domain/catalog/garment.js';
import type { StoreContext } from '../domain/access/store.context.js';
import { holdBundles } from './bundle.repository.js';
import { upsertEmbeddings, type EmbeddingToSave } from './garment.writes.js';
import { GARMENT_COLUMNS, GARMENT_TABLES, garmentOf, type GarmentRow } from './garment.row.js';
import type { Query, Database } from './database/database.types.js';

/**
 * A garment as it was read. Any change of its row changes the version, and results for an old version are not written.
 */
export interface ScannedGarment {
  garment: Garment;
  version: string;
}

/** A garment with its new embedding. Null for a garment whose stored embedding is still correct. */
export interface ScannedEmbedding extends ScannedGarment {
  embedding: EmbeddingToSave | null;
}

export interface ScannedFacts extends ScannedGarment {
  facts: GarmentFacts;
  inferredFields: InferableField[];
}

export interface ScanCount {
  garments: number;
  /** Garments that the model has embedded in their current state. */
  current: number;
}

/**
 * SQL condition: model $2 has embedded garment g in its current state. A change of a garment embeds it in the same
 * transaction with every model of the store, so the newest row of any model has the hashes of the current text and
 * picture.
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

  /**
   * Returns the next garments, by id, that a model has not embedded in their current state, sold-out ones included.
   * @param page.after id of the last garment of the previous page; '0' at first
   */
  notCurrent(ctx: StoreContext, model: string, page: { after: string; first: number }): Promise<ScannedGarment[]> {
    return this.read(ctx, `and not ${IS_CURRENT}`, [ctx.storeId, model, page.after, page.first]);
  }

  /** Returns the next garments, by id, that a model has embedded. */
  embedded(ctx: StoreContext, model: string, page: { after: string; first: number }): Promise<ScannedGarment[]> {
    const isEmbedded = `and exists (
      select from garment_embeddings e where e.store_id = g.store_id and e.garment_id = g.id and e.model = $2)`;
    return this.read(ctx, isEmbedded, [ctx.storeId, model, page.after, page.first]);
  }

  /** Returns garments by sku in their current state, without unknown skus. */
  named(ctx: StoreContext, skus: readonly string[]): Promise<ScannedGarment[]> {
    return this.read(ctx, 'and g.sku = any($2::text[])', [ctx.storeId, skus, '0', skus.length]);
  }

  async count(ctx: StoreContext, model: string): Promise<ScanCount> {
    return countCurrent((text, values) => this.database.within(ctx).query(text, values), ctx, model);
  }

  /**
   * Returns garments in stock: the same ones as long as the catalog does not change. @returns at most `most` garments
   */
  async sample(ctx: StoreContext, most: number): Promise<Garment[]> {
    const rows = await this.database.within(ctx).query<GarmentRow>(
      `select ${GARMENT_COLUMNS} from ${GARMENT_TABLES} where g.store_id = $1 and g.in_stock
       order by hashtextextended(g.sku, 0), g.id limit $2`,
      [ctx.storeId, most],
    );
    return rows.map(garmentOf);
  }

  /**
   * Writes the embeddings of garments that have not changed since they were read. The next scan picks up the others.
   */
  async saveEmbeddings(ctx: StoreContext, model: string, scanned: ScannedEmbedding[]): Promise<void> {
    await this.database.within(ctx).transaction(async (query) => {
      const unchangedGarments = await unchanged(query, ctx, scanned);
      const embedded = unchangedGarments.flatMap(({ garment, embedding }) =>
        embedding ? [{ garmentId: garment.id, embedding }] : [],
      );
      if (embedded.length > 0) {
        const { text, values } = upsertEmbeddings(ctx.storeId, embedded);
        await query(text, values);
      }
      const confirmed = unchangedGarments
        .filter(({ embedding }) => embedding === null)
        .map(({ garment }) => garment.id);
      await query(
        `update garment_embeddings set embedded_at = clock_timestamp()
         where store_id = $1 and model = $2 and garment_id = any($3::bigint[])`,
        [ctx.storeId, model, confirmed],
      );
    });
    await this.database.tidy(scanned.length);
  }

  /**
   * Writes the inferred fields of garments that have not changed since they were read. Writes nothing if the store has
   * another active bundle by then: its inferred fields must not be overwritten.
   * @param bundle bundle that inferred the fields
   * @returns the number of changed garments; null if another bundle is active
   */
  async saveInferred(ctx: StoreContext, bundle: string, scanned: ScannedFacts[]): Promise<number | null> {
    const changed = await this.database.within(ctx).transaction(async (query) => {
      const { serving } = await holdBundles(query, ctx, 'shared');
      if (serving !== null && serving !== bundle) return null;
      const rows = (await unchanged(query, ctx, scanned)).map(inferredRow);
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

/** Counts the garments of a catalog and those that a model has embedded in their current state. */
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

/**
 * Returns the garments that have not changed since they were read, and locks them. Locks in the order of the skus, as
 * every writer does.
 */
async function unchanged<Scanned extends ScannedGarment>(
  query: Query,
  ctx: StoreContext,
  scanned: Scanned[],
): Promise<Scanned[]> {
  const rows = await query<{ id: string; version: string }>(
    `select g.id, g.xmin::text as version from garments g where g.store_id = $1 and g.id = any($2::bigint[])
     order by g.sku for update`,
    [ctx.storeId, scanned.map(({ garment }) => garment.id)],
  );
  const versions = new Map(rows.map(({ id, version }) => [id, version]));
  return scanned.filter(({ garment, version }) => versions.get(garment.id) === version);
}
