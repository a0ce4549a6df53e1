/** Owns what sits at the neck and down the front: collars, lapels, hoods, plackets, zips. Knows nothing of colours. */
import { along, closed, flip, mirrored, open, type Point, type Run } from './path.js';
import { button, fold, line, panel, rib, seam, shine, spread, stitch, type Part, type Tone } from './parts.js';
import type { Trunk } from './torso.js';

interface LeafShape {
  /** Where the leaves meet below the neck point, how far out and down their tips reach. */
  meet: number;
  tip: Point;
  /** How far the collar rises above the neck. */
  rise: number;
}

export const COLLARS = {
  polo: { meet: 50, tip: [46, 78], rise: 12 },
  classic: { meet: 34, tip: [50, 84], rise: 18 },
  spread: { meet: 34, tip: [68, 68], rise: 18 },
  camp: { meet: 84, tip: [76, 66], rise: 10 },
  jacket: { meet: 26, tip: [62, 70], rise: 20 },
} as const satisfies Record<string, LeafShape>;

/** Two leaves folded over a stand. */
export function foldedCollar({ neck, shoulder }: Trunk, { meet, tip, rise }: LeafShape, tone: Tone = 'main'): Part[] {
  const y = neck.y;
  const slope = (shoulder[1] - y) / (shoulder[0] - neck.half);
  const inner: Point = [neck.half - 6, y - rise];
  const outer: Point = [neck.half + 22, y + 22 * slope + 4];
  const tipAt: Point = [tip[0], y + tip[1]];
  const start: Point = [0, y + meet];
  const stand = mirrored([[0, y - rise + 5], [inner[0] * 0.6, y - rise + 3], inner], [inner, [neck.half * 0.7, y + 10], [0, y + 16]]);
  const leaf: Run[] = [[start, [neck.half * 0.52, y + meet * 0.45 - 4], inner], [inner, [neck.half + 10, y - rise * 0.4], outer], [outer, along(outer, tipAt, 0.5), tipAt], [tipAt, along(tipAt, start, 0.5), start]];
  const edge: Run = [along(outer, inner, 0.14), along(tipAt, inner, 0.14), along(start, inner, 0.1)];
  return [
    panel(stand, { tone: tone === 'main' ? 'inside' : tone, light: 'none', marks: [fold([[-60, y + 6], [0, y + 14], [60, y + 6]], 18)] }),
    ...[1, -1].map((sign) => {
      const turn = (run: Run): Run => (sign > 0 ? run : flip(run));
      return panel(closed(...leaf.map(turn)), { tone, light: 'none', grain: -sign * 28, marks: [fold(turn([[4, y + meet - 4], [neck.half * 0.6, y + meet * 0.45], inner]), 14, 0.8), stitch(turn(edge.slice(0, 2)), turn(edge.slice(1)))] });
    }),
  ];
}

/** A tube around the neck: band collar, stand-up collar or, high and ribbed, a turtleneck. */
export function standCollar({ neck }: Trunk, height: number, ribbed: boolean, tone: Tone = 'main'): Part[] {
  const top = neck.y - height;
  const half = neck.half * (ribbed ? 0.94 : 0.98);
  const back = mirrored([[0, top + 4], [half * 0.6, top + 3], [half, top]], [[half, top], [half * 0.6, top + 16], [0, top + 20]]);
  const front = mirrored([[0, top + 20], [half * 0.6, top + 15], [half, top]], [[half, top], [half + 3, neck.y - height * 0.4], [neck.half + 7, neck.y + 6]], [[neck.half + 7, neck.y + 6], [neck.half * 0.66, neck.y + neck.drop * 0.8], [0, neck.y + neck.drop]]);
  const ribs = ribbed ? spread(-half, half, 17).map((x) => rib([[x, top], [x * 1.06, neck.y + neck.drop + 4]])) : [];
  return [panel(back, { tone: 'inside', light: 'none' }), panel(front, { tone, marks: ribs })];
}

/** Notched lapels down to where the front closes. */
export function lapels({ neck }: Trunk, closeAt: number, width: number): Part[] {
  const y = neck.y;
  const tip: Point = [width, y + 132];
  const notch: Point = [width * 0.74, y + 112];
  const collarTip: Point = [width * 0.94, y + 90];
  const top: Point = [neck.half - 8, y - 16];
  const side: Point = [neck.half + 16, y + 2];
  const low: Point = [0, closeAt];
  const roll: Run = [top, [neck.half * 0.62, y + 70], low];
  const lapel: Run[] = [[low, [width * 0.62, y + (closeAt - y) * 0.68], tip], [tip, notch], [notch, [neck.half * 0.72, y + 66]], [[neck.half * 0.72, y + 66], [neck.half * 0.4, y + (closeAt - y) * 0.5], low]];
  const collar: Run[] = [roll.slice(0, 2), [[neck.half * 0.62, y + 70], notch], [notch, collarTip], [collarTip, along(collarTip, side, 0.5), side], [side, [neck.half + 4, y - 10], top]];
  const stand = mirrored([[0, y - 12], [top[0] * 0.6, y - 14], top], [top, [neck.half + 6, y + 12], [neck.half * 0.7, y + 34], [0, y + 40]]);
  const inset: Run = [along(tip, low, 0.03), [width * 0.56, y + (closeAt - y) * 0.68], [4, closeAt - 10]];
  return [
    panel(stand, { tone: 'dark', light: 'none' }),
    ...[-1, 1].flatMap((sign) => {
      const turn = (run: Run): Run => (sign > 0 ? run : flip(run));
      return [
        panel(closed(...lapel.map(turn)), { light: 'drop', grain: -sign * 12, marks: [shine(turn([notch, [width * 0.5, y + 180], low]), 22), seam(turn([[0, 0], [0, 0]])), stitch(turn(inset))].slice(0, 1) }),
        panel(closed(...collar.map(turn)), { light: 'none', grain: -sign * 30, marks: [fold(turn([top, [neck.half * 0.7, y + 50], notch]), 16)] }),
      ];
    }),
  ];
}

