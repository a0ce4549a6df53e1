// Sleeves: cut, cuffs and folds.
import {
  bothSides,
  fold,
  type Mark,
  type Panel,
  panel,
  type Part,
  rib,
  shine,
  spread,
  stitch,
  type Turn,
} from './parts.js';
import { along, closed, p, type Point, type Run } from './path.js';
import type { Trunk } from './torso.js';

export interface SleeveCut {
  length: number;
  /** Angle to the vertical in degrees, at the shoulder and below the elbow. */
  spread: readonly [upper: number, lower: number];
  cuffWidth: number;
  /** Height of a cuff or band at the end; 0 for a plain hem. */
  cuff: number;
  cuffTone?: Panel['tone'];
  tone?: Panel['tone'];
  /** How far the sleeve puffs out; 0 is smooth. */
  puff?: number;
}

/** Position of a right sleeve on the canvas. */
interface Arm {
  cut: SleeveCut;
  shoulder: Point;
  armpit: Point;
  elbow: Point;
  /** The two corners at the end of the sleeve. */
  outer: Point;
  inner: Point;
}

/** Draws both sleeves. They are painted before the body, which covers their seams. */
export function sleeves({ shoulder, armpit }: Trunk, cut: SleeveCut): Part[] {
  const [upper, lower] = cut.spread;
  const elbow = step(shoulder, upper, cut.length * 0.5);
  const outer = step(elbow, lower, cut.length * 0.5);
  const arm: Arm = { cut, shoulder, armpit, elbow, outer, inner: step(outer, lower - 90, cut.cuffWidth) };
  const outline = armOutline(arm);
  return bothSides((turn, sign) => [
    panel(closed(...outline.map(turn)), {
      tone: cut.tone ?? 'main',
      grain: (-sign * (upper + lower)) / 2,
      light: sign > 0 ? 'tube-right' : 'tube-left',
      marks: sleeveMarks(arm, turn),
    }),
    ...(cut.cuff > 0 ? [cuffPart(arm, turn, sign)] : []),
  ]);
}

function armOutline({ cut, shoulder, armpit, elbow, outer, inner }: Arm): Run[] {
  const [upper, lower] = cut.spread;
  const middle = (upper + lower) / 2;
  const puff = cut.puff ?? 0;
  // a long sleeve bends slightly at the elbow
  const slack = cut.length > 250 ? 7 - puff * 0.5 : -puff * 0.5;
  return [
    [shoulder, aside(along(shoulder, elbow, 0.45), upper, 5 + puff), aside(elbow, middle, puff), outer],
    [outer, along(step(outer, lower, 4), step(inner, lower, 4), 0.5), inner],
    [inner, aside(along(inner, armpit, 0.52), middle, slack), armpit],
    [armpit, p(shoulder[0] - 24, armpit[1] - 30), shoulder],
  ];
}

function cuffPart({ cut, outer, inner }: Arm, turn: Turn, sign: number): Part {
  const angle = cut.spread[1];
  const [a, b] = [along(outer, inner, -0.02), along(outer, inner, 1.02)];
  const [topA, topB] = [step(a, angle, -cut.cuff), step(b, angle, -cut.cuff)];
  const end: Run = [a, along(step(a, angle, 4), step(b, angle, 4), 0.5), b];
  const ribs =
    cut.cuffTone === undefined
      ? spread(0.125, 0.875, 7).map((share) => rib(turn([along(topA, topB, share), along(a, b, share)])))
      : [];
  const d = closed(turn([topA, a]), turn(end), turn([b, topB]), turn([topB, topA]));
  return panel(d, { tone: cut.cuffTone ?? 'main', grain: -sign * angle, marks: ribs });
}

function sleeveMarks(arm: Arm, turn: Turn): Mark[] {
  const { cut, shoulder, armpit, elbow, outer, inner } = arm;
  const light = [
    along(shoulder, elbow, 0.12),
    aside(along(shoulder, elbow, 0.5), cut.spread[0], -14),
    along(shoulder, elbow, 0.95),
  ];
  const up = (share: number, by: number): Point => step(along(outer, inner, share), cut.spread[1], -by);
  return [
    fold(turn([p(armpit[0] - 4, armpit[1] - 6), along(armpit, elbow, 0.5), along(elbow, shoulder, 0.3)]), 15),
    shine(turn(light), 13),
    ...(cut.cuff === 0 ? [stitch(turn([up(-0.1, 11), up(0.5, 9), up(1.1, 11)]))] : []),
    ...(cut.length > 250 ? elbowMarks(arm, turn) : []),
  ];
}

/** Draws the creases of a long sleeve at its elbow and above its end. */
function elbowMarks({ cut, armpit, elbow, outer, inner }: Arm, turn: Turn): Mark[] {
  const bend = along(inner, armpit, 0.5);
  const up = (share: number, by: number): Point => step(along(outer, inner, share), cut.spread[1], -by);
  const below = [along(bend, inner, 0.2), along(along(bend, inner, 0.3), elbow, 0.35), along(elbow, outer, -0.12)];
  const light = [
    along(elbow, along(outer, inner, 0.35), 0.15),
    along(elbow, along(outer, inner, 0.4), 0.5),
    up(0.35, 20),
  ];
  return [
    fold(turn([bend, along(bend, elbow, 0.4), along(elbow, outer, 0.2)]), 15),
    fold(turn(below), 11),
    fold(turn([up(0.75, 20), up(0.62, 58), up(0.66, 105)]), 12),
    shine(turn(light), 11),
  ];
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Returns the point at a distance in a direction. @param angle degrees from straight down, towards the outside */
const step = ([x, y]: Point, angle: number, by: number): Point =>
  p(x + Math.sin(radians(angle)) * by, y + Math.cos(radians(angle)) * by);

/** Returns the point at a distance to the outside of a limb that hangs at an angle. */
const aside = (point: Point, angle: number, by: number): Point => step(point, angle + 90, by);
