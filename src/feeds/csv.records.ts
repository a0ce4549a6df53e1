// CSV tables with csv-parse, row by row.
// After a broken row the reader goes on: an unclosed quote costs the line that opened it, not the rest of the file.
import { CsvError, parse, type Options } from 'csv-parse/sync';
import type { ImportError } from '../domain/catalog/catalog.import.js';
import { inUtf8 } from './byte.stream.js';
import { isFailure, MAX_RECORD_BYTES, rowTooLong, rowUnreadable } from './feed.js';

export interface CsvRecord {
  /** Row number as in a spreadsheet: the header is row 1. */
  row: number;
  cells: string[];
}

const NEWLINE = 10;

/** Yields every row once, broken rows as failures. Skips rows with only empty cells. */
export async function* csvRecords(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRecord | ImportError> {
  const reader = new CsvReader();
  for await (const chunk of inUtf8(chunks)) yield* reader.take(chunk);
  yield* reader.end();
}

class CsvReader {
  /** Bytes from the start of the first unread row. */
  private pending = Buffer.alloc(0);
  private row = 0;
  private isSkipping = false;
  private delimiter: string | null = null;

  *take(chunk: Uint8Array): Generator<CsvRecord | ImportError> {
    this.pending = Buffer.concat([this.pending, this.isSkipping ? this.afterLongLine(chunk) : chunk]);
    yield* this.parse(this.pending.lastIndexOf(NEWLINE) + 1, false);
    if (this.pending.length > MAX_RECORD_BYTES && !this.pending.includes(NEWLINE)) {
      yield rowTooLong(++this.row);
      this.isSkipping = true;
      this.pending = Buffer.alloc(0);
    }
  }

  *end(): Generator<CsvRecord | ImportError> {
    yield* this.parse(this.pending.length, true);
  }

  private afterLongLine(chunk: Uint8Array): Uint8Array {
    const end = chunk.indexOf(NEWLINE);
    this.isSkipping = end === -1;
    return end === -1 ? new Uint8Array() : chunk.subarray(end + 1);
  }

  /** Parses the complete rows in the first `length` bytes. A row that may still go on stays pending. */
  private *parse(length: number, isLast: boolean): Generator<CsvRecord | ImportError> {
    this.delimiter ??= length > 0 ? delimiterOf(this.pending.subarray(0, length)) : null;
    let at = 0;
    while (at < length) {
      const { records, bytes, failure } = this.rowsOf(this.pending.subarray(at, length), false);
      for (const cells of records) yield* this.record(cells);
      at += bytes;
      const mayEndLater = failure === 'CSV_QUOTE_NOT_CLOSED' && !isLast && length - at <= MAX_RECORD_BYTES;
      if (failure === null || mayEndLater) break;
      const next = this.pending.indexOf(NEWLINE, at) + 1 || length;
      yield* this.brokenLine(this.pending.subarray(at, next));
      at = next;
    }
    this.pending = this.pending.subarray(at);
  }

  /**
   * Parses a broken line alone, since it may be valid alone: 5" heel. If the line opened a quote that only a later row
   * closes, this line is lost and the later row is kept.
   */
  private *brokenLine(line: Buffer): Generator<CsvRecord | ImportError> {
    const { records, failure } = this.rowsOf(line, true);
    if (failure === null) for (const cells of records) yield* this.record(cells);
    else yield rowUnreadable(++this.row, null, 'A quote is opened in this row and never closed.');
  }

  private *record(cells: string[]): Generator<CsvRecord | ImportError> {
    const row = ++this.row;
    if (cells.every((cell) => cell === '')) return;
    if (cells.reduce((sum, { length }) => sum + length, 0) > MAX_RECORD_BYTES) yield rowTooLong(row);
    else if (cells.some((cell) => cell.includes('\uFFFD'))) yield rowUnreadable(row, null, 'The row is not in UTF-8.');
    else yield { row, cells };
  }

  private rowsOf(bytes: Buffer, relax: boolean): { records: string[][]; bytes: number; failure: string | null } {
    const records: string[][] = [];
    let read = 0;
    const options: Options = {
      delimiter: this.delimiter!,
      record_delimiter: ['\r\n', '\n'],
      relax_column_count: true,
      relax_quotes: relax,
      on_record: (cells: string[], context) => {
        records.push(cells.map((cell) => cell.trim()));
        read = context.bytes;
        return null;
      },
    };
    try {
      parse(bytes, options);
      return { records, bytes: bytes.length, failure: null };
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      return { records, bytes: read, failure: error.code };
    }
  }
}

/** Returns the delimiter that occurs most often in the first line: tab, comma or semicolon. */
function delimiterOf(bytes: Buffer): string {
  const line = bytes.toString('utf8', 0, Math.min(bytes.length, 65_536)).split('\n', 1)[0]!;
  const counted = ['\t', ',', ';'].map((delimiter) => ({ delimiter, count: line.split(delimiter).length }));
  return counted.reduce((most, candidate) => (candidate.count > most.count ? candidate : most)).delimiter;
}

export interface NamedCells {
  row: number;
  /** Cells by the header's name in lower case. Empty cells are left out. */
  cells: Record<string, string>;
}

/** Yields rows with cells by column name. The first record is the header. */
export async function* namedCells(
  records: AsyncIterable<CsvRecord | ImportError>,
): AsyncGenerator<NamedCells | ImportError> {
  let names: string[] | null = null;
  for await (const record of records) {
    if (isFailure(record)) yield record;
    else if (names === null) names = record.cells.map((cell) => cell.toLowerCase());
    else yield { row: record.row, cells: Object.fromEntries(filled(names, record.cells)) };
  }
}

function filled(names: string[], cells: string[]): [string, string][] {
  return names.flatMap((name, i): [string, string][] => (cells[i] ? [[name, cells[i]]] : []));
}