/** A hood lying back, seen from the front: a raised horseshoe with its lining. */
export function hood({ neck, shoulder }: Trunk, tone: Tone = 'main'): Part[] {
  const y = neck.y;
  const outer = mirrored([[0, y - 78], [62, y - 70], [96, y - 24], [neck.half + 38, y + 34]], [[neck.half + 38, y + 34], [neck.half + 8, y + 62], [0, y + neck.drop + 30]]);
  const inner = mirrored([[0, y - 44], [44, y - 38], [62, y - 4], [44, y + 40]], [[44, y + 40], [26, y + neck.drop], [0, y + neck.drop + 14]]);
  const crease = shine([[-84, y - 20], [-50, y - 60], [0, y - 66]], 16);
  return [
    panel(outer, { tone, light: 'tube', marks: [crease, fold([[70, y - 40], [86, y], [shoulder[0] * 0.56, y + 40]], 14)] }),
    panel(inner, { tone: 'inside', light: 'drop', marks: [fold([[-30, y - 20], [0, y + 20], [30, y - 20]], 30)] }),
  ];
}

/** Two cords with tips. */
export function drawstrings(y: number, length: number): Part[] {
  return [1, -1].flatMap((sign) => [
    line(open([[sign * 24, y], [sign * 30, y + length * 0.5], [sign * 27, y + length]]), 'white', 5),
    line(open([[sign * 27, y + length], [sign * 27, y + length + 14]]), 'metal', 6),
  ]);
}

/** A zip from top to bottom, with its puller; x shifts with the height for slanted ones. */
export function zip(from: Point, to: Point): Part[] {
  const puller = along(from, to, 0.06);
  return [
    line(open([from, to]), 'deep', 9),
    line(open([from, to]), 'metal', 4.5, '2.4 2.2'),
    line(open([puller, [puller[0], puller[1] + 20]]), 'metal', 6),
  ];
}

/** A strip of cloth with buttons, between two heights. */
export function buttonPlacket(top: number, bottom: number, count: number, width = 30, radius = 5): Part[] {
  const half = width / 2;
  const strip = closed([[-half, top], [half, top]], [[half, top], [half, bottom]], [[half, bottom], [-half, bottom]], [[-half, bottom], [-half, top]]);
  return [
    panel(strip, { light: 'none', edge: false, marks: [fold([[half, top], [half - 1, (top + bottom) / 2], [half, bottom]], 10), seam([[-half, top], [-half, bottom]]), seam([[half, top], [half, bottom]]), stitch([[-half + 5, top], [-half + 5, bottom]]), stitch([[half - 5, top], [half - 5, bottom]])] }),
    ...spread(top + 16, bottom - 40, count).map((y) => button([0, y], radius)),
  ];
}

/** A patch pocket with a top hem, its upper left corner given. */
export function patchPocket([x, y]: Point, width: number, height: number, flap = false): Part[] {
  const pointed: Run[] = [[[x, y], [x + width, y]], [[x + width, y], [x + width, y + height * 0.84]], [[x + width, y + height * 0.84], [x + width / 2, y + height]], [[x + width / 2, y + height], [x, y + height * 0.84]], [[x, y + height * 0.84], [x, y]]];
  const flapShape: Run[] = [[[x - 3, y - 4], [x + width + 3, y - 4]], [[x + width + 3, y - 4], [x + width + 3, y + 18]], [[x + width + 3, y + 18], [x + width / 2, y + 32]], [[x + width / 2, y + 32], [x - 3, y + 18]], [[x - 3, y + 18], [x - 3, y - 4]]];
  return [
    panel(closed(...pointed), { light: 'none', marks: [stitch([[x, y + 12], [x + width, y + 12]]), fold([[x + 6, y + height * 0.8], [x + width * 0.6, y + height * 0.86], [x + width, y + height * 0.6]], 10)] }),
    ...(flap ? [panel(closed(...flapShape), { light: 'none' }), button([x + width / 2, y + 20], 4)] : []),
  ];
}

/** A slanted welt or flap pocket on the right; mirror it for the left. */
export function weltPocket(from: Point, to: Point, height: number): Part[] {
  return [1, -1].map((sign) => {
    const turn = (run: Run): Run => (sign > 0 ? run : flip(run));
    const down = ([x, y]: Point): Point => [x, y + height];
    return panel(closed(turn([from, to]), turn([to, down(to)]), turn([down(to), down(from)]), turn([down(from), from])), { light: 'none', marks: height > 12 ? [fold(turn([from, along(from, to, 0.5), to]), 6)] : [] });
  });
}
