/** Owns the cut of jackets, blazers and rain jackets. Knows nothing of colours. */
import { closed, flip, mirroredLine, open, type Point, type Run } from '../path.js';
import { bothSides, button, fill, fold, line, panel, seam, shine, spread, stitch, type Mark, type Part, type Tone } from '../parts.js';
import { buttonPlacket, COLLARS, drawstrings, foldedCollar, hood, lapels, patchPocket, standCollar, weltPocket, zip } from '../collars.js';
import { hemBand, hemStitch, sleeves, trunkFolds, trunkInside, trunkOutline, type Figure, type Trunk } from '../torso.js';

export interface OuterwearCut {
  kind: 'outerwear';
  style: 'blazer' | 'double-breasted' | 'bomber' | 'trucker' | 'biker' | 'puffer' | 'gilet' | 'track' | 'parka' | 'rain' | 'trench';
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
  const style = STYLES[cut.style];
  const trim: Tone = cut.contrast ? 'second' : 'main';
  const ribbed = cut.style === 'bomber' || cut.style === 'track';
  const quilted = cut.style === 'puffer' || cut.style === 'gilet';
  const sleeved = cut.style !== 'gilet';
  return [
    ...trunkInside(trunk, 12),
    ...(sleeved ? quiltedSleeves(cut, sleeves(trunk, { length: 432 * figure.limb, spread: [15, 7], cuffWidth: 74, cuff: style.cuff, cuffTone: trim, tone: cut.style === 'bomber' ? trim : 'main', puff: cut.style === 'puffer' ? 12 : 4 }), trunk) : []),
    panel(trunkOutline(trunk, ribbed ? 24 : 0), { marks: [...(quilted ? [] : trunkFolds(trunk)), ...(ribbed ? [] : [hemStitch(trunk)]), ...bodyMarks(cut, trunk)] }),
    ...(ribbed ? hemBand(trunk, 38, trim) : []),
    ...front(cut, trunk, trim),
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
    shoulder: [figure.shoulder * (0.55 + 0.45 * wide) * 1.02, tailored ? 170 : 176],
    armpit: [figure.chest * wide, 316],
    waist: [figure.waist * wide * (tailored ? 0.97 : 1.02), 316 + (Math.min(hemY, 640) - 316) * 0.5],
    hem: [figure.hip * wide * (style === 'trucker' || style === 'biker' ? 0.96 : style === 'trench' ? 1.14 : 1.03), hemY],
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
      return bothSides((turn) => [seam(turn([[0, 268], [shoulder[0] + 9, 262]])), stitch(turn([[0, 274], [shoulder[0] + 9, 268]])), seam(turn([[armpit[0] * 0.66, 268], [armpit[0] * 0.4, hem[1] - 34]])), stitch(turn([[armpit[0] * 0.6, 268], [armpit[0] * 0.35, hem[1] - 34]])), seam(turn([[0, hem[1] - 32], [hem[0] + 4, hem[1] - 36]])), stitch(turn([[0, hem[1] - 26], [hem[0] + 4, hem[1] - 30]]))]);
    case 'track':
      return contrast ? [fill(closed([[-220, 262], [220, 262]], [[220, 262], [220, 300]], [[220, 300], [-220, 300]], [[-220, 300], [-220, 262]]), 'second')] : bothSides((turn) => [seam(turn([[64, 146], [armpit[0], 300]]))]);
    case 'blazer':
    case 'double-breasted':
      return bothSides((turn) => [seam(turn([[armpit[0] * 0.78, armpit[1] + 20], [waist[0] * 0.72, waist[1]], [waist[0] * 0.74, hem[1] - 100]]))]);
    case 'biker':
      return bothSides((turn) => [seam(turn([[shoulder[0] * 0.9, 240], [armpit[0] * 0.62, 330], [waist[0] * 0.6, hem[1]]])), shine(turn([[armpit[0] * 0.72, 330], [waist[0] * 0.76, 440], [hem[0] * 0.7, hem[1]]]), 26)]);
    default:
      return bothSides((turn) => [seam(turn([[64, 162], [shoulder[0] * 0.7, 226], [shoulder[0] + 10, 240]]))]);
  }
}

