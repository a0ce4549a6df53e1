// Rows as text: CSV for spreadsheets, JSON lines for whatever reads columns with types (DuckDB, Parquet writers, pandas).
import { stringify } from 'csv-stringify';
import { Readable, Transform } from 'node:stream';
import type { Row } from './reports.js';

export const FORMATS = ['csv', 'jsonl'] as const;
export type RowFormat = (typeof FORMATS)[number];

export function formatted(rows: AsyncIterable<Row>, format: RowFormat): Readable {
  const source = Readable.from(rows);
  if (format === 'jsonl') {
    const lines = new Transform({
      writableObjectMode: true,
      transform: (row, _encoding, done) => done(null, `${JSON.stringify(row)}\n`),
    });
    return source.on('error', (error) => lines.destroy(error)).pipe(lines);
  }
  const table = stringify({
    header: true,
    record_delimiter: 'windows',
    // what a spreadsheet would take for a formula, since shoppers write these words
    escape_formulas: true,
    cast: { boolean: String, object: (list: object) => JSON.stringify(list) },
  });
  return source.on('error', (error) => table.destroy(error)).pipe(table);
}
