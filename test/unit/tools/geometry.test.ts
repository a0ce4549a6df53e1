import fc from 'fast-check';
import { along, closed, flip, mirrored, open, p, polygon, type Point } from '../../../tools/garment-drawing/path.js';
import { hex, mix, rgbOf } from '../../../tools/garment-drawing/palette.js';
import { seededRandom } from '../../../src/domain/shared/random.js';

const numbersOf = (d: string): number[] => (d.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number);
const pointsOf = (d: string): Point[] => {
  const numbers = numbersOf(d);
  return Array.from({ length: numbers.length / 2 }, (_, index) => p(numbers[2 * index]!, numbers[2 * index + 1]!));
};
const whole = fc.integer({ min: -200, max: 200 });
const run = fc.array(fc.tuple(whole, whole), { minLength: 2, maxLength: 6 });

describe('outlines', () => {
  test('pass through every given point', () => {
    fc.assert(
      fc.property(run, (points) => {
        const drawn = pointsOf(open(points)).map(String);
        for (const point of points) expect(drawn).toContain(String(point));
      }),
    );
  });

  test('of a mirrored half are symmetric about the axis', () => {
    const half = [p(0, 10), p(40, 12), p(60, 80), p(50, 200), p(0, 210)];
    const drawn = pointsOf(mirrored(half)).map(([x, y]) => `${Math.abs(x)} ${y} ${Math.sign(x)}`);
    const other = pointsOf(mirrored(half)).map(([x, y]) => `${Math.abs(x)} ${y} ${Math.sign(-x)}`);
    expect([...drawn].sort()).toEqual([...other].sort());
  });

  test('of two points are straight lines', () => {
    const [, first, second] = pointsOf(open([p(0, 0), p(90, 30)])) as [Point, Point, Point];
    expect([first, second]).toEqual([p(30, 10), p(60, 20)]);
  });

  test('have a corner between two runs and are closed at the end', () => {
    expect(polygon(p(0, 0), p(9, 0), p(9, 9))).toBe(closed([p(0, 0), p(9, 0)], [p(9, 0), p(9, 9)], [p(9, 9), p(0, 0)]));
    expect(polygon(p(0, 0), p(9, 0), p(9, 9))).toMatch(/Z$/);
  });

  test('are unchanged after two flips, and `along` interpolates between two points', () => {
    expect(flip(flip([p(3, 4), p(-5, 6)]))).toEqual([p(3, 4), p(-5, 6)]);
    expect(along(p(0, 0), p(10, 20), 0.5)).toEqual(p(5, 10));
  });
});

describe('colors', () => {
  test('are mixed linearly and written as six hexadecimal digits', () => {
    expect(mix([0, 0, 0], [200, 100, 50], 0.5)).toEqual([100, 50, 25]);
    expect(hex([300, -4, 15.6])).toBe('#ff0010');
    expect(hex(rgbOf('Black'))).toMatch(/^#[0-9a-f]{6}$/);
  });
});

describe('seededRandom', () => {
  test('returns the published first values of mulberry32 for seed 0', () => {
    const random = seededRandom(0);
    expect(random.next()).toBeCloseTo(0.26642920868471265, 15);
    expect(random.next()).toBeCloseTo(0.0003297457005828619, 15);
  });

  test('is uniform and stays within its bounds', () => {
    const random = seededRandom(9);
    const drawn = Array.from({ length: 20_000 }, () => random.between(2, 4));
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(2);
    expect(Math.max(...drawn)).toBeLessThan(4);
    expect(drawn.reduce((sum, value) => sum + value, 0) / drawn.length).toBeCloseTo(3, 1);
  });

  test('throws if it picks from an empty list', () => {
    expect(() => seededRandom(1).pick([])).toThrow(RangeError);
  });
});
