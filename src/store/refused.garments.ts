// Detection of the garments in a batch that the database refuses because of a value.
import type { GarmentToSave } from './garment.writes.js';
import type { Query } from './database/database.types.js';

/**
 * SQLSTATE classes: 22 data exception, 54 program limit exceeded, for example an index row that is too large; 23502
 * null, 23514 check.
 */
const OF_A_VALUE = /^(22...|54...|23502|23514)$/;

/** A garment that cannot be stored, and the database's reason. */
export interface RefusedGarment {
  /** Position in the batch. */
  index: number;
  reason: Error;
}

interface Placed {
  index: number;
  row: GarmentToSave;
}

/** Returns true if a batch failed because of a value. Without that garment the batch may succeed. */
export function isRefusal(error: unknown): error is Error {
  if (error instanceof RangeError) return true;
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' && OF_A_VALUE.test(code);
}

/**
 * Saves a batch within the caller's transaction: as a whole, then in halves, down to the single garments that are
 * refused. One bad garment of n costs 2 log₂ n tries. Accepted garments stay in the transaction.
 * @param save writes rows, or throws
 * @returns the refused garments
 */
export async function saveEachGarment(
  query: Query,
  rows: readonly GarmentToSave[],
  save: (rows: GarmentToSave[]) => Promise<unknown>,
): Promise<RefusedGarment[]> {
  // Locks rows in the order of their skus, as saving does: in different orders, two writers could wait for each other.
  const key = ({ row }: Placed): Buffer => Buffer.from(row.sku);
  const placed = rows.map((row, index) => ({ index, row })).sort((a, b) => Buffer.compare(key(a), key(b)));
  return placed.length === 0 ? [] : tryPlaced(query, placed, save);
}

async function tryPlaced(
  query: Query,
  placed: Placed[],
  save: (rows: GarmentToSave[]) => Promise<unknown>,
): Promise<RefusedGarment[]> {
  await query('savepoint tried');
  try {
    await save(placed.map(({ row }) => row));
    await query('release savepoint tried');
    return [];
  } catch (reason) {
    if (!isRefusal(reason)) throw reason;
    await query('rollback to savepoint tried');
    if (placed.length === 1) return [{ index: placed[0]!.index, reason }];
    const middle = Math.ceil(placed.length / 2);
    const first = await tryPlaced(query, placed.slice(0, middle), save);
    return [...first, ...(await tryPlaced(query, placed.slice(middle), save))];
  }
}
