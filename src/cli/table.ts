// Rows in columns, for people; the first row names the columns.

export function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_name, i) => Math.max(...rows.map((row) => row[i]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
