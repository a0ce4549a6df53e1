/** Owns the cut of T-shirts: crew, V, polo, henley, raglan, long. Knows nothing of colours. */
import { closed, ellipse, flip, mirrored, type Point } from '../path.js';
import { button, fill, fold, line, panel, seam, stitch, type Mark, type Part, type Tone } from '../parts.js';
import { hemStitch, neckBand, sleeves, trunkFolds, trunkInside, trunkOutline, type Figure, type Neckline, type SleeveLength, type Trunk } from '../torso.js';

export interface TshirtCut {
  kind: 'tshirt';
  neckline: Extract<Neckline, 'crew' | 'v' | 'scoop'> | 'polo' | 'henley';
  sleeve: Extract<SleeveLength, 'none' | 'cap' | 'short' | 'elbow' | 'long'>;
  /** Body width and length against the regular cut. */
  ease: number;
  length: number;
  /** What is of the second colour. */
  contrast: 'none' | 'trim' | 'raglan' | 'chest-band';
  motif: 'none' | 'sun' | 'peaks' | 'waves' | 'rings' | 'badge';
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
  const sleeve = SLEEVES[cut.sleeve];
  const sleeveTone = cut.contrast === 'raglan' ? 'second' : 'main';
  const banded = cut.neckline === 'polo' || cut.contrast === 'trim';
  return [
    ...trunkInside(trunk),
    ...(sleeve ? sleeves(trunk, { ...sleeve, length: sleeve.length * figure.limb, tone: sleeveTone, cuff: banded ? 16 : 0, cuffTone: trim }) : []),
    panel(trunkOutline(trunk), { marks: [...bandMark(cut, trunk), ...trunkFolds(trunk), hemStitch(trunk), ...armholes(cut, trunk), ...motif(cut.motif, trunk)] }),
    ...(cut.neckline === 'polo' ? poloCollar(trunk, trim) : neckBand(trunk, cut.neckline === 'scoop' ? 9 : 13, trim === 'main' ? 'main' : trim)),
    ...(cut.neckline === 'henley' || cut.neckline === 'polo' ? placket(trunk, cut.neckline === 'polo' ? 26 : 14) : []),
    ...(cut.pocket ? chestPocket(trunk) : []),
  ];
}

function tshirtTrunk({ neckline, ease, length, sleeve }: TshirtCut, figure: Figure): Trunk {
  const hemY = 168 + 486 * length * figure.length;
  const drops = { crew: 46, v: 92, scoop: 88, polo: 58, henley: 46 };
  const shoulder = sleeve === 'none' ? figure.shoulder * 0.9 : figure.shoulder * (0.6 + 0.4 * ease);
  return {
    neck: { half: neckline === 'scoop' ? 62 : 52, y: 138, drop: drops[neckline], line: neckline === 'polo' ? 'v' : neckline === 'henley' ? 'crew' : neckline },
    shoulder: [shoulder, 166],
    armpit: [figure.chest * ease, 296],
    waist: [figure.waist * ease, 296 + (hemY - 296) * 0.52],
    hem: [figure.hip * ease, hemY],
    hemCurve: 7,
  };
}

function bandMark({ contrast }: TshirtCut, { armpit }: Trunk): Mark[] {
  if (contrast !== 'chest-band') return [];
  const [x, y] = armpit;
  return [fill(closed([[-x - 20, y + 2], [0, y + 8], [x + 20, y + 2]], [[x + 20, y + 2], [x + 20, y + 84]], [[x + 20, y + 84], [0, y + 90], [-x - 20, y + 84]], [[-x - 20, y + 84], [-x - 20, y + 2]]), 'second')];
}

/** A sleeveless body has bound armholes; a raglan its slanted seams. */
function armholes({ sleeve, contrast }: TshirtCut, { shoulder, armpit, neck }: Trunk): Mark[] {
  const edge: Point[] = [[shoulder[0] - 11, shoulder[1] - 8], [Math.min(shoulder[0], armpit[0]) - 19, shoulder[1] + (armpit[1] - shoulder[1]) * 0.55], [armpit[0] - 9, armpit[1] + 6]];
  if (sleeve === 'none') return [stitch(edge), stitch(flip(edge))];
  if (contrast !== 'raglan') return [];
  const wedge: Point[][] = [[[neck.half + 4, neck.y - 4], [neck.half + 34, 220], [armpit[0] + 2, armpit[1]]], [[armpit[0] + 2, armpit[1]], [armpit[0] + 30, 200], [shoulder[0] + 20, 120]], [[shoulder[0] + 20, 120], [neck.half + 4, neck.y - 4]]];
  const edgeOfWedge = wedge[0] as Point[];
  return [fill(closed(...wedge), 'second'), fill(closed(...wedge.map(flip)), 'second'), seam(edgeOfWedge), seam(flip(edgeOfWedge))];
}

