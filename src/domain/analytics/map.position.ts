// Where things lie on the map of a catalog, and where something lies that was not on it when it was drawn.
import type { GarmentType, Gender } from '../catalog/garment.js';

export interface MapPosition {
  x: number;
  y: number;
}

/** A garment on the map. */
export interface MapPoint extends MapPosition {
  sku: string;
  title: string;
  garmentType: GarmentType | null;
  category: string | null;
  color: string | null;
  gender: Gender | null;
  usage: string | null;
  inStock: boolean;
}

/** A garment that lies near, and how near: the inner product of the features. */
export interface MapNeighbor extends MapPosition {
  similarity: number;
}

/** Most points of one answer: of a larger catalog it is a sample. */
export const MOST_POINTS = 50_000;

/** Neighbours that something is placed by, as many as the map itself keeps together. */
export const PLACED_BY = 15;

/** How fast weights fall: by e for each .05 that a neighbour is less similar than the nearest. */
const FALLOFF = 0.05;
const ROUNDS = 20;
/** The map is some 20 wide: nearer than this is there. */
const CLOSE = 1e-3;

/**
 * The weighted median of the neighbours' places (Weiszfeld's iteration), weights exp((s − s₁) / .05). Not the mean: where they
 * lie in two groups it would fall between them, where nothing is alike. Null without neighbours.
 */
export function interpolatePosition(neighbours: readonly MapNeighbor[]): MapPosition | null {
  if (neighbours.length === 0) return null;
  const highest = Math.max(...neighbours.map(({ similarity }) => similarity));
  const weights = neighbours.map(({ similarity }) => Math.exp((similarity - highest) / FALLOFF));
  let place = weightedMean(neighbours, weights);
  for (let round = 0; round < ROUNDS; round++) {
    const near = neighbours.map(({ x, y }, i) => weights[i]! / Math.max(CLOSE, Math.hypot(x - place.x, y - place.y)));
    place = weightedMean(neighbours, near);
  }
  return place;
}

function weightedMean(points: readonly MapPosition[], weights: readonly number[]): MapPosition {
  const sum = weights.reduce((a, b) => a + b, 0);
  const mean = (axis: 'x' | 'y'): number => points.reduce((all, point, i) => all + weights[i]! * point[axis], 0) / sum;
  return { x: mean('x'), y: mean('y') };
}
