// What the drawer and its thread say to each other. Arrays are handed over, not copied.

export interface ThreadSetup {
  /** Numbers of one vector. */
  width: number;
}

export type ToThread =
  | {
      kind: 'slice';
      /** Rows, one behind the other. */
      vectors: Float32Array;
      /** x and y of each row on the last map; NaN where it was not on it. */
      last: Float64Array;
    }
  | { kind: 'draw' };

export interface FromThread {
  points: Float64Array;
  trustworthiness: number | null;
}
