/**
 * Owns what every upper garment shares: figures, the body's outline, necklines and sleeves.
 * Knows nothing of collars, closures or colours.
 */
import { along, closed, flip, mirrored, open, type Point, type Run } from './path.js';
import { bothSides, fold, line, panel, rib, shine, stitch, type Mark, type Panel, type Part } from './parts.js';

/** Half widths on the canvas, and how long trunk and limbs are against an adult's. */
export interface Figure {
  shoulder: number;
  chest: number;
  waist: number;
  hip: number;
  length: number;
  limb: number;
}

export type Neckline = 'crew' | 'v' | 'scoop' | 'boat' | 'square' | 'deep-v' | 'sweetheart';
export type SleeveLength = 'none' | 'cap' | 'short' | 'elbow' | 'three-quarter' | 'long';

/** The body of an upper garment: half widths and heights on the canvas. */
export interface Trunk {
  neck: { half: number; y: number; drop: number; line: Neckline };
  shoulder: Point;
  armpit: Point;
  waist: Point;
  hem: Point;
  /** How far the hem's middle hangs below its sides; negative: above. */
  hemCurve: number;
}

/** The right half of a neckline, from its lowest point on the axis to the shoulder. */
export function necklineRuns(line: Neckline, half: number, y: number, drop: number): Run[] {
  switch (line) {
    case 'crew':
    case 'scoop':
      return [[[0, y + drop], [half * 0.52, y + drop * 0.84], [half * 0.88, y + drop * 0.42], [half, y]]];
    case 'boat':
      return [[[0, y + drop], [half * 0.6, y + drop * 0.8], [half, y]]];
    case 'v':
    case 'deep-v':
      return [[[0, y + drop], [half, y]]];
    case 'square':
      return [[[0, y + drop], [half * 0.82, y + drop]], [[half * 0.82, y + drop], [half, y]]];
    case 'sweetheart':
      return [[[0, y + drop], [half * 0.3, y + drop * 0.74], [half * 0.7, y + drop * 0.72], [half * 0.92, y + drop * 0.84]], [[half * 0.92, y + drop * 0.84], [half, y]]];
  }
}

/** The outline of the body in front, ending a little higher where a band covers its hem. */
export function trunkOutline({ neck, shoulder, armpit, waist, hem: [hemX, hemY], hemCurve }: Trunk, raised = 0): string {
  const hem: Point = [hemX, hemY - raised];
  return mirrored(
    ...necklineRuns(neck.line, neck.half, neck.y, neck.drop),
    [[neck.half, neck.y], along([neck.half, neck.y], shoulder, 0.5), shoulder],
    [shoulder, [Math.min(shoulder[0], armpit[0]) - 9, shoulder[1] + (armpit[1] - shoulder[1]) * 0.55], armpit],
    [armpit, waist, hem],
    [hem, [hem[0] * 0.5, hem[1] + hemCurve * 0.8], [0, hem[1] + hemCurve]],
  );
}

/** The back of the garment seen through the neck. */
export function trunkInside({ neck }: Trunk, backDrop = 10): Part[] {
  const back: Run = [[0, neck.y + backDrop], [neck.half * 0.55, neck.y + backDrop * 0.75], [neck.half, neck.y]];
  const front = necklineRuns(neck.line, neck.half, neck.y, neck.drop).map((run) => [...run].reverse()).reverse();
  return [panel(mirrored(back, ...front), { tone: 'inside', light: 'none', marks: [fold([[-neck.half, neck.y + backDrop], [0, neck.y + backDrop + 8], [neck.half, neck.y + backDrop]], 22)] })];
}

/** A band of a given width around the neckline. */
export function neckBand({ neck, shoulder }: Trunk, width: number, tone: Panel['tone']): Part[] {
  const slope = (shoulder[1] - neck.y) / (shoulder[0] - neck.half);
  const inner = necklineRuns(neck.line, neck.half, neck.y, neck.drop);
  const outer = necklineRuns(neck.line, neck.half + width, neck.y + width * slope, neck.drop + width * (neck.line === 'v' || neck.line === 'deep-v' ? 1.35 : 0.9 - slope * 0.3));
  const inward = outer.map((run) => [...run].reverse()).reverse();
  const start: Run = [[neck.half, neck.y], [neck.half + width, neck.y + width * slope]];
  return [panel(mirrored(...inner, start, ...inward), { tone, light: 'none' })];
}

