// Owns the reading of a whole metadata.jsonl: lines, the limit, rows that stand twice. Knows no pictures.
import type { ImportError } from '../domain/catalog.import.js';
import { isBlank, linesOf } from './byte.stream.js';
import { isFailure, rowTooLong } from './feed.js';
import { readRow, type GarmentRow } from './garment.row.js';

export interface Metadata {
  /** In the file's order. Some 600 bytes each in memory: 22 MB for 37,000 rows. */
  rows: GarmentRow[];
  failures: ImportError[];
}

/**
 * Reads rows until the limit. A broken row and a sku's second row are failures and stop nothing.
 * @param chunks the file's bytes
 * @param limit most rows to read, broken ones counted
 */
export async function readMetadata(chunks: AsyncIterable<Uint8Array>, limit = Infinity): Promise<Metadata> {
  const metadata: Metadata = { rows: [], failures: [] };
  const firstRowOf = new Map<string, number>();
  let number = 0;
  for await (const line of linesOf(chunks)) {
    number += 1;
    if (line && isBlank(line)) continue;
    if (metadata.rows.length + metadata.failures.length >= limit) break;
    const read = line ? readRow(line, number) : rowTooLong(number);
    if (isFailure(read)) metadata.failures.push(read);
    else addOnce(read, metadata, firstRowOf);
  }
  return metadata;
}

function addOnce(row: GarmentRow, { rows, failures }: Metadata, firstRowOf: Map<string, number>): void {
  const { sku } = row.garment;
  const first = firstRowOf.get(sku);
  if (first === undefined) {
    firstRowOf.set(sku, row.row);
    rows.push(row);
    return;
  }
  failures.push({ row: row.row, sku, code: 'DUPLICATE_SKU', message: `The id stands in row ${first} already.` });
}