function poloCollar({ neck, shoulder }: Trunk, tone: Tone): Part[] {
  const y = neck.y;
  const slope = (shoulder[1] - y) / (shoulder[0] - neck.half);
  const leaf: Point[][] = [[[0, y + neck.drop - 8], [22, y + 20], [neck.half - 4, y - 12]], [[neck.half - 4, y - 12], [neck.half + 10, y - 4], [neck.half + 24, y + 22 * slope + 6]], [[neck.half + 24, y + 22 * slope + 6], [neck.half + 10, y + 40], [44, y + 76]], [[44, y + 76], [22, y + 72], [0, y + neck.drop - 8]]];
  const stand = mirrored([[0, y - 8], [neck.half * 0.6, y - 10], [neck.half - 4, y - 12]], [[neck.half - 4, y - 12], [neck.half * 0.6, y + 6], [0, y + 10]]);
  const soft = fold([[8, y + 60], [34, y + 48], [neck.half + 16, y + 14]], 16, 0.7);
  return [
    panel(stand, { tone, light: 'none' }),
    ...[1, -1].map((sign) => panel(closed(...leaf.map((run) => (sign > 0 ? run : flip(run)))), { tone, light: 'none', marks: sign > 0 ? [soft] : [], grain: sign * 20 })),
  ];
}

/** A short buttoned opening under the neck. */
function placket({ neck }: Trunk, width: number): Part[] {
  const top = neck.y + neck.drop - 6;
  const bottom = neck.y + neck.drop + 92;
  const half = width / 2;
  const strip = closed([[-half, top], [half, top]], [[half, top], [half, bottom]], [[half, bottom], [-half, bottom]], [[-half, bottom], [-half, top]]);
  return [
    panel(strip, { light: 'none', marks: [fold([[half - 2, top], [half - 3, (top + bottom) / 2], [half - 2, bottom]], 8)] }),
    line(closed([[-half + 3, bottom - 14], [half - 3, bottom - 14]]), 'stitch', 1.2, '4 3'),
    ...[0.2, 0.52, 0.84].map((share) => button([0, top + (bottom - top - 12) * share], 4.2)),
  ];
}

function chestPocket({ armpit }: Trunk): Part[] {
  const [x, y] = [armpit[0] * 0.26, armpit[1] - 34];
  const [right, floor] = [x + 66, y + 72];
  return [
    panel(closed([[x, y], [right, y]], [[right, y], [right, floor - 12]], [[right, floor - 12], [x + 33, floor]], [[x + 33, floor], [x, floor - 12]], [[x, floor - 12], [x, y]]), { light: 'none', marks: [stitch([[x, y + 12], [right, y + 12]]), fold([[x + 8, y + 60], [x + 40, y + 66], [right, y + 50]], 12)] }),
  ];
}

const bar = (x: number, y: number, half: number, height: number): string =>
  closed([[x - half, y], [x + half, y]], [[x + half, y], [x + half, y + height]], [[x + half, y + height], [x - half, y + height]], [[x - half, y + height], [x - half, y]]);

/** A print on the chest: plain geometry of our own. */
function motif(kind: TshirtCut['motif'], { armpit }: Trunk): Mark[] {
  const y = armpit[1] + 46;
  switch (kind) {
    case 'none':
      return [];
    case 'sun':
      return [fill(ellipse([0, y], 54, 54), 'second'), ...[6, 20, 33].map((down, index) => fill(bar(0, y + down, Math.sqrt(54 ** 2 - down ** 2) + 1, 4 + index * 2), 'main'))];
    case 'peaks':
      return [fill(closed([[-74, y + 48], [-20, y - 46]], [[-20, y - 46], [34, y + 48]], [[34, y + 48], [-74, y + 48]]), 'second'), fill(closed([[-8, y + 48], [34, y - 16]], [[34, y - 16], [76, y + 48]], [[76, y + 48], [-8, y + 48]]), 'accent'), fill(ellipse([44, y - 44], 14, 14), 'second')];
    case 'waves':
      return [-30, -6, 18].map((down) => fill(closed([[-72, y + down], [-36, y + down - 14], [0, y + down], [36, y + down + 14], [72, y + down]], [[72, y + down], [72, y + down + 12]], [[72, y + down + 12], [36, y + down + 26], [0, y + down + 12], [-36, y + down - 2], [-72, y + down + 12]], [[-72, y + down + 12], [-72, y + down]]), 'second'));
    case 'rings':
      return [fill(ellipse([-26, y], 48, 48), 'second'), fill(ellipse([-26, y], 34, 34), 'main'), fill(ellipse([30, y], 48, 48), 'accent'), fill(ellipse([30, y], 34, 34), 'main')];
    case 'badge':
      return [fill(ellipse([armpit[0] * 0.48, armpit[1] - 22], 13, 13), 'second')];
  }
}
