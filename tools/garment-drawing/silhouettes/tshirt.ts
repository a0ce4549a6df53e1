// Cut of T-shirts: crew neck, V-neck, polo, henley, raglan, long.
import { button, fill, fold, line, type Mark, panel, type Part, seam, stitch, type Tone } from '../parts.js';
import { closed, flip, mirrored, p, type Point, polygon } from '../path.js';
import { sleeves } from '../sleeves.js';
import {
  type Figure,
  hemStitch,
  neckBand,
  type Neckline,
  type SleeveLength,
  type Trunk,
  trunkFolds,
  trunkInside,
  trunkOutline,
} from '../torso.js';
import { type Motif, motifMarks } from './motif.js';

export interface TshirtCut {
  kind: 'tshirt';
  neckline: Extract<Neckline, 'crew' | 'v' | 'scoop'> | 'polo' | 'henley';
  sleeve: Extract<SleeveLength, 'none' | 'cap' | 'short' | 'elbow' | 'long'>;
  /** Body width and length relative to the regular cut. */
  ease: number;
  length: number;
  /** Part in the second color. */
  contrast: 'none' | 'trim' | 'raglan' | 'chest-band';
  motif: Motif;
  pocket: boolean;
}

const SLEEVES = {
  none: null,
  cap: { length: 62, spread: [50, 46], cuffWidth: 98, cuff: 0 },
  short: { length: 132, spread: [40, 36], cuffWidth: 96, cuff: 0 },
  elbow: { length: 200, spread: [27, 23], cuffWidth: 88, cuff: 0 },
  long: { length: 405, spread: [17, 9], cuffWidth: 58, cuff: 0 },
} as const;

export function tshirt(cut: TshirtCut, figure: Figure): Part[] {
  const trunk = tshirtTrunk(cut, figure);
  const trim: Tone = cut.contrast === 'trim' || cut.contrast === 'raglan' ? 'second' : 'main';
  const marks = [
    ...bandMark(cut, trunk),
    ...trunkFolds(trunk),
    hemStitch(trunk),
    ...armholes(cut, trunk),
    ...motifMarks(cut.motif, trunk),
  ];
  return [
    ...trunkInside(trunk),
    ...tshirtSleeves(cut, trunk, { limb: figure.limb, trim }),
    panel(trunkOutline(trunk), { marks }),
    ...neckFinish(cut.neckline, trunk, trim),
    ...(cut.pocket ? chestPocket(trunk) : []),
  ];
}

function tshirtSleeves(cut: TshirtCut, trunk: Trunk, { limb, trim }: { limb: number; trim: Tone }): Part[] {
  const sleeve = SLEEVES[cut.sleeve];
  if (!sleeve) return [];
  const banded = cut.neckline === 'polo' || cut.contrast === 'trim';
  return sleeves(trunk, {
    ...sleeve,
    length: sleeve.length * limb,
    tone: cut.contrast === 'raglan' ? 'second' : 'main',
    cuff: banded ? 16 : 0,
    cuffTone: trim,
  });
}

function neckFinish(neckline: TshirtCut['neckline'], trunk: Trunk, trim: Tone): Part[] {
  switch (neckline) {
    case 'polo':
      return [...poloCollar(trunk, trim), ...placket(trunk, 26)];
    case 'henley':
      return [...neckBand(trunk, 13, trim), ...placket(trunk, 14)];
    case 'scoop':
      return neckBand(trunk, 9, trim);
    case 'crew':
    case 'v':
      return neckBand(trunk, 13, trim);
  }
}

function tshirtTrunk({ neckline, ease, length, sleeve }: TshirtCut, figure: Figure): Trunk {
  const hemY = 168 + 486 * length * figure.length;
  const drops = { crew: 46, v: 92, scoop: 88, polo: 58, henley: 46 };
  const shoulder = sleeve === 'none' ? figure.shoulder * 0.9 : figure.shoulder * (0.6 + 0.4 * ease);
  return {
    neck: {
      half: neckline === 'scoop' ? 62 : 52,
      y: 138,
      drop: drops[neckline],
      line: neckline === 'polo' ? 'v' : neckline === 'henley' ? 'crew' : neckline,
    },
    shoulder: p(shoulder, 166),
    armpit: p(figure.chest * ease, 296),
    waist: p(figure.waist * ease, 296 + (hemY - 296) * 0.52),
    hem: p(figure.hip * ease, hemY),
    hemCurve: 7,
  };
}