/** A seam with the cloth bulging on both sides of it. */
function quilt(half: number, y: number): Mark[] {
  const row = (down: number, sag: number): Run => [[-half, y + down], [0, y + down + sag], [half, y + down]];
  return [seam(row(0, 6)), fold(row(-8, 6), 24, 0.8), fold(row(5, 6), 12, 0.8), shine(row(28, 6), 30, 0.8)];
}

function quiltedSleeves({ style, contrast }: OuterwearCut, parts: Part[], { shoulder, armpit }: Trunk): Part[] {
  if (style === 'track') return parts.map((part) => (part.kind === 'panel' && part.light !== 'tube' ? { ...part, marks: [...part.marks, ...sleeveStripes(shoulder, part.light === 'tube-left', contrast)] } : part));
  if (style !== 'puffer') return parts;
  return parts.map((part) => {
    if (part.kind !== 'panel' || part.light === 'tube') return part;
    const sign = part.light === 'tube-left' ? -1 : 1;
    const rows = spread(armpit[1] - 50, armpit[1] + 230, 6).flatMap((y) => {
      const run: Run = [[sign * 90, y + 22], [sign * 170, y + 8], [sign * 270, y - 16]];
      return [seam(run), fold(run.map(([x, ry]): Point => [x, ry - 7]), 20, 0.8), shine(run.map(([x, ry]): Point => [x, ry + 22]), 24, 0.7)];
    });
    return { ...part, marks: [...part.marks, ...rows] };
  });
}

function sleeveStripes([sx, sy]: Point, left: boolean, contrast: boolean): Mark[] {
  const turn = (run: Run): Run => (left ? flip(run) : run);
  return [0, 15].map((inset): Mark => ({ kind: 'fill', tone: contrast ? 'second' : 'white', layers: [closed(turn([[sx - 14 - inset, sy], [sx + 30 - inset, sy + 200], [sx + 62 - inset, sy + 460]]), turn([[sx + 62 - inset, sy + 460], [sx + 55 - inset, sy + 460]]), turn([[sx + 55 - inset, sy + 460], [sx + 23 - inset, sy + 200], [sx - 21 - inset, sy]]), turn([[sx - 21 - inset, sy], [sx - 14 - inset, sy]]))] }));
}

function front(cut: OuterwearCut, trunk: Trunk, trim: Tone): Part[] {
  const { neck, hem, waist, armpit } = trunk;
  const floor = hem[1] + trunk.hemCurve;
  const closeAt = neck.y + neck.drop;
  const pocketY = waist[1] + (hem[1] - waist[1]) * 0.34;
  switch (cut.style) {
    case 'blazer':
      return [...frontEdge(closeAt, floor, 0), ...weltPocket([waist[0] * 0.36, pocketY], [waist[0] * 0.86, pocketY - 4], 20), breastPocket(armpit), ...lapels(trunk, closeAt, 84), button([-2, closeAt + 14], 7), button([-2, closeAt + 84], 7)];
    case 'double-breasted':
      return [...frontEdge(closeAt, floor, 34), ...weltPocket([waist[0] * 0.44, pocketY], [waist[0] * 0.9, pocketY - 4], 20), ...lapels(trunk, closeAt, 92), ...[0, 70, 140].flatMap((down) => [-38, 38].map((x) => button([x, closeAt + 8 + down], 7)))];
    case 'bomber':
    case 'track':
      return [...zip([0, closeAt - 10], [0, floor]), ...weltPocket([waist[0] * 0.5, pocketY + 30], [waist[0] * 0.74, pocketY - 50], 9), ...standCollar(trunk, cut.style === 'bomber' ? 16 : 40, true, trim)];
    case 'trucker':
      return [...buttonPlacket(closeAt + 2, floor - 2, 6, 30, 6), ...[0, 1].flatMap((side) => patchPocket([side ? armpit[0] * 0.26 : -armpit[0] * 0.26 - 62, 262], 62, 74, true)), ...weltPocket([waist[0] * 0.62, pocketY + 26], [waist[0] * 0.76, pocketY - 44], 8), ...foldedCollar(trunk, COLLARS.jacket)];
    case 'biker':
      return [...zip([-62, 262], [-20, floor]), ...lapels(trunk, closeAt + 10, 92), ...weltPocket([waist[0] * 0.4, pocketY + 20], [waist[0] * 0.8, pocketY - 20], 7), ...zip([60, 372], [104, 352]), line(open([[-hem[0], floor - 34], [0, floor - 28], [hem[0], floor - 34]]), 'deep', 2.5), panel(closed([[-26, floor - 44], [26, floor - 44]], [[26, floor - 44], [26, floor - 14]], [[26, floor - 14], [-26, floor - 14]], [[-26, floor - 14], [-26, floor - 44]]), { tone: 'metal', light: 'drop' })];
    case 'puffer':
    case 'gilet':
      return [...zip([0, closeAt - 36], [0, floor]), ...weltPocket([waist[0] * 0.56, pocketY + 34], [waist[0] * 0.74, pocketY - 40], 9), ...standCollar(trunk, 44, false, trim), ...zip([0, closeAt - 44], [0, closeAt + 30])];
    case 'parka':
    case 'rain':
      return [...stormFlap(closeAt, floor, cut.style === 'rain'), ...weltPocket([waist[0] * 0.32, pocketY], [waist[0] * 0.86, pocketY - 6], cut.style === 'parka' ? 66 : 22), ...hood(trunk, trim), ...drawstrings(neck.y + 66, 70)];
    case 'trench':
      return [...frontEdge(closeAt, floor, 30), ...[0, 84, 200, 284].flatMap((down) => [-38, 38].map((x) => button([x, closeAt + 10 + down], 7))), ...belt(trunk), ...weltPocket([waist[0] * 0.6, pocketY + 60], [waist[0] * 0.82, pocketY - 16], 14), ...lapels(trunk, closeAt, 98)];
  }
}

