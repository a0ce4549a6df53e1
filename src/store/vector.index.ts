// The HNSW indexes: one per model, over that model's rows only, so that two models can stand side by side.
// PostgreSQL only: PGlite builds them ten times slower and blocks its process meanwhile, and searches 20,000 rows without.
import { createHash } from 'node:crypto';
import pg from 'pg';
import { exclusively } from './database/exclusive.work.js';
import type { Database } from './database/database.types.js';

/** pgvector indexes at most so many dimensions of a halfvec. */
const MAX_INDEXED_DIMENSIONS = 4_000;

/**
 * Builds the index of a model where it is missing, beside running reads and writes; does nothing on the embedded database,
 * or while another process is building. Searches are right without it, only slower.
 * @param dimensions of one half; rows hold two
 */
export async function ensureVectorIndex(database: Database, model: string, dimensions: number): Promise<void> {
  if (!isIndexed(database, dimensions)) return;
  const name = vectorIndexName(model);
  // not waited for: who waits has a snapshot, which the concurrent build would wait for in turn
  await exclusively(database, { name, others: 'leave it to them' }, () =>
    database.alone((client) => build(client, { name, model, dimensions })),
  );
}

async function build(
  client: pg.ClientBase,
  { name, model, dimensions }: { name: string; model: string; dimensions: number },
): Promise<void> {
  await dropUnfinished(client, name);
  await client.query(
    `create index concurrently if not exists ${name} on garment_embeddings
     using hnsw ((embedding::halfvec(${2 * dimensions})) halfvec_ip_ops) where model = ${pg.escapeLiteral(model)}`,
  );
}

/** Whether the index of a model is whole, or there is to be none. */
export async function hasVectorIndex(database: Database, model: string, dimensions: number): Promise<boolean> {
  if (!isIndexed(database, dimensions)) return true;
  const built = await database.query('select from pg_index where indexrelid = to_regclass($1) and indisvalid', [
    vectorIndexName(model),
  ]);
  return built.length > 0;
}

function isIndexed(database: Database, dimensions: number): boolean {
  return database.kind === 'postgres' && 2 * dimensions <= MAX_INDEXED_DIMENSIONS;
}

/** Model ids may hold any character and be long; index names may not. */
export function vectorIndexName(model: string): string {
  return `garment_embeddings_hnsw_${createHash('sha256').update(model).digest('hex').slice(0, 16)}`;
}

/** A concurrent build that was cut off leaves an index behind that is never used and still slows every write. */
async function dropUnfinished(client: pg.ClientBase, name: string): Promise<void> {
  const { rowCount } = await client.query(
    'select from pg_index where indexrelid = to_regclass($1) and not indisvalid',
    [name],
  );
  if (rowCount) await client.query(`drop index concurrently ${name}`);
}
