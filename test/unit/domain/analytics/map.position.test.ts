import { interpolatePosition } from '../../../../src/domain/analytics/map.position.js';

const at = (x: number, y: number, similarity: number) => ({ x, y, similarity });

it('The position for equally similar neighbors is in their middle', () => {
  const place = interpolatePosition([at(0, 0, 1), at(2, 0, 1), at(0, 2, 1), at(2, 2, 1)])!;
  expect(place.x).toBeCloseTo(1, 3);
  expect(place.y).toBeCloseTo(1, 3);
});

it('The position for two groups of neighbors is in the larger group, not between them', () => {
  const here = Array.from({ length: 9 }, (_, i) => at(i / 10, 0, 0.9));
  const there = Array.from({ length: 6 }, (_, i) => at(20 + i / 10, 0, 0.9));
  expect(interpolatePosition([...here, ...there])!.x).toBeLessThan(1);
});

it('The most similar neighbor outweighs five neighbors that are .15 less similar', () => {
  const others = Array.from({ length: 5 }, () => at(10, 10, 0.75));
  expect(interpolatePosition([at(0, 0, 0.9), ...others])!.x).toBeLessThan(0.1);
});

it('The position without neighbors is null', () => {
  expect(interpolatePosition([])).toBeNull();
});
