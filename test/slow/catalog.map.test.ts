// Catalog maps as numbers: neighbors, reproducibility, and continuation of the last map.
import { seededRandom } from '../../src/domain/shared/random.js';
import { align } from '../../src/mapping/alignment.js';
import { drawMap } from '../../src/mapping/catalog.map.js';
import { MapDrawing } from '../../src/mapping/map.drawer.js';
import { nearestNeighbors } from '../../src/mapping/nearest.rows.js';
import { trustworthiness } from '../../src/mapping/trustworthiness.js';
import { innerProduct, tableOf, type VectorTable } from '../../src/mapping/vector.table.js';

const WIDTH = 10;
const GROUPS = 6;
const nowhere = (rows: number): Float64Array => new Float64Array(2 * rows).fill(NaN);

/** Returns rows around six centers. `order` names the rows, so that two tables can share rows. */
function grouped(order: readonly number[]): VectorTable {
  const rows = order.map((row) => {
    const random = seededRandom(row);
    return Float32Array.from({ length: WIDTH }, (_, i) => (i === row % GROUPS ? 3 : 0) + random.between(-0.6, 0.6));
  });
  return tableOf(rows, WIDTH);
}

const all = Array.from({ length: 150 }, (_, row) => row);
const table = grouped(all);
const first = drawMap(table, nowhere(150));

function spread(points: Float64Array): number {
  const mean = [0, 1].map((axis) => points.reduce((sum, value, i) => (i % 2 === axis ? sum + value : sum), 0) * 2);
  const sum = points.reduce((squares, value, i) => squares + (value - mean[i % 2]! / points.length) ** 2, 0);
  return Math.sqrt((2 * sum) / points.length);
}

/** Returns the median distance that rows moved, relative to the spread of the map. */
function moved(from: Float64Array, to: Float64Array): number {
  const distances: number[] = [];
  for (let at = 0; at < from.length; at += 2)
    if (!Number.isNaN(from[at]!)) distances.push(Math.hypot(from[at]! - to[at]!, from[at + 1]! - to[at + 1]!));
  return distances.sort((a, b) => a - b)[distances.length >> 1]! / spread(to);
}

describe('nearestNeighbors', () => {
  it('returns the same rows as sorting all distances', () => {
    const { indices, distances } = nearestNeighbors(table, 15);
    for (const row of [0, 77, 149]) {
      const squared = (other: number): number =>
        innerProduct(table, other, other) + innerProduct(table, row, row) - 2 * innerProduct(table, other, row);
      const sorted = all.filter((other) => other !== row).sort((a, b) => squared(a) - squared(b));
      expect(indices[row]).toEqual([row, ...sorted.slice(0, 14)]);
      expect(distances[row]![1]).toBeCloseTo(Math.sqrt(squared(sorted[0]!)), 4);
    }
  });
});

describe('trustworthiness', () => {
  const plane = tableOf(
    all.map((row) => Float32Array.from([row % 16, Math.floor(row / 16) * 1.07])),
    2,
  );
  const itself = Float64Array.from(plane.values);

  it('is 1 for a map that equals its rows, and about one half for random positions', () => {
    const random = seededRandom(3);
    expect(trustworthiness(plane, itself, 5)).toBeCloseTo(1, 2);
    const anywhere = itself.map(() => random.next());
    expect(trustworthiness(plane, anywhere, 5)).toBeGreaterThan(0.4);
    expect(trustworthiness(plane, anywhere, 5)).toBeLessThan(0.6);
  });
});

describe('align', () => {
  it('reverses any rotation, reflection, scaling and shift', () => {
    const earlier = first.points;
    for (const mirror of [1, -1]) {
      const other = earlier.slice();
      for (let at = 0; at < other.length; at += 2) {
        const [x, y] = [earlier[at]! * mirror, earlier[at + 1]!];
        other[at] = 3 * (0.8 * x - 0.6 * y) + 100;
        other[at + 1] = 3 * (0.6 * x + 0.8 * y) - 5;
      }
      align(other, earlier);
      other.forEach((value, i) => expect(value).toBeCloseTo(earlier[i]!, 6));
    }
  });
});

describe('drawMap', () => {
  it('keeps neighbors together: its trustworthiness at k = 15 is over .9', () => {
    expect(first.trustworthiness).toBeGreaterThan(0.9);
  });

  it('draws the same map for the same rows', () => {
    expect(drawMap(grouped(all), nowhere(150)).points).toEqual(first.points);
  });

  it('continues the last map: known rows nearly keep their positions, and new rows join similar ones', () => {
    const known = all.filter((row) => row % 8 !== 3);
    const earlier = drawMap(grouped(known), nowhere(known.length)).points;
    const last = nowhere(150);
    known.forEach((row, at) => last.set(earlier.subarray(2 * at, 2 * at + 2), 2 * row));
    const grown = drawMap(table, last);
    expect(moved(last, grown.points)).toBeLessThan(0.15);
    expect(grown.trustworthiness).toBeGreaterThan(0.9);
    // a map drawn without the last one puts the same rows elsewhere
    expect(moved(last, first.points)).toBeGreaterThan(0.3);
  });

  it.each([1, 2, 31])('draws a map of %i garments with a position for each', (rows) => {
    const few = drawMap(grouped(all.slice(0, rows)), nowhere(rows));
    expect(few.points).toHaveLength(2 * rows);
    expect(few.points.every(Number.isFinite)).toBe(true);
  });

  it('draws a map of garments that are all equal', () => {
    const same = tableOf(
      Array.from({ length: 60 }, () => new Float32Array(WIDTH).fill(0.5)),
      WIDTH,
    );
    expect(drawMap(same, nowhere(60)).points.every(Number.isFinite)).toBe(true);
  });
});

describe('MapDrawing', () => {
  const rows = all.map((row) => ({ vector: table.values.slice(row * WIDTH, (row + 1) * WIDTH), last: null }));

  it('draws the same map from slices as drawMap from the whole table', async () => {
    const drawing = new MapDrawing(WIDTH);
    for (let at = 0; at < 150; at += 50) drawing.add(rows.slice(at, at + 50));
    const { points, trustworthiness: trust } = await drawing.draw();
    await drawing.close();
    expect(points).toEqual(first.points);
    expect(trust).toBeGreaterThan(0.9);
  });

  it('rejects if it is closed while it draws', async () => {
    const drawing = new MapDrawing(WIDTH);
    drawing.add(rows);
    const drawn = drawing.draw();
    await drawing.close();
    await expect(drawn).rejects.toThrow('ended without drawing the map');
  });
});
