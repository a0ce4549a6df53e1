// Cut of button-front shirts and blouses.
import { buttonPlacket, patchPocket } from '../closures.js';
import { COLLARS, foldedCollar, standCollar } from '../collars.js';
import { bothSides, button, fold, type Mark, panel, type Part, seam, stitch } from '../parts.js';
import { closed, flip, p, type Point } from '../path.js';
import { type SleeveCut, sleeves } from '../sleeves.js';
import { type Figure, type Trunk, trunkFolds, trunkInside, trunkOutline } from '../torso.js';

export interface ShirtCut {
  kind: 'shirt';
  collar: 'classic' | 'spread' | 'band' | 'camp';
  sleeve: 'none' | 'short' | 'rolled' | 'long' | 'bell';
  ease: number;
  length: number;
  pockets: 0 | 1 | 2;
  hem: 'tails' | 'straight';
  contrast: 'none' | 'collar';
  ruffle: boolean;
}

const SLEEVES: Record<ShirtCut['sleeve'], SleeveCut | null> = {
  none: null,
  short: { length: 146, spread: [36, 32], cuffWidth: 94, cuff: 14 },
  rolled: { length: 230, spread: [24, 19], cuffWidth: 84, cuff: 30 },
  long: { length: 420, spread: [16, 8], cuffWidth: 62, cuff: 42, puff: 2 },
  bell: { length: 360, spread: [20, 22], cuffWidth: 112, cuff: 0 },
};

export function shirt(cut: ShirtCut, figure: Figure): Part[] {
  const trunk = shirtTrunk(cut, figure);
  const sleeve = SLEEVES[cut.sleeve];
  const contrast = cut.contrast === 'collar' ? 'white' : 'main';
  const closeAt = trunk.neck.y + (cut.collar === 'camp' ? 84 : cut.collar === 'band' ? 22 : 36);
  const floor = trunk.hem[1] + trunk.hemCurve;
  return [
    ...trunkInside(trunk),
    ...(sleeve ? sleeves(trunk, { ...sleeve, length: sleeve.length * figure.limb, cuffTone: contrast }) : []),
    panel(trunkOutline(trunk), {
      marks: [...trunkFolds(trunk), ...yoke(trunk), tailStitch(trunk), ...(figure.waist < 110 ? darts(trunk) : [])],
    }),
    ...buttonPlacket({ top: closeAt, bottom: floor - 1, count: cut.collar === 'camp' ? 5 : 7, width: 28 }),
    ...(cut.ruffle ? ruffles(closeAt, trunk) : []),
    ...pockets(cut, trunk),
    ...(cut.collar === 'band'
      ? standCollar(trunk, 12, false, contrast)
      : foldedCollar(trunk, COLLARS[cut.collar], contrast)),
    ...(cut.collar === 'band' || cut.collar === 'camp' ? [] : [button(p(0, closeAt + 2), 4.4)]),
    ...(cut.sleeve === 'long' ? [] : []),
  ];
}

function shirtTrunk({ collar, ease, length, hem, sleeve }: ShirtCut, figure: Figure): Trunk {
  const hemY = 176 + 470 * length * figure.length;
  const tails = hem === 'tails';
  return {
    neck: { half: 50, y: 146, drop: collar === 'camp' ? 88 : 38, line: 'v' },
    shoulder: p(sleeve === 'none' ? figure.shoulder * 0.92 : figure.shoulder * (0.6 + 0.4 * ease), 178),
    armpit: p(figure.chest * ease, 306),
    waist: p(figure.waist * ease, 306 + (hemY - 306) * 0.5),
    hem: p(figure.hip * ease, hemY - (tails ? 34 : 0)),
    hemCurve: tails ? 52 : 6,
  };
}

function yoke({ neck, shoulder, armpit }: Trunk): Mark[] {
  return bothSides((turn) => [
    seam(
      turn([p(neck.half - 4, neck.y + 30), p(shoulder[0] * 0.72, shoulder[1] + 16), p(shoulder[0], shoulder[1] + 22)]),
    ),
    stitch(
      turn([
        p(shoulder[0] - 13, shoulder[1]),
        p(Math.min(shoulder[0], armpit[0]) - 20, shoulder[1] + (armpit[1] - shoulder[1]) * 0.55),
        p(armpit[0] - 10, armpit[1]),
      ]),
    ),
  ]);
}

function tailStitch({ hem, hemCurve }: Trunk): Mark {
  const [x, y] = hem;
  return stitch([
    ...flip([p(0, y + hemCurve - 10), p(x * 0.5, y + hemCurve * 0.8 - 10), p(x, y - 10)]).reverse(),
    ...([p(x * 0.5, y + hemCurve * 0.8 - 10), p(x, y - 10)] as Point[]),
  ]);
}

function darts({ armpit, waist, hem }: Trunk): Mark[] {
  return bothSides((turn) => [
    seam(turn([p(waist[0] * 0.52, armpit[1] + 60), p(waist[0] * 0.48, waist[1]), p(waist[0] * 0.54, hem[1] - 30)])),
    fold(turn([p(waist[0] * 0.52, armpit[1] + 60), p(waist[0] * 0.46, waist[1]), p(waist[0] * 0.54, hem[1] - 30)]), 14),
  ]);
}

function pockets({ pockets: count }: ShirtCut, { armpit }: Trunk): Part[] {
  const [width, height] = [armpit[0] * 0.48, 78];
  const right: Point = p(armpit[0] * 0.28, armpit[1] - 44);
  if (count === 0) return [];
  const first = patchPocket(right, width, height, count === 2);
  return count === 1 ? first : [...first, ...patchPocket(p(-right[0] - width, right[1]), width, height, true)];
}

/** Draws two soft frills next to the placket. */
function ruffles(top: number, { armpit }: Trunk): Part[] {
  const bottom = armpit[1] + 130;
  const wave: Point[] = Array.from({ length: 13 }, (_, index) =>
    p(24 + (index % 2 ? 15 : 0), top + ((bottom - top) * index) / 12),
  );
  const edge: Point[] = [p(15, bottom), p(15, top)];
  const marks = (turn: (run: readonly Point[]) => readonly Point[]): Mark[] =>
    wave.map(([x, y]) => fold(turn([p(15, y), p(x, y + 5), p(x + 6, y + 3)]), 7));
  return [1, -1].map((sign) => {
    const turn = (run: readonly Point[]): readonly Point[] => (sign > 0 ? run : flip(run));
    const d = closed(turn(wave), turn([wave[12]!, edge[0]!]), turn(edge), turn([edge[1]!, wave[0]!]));
    return panel(d, { light: 'none', marks: marks(turn) });
  });
}
