// The catalog map: UMAP (McInnes et al. 2018), starting from the positions of the last map.
// The same rows and the same last map give the same map.
import { UMAP } from 'umap-js';
import { seededRandom } from '../domain/shared/random.js';
import { align, type PointCoordinates } from './alignment.js';
import { nearestNeighbors, type NeighborRows } from './nearest.rows.js';
import { onPrincipalPlane } from './principal.plane.js';
import { trustworthiness } from './trustworthiness.js';
import type { VectorTable } from './vector.table.js';

/** UMAP's default parameters: neighbors of each row, itself included here, and the smallest distance of points. */
const NEIGHBORS = 15;
const MIN_DISTANCE = 0.1;
const SEED = 20_150;
/** Half the width of the square in which a first map starts, as in the authors' implementation. */
const HALF_WIDTH = 10;
/**
 * Minimum number of rows for UMAP. Smaller catalogs have no neighborhoods to preserve, and their map is the principal
 * plane.
 */
const FEWEST_ROWS = 2 * NEIGHBORS + 2;
/** Epochs of a first map, and of a map that only has to place new rows. */
const EPOCHS = { first: 300, next: 100 };
/** Learning rates. Known rows are nearly in place, and large steps would move them back and forth. */
const LEARNING_RATE = { first: 1, next: 0.02 };
/** Share of rows that must have a position on the last map for this map to continue from it. */
const KNOWN_SHARE = 0.5;
/** Number of rows whose neighborhoods are measured. */
const MEASURED_ROWS = 500;

export interface CatalogMap {
  points: PointCoordinates;
  /** Trustworthiness at k = 15. Null for maps with too few rows to measure it. */
  trustworthiness: number | null;
}

/** Draws a map. @param last positions of the rows on the last map; NaN for new rows */
export function drawMap(table: VectorTable, last: PointCoordinates): CatalogMap {
  const random = seededRandom(SEED);
  if (table.rows < FEWEST_ROWS) {
    const points = onPrincipalPlane(table, HALF_WIDTH, random);
    align(points, last);
    return { points, trustworthiness: null };
  }
  const nearest = nearestNeighbors(table, NEIGHBORS);
  const isContinued = last.filter((value) => !Number.isNaN(value)).length / 2 >= KNOWN_SHARE * table.rows;
  const start = isContinued ? withNewRows(last, nearest) : onPrincipalPlane(table, HALF_WIDTH, random);
  const points = umap(nearest, start, { seed: SEED, kind: isContinued ? 'next' : 'first' });
  align(points, last);
  return { points, trustworthiness: trustworthiness(table, points, NEIGHBORS, MEASURED_ROWS) };
}

function umap(
  nearest: NeighborRows,
  start: PointCoordinates,
  run: { seed: number; kind: 'first' | 'next' },
): PointCoordinates {
  const random = seededRandom(run.seed);
  const layout = new UMAP({
    nNeighbors: NEIGHBORS,
    minDist: MIN_DISTANCE,
    nEpochs: EPOCHS[run.kind],
    learningRate: LEARNING_RATE[run.kind],
    random: () => random.next(),
  });
  layout.setPrecomputedKNN(nearest.indices, nearest.distances);
  // UMAP reads the rows only to find their neighbors, which are precomputed
  const epochs = layout.initializeFit(nearest.indices);
  const positions = layout.getEmbedding();
  // UMAP starts at random positions in a square; they are replaced with the start positions of this map
  positions.forEach((position, row) => {
    position[0] = start[2 * row]!;
    position[1] = start[2 * row + 1]!;
  });
  for (let epoch = 0; epoch < epochs; epoch++) layout.step();
  return Float64Array.from(positions.flat());
}

/**
 * Places new rows at the mean of their nearest known rows, or at the mean of all known rows if none of their nearest is
 * known.
 */
function withNewRows(last: PointCoordinates, { indices }: NeighborRows): PointCoordinates {
  const start = last.slice();
  const isKnown = (row: number): boolean => !Number.isNaN(last[2 * row]!);
  const everyKnown = indices.map(([row]) => row!).filter(isKnown);
  indices.forEach((nearest, row) => {
    if (isKnown(row)) return;
    const known = nearest.filter(isKnown);
    for (const axis of [0, 1]) start[2 * row + axis] = meanAt(last, known.length > 0 ? known : everyKnown, axis);
    // two rows at the same position would never separate
    start[2 * row]! += (row % 7) / 1_000;
  });
  return start;
}

function meanAt(points: PointCoordinates, rows: readonly number[], axis: number): number {
  return rows.reduce((sum, row) => sum + points[2 * row + axis]!, 0) / rows.length;
}
