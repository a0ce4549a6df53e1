// Messages between the map drawer and its thread. Arrays are transferred, not copied.

export interface ThreadSetup {
  /** Length of one vector. */
  width: number;
}

export type ToThread =
  | {
      kind: 'slice';
      /** Vectors, one row after the other. */
      vectors: Float32Array;
      /** x and y of each row on the last map. NaN for a row that was not on it. */
      last: Float64Array;
    }
  | { kind: 'draw' };

export interface FromThread {
  points: Float64Array;
  trustworthiness: number | null;
}
