// The garments of a catalog: read, browsed, counted, saved, deleted.
import type { Garment, GarmentFilter } from '../domain/catalog/garment.js';
import type { RuleTarget } from '../domain/recommend/merchandising.rule.js';
import type { StoreContext } from '../domain/access/store.context.js';
import type { EmptyingFilter } from '../domain/recommend/recommendation.js';
import { requireBundles } from './bundle.repository.js';
import { garmentConditions, hidingConditions, Parameters } from './garment.filter.sql.js';
import {
  decodeSkuCursor,
  skuCursor,
  GARMENT_COLUMNS,
  GARMENT_TABLES,
  garmentOf,
  type GarmentRow,
} from './garment.row.js';
import { mayBeStored } from '../domain/shared/text.js';
import { checkWithin, saveWithin, type GarmentToSave, type SavedGarment } from './garment.writes.js';
import { saveEachGarment, type RefusedGarment } from './refused.garments.js';
import type { Database } from './database/database.types.js';

/** A page of the catalog, ordered by sku. */
export interface GarmentPage {
  edges: { cursor: string; garment: Garment }[];
  /** Number of all garments that match, on any page. */
  totalCount: number;
  hasNextPage: boolean;
  hasPreviousPage: boolean;
}

export type { GarmentToSave, SavedGarment };

export interface Browse {
  filter?: GarmentFilter | null;
  first: number;
  /** Cursor of the last garment of the previous page. That garment may have been deleted. */
  after?: string | null;
}

export interface FacetValue {
  value: string;
  count: number;
}

export interface Facet {
  field: string;
  values: FacetValue[];
}

export interface CatalogStats {
  garments: number;
  inStock: number;
  /** Garments with an embedding of the requested model. */
  embedded: number;
  byGarmentType: FacetValue[];
  byColor: FacetValue[];
}

const FACET_VALUES = 100;

/** Facet fields in the order of a filter panel. */
const FACET_FIELDS = [
  'garmentType',
  'category',
  'color',
  'gender',
  'brand',
  'material',
  'usage',
  'tag',
  'size',
] as const;

/** SQL for one row per garment and value. A garment with the same tag twice, in any case, counts once. */
const FACET_ROWS = `
  lateral (
    values ('garmentType', g.garment_type), ('category', g.category), ('color', g.color), ('gender', g.gender),
      ('brand', g.brand), ('material', g.material), ('usage', g.usage)
    union all (select distinct on (lower(tag)) 'tag', tag from unnest(g.tags) tag order by lower(tag), tag)
    union all (select distinct on (lower(size)) 'size', size from unnest(g.sizes) size order by lower(size), size)
  ) as facet (field, value)`;

export class GarmentRepository {
  constructor(private readonly database: Database) {}

  /** Returns garments in the order of `skus`, without unknown skus. */
  findBySkus(ctx: StoreContext, skus: readonly string[]): Promise<Garment[]> {
    return this.find(ctx, 'g.sku', 'text', skus);
  }

  /** Returns garments in the order of `ids`, without unknown ids. */
  findByIds(ctx: StoreContext, ids: readonly string[]): Promise<Garment[]> {
    return this.find(ctx, 'g.id', 'bigint', ids);
  }

  /**
   * Returns a page of matching garments, ordered by sku in byte order. Pages neither repeat nor skip garments, even
   * while others are added or deleted.
   * @throws FitroomError CURSOR_INVALID
   */
  async browse(ctx: StoreContext, { filter, first, after }: Browse): Promise<GarmentPage> {
    const parameters = new Parameters();
    const matching = [`g.store_id = ${parameters.add(ctx.storeId)}`, ...garmentConditions(filter, parameters)].join(
      ' and ',
    );
    const counted = await this.database
      .within(ctx)
      .query<{ count: number }>(`select count(*)::int as count from garments g where ${matching}`, [
        ...parameters.values,
      ]);
    const later = after == null ? '' : `and g.sku > ${parameters.add(decodeSkuCursor(after))}`;
    const rows = await this.database.within(ctx).query<GarmentRow>(
      `select ${GARMENT_COLUMNS} from ${GARMENT_TABLES} where ${matching} ${later}
       order by g.sku limit ${parameters.add(first + 1)}`,
      parameters.values,
    );
    return {
      edges: rows.slice(0, first).map((row) => ({ cursor: skuCursor(row.sku), garment: garmentOf(row) })),
      totalCount: counted[0]!.count,
      hasNextPage: rows.length > first,
      hasPreviousPage: after != null,
    };
  }

