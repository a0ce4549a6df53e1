// Cut of jackets, blazers and rain jackets.
import {
  bothSides,
  fill,
  fold,
  type Mark,
  panel,
  type Part,
  seam,
  shine,
  spread,
  stitch,
  type Tone,
  type Turn,
} from '../parts.js';
import { closed, flip, p, polygon, type Run } from '../path.js';
import { sleeves } from '../sleeves.js';
import { type Figure, hemBand, hemStitch, type Trunk, trunkFolds, trunkInside, trunkOutline } from '../torso.js';
import { outerwearFront } from './outerwear.front.js';

export interface OuterwearCut {
  kind: 'outerwear';
  style:
    | 'blazer'
    | 'double-breasted'
    | 'bomber'
    | 'trucker'
    | 'biker'
    | 'puffer'
    | 'gilet'
    | 'track'
    | 'parka'
    | 'rain'
    | 'trench';
  ease: number;
  length: number;
  contrast: boolean;
}

const STYLES: Record<OuterwearCut['style'], { hem: number; ease: number; drop: number; cuff: number }> = {
  blazer: { hem: 668, ease: 1.02, drop: 262, cuff: 0 },
  'double-breasted': { hem: 668, ease: 1.04, drop: 232, cuff: 0 },
  bomber: { hem: 610, ease: 1.1, drop: 24, cuff: 34 },
  trucker: { hem: 588, ease: 1.04, drop: 30, cuff: 34 },
  biker: { hem: 590, ease: 1, drop: 120, cuff: 0 },
  puffer: { hem: 620, ease: 1.14, drop: 26, cuff: 26 },
  gilet: { hem: 624, ease: 1.06, drop: 26, cuff: 0 },
  track: { hem: 630, ease: 1.02, drop: 26, cuff: 34 },
  parka: { hem: 712, ease: 1.12, drop: 40, cuff: 30 },
  rain: { hem: 682, ease: 1.12, drop: 40, cuff: 0 },
  trench: { hem: 738, ease: 1.08, drop: 150, cuff: 26 },
};

export function outerwear(cut: OuterwearCut, figure: Figure): Part[] {
  const trunk = outerTrunk(cut, figure);
  const trim: Tone = cut.contrast ? 'second' : 'main';
  const ribbed = cut.style === 'bomber' || cut.style === 'track';
  const quilted = cut.style === 'puffer' || cut.style === 'gilet';
  const folds = quilted ? [] : trunkFolds(trunk);
  return [
    ...trunkInside(trunk, 12),
    ...(cut.style === 'gilet' ? [] : outerSleeves(cut, trunk, { limb: figure.limb, trim })),
    panel(trunkOutline(trunk, ribbed ? 35 : 0), {
      marks: [...folds, ...(ribbed ? [] : [hemStitch(trunk)]), ...bodyMarks(cut, trunk)],
    }),
    ...(ribbed ? hemBand(trunk, 38, trim) : []),
    ...outerwearFront(cut.style, trunk, trim),
  ];
}

function outerTrunk({ style, ease, length }: OuterwearCut, figure: Figure): Trunk {
  const { hem, ease: styleEase, drop } = STYLES[style];
  const wide = ease * styleEase;
  const hemY = 172 + (hem - 172) * length * figure.length;
  const tailored = style === 'blazer' || style === 'double-breasted' || style === 'trench';
  const open = tailored || style === 'biker';
  return {
    neck: { half: 54, y: style === 'parka' || style === 'rain' ? 158 : 144, drop, line: open ? 'v' : 'crew' },
    shoulder: p(figure.shoulder * (0.55 + 0.45 * wide) * 1.02, tailored ? 170 : 176),
    armpit: p(figure.chest * wide, 316),
    waist: p(figure.waist * wide * (tailored ? 0.97 : 1.02), 316 + (Math.min(hemY, 640) - 316) * 0.5),
    hem: p(
      figure.hip * wide * (style === 'trucker' || style === 'biker' ? 0.96 : style === 'trench' ? 1.14 : 1.03),
      hemY,
    ),
    hemCurve: 6,
  };
}

