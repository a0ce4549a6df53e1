// Owns how figures are shown to people: one table a question. Knows no file.
import { alignedRows } from '../../src/cli/table.js';
import type { Figure, FigureSheet } from './figure.sheet.js';

/** A question with its figures, and what is not measured. */
export function tableOf({ question, figures, notes }: FigureSheet): string {
  const listed = figures.filter(({ cell }) => !cell);
  const lines = [...alignedRows(listed.map(lineOf)), ...matrixOf(figures)];
  return [question, ...lines.map((line) => `  ${line}`), ...notes.map((note) => `  ${note}`)].join('\n');
}

function lineOf({ label, value, low, high, rows }: Figure): string[] {
  return [label, value.toFixed(3), `[${low.toFixed(3)}, ${high.toFixed(3)}]`, `n ${rows}`];
}

/** Figures that have a row and a column: value and half the interval's width in each cell. */
function matrixOf(figures: readonly Figure[]): string[] {
  const placed = figures.filter(({ cell }) => cell);
  if (placed.length === 0) return [];
  const columns = [...new Set(placed.map(({ cell }) => cell![1]))];
  const rows = [...new Set(placed.map(({ cell }) => cell![0]))];
  const at = (row: string, column: string): Figure | undefined =>
    placed.find(({ cell }) => cell![0] === row && cell![1] === column);
  return alignedRows([
    ['', ...columns],
    ...rows.map((row) => [row, ...columns.map((column) => cellText(at(row, column)))]),
  ]);
}

function cellText(figure: Figure | undefined): string {
  return figure ? `${figure.value.toFixed(3)} ± ${((figure.high - figure.low) / 2).toFixed(3)}` : '';
}
