// Collars: folded and stand-up collars, lapels, hoods.
import { bothSides, fold, panel, type Part, rib, shine, spread, stitch, type Tone } from './parts.js';
import { along, closed, flip, mirrored, p, type Point, type Run } from './path.js';
import type { Trunk } from './torso.js';

interface LeafShape {
  /** Distance from the neck point down to where the two leaves meet. */
  meet: number;
  tip: Point;
  /** Height of the collar above the neck. */
  rise: number;
}

export const COLLARS = {
  polo: { meet: 50, tip: p(46, 78), rise: 12 },
  classic: { meet: 34, tip: p(50, 84), rise: 18 },
  spread: { meet: 34, tip: p(68, 68), rise: 18 },
  camp: { meet: 84, tip: p(76, 66), rise: 10 },
  jacket: { meet: 26, tip: p(62, 70), rise: 20 },
} as const satisfies Record<string, LeafShape>;

/** Draws two leaves folded over a stand. */
export function foldedCollar({ neck, shoulder }: Trunk, { meet, tip, rise }: LeafShape, tone: Tone = 'main'): Part[] {
  const y = neck.y;
  const slope = (shoulder[1] - y) / (shoulder[0] - neck.half);
  const inner: Point = p(neck.half - 6, y - rise);
  const outer: Point = p(neck.half + 22, y + 22 * slope + 4);
  const tipAt: Point = p(tip[0], y + tip[1]);
  const start: Point = p(0, y + meet);
  const stand = mirrored(
    [p(0, y - rise + 5), p(inner[0] * 0.6, y - rise + 3), inner],
    [inner, p(neck.half * 0.7, y + 10), p(0, y + 16)],
  );
  const leaf: Run[] = [
    [start, p(neck.half * 0.52, y + meet * 0.45 - 4), inner],
    [inner, p(neck.half + 10, y - rise * 0.4), outer],
    [outer, along(outer, tipAt, 0.5), tipAt],
    [tipAt, along(tipAt, start, 0.5), start],
  ];
  const edge: Run = [along(outer, inner, 0.14), along(tipAt, inner, 0.14), along(start, inner, 0.1)];
  return [
    panel(stand, {
      tone: tone === 'main' ? 'inside' : tone,
      light: 'none',
      marks: [fold([p(-60, y + 6), p(0, y + 14), p(60, y + 6)], 18)],
    }),
    ...[1, -1].map((sign) => {
      const turn = (run: Run): Run => (sign > 0 ? run : flip(run));
      return panel(closed(...leaf.map(turn)), {
        tone,
        light: 'none',
        grain: -sign * 28,
        marks: [
          fold(turn([p(4, y + meet - 4), p(neck.half * 0.6, y + meet * 0.45), inner]), 14, 0.8),
          stitch(turn(edge.slice(0, 2)), turn(edge.slice(1))),
        ],
      });
    }),
  ];
}

/** Draws a tube around the neck: a band collar, a stand-up collar or, high and ribbed, a turtleneck. */
export function standCollar({ neck }: Trunk, height: number, ribbed: boolean, tone: Tone = 'main'): Part[] {
  const top = neck.y - height;
  const half = neck.half * (ribbed ? 0.94 : 0.98);
  const back = mirrored(
    [p(0, top + 4), p(half * 0.6, top + 3), p(half, top)],
    [p(half, top), p(half * 0.6, top + 16), p(0, top + 20)],
  );
  const front = mirrored(
    [p(0, top + 20), p(half * 0.6, top + 15), p(half, top)],
    [p(half, top), p(half + 3, neck.y - height * 0.4), p(neck.half + 7, neck.y + 6)],
    [p(neck.half + 7, neck.y + 6), p(neck.half * 0.66, neck.y + neck.drop * 0.8), p(0, neck.y + neck.drop)],
  );
  const ribs = ribbed ? spread(-half, half, 17).map((x) => rib([p(x, top), p(x * 1.06, neck.y + neck.drop + 4)])) : [];
  return [panel(back, { tone: 'inside', light: 'none' }), panel(front, { tone, marks: ribs })];
}

/** Draws notched lapels that end where the front closes. @param width width of one lapel, measured from the axis */
export function lapels({ neck }: Trunk, closeAt: number, width: number): Part[] {
  const y = neck.y;
  const top = p(neck.half - 8, y - 16);
  const notch = p(width * 0.74, y + 112);
  const stand = mirrored(
    [p(0, y - 12), p(top[0] * 0.6, y - 14), top],
    [top, p(neck.half + 6, y + 12), p(neck.half * 0.7, y + 34), p(0, y + 40)],
  );
  const lapel = lapelOutline({ neck, closeAt, width, notch });
  const collar = upperCollarOutline({ neck, width, notch, top });
  return [
    panel(stand, { tone: 'dark', light: 'none' }),
    ...bothSides((turn, sign) => [
      panel(closed(...lapel.map(turn)), {
        light: 'drop',
        grain: -sign * 12,
        marks: [shine(turn([notch, p(width * 0.5, y + 180), p(0, closeAt)]), 22)],
      }),
      panel(closed(...collar.map(turn)), {
        light: 'none',
        grain: -sign * 30,
        marks: [fold(turn([top, p(neck.half * 0.7, y + 50), notch]), 16)],
      }),
    ]),
  ];
}

interface LapelShape {
  neck: Trunk['neck'];
  width: number;
  /** Point where collar and lapel meet. */
  notch: Point;
}

function lapelOutline({ neck: { half, y }, closeAt, width, notch }: LapelShape & { closeAt: number }): Run[] {
  const tip = p(width, y + 132);
  const low = p(0, closeAt);
  const inner = p(half * 0.72, y + 66);
  return [
    [low, p(width * 0.62, y + (closeAt - y) * 0.68), tip],
    [tip, notch],
    [notch, inner],
    [inner, p(half * 0.4, y + (closeAt - y) * 0.5), low],
  ];
}

function upperCollarOutline({ neck: { half, y }, width, notch, top }: LapelShape & { top: Point }): Run[] {
  const tip = p(width * 0.94, y + 90);
  const side = p(half + 16, y + 2);
  const inner = p(half * 0.62, y + 70);
  return [
    [top, inner],
    [inner, notch],
    [notch, tip],
    [tip, along(tip, side, 0.5), side],
    [side, p(half + 4, y - 10), top],
  ];
}

/** Draws a hood that lies on the back, seen from the front: a raised horseshoe with its lining. */
export function hood({ neck, shoulder }: Trunk, tone: Tone = 'main'): Part[] {
  const y = neck.y;
  const outer = mirrored(
    [p(0, y - 78), p(62, y - 70), p(96, y - 24), p(neck.half + 38, y + 34)],
    [p(neck.half + 38, y + 34), p(neck.half + 8, y + 62), p(0, y + neck.drop + 30)],
  );
  const inner = mirrored(
    [p(0, y - 44), p(44, y - 38), p(62, y - 4), p(44, y + 40)],
    [p(44, y + 40), p(26, y + neck.drop), p(0, y + neck.drop + 14)],
  );
  const crease = shine([p(-84, y - 20), p(-50, y - 60), p(0, y - 66)], 16);
  return [
    panel(outer, {
      tone,
      light: 'tube',
      marks: [crease, fold([p(70, y - 40), p(86, y), p(shoulder[0] * 0.56, y + 40)], 14)],
    }),
    panel(inner, { tone: 'inside', light: 'drop', marks: [fold([p(-30, y - 20), p(0, y + 20), p(30, y - 20)], 30)] }),
  ];
}
