// Tables of numbers, also as a text alternative to the charts.
import type { ComponentChild, JSX } from 'preact';

export interface Column {
  name: string;
  isNumber?: boolean;
}

export interface Table {
  columns: Column[];
  rows: ComponentChild[][];
}

interface DataTableProps {
  caption: string;
  table: Table;
  /** Shows the table in full height. Other tables scroll. */
  isWhole?: boolean;
}

export function DataTable({ caption, table, isWhole = false }: DataTableProps): JSX.Element {
  const { columns, rows } = table;
  const kind = (i: number): string | undefined => (columns[i]!.isNumber ? 'number' : undefined);
  return (
    <div class={isWhole ? 'table-frame whole' : 'table-frame'} role="region" aria-label={caption} tabIndex={0}>
      <table>
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ name }, i) => (
              <th key={name} scope="col" class={kind(i)}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, r) => (
            <tr key={r}>
              {row.map((cell, i) => (
                <td key={i} class={kind(i)}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A collapsed table with the numbers of a chart. */
export function FoldedTable({ caption, table, summary = 'Show as table' }: FoldedTableProps): JSX.Element {
  return (
    <details class="as-table">
      <summary>
        {summary}
        <span class="unseen">: {caption}</span>
      </summary>
      <DataTable caption={caption} table={table} />
    </details>
  );
}

interface FoldedTableProps {
  caption: string;
  table: Table;
  summary?: string;
}

export function numbers(...names: string[]): Column[] {
  return names.map((name) => ({ name, isNumber: true }));
}
