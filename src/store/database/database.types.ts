// database.types.ts

import type { DatabaseHome } from './database.home.js';
import type { StoreContext } from '../../domain/access/store.context.js';

export interface Statement {
  text: string;
  values?: unknown[];
}

/** Runs one statement with $n parameters and gives its rows. */
export type Query = <Row>(text: string, values?: unknown[]) => Promise<Row[]>;

/**
 * How statements are run. All of it throws FitroomError SERVICE_UNAVAILABLE where the database is away or hangs, DATABASE_BUSY
 * where no connection is free in time or a statement takes too long, and REQUEST_ABANDONED where the client of the request is
 * gone before a read has its answer. Reads are cancelled then; what changes something, and transactions, run to their end.
 */
export interface Statements {
  readonly kind: DatabaseHome['kind'];
  query: Query;
  /** Runs `work` in one transaction: committed when it resolves, rolled back when it throws. */
  transaction<T>(work: (query: Query) => Promise<T>): Promise<T>;
  /** Runs statements in one transaction and, on PostgreSQL, one round trip. @returns the rows of the last one */
  batch<Row>(statements: Statement[]): Promise<Row[]>;
}

/** Bare, statements run as the database's owner, over all stores: for what belongs to none. */
export interface Database extends Statements, Omit<DatabaseHome, 'lend' | 'kind'> {
  /**
   * The database as one store may see it: row-level security holds in every statement, whatever it says.
   * What it runs throws FitroomError STORE_UNKNOWN where it writes for a store that has been deleted.
   */
  within(store: StoreContext): Statements;
  /** The database as someone may see it of whom nothing is known but the hash of their key: that key's row. */
  withKey(hash: string): Statements;
  /** Resolves where the database answers. */
  ping(): Promise<void>;
}
