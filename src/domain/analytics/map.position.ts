// Positions on the catalog map, and the interpolated position of something that is not on the map.
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

/** A nearby garment with its similarity: the inner product of the features. */
export interface MapNeighbor extends MapPosition {
  similarity: number;
}

/** Maximum number of points in a response; a larger catalog is sampled. */
export const MOST_POINTS = 50_000;

/** Number of neighbors for an interpolated position; the map itself preserves the same number. */
export const PLACED_BY = 15;

/** Decay of the weights: by a factor of e for each .05 of similarity below the nearest neighbor. */
const FALLOFF = 0.05;
const ROUNDS = 20;
/** Minimum distance in the iteration; the map is about 20 wide. */
const MIN_DISTANCE = 1e-3;

/**
 * Returns the weighted median of the neighbors' positions (Weiszfeld's iteration) with weights exp((s − s₁) / .05), or
 * null without neighbors. The mean of two groups would lie between them, far from every similar garment.
 */
export function interpolatePosition(neighbors: readonly MapNeighbor[]): MapPosition | null {
  if (neighbors.length === 0) return null;
  const highest = Math.max(...neighbors.map(({ similarity }) => similarity));
  const weights = neighbors.map(({ similarity }) => Math.exp((similarity - highest) / FALLOFF));
  let position = weightedMean(neighbors, weights);
  for (let round = 0; round < ROUNDS; round++) {
    const distanceWeights = neighbors.map(
      ({ x, y }, i) => weights[i]! / Math.max(MIN_DISTANCE, Math.hypot(x - position.x, y - position.y)),
    );
    position = weightedMean(neighbors, distanceWeights);
  }
  return position;
}

function weightedMean(points: readonly MapPosition[], weights: readonly number[]): MapPosition {
  const sum = weights.reduce((a, b) => a + b, 0);
  const mean = (axis: 'x' | 'y'): number => points.reduce((all, point, i) => all + weights[i]! * point[axis], 0) / sum;
  return { x: mean('x'), y: mean('y') };
}
