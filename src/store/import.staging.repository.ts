// Staging of imports: the file until it is read, and its rows until they are stored.
// Each step is one transaction. A second, late run of the same step finds the work done.
import type { ImportError, CatalogImportOptions } from '../domain/catalog/catalog.import.js';
import type { GoldenRanks } from '../domain/analytics/golden.query.js';
import type { StoreContext } from '../domain/access/store.context.js';
import { addErrors, IS_COUNTED, type FoundError } from './import.repository.js';
import type { GarmentInput } from '../domain/catalog/garment.input.js';
import { foldVariant } from '../domain/recommend/variant.folding.js';
import { storableText, storableValue } from './database/storable.text.js';
import type { Query, Database } from './database/database.types.js';

export interface ImportToRead extends CatalogImportOptions {
  /** URL to download the file from. Null for an uploaded file. */
  url: string | null;
  /** Number of the attempt to read the file. A later attempt replaces this one. */
  reading: number;
}

/** The result of a batch. */
export interface BatchOutcome {
  created: number;
  updated: number;
  /** Number of failed rows; each may have several errors. */
  failed: number;
  warnings: number;
  errors: FoundError[];
}

export class ImportStagingRepository {
  constructor(private readonly database: Database) {}

  /** Stores a part of the file. @param part from 0, at most 1 MB */
  async addPart(ctx: StoreContext, id: string, part: number, bytes: Uint8Array): Promise<void> {
    await this.database
      .within(ctx)
      .query('insert into import_parts (store_id, import_id, part, bytes) values ($1, $2, $3, $4)', [
        ctx.storeId,
        id,
        part,
        Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      ]);
  }

  /** Yields the parts of the file from its beginning. */
  async *bytes(ctx: StoreContext, id: string): AsyncGenerator<Uint8Array> {
    for (let part = 0; ; part++) {
      const [row] = await this.database
        .within(ctx)
        .query<{ bytes: Buffer }>(
          'select bytes from import_parts where store_id = $1 and import_id = $2 and part = $3',
          [ctx.storeId, id, part],
        );
      if (!row) return;
      yield row.bytes;
    }
  }

  /**
   * Starts to read the file from its beginning and drops the rows of an earlier attempt. @returns null if nothing is
   * left to read
   */
  async startReading(ctx: StoreContext, id: string): Promise<ImportToRead | null> {
    return this.database.within(ctx).transaction(async (query) => {
      const [row] = await query<ImportToRead>(
        `update imports set state = 'RUNNING', started_at = coalesce(started_at, now()), reading = reading + 1, failed = 0
         where store_id = $1 and id = $2 and state in ('QUEUED', 'RUNNING') and total is null
         returning format, currency, row_limit as "limit", dry_run as "dryRun", source_url as url, reading`,
        [ctx.storeId, id],
      );
      if (!row) return null;
      const partTables = row.url === null ? [] : ['import_parts'];
      for (const table of ['import_rows', 'import_errors', ...partTables]) {
        await query(`delete from ${table} where store_id = $1 and import_id = $2`, [ctx.storeId, id]);
      }
      return row;
    });
  }

  /**
   * Stores the rows of one batch and the errors of others. Folds a variant of a garment that stands earlier in the file
   * into that garment; any other repeated sku is an error.
   * @returns the number of newly waiting rows and of failed rows; null if a later attempt reads the file or the import
   * has ended
   */
  async addRows(
    ctx: StoreContext,
    { id, reading }: { id: string; reading: number },
    batch: number,
    parsed: { rows: WaitingRow[]; errors: ImportError[] },
  ): Promise<{ waiting: number; failed: number } | null> {
    return this.database.within(ctx).transaction(async (query) => {
      if (!(await this.isReading(query, ctx, { id, reading }))) return null;
      const { waiting, repeated } = await insertRows(query, ctx.storeId, { id, batch, rows: parsed.rows });
      const errors = [...parsed.errors, ...repeated].map((error) => ({ ...error, isWarning: false }));
      await addErrors(query, ctx.storeId, id, errors);
      return { waiting, failed: errors.length };
    });
  }

