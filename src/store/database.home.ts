// What the two homes of the database have in common: a pool, a way to tidy up, an end. Types only.
import type pg from 'pg';

/** Where the store says what an operator should see. pino's logger is one. */
export interface StoreLogger {
  warn(details: object, message: string): void;
}

/** What the two homes of the database differ in. */
export interface DatabaseHome {
  readonly kind: 'embedded' | 'postgres';
  readonly pool: pg.Pool;
  /** Room that dead rows left and statistics that went stale are dealt with after so many changed rows. */
  tidy(changedRows: number): Promise<void>;
  /**
   * Runs a statement when it is its turn. A home that computes on this thread takes one after another and lets all else
   * that waits for the thread go first: a queue of statements would otherwise hold up every socket for its whole length.
   */
  inTurn<T>(statement: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
