// Logged recommendations as training data: shown garments, score contributions and choices.

/** A garment that was shown. */
export interface LoggedRow {
  /** From 1, as displayed. */
  rank: number;
  /** Contributions in the order of LEARNABLE. */
  features: number[];
  /** Sum of the contributions of rules and diversity, which have no learned weight. */
  fixed: number;
  /** True if it was clicked, tried on, added to the cart or bought. */
  isChosen: boolean;
}

export interface LoggedAnswer {
  at: Date;
  /** Group for the bootstrap: the shopper, or a unique value if there is none. */
  shopper: string;
  /** By rank. */
  rows: LoggedRow[];
}

/** Number of ranks that are learned from. Too few shoppers look further down. */
export const LEARNED_DEPTH = 20;

export function choicesIn(answers: readonly LoggedAnswer[]): number {
  return answers.reduce((sum, { rows }) => sum + rows.filter(({ isChosen }) => isChosen).length, 0);
}