export interface Sleeve {
  right: Panel;
  left: Panel;
  cuffs: Panel[];
}

export interface SleeveCut {
  length: number;
  /** Degrees from hanging straight down, at the shoulder and below the elbow. */
  spread: readonly [upper: number, lower: number];
  cuffWidth: number;
  /** Height of a cuff or band at the end, 0 for a plain hem. */
  cuff: number;
  cuffTone?: Panel['tone'];
  tone?: Panel['tone'];
  /** How far the sleeve puffs out, 0 = smooth. */
  puff?: number;
}

/** Both sleeves, to be painted before the body that covers their seams. */
export function sleeves({ shoulder, armpit }: Trunk, cut: SleeveCut): Part[] {
  const [upper, lower] = cut.spread;
  const elbow = step(shoulder, upper, cut.length * 0.5);
  const outerEnd = step(elbow, lower, cut.length * 0.5);
  const innerEnd = step(outerEnd, lower - 90, cut.cuffWidth);
  const puff = cut.puff ?? 0;
  const outer: Run = [shoulder, offset(along(shoulder, elbow, 0.45), upper, 5 + puff), offset(elbow, (upper + lower) / 2, puff), outerEnd];
  const innerElbow: Point = along(innerEnd, armpit, 0.52);
  const inner: Run = [innerEnd, offset(innerElbow, (upper + lower) / 2, cut.length > 250 ? 7 - puff * 0.5 : -puff * 0.5), armpit];
  const inset: Run = [armpit, [shoulder[0] - 24, armpit[1] - 30], shoulder];
  const marks = sleeveMarks(shoulder, armpit, elbow, [outerEnd, innerEnd], cut);
  const end: Run = [outerEnd, along(step(outerEnd, lower, 4), step(innerEnd, lower, 4), 0.5), innerEnd];
  const tone = cut.tone ?? 'main';
  const side = (turn: (run: Run) => Run, sign: number): Part[] => [
    panel(closed(turn(outer), turn(end), turn(inner), turn(inset)), { tone, grain: -sign * (upper + lower) / 2, light: sign > 0 ? 'tube-right' : 'tube-left', marks: marks(turn) }),
    ...(cut.cuff > 0 ? cuffPart(turn, [outerEnd, innerEnd], lower, sign, cut) : []),
  ];
  return [...side((run) => run, 1), ...side(flip, -1)];
}

function cuffPart(turn: (run: Run) => Run, [outerEnd, innerEnd]: [Point, Point], angle: number, sign: number, cut: SleeveCut): Part[] {
  const back = (point: Point, by: number): Point => step(point, angle, -by);
  const [a, b] = [along(outerEnd, innerEnd, -0.02), along(outerEnd, innerEnd, 1.02)];
  const d = closed(turn([back(a, cut.cuff), a]), turn([a, along(step(a, angle, 4), step(b, angle, 4), 0.5), b]), turn([b, back(b, cut.cuff)]), turn([back(b, cut.cuff), back(a, cut.cuff)]));
  const ribs = cut.cuffTone === undefined || cut.cuffTone === 'dark' ? ribsBetween(turn, [back(a, cut.cuff), back(b, cut.cuff)], [a, b], 7) : [];
  return [panel(d, { tone: cut.cuffTone ?? 'main', grain: -sign * angle, light: 'tube', marks: ribs })];
}

/** Rib lines between two edges. */
export function ribsBetween(turn: (run: Run) => Run, [topA, topB]: [Point, Point], [endA, endB]: [Point, Point], count: number): Mark[] {
  return Array.from({ length: count }, (_, index) => {
    const share = (index + 1) / (count + 1);
    return rib(turn([along(topA, topB, share), along(endA, endB, share)]));
  });
}

