// Types shared by the embedded database and the PostgreSQL server.
import type pg from 'pg';
import type { Lane } from './connection.gate.js';

/** Logger for messages to the operator. pino's logger fits. */
export interface StoreLogger {
  warn(details: object, message: string): void;
}

/** Counts of open connections, of idle connections, and of callers that wait for one. */
export interface ConnectionCounts {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

/** A connection lent for one statement, batch or transaction. */
export interface Loan {
  readonly client: pg.PoolClient;
  /** Returns the SQL that opens a transaction with the time limits of its lane. */
  readonly begin: (mode: 'read only' | 'read write') => string;
  /**
   * Waits for the response to sent statements. If the server stays silent for too long, the connection is closed and
   * the promise rejects.
   */
  readonly awaitResponse: <T>(sent: Promise<T>) => Promise<T>;
  /** Asks the server to stop the running statement. The connection is closed when it is returned. */
  readonly cancel: () => void;
  /** Returns the connection. @param broken true: the connection is closed and not used again */
  readonly giveBack: (broken?: boolean) => void;
}

/** The operations that differ between the embedded database and a PostgreSQL server. */
export interface DatabaseHome {
  readonly kind: 'embedded' | 'postgres';
  /** For tests and metrics only. Statements use `lend`, which keeps the order of the waiting callers. */
  readonly pool: pg.Pool;
  readonly connections: ConnectionCounts;
  /** Vacuums and refreshes statistics once enough rows have changed. Never fails: a failed run is retried later. */
  tidy(changedRows: number): Promise<void>;
  /**
   * Lends a connection when it is the caller's turn.
   * @param signal ends the wait
   * @throws FitroomError DATABASE_BUSY if none is free in time, SERVICE_UNAVAILABLE if the server is silent
   */
  lend(lane: Lane, signal?: AbortSignal): Promise<Loan>;
  /** Runs `work` on a separate connection outside the pool, without time limits, and closes it afterwards. */
  alone<T>(work: (client: pg.ClientBase) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