function bandMark({ contrast }: TshirtCut, { armpit }: Trunk): Mark[] {
  if (contrast !== 'chest-band') return [];
  const [x, y] = armpit;
  return [
    fill(
      closed(
        [p(-x - 20, y + 2), p(0, y + 8), p(x + 20, y + 2)],
        [p(x + 20, y + 2), p(x + 20, y + 84)],
        [p(x + 20, y + 84), p(0, y + 90), p(-x - 20, y + 84)],
        [p(-x - 20, y + 84), p(-x - 20, y + 2)],
      ),
      'second',
    ),
  ];
}

/** Draws the bound armholes of a sleeveless body, or the slanted seams of a raglan. */
function armholes({ sleeve, contrast }: TshirtCut, { shoulder, armpit, neck }: Trunk): Mark[] {
  const edge: Point[] = [
    p(shoulder[0] - 11, shoulder[1] - 8),
    p(Math.min(shoulder[0], armpit[0]) - 19, shoulder[1] + (armpit[1] - shoulder[1]) * 0.55),
    p(armpit[0] - 9, armpit[1] + 6),
  ];
  if (sleeve === 'none') return [stitch(edge), stitch(flip(edge))];
  if (contrast !== 'raglan') return [];
  const wedge: Point[][] = [
    [p(neck.half + 4, neck.y - 4), p(neck.half + 34, 220), p(armpit[0] + 2, armpit[1])],
    [p(armpit[0] + 2, armpit[1]), p(armpit[0] + 30, 200), p(shoulder[0] + 20, 120)],
    [p(shoulder[0] + 20, 120), p(neck.half + 4, neck.y - 4)],
  ];
  const edgeOfWedge = wedge[0] as Point[];
  return [
    fill(closed(...wedge), 'second'),
    fill(closed(...wedge.map(flip)), 'second'),
    seam(edgeOfWedge),
    seam(flip(edgeOfWedge)),
  ];
}

function poloCollar({ neck, shoulder }: Trunk, tone: Tone): Part[] {
  const y = neck.y;
  const slope = (shoulder[1] - y) / (shoulder[0] - neck.half);
  const leaf: Point[][] = [
    [p(0, y + neck.drop - 8), p(22, y + 20), p(neck.half - 4, y - 12)],
    [p(neck.half - 4, y - 12), p(neck.half + 10, y - 4), p(neck.half + 24, y + 22 * slope + 6)],
    [p(neck.half + 24, y + 22 * slope + 6), p(neck.half + 10, y + 40), p(44, y + 76)],
    [p(44, y + 76), p(22, y + 72), p(0, y + neck.drop - 8)],
  ];
  const stand = mirrored(
    [p(0, y - 8), p(neck.half * 0.6, y - 10), p(neck.half - 4, y - 12)],
    [p(neck.half - 4, y - 12), p(neck.half * 0.6, y + 6), p(0, y + 10)],
  );
  const soft = fold([p(8, y + 60), p(34, y + 48), p(neck.half + 16, y + 14)], 16, 0.7);
  return [
    panel(stand, { tone, light: 'none' }),
    ...[1, -1].map((sign) =>
      panel(closed(...leaf.map((run) => (sign > 0 ? run : flip(run)))), {
        tone,
        light: 'none',
        marks: sign > 0 ? [soft] : [],
        grain: sign * 20,
      }),
    ),
  ];
}

/** Draws a short buttoned opening below the neck. */
function placket({ neck }: Trunk, width: number): Part[] {
  const top = neck.y + neck.drop - 6;
  const bottom = neck.y + neck.drop + 92;
  const half = width / 2;
  const strip = polygon(p(-half, top), p(half, top), p(half, bottom), p(-half, bottom));
  return [
    panel(strip, {
      light: 'none',
      marks: [fold([p(half - 2, top), p(half - 3, (top + bottom) / 2), p(half - 2, bottom)], 8)],
    }),
    line(closed([p(-half + 3, bottom - 14), p(half - 3, bottom - 14)]), 'stitch', 1.2, '4 3'),
    ...[0.2, 0.52, 0.84].map((share) => button(p(0, top + (bottom - top - 12) * share), 4.2)),
  ];
}

function chestPocket({ armpit }: Trunk): Part[] {
  const [x, y] = [armpit[0] * 0.26, armpit[1] - 34];
  const [right, floor] = [x + 66, y + 72];
  return [
    panel(polygon(p(x, y), p(right, y), p(right, floor - 12), p(x + 33, floor), p(x, floor - 12)), {
      light: 'none',
      marks: [
        stitch([p(x, y + 12), p(right, y + 12)]),
        fold([p(x + 8, y + 60), p(x + 40, y + 66), p(right, y + 50)], 12),
      ],
    }),
  ];
}
