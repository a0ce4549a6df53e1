// Figures of one question while they are collected, with their stable names, labels and notes.
import type { Confusion } from '../../src/inference/release.history.js';
import { calibrationError, macroRecall, meanDifference, meanOf, ratioOfMeans, type Measured } from './statistics.js';

export interface Figure extends Measured {
  /** Dotted and stable, as `insights.modelReport` returns it. */
  name: string;
  /** Label in the table. */
  label: string;
  /** Row and column, for figures that form a table of their own. */
  cell?: Cell;
}

export type Cell = readonly [row: string, column: string];

/** Name and label of a figure. */
export type NameAndLabel = readonly [name: string, label: string];

export class FigureSheet {
  readonly figures: Figure[] = [];
  /** Pairs of labels that the head confuses, most frequent first. */
  readonly confusions: Confusion[] = [];
  /** Sentences on figures that are not measured or not stored. */
  readonly notes: string[] = [];

  /** @param suffix appended to every name: '.val' unless the test split is measured */
  constructor(
    readonly question: string,
    private readonly suffix = '',
  ) {}

  /** Adds the mean of one number per row: 0 or 1, or a precision. */
  mean(nameAndLabel: NameAndLabel, values: readonly number[], cell?: Cell): void {
    this.#add(nameAndLabel, values.length, () => ({ ...meanOf(values), cell }));
  }

  /** Adds the mean of a − b over paired rows. */
  gain(nameAndLabel: NameAndLabel, a: readonly number[], b: readonly number[], cell?: Cell): void {
    this.#add(nameAndLabel, a.length, () => ({ ...meanDifference(a, b), cell }));
  }

  /** Adds mean(a) ÷ mean(b) over paired rows. */
  ratio(nameAndLabel: NameAndLabel, a: readonly number[], b: readonly number[]): void {
    this.#add(nameAndLabel, a.length, () => ratioOfMeans(a, b));
  }

  macroRecall(nameAndLabel: NameAndLabel, labels: readonly string[], hits: readonly number[]): void {
    this.#add(nameAndLabel, hits.length, () => macroRecall(labels, hits));
  }

  calibrationError(nameAndLabel: NameAndLabel, confidences: readonly number[], hits: readonly number[]): void {
    this.#add(nameAndLabel, hits.length, () => calibrationError(confidences, hits));
  }

  measured([name, label]: NameAndLabel, measured: Measured): void {
    this.#add([name, label], measured.rows, () => measured);
  }

  note(line: string): void {
    this.notes.push(line);
  }

  #add([name, label]: NameAndLabel, rows: number, measure: () => Measured & { cell?: Cell }): void {
    if (rows === 0) this.note(`${label}: left out, the split has no row for it`);
    else this.figures.push({ name: name + this.suffix, label, ...measure() });
  }
}
