// Figures as text tables, one table for each question.
import { alignedRows } from '../../src/cli/table.js';
import type { Figure, FigureSheet } from './figure.sheet.js';

/** Returns the question with its figures and its notes. */
export function tableOf({ question, figures, notes }: FigureSheet): string {
  const listedFigures = figures.filter(({ cell }) => !cell);
  const lines = [...alignedRows(listedFigures.map(lineOf)), ...matrixOf(figures)];
  return [question, ...lines.map((line) => `  ${line}`), ...notes.map((note) => `  ${note}`)].join('\n');
}

function lineOf({ label, value, low, high, rows }: Figure): string[] {
  return [label, value.toFixed(3), `[${low.toFixed(3)}, ${high.toFixed(3)}]`, `n ${rows}`];
}

/**
 * Returns a table of the figures that have a row and a column. A cell shows the value and half the interval's width.
 */
function matrixOf(figures: readonly Figure[]): string[] {
  const cellFigures = figures.filter(({ cell }) => cell);
  if (cellFigures.length === 0) return [];
  const columns = [...new Set(cellFigures.map(({ cell }) => cell![1]))];
  const rows = [...new Set(cellFigures.map(({ cell }) => cell![0]))];
  const figureAt = (row: string, column: string): Figure | undefined =>
    cellFigures.find(({ cell }) => cell![0] === row && cell![1] === column);
  return alignedRows([
    ['', ...columns],
    ...rows.map((row) => [row, ...columns.map((column) => cellText(figureAt(row, column)))]),
  ]);
}

function cellText(figure: Figure | undefined): string {
  return figure ? `${figure.value.toFixed(3)} ± ${((figure.high - figure.low) / 2).toFixed(3)}` : '';
}