function sleeveMarks(shoulder: Point, armpit: Point, elbow: Point, [outerEnd, innerEnd]: [Point, Point], cut: SleeveCut) {
  return (turn: (run: Run) => Run): Mark[] => {
    const long = cut.length > 250;
    const hemAt = (share: number): Point => along(outerEnd, innerEnd, share);
    const up = (point: Point, by: number): Point => step(point, cut.spread[1], -by);
    const marks = [
      fold(turn([[armpit[0] - 4, armpit[1] - 6], along(armpit, elbow, 0.5), along(elbow, shoulder, 0.3)]), 15),
      shine(turn([along(shoulder, elbow, 0.12), offset(along(shoulder, elbow, 0.5), cut.spread[0], -14), along(shoulder, elbow, 0.95)]), 13),
    ];
    if (cut.cuff === 0) marks.push(stitch(turn([up(hemAt(-0.1), 11), up(hemAt(0.5), 9), up(hemAt(1.1), 11)])));
    if (long) {
      const bend = along(innerEnd, armpit, 0.5);
      marks.push(
        fold(turn([bend, along(bend, elbow, 0.4), along(elbow, outerEnd, 0.2)]), 15),
        fold(turn([along(bend, innerEnd, 0.2), along(along(bend, innerEnd, 0.3), elbow, 0.35), along(elbow, outerEnd, -0.12)]), 11),
        fold(turn([up(hemAt(0.75), 20), up(hemAt(0.62), 58), up(hemAt(0.66), 105)]), 12),
        shine(turn([along(elbow, hemAt(0.35), 0.15), along(elbow, hemAt(0.4), 0.5), up(hemAt(0.35), 20)]), 11),
      );
    }
    return marks;
  };
}

/** The folds of a body hanging from its shoulders. */
export function trunkFolds({ shoulder, armpit, waist, hem, hemCurve }: Trunk): Mark[] {
  const floor = hem[1] + Math.max(hemCurve, 0);
  const at = (share: number): number => armpit[1] + (floor - armpit[1]) * share;
  return [
    ...bothSides((turn) => [
      fold(turn([armpit, [armpit[0] * 0.7, armpit[1] + 22], [armpit[0] * 0.44, armpit[1] + 62]]), 20),
      fold(turn([[armpit[0] + 2, armpit[1] + 20], [waist[0] * 0.8, at(0.22)], [waist[0] * 0.62, at(0.42)]]), 14, 0.8),
      fold(turn([[waist[0] - 4, at(0.5)], [waist[0] * 0.72, at(0.58)], [waist[0] * 0.5, at(0.74)]]), 18),
      fold(turn([[shoulder[0] - 8, shoulder[1] + 40], [shoulder[0] - 26, shoulder[1] + 84], armpit]), 12, 0.7),
    ]),
    fold([[hem[0] * 0.36, at(0.62)], [hem[0] * 0.48, at(0.8)], [hem[0] * 0.44, at(1)]], 22),
    fold([[-hem[0] * 0.55, at(0.7)], [-hem[0] * 0.5, at(0.85)], [-hem[0] * 0.56, at(1)]], 18),
    shine([[-armpit[0] * 0.42, at(0.02)], [-waist[0] * 0.42, at(0.35)], [-hem[0] * 0.36, at(0.9)]], 40, 0.8),
    shine([[hem[0] * 0.24, at(0.45)], [hem[0] * 0.28, at(0.7)], [hem[0] * 0.22, at(0.98)]], 24, 0.7),
  ];
}

/** Stitching parallel to the hem. */
export function hemStitch({ hem, hemCurve }: Trunk, above = 13): Mark {
  const y = hem[1] - above;
  return stitch([[-hem[0] - 6, y], [-hem[0] * 0.5, y + hemCurve * 0.8], [0, y + hemCurve], [hem[0] * 0.5, y + hemCurve * 0.8], [hem[0] + 6, y]]);
}

/** A waist-to-hem band with ribs, as on knits and bombers. */
export function hemBand({ hem, hemCurve }: Trunk, height: number, tone: Panel['tone']): Part[] {
  const [x, y] = hem;
  const d = mirrored([[0, y + hemCurve - height], [x * 0.5, y + hemCurve * 0.8 - height], [x + 1, y - height]], [[x + 1, y - height], [x - 6, y]], [[x - 6, y], [x * 0.5, y + hemCurve * 0.8], [0, y + hemCurve]]);
  const ribs = Array.from({ length: 31 }, (_, index) => -x + (2 * x * index) / 30).map((rx) => rib([[rx, y - height - 4], [rx * 0.97, y + hemCurve + 4]]));
  return [panel(d, { tone, marks: ribs })];
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
/** From a point, so many units in a direction given in degrees from straight down towards the outside. */
const step = ([x, y]: Point, angle: number, by: number): Point => [x + Math.sin(radians(angle)) * by, y + Math.cos(radians(angle)) * by];
/** Sideways, away from the body, of a limb that hangs at an angle. */
const offset = (point: Point, angle: number, by: number): Point => step(point, angle + 90, by);

export const seamLine = (run: Run, width = 2): Part => line(open(run), 'deep', width);