  /**
   * Writes a batch, all of it or nothing. The result is committed.
   * Any number of callers may save the same skus in any order without a deadlock.
   * @param rows each sku once
   * @param bundles bundles that the rows were embedded with, to check that they include the store's own bundles
   * @returns saved garments in the order of `rows`
   * @throws RangeError if features are zero or not finite, or a sku holds characters that cannot be stored
   * @throws BundlesChanged if the store has a bundle that is not among `bundles`
   */
  async saveGarments(ctx: StoreContext, rows: GarmentToSave[], bundles?: readonly string[]): Promise<SavedGarment[]> {
    if (rows.length === 0) return [];
    const saved = await this.database.within(ctx).transaction(async (query) => {
      if (bundles) await requireBundles(query, ctx, bundles);
      return saveWithin(query, ctx.storeId, rows);
    });
    await this.database.tidy(rows.length);
    return saved;
  }

  /**
   * Returns the garments of a batch that saving would refuse. Tries them in a transaction that is rolled back.
   * @param whole true: with pictures and embeddings; false: those are checked but not written, as they are large
   */
  async refusedOf(ctx: StoreContext, rows: GarmentToSave[], { whole }: { whole: boolean }): Promise<RefusedGarment[]> {
    const save = whole ? saveWithin : checkWithin;
    const rollback = new Error('the trial is rolled back');
    let refused: RefusedGarment[] = [];
    const trial = this.database.within(ctx).transaction(async (query) => {
      refused = await saveEachGarment(query, rows, (some) => save(query, ctx.storeId, some));
      throw rollback;
    });
    await trial.catch((error: unknown) => {
      if (error !== rollback) throw error;
    });
    await this.database.tidy(rows.length);
    return refused;
  }

  /** Deletes garments with their pictures and embeddings. @returns the deleted skus, in the order of `skus` */
  async deleteBySkus(ctx: StoreContext, skus: readonly string[]): Promise<string[]> {
    // Locks rows in the order of their skus first, as saving does. A plain delete locks in the order of its scan.
    const rows = await this.database.within(ctx).query<{ sku: string }>(
      `with doomed as materialized (
         select g.id from garments g where g.store_id = $1 and g.sku = any($2::text[]) order by g.sku for update
       )
       delete from garments g using doomed where g.store_id = $1 and g.id = doomed.id returning g.sku`,
      [ctx.storeId, skus.filter(mayBeStored)],
    );
    await this.database.tidy(rows.length);
    const deleted = new Set(rows.map(({ sku }) => sku));
    return [...new Set(skus)].filter((sku) => deleted.has(sku));
  }

  /**
   * Returns the number of matching garments per value of each field: the most frequent values first, at most 100 per
   * field, ties by value. Spellings that differ only in case are one value, as in the filter, under the most frequent
   * spelling.
   * @param hide garments that are not counted
   */
  async facets(ctx: StoreContext, filter?: GarmentFilter | null, hide: readonly RuleTarget[] = []): Promise<Facet[]> {
    const parameters = new Parameters();
    const conditions = [...garmentConditions(filter, parameters), ...hidingConditions(hide, parameters)];
    const matching = [`g.store_id = ${parameters.add(ctx.storeId)}`, ...conditions].join(' and ');
    const rows = await this.database.within(ctx).query<{ field: string; value: string; count: number }>(
      `with spellings as (
         select field, value, count(*) as count from garments g, ${FACET_ROWS}
         where ${matching} and value <> '' group by field, value
       ), counted as (
         select field, (array_agg(value order by count desc, value collate "C"))[1] as value, sum(count)::int as count
         from spellings group by field, lower(value)
       ), numbered as (
         select *, row_number() over (partition by field order by count desc, value collate "C") as n from counted
       )
       select field, value, count from numbered where n <= ${FACET_VALUES} order by field, n`,
      parameters.values,
    );
    return FACET_FIELDS.map((field) => ({
      field,
      values: rows.filter((row) => row.field === field).map(({ value, count }) => ({ value, count })),
    }));
  }

  /** Returns for each field of an emptying filter the number of garments without it. @see countWithoutEachFilter */
  withoutEach(
    ctx: StoreContext,
    scope: { filter: GarmentFilter; hide: readonly RuleTarget[] },
  ): Promise<EmptyingFilter[]> {
    return countWithoutEachFilter(this.database, ctx, scope);
  }

  /** Returns the other colors and sizes of a garment. @see variantsOf */
  variantsOf(
    ctx: StoreContext,
    request: { garmentId: string; first: number; hide: readonly RuleTarget[] },
  ): Promise<Garment[]> {
    return variantsOf(this.database, ctx, request);
  }

