// Catalog imports: begun, found, canceled and ended, with their errors and warnings.
import type { CatalogImport, ImportError, CatalogImportOptions } from '../domain/catalog/catalog.import.js';
import type { StoreContext } from '../domain/access/store.context.js';
import type { GoldenComparison, GoldenRanks } from '../domain/analytics/golden.query.js';
import { FitroomError } from '../errors.js';
import { storableValue, isUuid } from './database/storable.text.js';
import type { Query, Database } from './database/database.types.js';
/** Ended imports and their errors are deleted after 30 days, unfinished uploads after a day. */
const ENDED_AGE = "interval '30 days'";
const UPLOAD_AGE = "interval '1 day'";

const COLUMNS = `id, format, currency, row_limit as "limit", dry_run as "dryRun", state, total, succeeded, failed, created,
  updated, warnings, golden, created_at as "createdAt", started_at as "startedAt", finished_at as "finishedAt"`;

/** SQL condition: the last batch of the import is stored. */
export const IS_COUNTED = "state = 'RUNNING' and succeeded + failed >= total";

export interface FoundError extends ImportError {
  isWarning: boolean;
}

export interface CodeCount {
  value: string;
  count: number;
}

export class ImportRepository {
  constructor(private readonly database: Database) {}

  /**
   * Creates an import whose file is still to arrive. `find` does not return it until the file is received. @returns its
   * id
   */
  async begin(
    ctx: StoreContext,
    { format, currency, limit, dryRun }: CatalogImportOptions,
    url: string | null,
  ): Promise<string> {
    const store = this.database.within(ctx);
    await store.query(
      `delete from imports where store_id = $1
         and (finished_at < now() - ${ENDED_AGE} or (not received and created_at < now() - ${UPLOAD_AGE}))`,
      [ctx.storeId],
    );
    const [row] = await store.query<{ id: string }>(
      `insert into imports (store_id, format, currency, row_limit, dry_run, source_url)
       values ($1, $2, $3, $4, $5, $6) returning id`,
      [ctx.storeId, format, currency, limit, dryRun, url],
    );
    return row!.id;
  }

  /**
   * Marks the file as received.
   * @param queue called last within the same transaction; queues the job
   * @throws FitroomError IMPORT_NOT_FOUND if its store was deleted meanwhile
   */
  async receive(ctx: StoreContext, id: string, queue: (query: Query) => Promise<void>): Promise<CatalogImport> {
    return this.database.within(ctx).transaction(async (query) => {
      const [row] = await query<CatalogImport>(
        `update imports set received = true where store_id = $1 and id = $2 returning ${COLUMNS}`,
        [ctx.storeId, id],
      );
      if (!row) throw new FitroomError('IMPORT_NOT_FOUND');
      await queue(query);
      return row;
    });
  }

  /** Deletes an import whose file did not arrive completely. */
  async discard(ctx: StoreContext, id: string): Promise<void> {
    await this.database.within(ctx).query('delete from imports where store_id = $1 and id = $2', [ctx.storeId, id]);
  }

  async find(ctx: StoreContext, id: string): Promise<CatalogImport | null> {
    if (!isUuid(id)) return null;
    const [row] = await this.database
      .within(ctx)
      .query<CatalogImport>(`select ${COLUMNS} from imports where store_id = $1 and id = $2 and received`, [
        ctx.storeId,
        id,
      ]);
    return row ?? null;
  }

  /** Returns the errors or warnings of an import, in the order of its rows. */
  async errors(ctx: StoreContext, id: string, first: number, isWarning: boolean): Promise<ImportError[]> {
    return this.database.within(ctx).query<ImportError>(
      `select row_number as row, sku, code, message from import_errors
       where store_id = $1 and import_id = $2 and is_warning = $3 order by row_number, id limit $4`,
      [ctx.storeId, id, isWarning, first],
    );
  }

  /** Returns how often each code occurs in an import, the most frequent first. */
  async codes(ctx: StoreContext, id: string, isWarning: boolean): Promise<CodeCount[]> {
    return this.database.within(ctx).query<CodeCount>(
      `select code as value, count(*)::int as count from import_errors
       where store_id = $1 and import_id = $2 and is_warning = $3 group by code order by count desc, value`,
      [ctx.storeId, id, isWarning],
    );
  }

