// The types that the two homes of the database share: a pool, connections on loan, an end.
import type pg from 'pg';
import type { Lane } from './connection.gate.js';

/** Where the store says what an operator should see. pino's logger is one. */
export interface StoreLogger {
  warn(details: object, message: string): void;
}

/** Connections that are open, idle, and callers that wait for one. */
export interface ConnectionCounts {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

/** A connection on loan for one statement, batch or transaction. */
export interface Loan {
  readonly client: pg.PoolClient;
  /** Opens a transaction with the time limits of its lane. */
  readonly begin: (mode: 'read only' | 'read write') => string;
  /** Waits for an answer. A server that stays silent for too long loses the connection, and the answer fails with it. */
  readonly answer: <T>(sent: Promise<T>) => Promise<T>;
  /** Asks the server to stop the running statement. The connection is closed when it is given back. */
  readonly cancel: () => void;
  /** @param broken the connection is closed instead of used again */
  readonly giveBack: (broken?: boolean) => void;
}

/** What the two homes of the database differ in. */
export interface DatabaseHome {
  readonly kind: 'embedded' | 'postgres';
  /** For tests and metrics. Statements go over `lend`, which keeps order among those who wait. */
  readonly pool: pg.Pool;
  readonly connections: ConnectionCounts;
  /** Removes dead rows and refreshes statistics after so many changed rows. Never fails: it is tried again later. */
  tidy(changedRows: number): Promise<void>;
  /**
   * Lends a connection when it is the caller's turn.
   * @param signal ends the waiting
   * @throws FitroomError DATABASE_BUSY where none is free in time, SERVICE_UNAVAILABLE where the server is silent
   */
  lend(lane: Lane, signal?: AbortSignal): Promise<Loan>;
  /** Runs `work` on a connection of its own, outside of the pool and without time limits; it is closed afterwards. */
  alone<T>(work: (client: pg.ClientBase) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