/** The edge of the front that lies on top, from where it closes to the hem. */
function frontEdge(closeAt: number, floor: number, shift: number): Part[] {
  const run: Run = [[0, closeAt], [-shift - 12, closeAt + 40], [-shift - 13, floor - 70], [-shift - 6, floor]];
  return [line(open(run), 'deep', 2.4), panel(closed(run, [run[3] as Point, [-shift - 22, floor]], [[-shift - 22, floor], [-shift - 24, closeAt + 80], [0, closeAt]]), { tone: 'inside', light: 'none', edge: false, marks: [] })].slice(0, 1);
}

function breastPocket([x, y]: Point): Part {
  const [left, right] = [x * 0.34, x * 0.74];
  return panel(closed([[left, y - 16], [right, y - 24]], [[right, y - 24], [right, y - 12]], [[right, y - 12], [left, y - 4]], [[left, y - 4], [left, y - 16]]), { light: 'none' });
}

function stormFlap(top: number, floor: number, snaps: boolean): Part[] {
  const strip = closed([[-20, top], [20, top]], [[20, top], [20, floor]], [[20, floor], [-20, floor]], [[-20, floor], [-20, top]]);
  return [panel(strip, { light: 'none', marks: [stitch([[14, top], [14, floor]]), stitch([[-14, top], [-14, floor]]), fold([[20, top], [18, (top + floor) / 2], [20, floor]], 10)] }), ...spread(top + 34, floor - 40, 6).map((y) => button([0, y], snaps ? 5.5 : 6, snaps ? 'metal' : 'button'))];
}

function belt({ waist }: Trunk): Part[] {
  const [x, y] = waist;
  const strap = closed([[-x - 4, y - 12], [0, y - 8], [x + 4, y - 12]], [[x + 4, y - 12], [x + 4, y + 14]], [[x + 4, y + 14], [0, y + 18], [-x - 4, y + 14]], [[-x - 4, y + 14], [-x - 4, y - 12]]);
  const buckle = closed([[-22, y - 14], [22, y - 14]], [[22, y - 14], [22, y + 24]], [[22, y + 24], [-22, y + 24]], [[-22, y + 24], [-22, y - 14]]);
  return [panel(strap, { tone: 'main', marks: [] }), line(buckle, 'deep', 6), line(open([[0, y - 8], [0, y + 18]]), 'deep', 3)];
}
void mirroredLine;
