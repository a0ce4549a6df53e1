// Which failures mean "the store was deleted meanwhile". Every table hangs on `stores`, itself or through the table above it, so
// whoever writes for a store that has gone hears of it from the database. Knows no table by name.
import { FitroomError } from '../errors.js';

// SQLSTATE foreign_key_violation; the names are those of migrations/0004 and 0014
const FOREIGN_KEY_VIOLATION = '23503';
const TO_STORES = /(_of_store|_store_id_fkey)$/;

/** Runs `work`; a write for a store that is not there becomes STORE_UNKNOWN, any other failure stays what it is. */
export async function goneStoreAsUnknown<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, constraint } = (error ?? {}) as { code?: unknown; constraint?: unknown };
    if (code !== FOREIGN_KEY_VIOLATION || !TO_STORES.test(String(constraint))) throw error;
    throw new FitroomError('STORE_UNKNOWN', undefined, [], { cause: error });
  }
}
