// A whole metadata.jsonl: its lines, the row limit and repeated rows.
import type { ImportError } from '../domain/catalog/catalog.import.js';
import { isBlank, linesOf } from './byte.stream.js';
import { heapBytes } from '../memory/heap.size.js';
import { isFailure, rowTooLong } from './feed.js';
import { readRow, type GarmentRow } from './garment.row.js';

/** Bytes of a row's entries in the maps of skus and pictures, with the path of its picture. */
const ROW_BYTES = 600;

export interface Metadata {
  /** Rows in the order of the file. */
  rows: GarmentRow[];
  failures: ImportError[];
}

/**
 * Reads rows until the limit. A broken row and a repeated sku are failures and do not stop the reading.
 * @param chunks the file's bytes
 * @param limit maximum number of rows to read, including broken ones
 */
export async function readMetadata(chunks: AsyncIterable<Uint8Array>, limit = Infinity): Promise<Metadata> {
  for await (const whole of metadataParts(chunks, { limit, maxBytes: Infinity })) return whole;
  return { rows: [], failures: [] };
}

/** Reads the file in parts, each of at most `maxBytes` in memory. Repeated skus are found only within a part. */
export async function* metadataParts(
  chunks: AsyncIterable<Uint8Array>,
  { limit, maxBytes }: { limit: number; maxBytes: number },
): AsyncGenerator<Metadata> {
  let part: Metadata = { rows: [], failures: [] };
  let firstRowOf = new Map<string, number>();
  let [number, read, bytes] = [0, 0, 0];
  for await (const line of linesOf(chunks)) {
    number += 1;
    if (line && isBlank(line)) continue;
    if (read++ >= limit) break;
    const row = line ? readRow(line, number) : rowTooLong(number);
    const size = ROW_BYTES + heapBytes(row);
    if (bytes + size > maxBytes) {
      yield part;
      [part, firstRowOf, bytes] = [{ rows: [], failures: [] }, new Map(), 0];
    }
    bytes += size;
    if (isFailure(row)) part.failures.push(row);
    else addOnce(row, part, firstRowOf);
  }
  if (read > 0) yield part;
}

function addOnce(row: GarmentRow, { rows, failures }: Metadata, firstRowOf: Map<string, number>): void {
  const { sku } = row.garment;
  const first = firstRowOf.get(sku);
  if (first === undefined) {
    firstRowOf.set(sku, row.row);
    rows.push(row);
    return;
  }
  failures.push({ row: row.row, sku, code: 'DUPLICATE_SKU', message: `Row ${first} already has this id.` });
}
