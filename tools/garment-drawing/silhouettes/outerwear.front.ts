// Fronts of outerwear: closure, pockets and collar of each style.
import { buttonPlacket, drawstrings, patchPocket, weltPocket, zip } from '../closures.js';
import { COLLARS, foldedCollar, hood, lapels, standCollar } from '../collars.js';
import { button, fold, line, panel, type Part, spread, stitch, type Tone } from '../parts.js';
import { closed, open, p, type Point, polygon } from '../path.js';
import type { Trunk } from '../torso.js';
import type { OuterwearCut } from './outerwear.js';

interface Front {
  trunk: Trunk;
  /** Tone of the contrasting parts: the second color or the main one. */
  trim: Tone;
  /** Height at which the front closes, and height of the hem. */
  closeAt: number;
  floor: number;
  pocketY: number;
}

const FRONTS: Record<OuterwearCut['style'], (front: Front) => Part[]> = {
  blazer,
  'double-breasted': doubleBreasted,
  bomber: (front) => zipped(front, 16),
  track: (front) => zipped(front, 40),
  trucker,
  biker,
  puffer: quilted,
  gilet: quilted,
  parka: (front) => hooded(front, 66, 'button'),
  rain: (front) => hooded(front, 22, 'metal'),
  trench,
};

/** Draws all parts on the front of the body. */
export function outerwearFront(style: OuterwearCut['style'], trunk: Trunk, trim: Tone): Part[] {
  const { neck, hem, waist, hemCurve } = trunk;
  const pocketY = waist[1] + (hem[1] - waist[1]) * 0.34;
  return FRONTS[style]({ trunk, trim, closeAt: neck.y + neck.drop, floor: hem[1] + hemCurve, pocketY });
}

function blazer({ trunk, closeAt, floor, pocketY }: Front): Part[] {
  const { waist, armpit } = trunk;
  return [
    frontEdge(closeAt, floor, 0),
    ...weltPocket(p(waist[0] * 0.36, pocketY), p(waist[0] * 0.86, pocketY - 4), 20),
    breastPocket(armpit),
    ...lapels(trunk, closeAt, 84),
    button(p(-2, closeAt + 14), 7),
    button(p(-2, closeAt + 84), 7),
  ];
}

function doubleBreasted({ trunk, closeAt, floor, pocketY }: Front): Part[] {
  const { waist } = trunk;
  return [
    frontEdge(closeAt, floor, 34),
    ...weltPocket(p(waist[0] * 0.44, pocketY), p(waist[0] * 0.9, pocketY - 4), 20),
    ...lapels(trunk, closeAt, 92),
    ...buttonRows([8, 78, 148].map((down) => closeAt + down)),
  ];
}

function zipped({ trunk, trim, closeAt, floor, pocketY }: Front, collar: number): Part[] {
  const { waist } = trunk;
  return [
    ...zip(p(0, closeAt - 10), p(0, floor)),
    ...weltPocket(p(waist[0] * 0.5, pocketY + 30), p(waist[0] * 0.74, pocketY - 50), 9),
    ...standCollar(trunk, collar, true, trim),
  ];
}

function trucker({ trunk, closeAt, floor, pocketY }: Front): Part[] {
  const { waist, armpit } = trunk;
  const inner = armpit[0] * 0.26;
  return [
    ...buttonPlacket({ top: closeAt + 2, bottom: floor - 2, count: 6, width: 30, radius: 6 }),
    ...[inner, -inner - 62].flatMap((x) => patchPocket(p(x, 262), 62, 74, true)),
    ...weltPocket(p(waist[0] * 0.62, pocketY + 26), p(waist[0] * 0.76, pocketY - 44), 8),
    ...foldedCollar(trunk, COLLARS.jacket),
  ];
}