  /** Returns the currencies of the garments' prices in alphabetical order. */
  async currencies(ctx: StoreContext): Promise<string[]> {
    const rows = await this.database
      .within(ctx)
      .query<{ currency: string }>(
        'select distinct currency from garments where store_id = $1 and currency is not null order by currency',
        [ctx.storeId],
      );
    return rows.map(({ currency }) => currency);
  }

  /** Returns counts over the whole catalog, sold-out garments included. */
  async stats(ctx: StoreContext, model: string): Promise<CatalogStats> {
    const [figures] = await this.database.within(ctx).query<{ garments: number; inStock: number; embedded: number }>(
      `select count(*)::int as garments, (count(*) filter (where in_stock))::int as "inStock",
         (select count(*)::int from garment_embeddings where store_id = $1 and model = $2) as embedded
       from garments where store_id = $1`,
      [ctx.storeId, model],
    );
    const facets = await this.facets(ctx, { inStockOnly: false });
    const valuesOf = (field: string): FacetValue[] => facets.find((facet) => facet.field === field)!.values;
    return { ...figures!, byGarmentType: valuesOf('garmentType'), byColor: valuesOf('color') };
  }

  private async find(ctx: StoreContext, column: string, type: string, keys: readonly string[]): Promise<Garment[]> {
    if (keys.length === 0) return [];
    const rows = await this.database.within(ctx).query<GarmentRow>(
      `select ${GARMENT_COLUMNS} from ${GARMENT_TABLES} where g.store_id = $1 and ${column} = any($2::${type}[])
       order by array_position($2::${type}[], ${column})`,
      [ctx.storeId, keys.filter(mayBeStored)],
    );
    return rows.map(garmentOf);
  }
}

/**
 * Returns for each field of a filter how many garments match without that field, the most first. Fields whose removal
 * adds no garment are left out. Runs one statement, whatever the filter.
 * @param filter a filter with only the fields that are set
 */
export async function countWithoutEachFilter(
  database: Database,
  ctx: StoreContext,
  { filter, hide }: { filter: GarmentFilter; hide: readonly RuleTarget[] },
): Promise<EmptyingFilter[]> {
  const fields = (Object.keys(filter) as (keyof GarmentFilter)[]).filter((field) => filter[field] !== false);
  if (fields.length === 0) return [];
  const parameters = new Parameters();
  const store = parameters.add(ctx.storeId);
  const hidden = hidingConditions(hide, parameters).map((condition) => ` and ${condition}`);
  const counts = fields.map((field, i) => {
    const without = { inStockOnly: false, ...filter, [field]: field === 'inStockOnly' ? false : undefined };
    const conditions = garmentConditions(without, parameters).join(' and ') || 'true';
    return `count(*) filter (where ${conditions})::int as "${i}"`;
  });
  const [row] = await database
    .within(ctx)
    .query<Record<string, number>>(
      `select ${counts.join(', ')} from garments g where g.store_id = ${store}${hidden.join('')}`,
      parameters.values,
    );
  return fields
    .map((field, i) => ({ field, garments: row![String(i)]! }))
    .filter(({ garments }) => garments > 0)
    .sort((a, b) => b.garments - a.garments);
}

/** Maximum number of garments of one variant group. A larger group is not one garment in several colors. */
const MOST_VARIANTS = 200;

/**
 * Returns the other variants of a garment that are in stock and not hidden, by sku. Returns none if garments of the
 * group agree in title, color and sizes: then the title names a product line.
 */
export async function variantsOf(
  database: Database,
  ctx: StoreContext,
  { garmentId, first, hide }: { garmentId: string; first: number; hide: readonly RuleTarget[] },
): Promise<Garment[]> {
  const parameters = new Parameters();
  const [store, id] = [parameters.add(ctx.storeId), parameters.add(garmentId)];
  const shown = ['true', ...hidingConditions(hide, parameters)].join(' and ');
  const rows = await database.within(ctx).query<GarmentRow & { form: string; shown: boolean }>(
    `select ${GARMENT_COLUMNS}, g.form::text as form, (${shown}) as shown from ${GARMENT_TABLES}
     where g.store_id = ${store}
       and g.variant = (select o.variant from garments o where o.store_id = ${store} and o.id = ${id}::bigint)
     order by g.sku limit ${MOST_VARIANTS}`,
    parameters.values,
  );
  if (new Set(rows.map(({ form }) => form)).size < rows.length) return [];
  return rows
    .filter((row) => row.shown && row.in_stock && row.id !== garmentId)
    .slice(0, first)
    .map(garmentOf);
}
