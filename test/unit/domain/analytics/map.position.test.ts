import { interpolatePosition } from '../../../../src/domain/analytics/map.position.js';

const at = (x: number, y: number, similarity: number) => ({ x, y, similarity });

it('what is as near to all lies in their midst', () => {
  const place = interpolatePosition([at(0, 0, 1), at(2, 0, 1), at(0, 2, 1), at(2, 2, 1)])!;
  expect(place.x).toBeCloseTo(1, 3);
  expect(place.y).toBeCloseTo(1, 3);
});

it('of two groups it lies in the larger one, not between them', () => {
  const here = Array.from({ length: 9 }, (_, i) => at(i / 10, 0, 0.9));
  const there = Array.from({ length: 6 }, (_, i) => at(20 + i / 10, 0, 0.9));
  expect(interpolatePosition([...here, ...there])!.x).toBeLessThan(1);
});

it('the most similar counts most: one is worth more than five that are .15 less similar', () => {
  const others = Array.from({ length: 5 }, () => at(10, 10, 0.75));
  expect(interpolatePosition([at(0, 0, 0.9), ...others])!.x).toBeLessThan(0.1);
});

it('without neighbours it lies nowhere', () => {
  expect(interpolatePosition([])).toBeNull();
});
