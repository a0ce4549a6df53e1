// Output formats of rows: CSV for spreadsheets, JSON lines for tools with typed columns (DuckDB, Parquet, pandas).
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
    // shoppers write these texts, and a spreadsheet could run them as formulas
    escape_formulas: true,
    cast: { boolean: String, object: (list: object) => JSON.stringify(list) },
  });
  return source.on('error', (error) => table.destroy(error)).pipe(table);
}
