// A catalog on a plane, alike beside alike: UMAP (McInnes et al. 2018) from where the last map left off. Pure: the same rows
// and the same last map give the same map.
import { UMAP } from 'umap-js';
import { seededRandom } from '../domain/shared/random.js';
import { align, type PointCoordinates } from './alignment.js';
import { nearestNeighbors, type NeighborRows } from './nearest.rows.js';
import { onPrincipalPlane } from './principal.plane.js';
import { trustworthiness } from './trustworthiness.js';
import type { VectorTable } from './vector.table.js';

/** UMAP's own defaults: neighbours of each (itself included here), and how close points may come. */
const NEIGHBOURS = 15;
const MIN_DISTANCE = 0.1;
const SEED = 20_150;
/** Half the width of the square that a first map begins in, as in the authors' implementation. */
const REACH = 10;
/** Below this UMAP has no neighbourhoods to keep: the principal plane is the map. */
const FEWEST = 2 * NEIGHBOURS + 2;
/** Rounds of a first map, and of one that only has to settle what is new. */
const EPOCHS = { first: 300, next: 100 };
/** What is known lies nearly where it should: large steps would only shake it. */
const LEARNING_RATE = { first: 1, next: 0.02 };
/** The share of rows that must have lain on the last map, so that this one goes on from it. */
const KNOWN_SHARE = 0.5;
/** Rows that are asked how good their neighbourhoods are. */
const ASKED = 500;

export interface CatalogMap {
  points: PointCoordinates;
  /** At k = 15; null for maps too small to have one. */
  trustworthiness: number | null;
}

/** @param last where rows lay on the last map; NaN for those that are new */
export function drawMap(table: VectorTable, last: PointCoordinates): CatalogMap {
  const random = seededRandom(SEED);
  if (table.rows < FEWEST) {
    const points = onPrincipalPlane(table, REACH, random);
    align(points, last);
    return { points, trustworthiness: null };
  }
  const nearest = nearestNeighbors(table, NEIGHBOURS);
  const goesOn = last.filter((value) => !Number.isNaN(value)).length / 2 >= KNOWN_SHARE * table.rows;
  const start = goesOn ? withNewcomers(last, nearest) : onPrincipalPlane(table, REACH, random);
  const points = umap(nearest, start, { seed: SEED, kind: goesOn ? 'next' : 'first' });
  align(points, last);
  return { points, trustworthiness: trustworthiness(table, points, NEIGHBOURS, ASKED) };
}

function umap(
  nearest: NeighborRows,
  start: PointCoordinates,
  run: { seed: number; kind: 'first' | 'next' },
): PointCoordinates {
  const random = seededRandom(run.seed);
  const layout = new UMAP({
    nNeighbors: NEIGHBOURS,
    minDist: MIN_DISTANCE,
    nEpochs: EPOCHS[run.kind],
    learningRate: LEARNING_RATE[run.kind],
    random: () => random.next(),
  });
  layout.setPrecomputedKNN(nearest.indices, nearest.distances);
  // it reads the rows only to find their neighbours, which it has
  const epochs = layout.initializeFit(nearest.indices);
  const places = layout.getEmbedding();
  // it begins anywhere in a square; what it begins with is moved to where this map begins
  places.forEach((place, row) => {
    place[0] = start[2 * row]!;
    place[1] = start[2 * row + 1]!;
  });
  for (let epoch = 0; epoch < epochs; epoch++) layout.step();
  return Float64Array.from(places.flat());
}

/** Rows that are new begin amid their nearest that are not; those that have none near, where the middle of the map is. */
function withNewcomers(last: PointCoordinates, { indices }: NeighborRows): PointCoordinates {
  const start = last.slice();
  const isKnown = (row: number): boolean => !Number.isNaN(last[2 * row]!);
  const everyKnown = indices.map(([row]) => row!).filter(isKnown);
  indices.forEach((nearest, row) => {
    if (isKnown(row)) return;
    const known = nearest.filter(isKnown);
    for (const axis of [0, 1]) start[2 * row + axis] = meanAt(last, known.length > 0 ? known : everyKnown, axis);
    // two that begin at one place would never part
    start[2 * row]! += (row % 7) / 1_000;
  });
  return start;
}

function meanAt(points: PointCoordinates, rows: readonly number[], axis: number): number {
  return rows.reduce((sum, row) => sum + points[2 * row + axis]!, 0) / rows.length;
}
