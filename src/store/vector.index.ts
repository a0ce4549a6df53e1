// HNSW indexes, one per model and over its rows only, so that two models can coexist.
// PostgreSQL only: PGlite builds them ten times slower, blocks its process meanwhile, and searches 20,000 rows without.
import { createHash } from 'node:crypto';
import pg from 'pg';
import { exclusively } from './database/exclusive.work.js';
import type { Database } from './database/database.types.js';

/** Maximum dimensions of a halfvec that pgvector indexes. */
const MAX_INDEXED_DIMENSIONS = 4_000;

/**
 * Builds the index of a model if it is missing, without blocking reads and writes. Does nothing on the embedded
 * database or while another process builds. Without the index, searches are slower but correct.
 * @param dimensions of one modality; rows hold two
 */
export async function ensureVectorIndex(database: Database, model: string, dimensions: number): Promise<void> {
  if (!isIndexed(database, dimensions)) return;
  const name = vectorIndexName(model);
  // It does not wait: a waiting transaction has a snapshot, and the concurrent build would wait for that snapshot.
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

/** Returns true if the index of a model is complete or not needed. */
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

/** Returns the name of the index. Model ids are hashed, since they may be long and hold any character. */
export function vectorIndexName(model: string): string {
  return `garment_embeddings_hnsw_${createHash('sha256').update(model).digest('hex').slice(0, 16)}`;
}

/**
 * Drops an interrupted build. A concurrent build that was interrupted leaves an index that no query uses and that slows
 * every write.
 */
async function dropUnfinished(client: pg.ClientBase, name: string): Promise<void> {
  const { rowCount } = await client.query(
    'select from pg_index where indexrelid = to_regclass($1) and not indisvalid',
    [name],
  );
  if (rowCount) await client.query(`drop index concurrently ${name}`);
}
