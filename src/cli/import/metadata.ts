// Owns the reading of a whole metadata.jsonl: lines, the limit, rows that stand twice. Knows no pictures.
import { readRow, type GarmentRow, type RowFailure } from './garment.row.js';

export interface Metadata {
  /** In the file's order. Some 600 bytes each in memory: 22 MB for 37,000 rows. */
  rows: GarmentRow[];
  failures: RowFailure[];
}

const NEWLINE = 10;

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
    if (isBlank(line)) continue;
    if (metadata.rows.length + metadata.failures.length >= limit) break;
    const read = readRow(line, number);
    if ('code' in read) metadata.failures.push(read);
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

/**
 * Bytes → lines, without their newline and a byte order mark.
 * Not node:readline, which also cuts at U+2028 and U+2029, and those may stand in a JSON string.
 */
async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = [];
  let isFirst = true;
  const take = (last: Uint8Array): Uint8Array => {
    const line = Buffer.concat([...parts, last]);
    parts = [];
    const hasMark = isFirst && line[0] === 0xef && line[1] === 0xbb && line[2] === 0xbf;
    isFirst = false;
    return hasMark ? line.subarray(3) : line;
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      yield take(chunk.subarray(start, end));
      start = end + 1;
    }
    if (start < chunk.length) parts.push(chunk.subarray(start));
  }
  if (parts.length > 0) yield take(new Uint8Array());
}

function isBlank(line: Uint8Array): boolean {
  return line.every((byte) => byte === 32 || byte === 9 || byte === 13);
}
