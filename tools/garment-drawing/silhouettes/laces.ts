// Shoelaces.
import { button, line, type Part, spread, type Tone } from '../parts.js';
import { open, p, type Point, type Run } from '../path.js';

/** Draws crossed laces between two rows of eyelets, one of them visible, and a bow. */
export function laces([low, high]: [Point, Point], count: number, tone: Tone): Part[] {
  const holes = spread(0, 1, count).map((share): Point =>
    p(low[0] + (high[0] - low[0]) * share, low[1] + (high[1] - low[1]) * share),
  );
  const bars = holes.flatMap(([x, y], index): Part[] => {
    const bar = open([p(x, y), p(x + 14, y - 18), p(x + 36, y - 26 + (index % 2) * 3)]);
    return [line(bar, 'deep', 8.5), line(bar, tone, 6.5)];
  });
  const top = holes[holes.length - 1] as Point;
  const knot: Point = p(top[0] + 26, top[1] - 22);
  const loops: Run[] = [
    [knot, p(knot[0] + 30, knot[1] - 20), p(knot[0] + 52, knot[1] + 6), p(knot[0] + 22, knot[1] + 12), knot],
    [knot, p(knot[0] - 26, knot[1] - 8), p(knot[0] - 40, knot[1] + 22), p(knot[0] - 12, knot[1] + 16), knot],
  ];
  return [
    ...bars,
    ...holes.map((at) => button(at, 3.2, 'metal')),
    ...loops.flatMap((run): Part[] => [line(open(run), 'deep', 7), line(open(run), tone, 5)]),
  ];
}