  /**
   * Stores the total number of rows and deletes the file.
   * @param queue called last within the same transaction; queues the jobs of the rows
   */
  async finishReading(
    ctx: StoreContext,
    { id, reading }: { id: string; reading: number },
    result: { format: string; waiting: number; failed: number; golden: GoldenRanks[] | null },
    queue: (query: Query) => Promise<void>,
  ): Promise<void> {
    await this.database.within(ctx).transaction(async (query) => {
      if (!(await this.isReading(query, ctx, { id, reading }))) return;
      await query(
        `update imports set format = $3, total = $4::integer + $5::integer, failed = $5,
           state = case when $4 = 0 then 'SUCCEEDED' else state end, finished_at = case when $4 = 0 then now() end,
           golden_before = $6
         where store_id = $1 and id = $2`,
        [ctx.storeId, id, result.format, result.waiting, result.failed, result.golden && JSON.stringify(result.golden)],
      );
      await query('delete from import_parts where store_id = $1 and import_id = $2', [ctx.storeId, id]);
      await queue(query);
    });
  }

  /** Returns the waiting rows of a batch. Returns none if another job stored them or the import was canceled. */
  async waitingRows(ctx: StoreContext, id: string, batch: number): Promise<{ dryRun: boolean; rows: WaitingRow[] }> {
    const rows = await this.database.within(ctx).query<WaitingRow & { dryRun: boolean; state: string }>(
      `select r.row_number as row, r.input, r.picture, r.is_variant as "isVariant", i.dry_run as "dryRun", i.state
       from import_rows r join imports i on i.store_id = r.store_id and i.id = r.import_id
       where r.store_id = $1 and r.import_id = $2 and r.batch = $3 order by r.row_number, r.sku`,
      [ctx.storeId, id, batch],
    );
    return { dryRun: rows[0]?.dryRun ?? false, rows: rows[0]?.state === 'RUNNING' ? rows : [] };
  }

  /**
   * Adds the outcome of a batch to the import, once per batch. The last batch ends the import, unless golden queries
   * are to be compared first.
   * @param compare called last within the same transaction if golden queries are to be compared; queues the comparison
   */
  async settle(
    ctx: StoreContext,
    { id, batch }: { id: string; batch: number },
    outcome: BatchOutcome,
    compare: (query: Query) => Promise<void>,
  ): Promise<void> {
    const settled = await this.database.within(ctx).transaction(async (query) => {
      const deleted = await query(
        'delete from import_rows where store_id = $1 and import_id = $2 and batch = $3 returning sku',
        [ctx.storeId, id, batch],
      );
      if (deleted.length === 0) return 0;
      const { created, updated, failed, warnings, errors } = outcome;
      await addErrors(query, ctx.storeId, id, errors);
      const isLast = `succeeded + failed + $3::integer + $4::integer + $5::integer >= total
        and state = 'RUNNING' and golden_before is null`;
      const [counted] = await query<{ isCompared: boolean }>(
        `update imports set created = created + $3, updated = updated + $4, succeeded = succeeded + $3 + $4,
           failed = failed + $5, warnings = warnings + $6,
           state = case when ${isLast} then 'SUCCEEDED' else state end,
           finished_at = case when ${isLast} then now() else finished_at end
         where store_id = $1 and id = $2 returning ${IS_COUNTED} as "isCompared"`,
        [ctx.storeId, id, created, updated, failed, warnings],
      );
      if (counted?.isCompared) await compare(query);
      return deleted.length;
    });
    await this.database.tidy(settled);
  }

  /** Deletes the waiting rows of a batch if the import is no longer running. */
  async dropRows(ctx: StoreContext, id: string, batch: number): Promise<void> {
    await this.database.within(ctx).query(
      `delete from import_rows r using imports i where i.store_id = r.store_id and i.id = r.import_id
         and r.store_id = $1 and r.import_id = $2 and r.batch = $3 and i.state <> 'RUNNING'`,
      [ctx.storeId, id, batch],
    );
  }

