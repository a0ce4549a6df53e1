// The file of an import while it waits to be read, and its rows while they wait to be stored. Every step is one transaction
// that a second, late doer of the same step finds done.
import type { ImportError, CatalogImportOptions } from '../domain/catalog/catalog.import.js';
import type { GoldenRanks } from '../domain/analytics/golden.query.js';
import type { StoreContext } from '../domain/access/store.context.js';
import { addErrors, IS_COUNTED, type FoundError } from './import.repository.js';
import type { GarmentInput } from '../domain/catalog/garment.input.js';
import { foldVariant } from '../domain/recommend/variant.folding.js';
import { storableText, storableValue } from './database/storable.text.js';
import type { Query, Database } from './database/database.types.js';

export interface ImportToRead extends CatalogImportOptions {
  /** Where the file is to be fetched from; null: it was uploaded. */
  url: string | null;
  /** Names this reading of the file: a later one takes its place. */
  reading: number;
}

/** What became of a batch. */
export interface BatchOutcome {
  created: number;
  updated: number;
  /** Rows that failed; each may have several errors. */
  failed: number;
  warnings: number;
  errors: FoundError[];
}

export class ImportStagingRepository {
  constructor(private readonly database: Database) {}

  /** @param part from 0, at most 1 MB */
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

  /** The file from its beginning, a part at a time. */
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

  /** Begins to read afresh, whatever an earlier reading left. @returns null where there is nothing (more) to read */
  async startReading(ctx: StoreContext, id: string): Promise<ImportToRead | null> {
    return this.database.within(ctx).transaction(async (query) => {
      const [row] = await query<ImportToRead>(
        `update imports set state = 'RUNNING', started_at = coalesce(started_at, now()), reading = reading + 1, failed = 0
         where store_id = $1 and id = $2 and state in ('QUEUED', 'RUNNING') and total is null
         returning format, currency, row_limit as "limit", dry_run as "dryRun", source_url as url, reading`,
        [ctx.storeId, id],
      );
      if (!row) return null;
      const ofUrl = row.url === null ? [] : ['import_parts'];
      for (const table of ['import_rows', 'import_errors', ...ofUrl]) {
        await query(`delete from ${table} where store_id = $1 and import_id = $2`, [ctx.storeId, id]);
      }
      return row;
    });
  }

  /**
   * Puts rows of one batch down, and what was wrong with others. A variant of a garment that stands earlier in the file is
   * folded into it; any other sku that does is an error.
   * @returns how many rows wait now that did not before, and how many failed; null where another reads the file now, or nobody should
   */
  async addRows(
    ctx: StoreContext,
    { id, reading }: { id: string; reading: number },
    batch: number,
    found: { rows: WaitingRow[]; errors: ImportError[] },
  ): Promise<{ waiting: number; failed: number } | null> {
    return this.database.within(ctx).transaction(async (query) => {
      if (!(await this.isReading(query, ctx, { id, reading }))) return null;
      const { waiting, repeated } = await insertRows(query, ctx.storeId, { id, batch, rows: found.rows });
      const errors = [...found.errors, ...repeated].map((error) => ({ ...error, isWarning: false }));
      await addErrors(query, ctx.storeId, id, errors);
      return { waiting, failed: errors.length };
    });
  }

  /**
   * The file is read: its total is known, and it is not needed any more.
   * @param queue called within the same transaction, as its last
   */
  async finishReading(
    ctx: StoreContext,
    { id, reading }: { id: string; reading: number },
    read: { format: string; waiting: number; failed: number; golden: GoldenRanks[] | null },
    queue: (query: Query) => Promise<void>,
  ): Promise<void> {
    await this.database.within(ctx).transaction(async (query) => {
      if (!(await this.isReading(query, ctx, { id, reading }))) return;
      await query(
        `update imports set format = $3, total = $4::integer + $5::integer, failed = $5,
           state = case when $4 = 0 then 'SUCCEEDED' else state end, finished_at = case when $4 = 0 then now() end,
           golden_before = $6
         where store_id = $1 and id = $2`,
        [ctx.storeId, id, read.format, read.waiting, read.failed, read.golden && JSON.stringify(read.golden)],
      );
      await query('delete from import_parts where store_id = $1 and import_id = $2', [ctx.storeId, id]);
      await queue(query);
    });
  }

  /** The rows of a batch that are still to be stored; none where another did it, or the import was cancelled. */
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
   * Counts a batch once, whoever comes first; the last one ends the import, unless golden queries are to be compared before.
   * @param compare called where they are, within the same transaction, as its last
   */
  async settle(
    ctx: StoreContext,
    { id, batch }: { id: string; batch: number },
    outcome: BatchOutcome,
    compare: (query: Query) => Promise<void>,
  ): Promise<void> {
    const settled = await this.database.within(ctx).transaction(async (query) => {
      const gone = await query(
        'delete from import_rows where store_id = $1 and import_id = $2 and batch = $3 returning sku',
        [ctx.storeId, id, batch],
      );
      if (gone.length === 0) return 0;
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
      return gone.length;
    });
    await this.database.tidy(settled);
  }

  /** Rows of a cancelled import. */
  async dropRows(ctx: StoreContext, id: string, batch: number): Promise<void> {
    await this.database.within(ctx).query(
      `delete from import_rows r using imports i where i.store_id = r.store_id and i.id = r.import_id
         and r.store_id = $1 and r.import_id = $2 and r.batch = $3 and i.state <> 'RUNNING'`,
      [ctx.storeId, id, batch],
    );
  }

  /** Held until the transaction ends, so that a cancellation comes before it or after it. */
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
  /** One of several that are one garment, under the sku of that. */
  isVariant: boolean;
}

interface Batch {
  id: string;
  batch: number;
  rows: WaitingRow[];
}

/** @returns how many wait now, and an error for each row whose sku the file had before and which is no variant of it */
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
  // of two in this very batch the first one is in
  const isIn = new Set(inserted.map(({ sku }) => sku));
  const further = rows.filter((row) => !isIn.delete(skuOf(row)));
  return { waiting: inserted.length, repeated: await fold(query, storeId, { id, batch, rows: further }) };
}

/** @returns an error for each row that could not be folded */
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
    const message = `The sku stands in row ${firstOf.get(skuOf(row))!.row} already.`;
    return { row: row.row, sku: row.input.sku, code: 'DUPLICATE_SKU', message };
  });
}

function skuOf({ input }: WaitingRow): string {
  return storableText(input.sku);
}

function jsonOf(input: GarmentInput): string {
  return JSON.stringify(input, (_key, value: unknown) => storableValue(value));
}
