// Figures as a table, which is what stands in for a chart where that cannot be seen.
import type { ComponentChild, JSX } from 'preact';

export interface Column {
  name: string;
  isNumber?: boolean;
}

export interface Table {
  columns: Column[];
  rows: ComponentChild[][];
}

export function DataTable({ caption, table }: { caption: string; table: Table }): JSX.Element {
  const { columns, rows } = table;
  const kind = (i: number): string | undefined => (columns[i]!.isNumber ? 'number' : undefined);
  return (
    <div class="table-frame" role="region" aria-label={caption} tabIndex={0}>
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
