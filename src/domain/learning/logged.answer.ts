// Answers as they are learned from: what was shown where, what its score was made of, and what was chosen. Pure.

/** A garment as it was shown. */
export interface LoggedRow {
  /** From 1, as the shopper saw it. */
  rank: number;
  /** Contributions in the order of LEARNABLE. */
  features: number[];
  /** What rules and diversity added, which is not learned. */
  fixed: number;
  /** Clicked, tried on, put into the cart or bought. */
  isChosen: boolean;
}

export interface LoggedAnswer {
  at: Date;
  /** Whose answers go together, for the bootstrap; of answers without a shopper something of their own. */
  shopper: string;
  /** By rank. */
  rows: LoggedRow[];
}

/** Further down too few look for anything to be known. */
export const LEARNED_DEPTH = 20;

export function choicesIn(answers: readonly LoggedAnswer[]): number {
  return answers.reduce((sum, { rows }) => sum + rows.filter(({ isChosen }) => isChosen).length, 0);
}
