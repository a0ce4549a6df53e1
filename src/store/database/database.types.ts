// The types of statements, transactions and the open database.

import type { DatabaseHome } from './database.home.js';
import type { StoreContext } from '../../domain/access/store.context.js';

export interface Statement {
  text: string;
  values?: unknown[];
}

/** Runs one statement with $n parameters and returns its rows. */
export type Query = <Row>(text: string, values?: unknown[]) => Promise<Row[]>;

/**
 * Methods that run statements. All of them throw FitroomError: SERVICE_UNAVAILABLE if the database is down or hangs,
 * DATABASE_BUSY if no connection is free in time or a statement takes too long, and REQUEST_ABANDONED if the client
 * disconnects before a read finishes. A read is then canceled; writes and transactions run to their end.
 */
export interface Statements {
  readonly kind: DatabaseHome['kind'];
  query: Query;
  /** Runs `work` in one transaction: commits when it resolves, rolls back when it throws. */
  transaction<T>(work: (query: Query) => Promise<T>): Promise<T>;
  /** Runs statements in one transaction and, on PostgreSQL, in one round trip. @returns the rows of the last one */
  batch<Row>(statements: Statement[]): Promise<Row[]>;
}

/**
 * The open database. Its own methods run as the database owner across all stores: for data that belongs to no store.
 */
export interface Database extends Statements, Omit<DatabaseHome, 'lend' | 'kind'> {
  /**
   * Returns the database in the scope of one store: row-level security applies to every statement.
   * The returned methods throw FitroomError STORE_UNKNOWN if they write for a deleted store.
   */
  within(store: StoreContext): Statements;
  /** Returns the database in the scope of one API key: only the row of the key with this hash is visible. */
  withKey(hash: string): Statements;
  /** Resolves if the database responds. */
  ping(): Promise<void>;
}