  /**
   * Returns true if this attempt still reads the file. Locks the import until the transaction ends, so that a
   * cancellation comes before or after it.
   */
  private async isReading(
    query: Query,
    ctx: StoreContext,
    { id, reading }: { id: string; reading: number },
  ): Promise<boolean> {
    const rows = await query(
      `select id from imports where store_id = $1 and id = $2 and reading = $3 and state = 'RUNNING' and total is null
       for update`,
      [ctx.storeId, id, reading],
    );
    return rows.length > 0;
  }
}

export interface WaitingRow {
  row: number;
  input: GarmentInput;
  picture: Uint8Array | null;
  /** True for one of several rows that form one garment and share its sku. */
  isVariant: boolean;
}

interface Batch {
  id: string;
  batch: number;
  rows: WaitingRow[];
}

/**
 * Stores rows. @returns the number of newly waiting rows, and an error for each row that repeats a sku and is not a
 * variant
 */
export async function insertRows(
  query: Query,
  storeId: string,
  { id, batch, rows }: Batch,
): Promise<{ waiting: number; repeated: ImportError[] }> {
  if (rows.length === 0) return { waiting: 0, repeated: [] };
  const inserted = await query<{ sku: string }>(
    `insert into import_rows (store_id, import_id, batch, row_number, sku, input, picture, is_variant)
     select $1, $2, $3, r.row, r.sku, r.input, r.picture, r.variant
     from unnest($4::integer[], $5::text[], $6::jsonb[], $7::bytea[], $8::boolean[]) with ordinality
       as r (row, sku, input, picture, variant, n)
     order by r.n
     on conflict (store_id, import_id, sku) do nothing returning sku`,
    [
      storeId,
      id,
      batch,
      rows.map(({ row }) => row),
      rows.map(skuOf),
      rows.map(({ input }) => jsonOf(input)),
      rows.map(({ picture }) => picture && Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength)),
      rows.map(({ isVariant }) => isVariant),
    ],
  );
  // of two rows with one sku in this batch, the first one was inserted
  const insertedSkus = new Set(inserted.map(({ sku }) => sku));
  const further = rows.filter((row) => !insertedSkus.delete(skuOf(row)));
  return { waiting: inserted.length, repeated: await fold(query, storeId, { id, batch, rows: further }) };
}

/** Folds variants into their first row. @returns an error for each row that cannot be folded */
async function fold(query: Query, storeId: string, { id, rows }: Batch): Promise<ImportError[]> {
  if (rows.length === 0) return [];
  const first = await query<Omit<WaitingRow, 'picture'> & { sku: string }>(
    `select sku, row_number as row, input, is_variant as "isVariant" from import_rows
     where store_id = $1 and import_id = $2 and sku = any($3::text[]) order by sku`,
    [storeId, id, rows.map(skuOf)],
  );
  const firstOf = new Map(first.map((row) => [row.sku, row]));
  const isVariant = (row: WaitingRow): boolean => row.isVariant && firstOf.get(skuOf(row))!.isVariant;
  for (const row of rows.filter(isVariant)) foldVariant(firstOf.get(skuOf(row))!.input, row.input);
  const changed = first.filter(({ sku }) => rows.some((row) => skuOf(row) === sku && isVariant(row)));
  await query(
    `update import_rows r set input = f.input from unnest($3::text[], $4::jsonb[]) as f (sku, input)
     where r.store_id = $1 and r.import_id = $2 and r.sku = f.sku`,
    [storeId, id, changed.map(({ sku }) => sku), changed.map(({ input }) => jsonOf(input))],
  );
  const repeated = rows.filter((row) => !isVariant(row));
  return repeated.map((row) => {
    const message = `Row ${firstOf.get(skuOf(row))!.row} already has this sku.`;
    return { row: row.row, sku: row.input.sku, code: 'DUPLICATE_SKU', message };
  });
}

function skuOf({ input }: WaitingRow): string {
  return storableText(input.sku);
}

function jsonOf(input: GarmentInput): string {
  return JSON.stringify(input, (_key, value: unknown) => storableValue(value));
}
