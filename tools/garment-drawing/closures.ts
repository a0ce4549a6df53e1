// Closures and pockets of a front: zips, button plackets, drawstrings, pockets.
import { button, fold, line, panel, type Part, seam, spread, stitch } from './parts.js';
import { along, closed, flip, open, p, type Point, polygon, type Run } from './path.js';

/** Draws two cords with tips. */
export function drawstrings(y: number, length: number): Part[] {
  return [1, -1].flatMap((sign) => [
    line(open([p(sign * 24, y), p(sign * 30, y + length * 0.5), p(sign * 27, y + length)]), 'white', 5),
    line(open([p(sign * 27, y + length), p(sign * 27, y + length + 14)]), 'metal', 6),
  ]);
}

/** Draws a zip from top to bottom with its puller. On a slanted zip, x changes with the height. */
export function zip(from: Point, to: Point): Part[] {
  const puller = along(from, to, 0.06);
  return [
    line(open([from, to]), 'deep', 9),
    line(open([from, to]), 'metal', 4.5, '2.4 2.2'),
    line(open([puller, p(puller[0], puller[1] + 20)]), 'metal', 6),
  ];
}

interface Placket {
  top: number;
  bottom: number;
  /** Number of evenly spaced buttons. */
  count: number;
  radius?: number;
  width: number;
}

/** Draws a strip of cloth with buttons down the middle. */
export function buttonPlacket({ top, bottom, count, width, radius = 5 }: Placket): Part[] {
  const half = width / 2;
  const strip = polygon(p(-half, top), p(half, top), p(half, bottom), p(-half, bottom));
  return [
    panel(strip, {
      light: 'none',
      edge: false,
      marks: [
        fold([p(half, top), p(half - 1, (top + bottom) / 2), p(half, bottom)], 10),
        seam([p(-half, top), p(-half, bottom)]),
        seam([p(half, top), p(half, bottom)]),
        stitch([p(-half + 5, top), p(-half + 5, bottom)]),
        stitch([p(half - 5, top), p(half - 5, bottom)]),
      ],
    }),
    ...spread(top + 16, bottom - 40, count).map((y) => button(p(0, y), radius)),
  ];
}

/** Draws a patch pocket with a top hem. `[x, y]` is its upper left corner. */
export function patchPocket([x, y]: Point, width: number, height: number, flap = false): Part[] {
  const pointed: Run[] = [
    [p(x, y), p(x + width, y)],
    [p(x + width, y), p(x + width, y + height * 0.84)],
    [p(x + width, y + height * 0.84), p(x + width / 2, y + height)],
    [p(x + width / 2, y + height), p(x, y + height * 0.84)],
    [p(x, y + height * 0.84), p(x, y)],
  ];
  const flapShape: Run[] = [
    [p(x - 3, y - 4), p(x + width + 3, y - 4)],
    [p(x + width + 3, y - 4), p(x + width + 3, y + 18)],
    [p(x + width + 3, y + 18), p(x + width / 2, y + 32)],
    [p(x + width / 2, y + 32), p(x - 3, y + 18)],
    [p(x - 3, y + 18), p(x - 3, y - 4)],
  ];
  return [
    panel(closed(...pointed), {
      light: 'none',
      marks: [
        stitch([p(x, y + 12), p(x + width, y + 12)]),
        fold([p(x + 6, y + height * 0.8), p(x + width * 0.6, y + height * 0.86), p(x + width, y + height * 0.6)], 10),
      ],
    }),
    ...(flap ? [panel(closed(...flapShape), { light: 'none' }), button(p(x + width / 2, y + 20), 4)] : []),
  ];
}

/** Draws a slanted welt or flap pocket on the right. Mirror it for the left. */
export function weltPocket(from: Point, to: Point, height: number): Part[] {
  return [1, -1].map((sign) => {
    const turn = (run: Run): Run => (sign > 0 ? run : flip(run));
    const down = ([x, y]: Point): Point => p(x, y + height);
    return panel(
      closed(turn([from, to]), turn([to, down(to)]), turn([down(to), down(from)]), turn([down(from), from])),
      { light: 'none', marks: height > 12 ? [fold(turn([from, along(from, to, 0.5), to]), 6)] : [] },
    );
  });
}
