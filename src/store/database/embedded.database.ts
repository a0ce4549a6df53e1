// The embedded database: PGlite in a local folder or in memory.
// It takes one process and one connection, without fsync: it survives a killed process, not a power cut.
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as immediate } from 'node:timers/promises';
import { PGlite } from '@electric-sql/pglite';
import { createPgConfig } from '@electric-sql/pglite/node-postgres';
import { vector } from '@electric-sql/pglite-pgvector';
import pg from 'pg';
import { StartupError } from '../../errors.js';
import { ConnectionGate } from './connection.gate.js';
import { makeDataFolder } from './data.folder.js';
import type { DatabaseHome, Loan } from './database.home.js';
import { lockFolder } from './folder.lock.js';

/** Value of `dataDir` for a database in memory, which is lost when it is closed. */
export const IN_MEMORY = 'memory://';

/** Number of changed rows after which dead rows are vacuumed, which takes about 0.2 s: PGlite has no autovacuum. */
const TIDY_EVERY_ROWS = 1_000;

/** Longest wait for the one connection, in milliseconds: several batches of 100 garments may run first. */
const WAIT_MS = { read: 30_000, write: 30_000, background: 60_000 };

/**
 * Opens the database under `dataDir` and creates it on the first start.
 * @param snapshot a dumped data folder to start from, for IN_MEMORY only
 * @throws StartupError if another process has it open (with the pid) or the folder cannot be used
 */
export async function openEmbedded(dataDir: string, snapshot?: Blob): Promise<DatabaseHome & { lite: PGlite }> {
  if (dataDir === IN_MEMORY) {
    return homeOf(await PGlite.create({ extensions: { vector }, loadDataDir: snapshot }), () => {});
  }
  makeDataFolder(dataDir);
  const lockPath = join(dataDir, 'database.lock');
  const unlock = lockFolder(
    lockPath,
    (pid) =>
      `Process ${pid} already uses the embedded database in ${dataDir}.\n` +
      'Stop it, or set FITROOM_DATA_DIR to another folder, or set DATABASE_URL to share one PostgreSQL.\n' +
      `If process ${pid} is not a fitroom server, delete ${lockPath}.`,
  );
  try {
    return homeOf(await openFolder(dataDir), unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

async function openFolder(dataDir: string): Promise<PGlite> {
  const folder = join(dataDir, 'database');
  // Initialization takes seconds. If it was killed halfway, the folder is not a database and holds no data yet.
  const unfinished = join(dataDir, 'database.unfinished');
  if (existsSync(unfinished)) await rm(folder, { recursive: true, force: true });
  if (!existsSync(folder)) await writeFile(unfinished, '');
  try {
    const lite = await PGlite.create({ dataDir: folder, extensions: { vector } });
    await rm(unfinished, { force: true });
    return lite;
  } catch (error) {
    throw new StartupError(
      `The embedded database in ${folder} cannot be opened: ${error instanceof Error ? error.message : String(error)}\n` +
        'Restore a backup of that folder, or move it away to start with an empty catalog.',
      { cause: error },
    );
  }
}

function homeOf(lite: PGlite, unlock: () => void): DatabaseHome & { lite: PGlite } {
  const pool = new pg.Pool({ ...createPgConfig(lite), max: 1, idleTimeoutMillis: 0 });
  const gate = new ConnectionGate({ slots: 1, waitMs: WAIT_MS });
  const lend: DatabaseHome['lend'] = async (lane, signal) => {
    const leave = await gate.enter(lane, signal);
    try {
      // PGlite computes on this thread. Other tasks of the event loop run first; otherwise a queue of statements would
      // block every socket until it is empty.
      await immediate();
      return loanOf(await pool.connect(), leave);
    } catch (error) {
      leave();
      throw error;
    }
  };
  return {
    kind: 'embedded',
    lite,
    pool,
    connections: {
      get totalCount() {
        return pool.totalCount;
      },
      get idleCount() {
        return pool.idleCount;
      },
      get waitingCount() {
        return gate.waitingCount;
      },
    },
    tidy: tidying(lend),
    lend,
    async alone(work) {
      const { client, giveBack } = await lend('background');
      return work(client).finally(giveBack);
    },
    async close() {
      await pool.end();
      await lite.close();
      unlock();
    },
  };
}

/** Returns a loan without time limits and cancellation: PGlite has neither timers nor a network. */
function loanOf(client: pg.PoolClient, leave: () => void): Loan {
  return {
    client,
    begin: () => 'begin',
    awaitResponse: (sent) => sent,
    cancel: () => undefined,
    giveBack(broken) {
      client.release(broken);
      leave();
    },
  };
}

function tidying(lend: DatabaseHome['lend']): DatabaseHome['tidy'] {
  let untidyRows = 0;
  return async (changedRows) => {
    untidyRows += changedRows;
    if (untidyRows < TIDY_EVERY_ROWS) return;
    const vacuumedRows = untidyRows;
    untidyRows = 0;
    try {
      const { client, giveBack } = await lend('background');
      await client.query('vacuum (analyze)').finally(giveBack);
    } catch {
      untidyRows += vacuumedRows;
    }
  };
}