function bodyMarks({ style, contrast }: OuterwearCut, trunk: Trunk): Mark[] {
  const { armpit, hem, waist, shoulder } = trunk;
  switch (style) {
    case 'puffer':
    case 'gilet':
      return spread(shoulder[1] + 44, hem[1] - 30, 8).flatMap((y) => quilt(hem[0] + 20, y));
    case 'trucker':
      return truckerSeams(trunk);
    case 'track':
      return trackMarks(trunk, contrast);
    case 'blazer':
    case 'double-breasted':
      return bothSides((turn) => [
        seam(
          turn([p(armpit[0] * 0.78, armpit[1] + 20), p(waist[0] * 0.72, waist[1]), p(waist[0] * 0.74, hem[1] - 100)]),
        ),
      ]);
    case 'biker':
      return bothSides((turn) => [
        seam(turn([p(shoulder[0] * 0.9, 240), p(armpit[0] * 0.62, 330), p(waist[0] * 0.6, hem[1])])),
        shine(turn([p(armpit[0] * 0.72, 330), p(waist[0] * 0.76, 440), p(hem[0] * 0.7, hem[1])]), 26),
      ]);
    case 'bomber':
    case 'parka':
    case 'rain':
    case 'trench':
      return bothSides((turn) => [seam(turn([p(64, 162), p(shoulder[0] * 0.7, 226), p(shoulder[0] + 10, 240)]))]);
  }
}

function truckerSeams({ armpit, hem, shoulder }: Trunk): Mark[] {
  return bothSides((turn) => [
    seam(turn([p(0, 268), p(shoulder[0] + 9, 262)])),
    stitch(turn([p(0, 274), p(shoulder[0] + 9, 268)])),
    seam(turn([p(armpit[0] * 0.66, 268), p(armpit[0] * 0.4, hem[1] - 34)])),
    stitch(turn([p(armpit[0] * 0.6, 268), p(armpit[0] * 0.35, hem[1] - 34)])),
    seam(turn([p(0, hem[1] - 32), p(hem[0] + 4, hem[1] - 36)])),
    stitch(turn([p(0, hem[1] - 26), p(hem[0] + 4, hem[1] - 30)])),
  ]);
}

/** Draws a band across the chest, or raglan seams. */
function trackMarks({ armpit }: Trunk, contrast: boolean): Mark[] {
  if (contrast) return [fill(polygon(p(-220, 262), p(220, 262), p(220, 300), p(-220, 300)), 'second')];
  return bothSides((turn) => [seam(turn([p(64, 146), p(armpit[0], 300)]))]);
}

/** Draws a seam with padded cloth on both sides. */
function quilt(half: number, y: number): Mark[] {
  const row = (down: number, sag: number): Run => [p(-half, y + down), p(0, y + down + sag), p(half, y + down)];
  return [seam(row(0, 6)), fold(row(-8, 6), 24, 0.8), fold(row(5, 6), 12, 0.8), shine(row(28, 6), 30, 0.8)];
}

function outerSleeves(cut: OuterwearCut, trunk: Trunk, { limb, trim }: { limb: number; trim: Tone }): Part[] {
  const parts = sleeves(trunk, {
    length: 432 * limb,
    spread: [15, 7],
    cuffWidth: 74,
    cuff: STYLES[cut.style].cuff,
    cuffTone: trim,
    tone: cut.style === 'bomber' ? trim : 'main',
    puff: cut.style === 'puffer' ? 12 : 4,
  });
  const marks = (turn: Turn): Mark[] =>
    cut.style === 'track'
      ? sleeveStripes(trunk, turn, cut.contrast)
      : cut.style === 'puffer'
        ? sleeveQuilts(trunk, turn)
        : [];
  return parts.map((part) => {
    // the cuffs are lit as tubes, the sleeves from their own side
    if (part.kind !== 'panel' || part.light === 'tube') return part;
    return { ...part, marks: [...part.marks, ...marks(part.light === 'tube-left' ? flip : (run) => run)] };
  });
}

function sleeveQuilts({ armpit }: Trunk, turn: Turn): Mark[] {
  return spread(armpit[1] - 50, armpit[1] + 230, 6).flatMap((y) => {
    const row = (down: number): Run => turn([p(90, y + 22 + down), p(170, y + 8 + down), p(270, y - 16 + down)]);
    return [seam(row(0)), fold(row(-7), 20, 0.8), shine(row(22), 24, 0.7)];
  });
}

/** Draws two stripes from the shoulder to the cuff. */
function sleeveStripes({ shoulder: [sx, sy] }: Trunk, turn: Turn, contrast: boolean): Mark[] {
  return [0, 15].map((inset) => {
    const x = sx - inset;
    const outer = turn([p(x - 14, sy), p(x + 30, sy + 200), p(x + 62, sy + 460)]);
    const inner = turn([p(x + 55, sy + 460), p(x + 23, sy + 200), p(x - 21, sy)]);
    const end = turn([p(x + 62, sy + 460), p(x + 55, sy + 460)]);
    return fill(closed(outer, end, inner, turn([p(x - 21, sy), p(x - 14, sy)])), contrast ? 'second' : 'white');
  });
}