  /**
   * Cancels an import. Returns null if it has ended already or does not exist. Jobs of waiting rows drop their rows
   * instead of storing them.
   */
  async cancel(ctx: StoreContext, id: string): Promise<CatalogImport | null> {
    if (!isUuid(id)) return null;
    return this.database.within(ctx).transaction(async (query) => {
      const [row] = await query<CatalogImport>(
        `update imports set state = 'CANCELLED', finished_at = now(), golden_before = null
         where store_id = $1 and id = $2 and received and state in ('QUEUED', 'RUNNING') returning ${COLUMNS}`,
        [ctx.storeId, id],
      );
      if (!row) return null;
      await query('delete from import_parts where store_id = $1 and import_id = $2', [ctx.storeId, id]);
      // without a total, no jobs are queued for its rows yet
      if (row.total === null) {
        await query('delete from import_rows where store_id = $1 and import_id = $2', [ctx.storeId, id]);
      }
      return row;
    });
  }

  /**
   * Returns the results of the golden queries before an import whose rows are all counted and that has not ended. Null
   * otherwise.
   */
  async goldenBefore(ctx: StoreContext, id: string): Promise<GoldenRanks[] | null> {
    const [row] = await this.database
      .within(ctx)
      .query<{ ranks: GoldenRanks[] | null }>(
        `select golden_before as ranks from imports where store_id = $1 and id = $2 and ${IS_COUNTED}`,
        [ctx.storeId, id],
      );
    return row?.ranks ?? null;
  }

  /** Ends an import whose rows are all counted. @param golden null if the golden queries were not compared */
  async succeed(ctx: StoreContext, id: string, golden: GoldenComparison | null): Promise<void> {
    await this.database.within(ctx).query(
      `update imports set state = 'SUCCEEDED', finished_at = now(), golden = $3, golden_before = null
       where store_id = $1 and id = $2 and ${IS_COUNTED}`,
      [ctx.storeId, id, golden && JSON.stringify(golden)],
    );
  }

  /**
   * Ends an import whose file cannot be imported as a whole. Deletes its waiting rows; garments already stored remain.
   */
  async fail(ctx: StoreContext, id: string, { code, message }: Pick<ImportError, 'code' | 'message'>): Promise<void> {
    await this.database.within(ctx).transaction(async (query) => {
      const [row] = await query(
        `update imports set state = 'FAILED', finished_at = now()
         where store_id = $1 and id = $2 and state in ('QUEUED', 'RUNNING') returning id`,
        [ctx.storeId, id],
      );
      if (!row) return;
      for (const table of ['import_parts', 'import_rows']) {
        await query(`delete from ${table} where store_id = $1 and import_id = $2`, [ctx.storeId, id]);
      }
      await addErrors(query, ctx.storeId, id, [{ row: 0, sku: null, code, message, isWarning: false }]);
    });
  }
}

/**
 * Longest texts in characters. A row of 1 MB can consist of a single sku, or of an unknown field that the message
 * names.
 */
const MAX_ERROR_SKU = 200;
const MAX_ERROR_MESSAGE = 500;

/** Stores errors within the caller's transaction, with texts cut to their longest length. */
export async function addErrors(query: Query, storeId: string, id: string, errors: FoundError[]): Promise<void> {
  if (errors.length === 0) return;
  const bounded = errors.map(({ sku, message, ...rest }) => ({
    ...rest,
    sku: sku && cut(sku, MAX_ERROR_SKU),
    message: cut(message, MAX_ERROR_MESSAGE),
  }));
  await query(
    `insert into import_errors (store_id, import_id, row_number, sku, code, message, is_warning)
     select $1, $2, r.row, r.sku, r.code, r.message, r."isWarning"
     from json_to_recordset($3::json) as r (row integer, sku text, code text, message text, "isWarning" boolean)`,
    [storeId, id, JSON.stringify(bounded, (_key, value: unknown) => storableValue(value))],
  );
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