function biker({ trunk, closeAt, floor, pocketY }: Front): Part[] {
  const { waist, hem } = trunk;
  const buckle = polygon(p(-26, floor - 44), p(26, floor - 44), p(26, floor - 14), p(-26, floor - 14));
  return [
    ...zip(p(-62, 262), p(-20, floor)),
    ...lapels(trunk, closeAt + 10, 92),
    ...weltPocket(p(waist[0] * 0.4, pocketY + 20), p(waist[0] * 0.8, pocketY - 20), 7),
    ...zip(p(60, 372), p(104, 352)),
    line(open([p(-hem[0], floor - 34), p(0, floor - 28), p(hem[0], floor - 34)]), 'deep', 2.5),
    panel(buckle, { tone: 'metal', light: 'drop' }),
  ];
}

function quilted({ trunk, trim, closeAt, floor, pocketY }: Front): Part[] {
  const { waist } = trunk;
  return [
    ...zip(p(0, closeAt - 36), p(0, floor)),
    ...weltPocket(p(waist[0] * 0.56, pocketY + 34), p(waist[0] * 0.74, pocketY - 40), 9),
    ...standCollar(trunk, 44, false, trim),
    ...zip(p(0, closeAt - 44), p(0, closeAt + 30)),
  ];
}

function hooded({ trunk, trim, closeAt, floor, pocketY }: Front, pocketHeight: number, snaps: Tone): Part[] {
  const { neck, waist } = trunk;
  return [
    ...stormFlap(closeAt, floor, snaps),
    ...weltPocket(p(waist[0] * 0.32, pocketY), p(waist[0] * 0.86, pocketY - 6), pocketHeight),
    ...hood(trunk, trim),
    ...drawstrings(neck.y + 66, 70),
  ];
}

function trench({ trunk, closeAt, floor, pocketY }: Front): Part[] {
  const { waist } = trunk;
  return [
    frontEdge(closeAt, floor, 30),
    ...buttonRows([10, 94, 210, 294].map((down) => closeAt + down)),
    ...belt(trunk),
    ...weltPocket(p(waist[0] * 0.6, pocketY + 60), p(waist[0] * 0.82, pocketY - 16), 14),
    ...lapels(trunk, closeAt, 98),
  ];
}

const buttonRows = (heights: readonly number[]): Part[] =>
  heights.flatMap((y) => [button(p(-38, y), 7), button(p(38, y), 7)]);

/** Draws the edge of the upper front, from its closing point to the hem. */
function frontEdge(closeAt: number, floor: number, shift: number): Part {
  const run = [p(0, closeAt), p(-shift - 12, closeAt + 40), p(-shift - 13, floor - 70), p(-shift - 6, floor)];
  return line(open(run), 'deep', 2.4);
}

function breastPocket([x, y]: Point): Part {
  const [left, right] = [x * 0.34, x * 0.74];
  return panel(polygon(p(left, y - 16), p(right, y - 24), p(right, y - 12), p(left, y - 4)), { light: 'none' });
}

function stormFlap(top: number, floor: number, snaps: Tone): Part[] {
  const strip = polygon(p(-20, top), p(20, top), p(20, floor), p(-20, floor));
  return [
    panel(strip, {
      light: 'none',
      marks: [
        stitch([p(14, top), p(14, floor)]),
        stitch([p(-14, top), p(-14, floor)]),
        fold([p(20, top), p(18, (top + floor) / 2), p(20, floor)], 10),
      ],
    }),
    ...spread(top + 34, floor - 40, 6).map((y) => button(p(0, y), 6, snaps)),
  ];
}

function belt({ waist }: Trunk): Part[] {
  const [x, y] = waist;
  const strap = closed(
    [p(-x - 4, y - 12), p(0, y - 8), p(x + 4, y - 12)],
    [p(x + 4, y - 12), p(x + 4, y + 14)],
    [p(x + 4, y + 14), p(0, y + 18), p(-x - 4, y + 14)],
    [p(-x - 4, y + 14), p(-x - 4, y - 12)],
  );
  const buckle = polygon(p(-22, y - 14), p(22, y - 14), p(22, y + 24), p(-22, y + 24));
  return [panel(strap), line(buckle, 'deep', 6), line(open([p(0, y - 8), p(0, y + 18)]), 'deep', 3)];
}
