// Owns the figures of one question while they are collected: stable names, words for people, and what was left out and why.
import type { Confusion } from '../../src/inference/release.history.js';
import { calibrationError, macroRecall, meanDifference, meanOf, ratioOfMeans, type Measured } from './statistics.js';

export interface Figure extends Measured {
  /** Dotted and stable, as `insights.modelReport` serves it. */
  name: string;
  /** What it says, for the table. */
  label: string;
  /** Row and column, where the figures of a question make a table of their own. */
  cell?: Cell;
}

export type Cell = readonly [row: string, column: string];

/** Name and label of a figure. */
export type Named = readonly [name: string, label: string];

export class FigureSheet {
  readonly figures: Figure[] = [];
  /** What is taken for something else, the commonest first. */
  readonly confusions: Confusion[] = [];
  /** What is not measured, or not stored, in words. */
  readonly notes: string[] = [];

  /** @param suffix behind every name: '.val' where it is not the test split that is measured */
  constructor(
    readonly question: string,
    private readonly suffix = '',
  ) {}

  /** The mean of one number a row: 0 or 1, or a precision. */
  mean(named: Named, values: readonly number[], cell?: Cell): void {
    this.#add(named, values.length, () => ({ ...meanOf(values), cell }));
  }

  /** By how much a is above b, row by row. */
  gain(named: Named, a: readonly number[], b: readonly number[], cell?: Cell): void {
    this.#add(named, a.length, () => ({ ...meanDifference(a, b), cell }));
  }

  /** mean(a) ÷ mean(b), rows paired. */
  ratio(named: Named, a: readonly number[], b: readonly number[]): void {
    this.#add(named, a.length, () => ratioOfMeans(a, b));
  }

  macroRecall(named: Named, labels: readonly string[], hits: readonly number[]): void {
    this.#add(named, hits.length, () => macroRecall(labels, hits));
  }

  calibrationError(named: Named, confidences: readonly number[], hits: readonly number[]): void {
    this.#add(named, hits.length, () => calibrationError(confidences, hits));
  }

  measured([name, label]: Named, measured: Measured): void {
    this.#add([name, label], measured.rows, () => measured);
  }

  note(line: string): void {
    this.notes.push(line);
  }

  #add([name, label]: Named, rows: number, measure: () => Measured & { cell?: Cell }): void {
    if (rows === 0) this.note(`${label}: left out, nothing in the split can be asked for`);
    else this.figures.push({ name: name + this.suffix, label, ...measure() });
  }
}
