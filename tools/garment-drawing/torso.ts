// Common parts of upper garments: figures, the outline of the body, necklines.
import { bothSides, fold, type Mark, panel, type Panel, type Part, rib, shine, stitch } from './parts.js';
import { along, mirrored, p, type Point, type Run } from './path.js';

/** Half widths on the canvas, and lengths of trunk and limbs relative to an adult. */
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
  /** Distance by which the middle of the hem hangs below its sides; negative if it is above. */
  hemCurve: number;
}

/** Returns the right half of a neckline, from its lowest point on the axis to the shoulder. */
export function necklineRuns(line: Neckline, half: number, y: number, drop: number): Run[] {
  switch (line) {
    case 'crew':
    case 'scoop':
      return [[p(0, y + drop), p(half * 0.52, y + drop * 0.84), p(half * 0.88, y + drop * 0.42), p(half, y)]];
    case 'boat':
      return [[p(0, y + drop), p(half * 0.6, y + drop * 0.8), p(half, y)]];
    case 'v':
    case 'deep-v':
      return [[p(0, y + drop), p(half, y)]];
    case 'square':
      return [
        [p(0, y + drop), p(half * 0.82, y + drop)],
        [p(half * 0.82, y + drop), p(half, y)],
      ];
    case 'sweetheart':
      return [
        [
          p(0, y + drop),
          p(half * 0.3, y + drop * 0.74),
          p(half * 0.7, y + drop * 0.72),
          p(half * 0.92, y + drop * 0.84),
        ],
        [p(half * 0.92, y + drop * 0.84), p(half, y)],
      ];
  }
}

/** Returns the outline of the front. It ends a little higher if a band covers its hem. */
export function trunkOutline(
  { neck, shoulder, armpit, waist, hem: [hemX, hemY], hemCurve }: Trunk,
  raised = 0,
): string {
  const hem: Point = p(hemX, hemY - raised);
  return mirrored(
    ...necklineRuns(neck.line, neck.half, neck.y, neck.drop),
    [p(neck.half, neck.y), along(p(neck.half, neck.y), shoulder, 0.5), shoulder],
    [shoulder, p(Math.min(shoulder[0], armpit[0]) - 9, shoulder[1] + (armpit[1] - shoulder[1]) * 0.55), armpit],
    [armpit, waist, hem],
    [hem, p(hem[0] * 0.5, hem[1] + hemCurve * 0.8), p(0, hem[1] + hemCurve)],
  );
}

/** Draws the back of the garment, visible through the neck. */
export function trunkInside({ neck }: Trunk, backDrop = 10): Part[] {
  const back: Run = [p(0, neck.y + backDrop), p(neck.half * 0.55, neck.y + backDrop * 0.75), p(neck.half, neck.y)];
  const front = necklineRuns(neck.line, neck.half, neck.y, neck.drop)
    .map((run) => [...run].reverse())
    .reverse();
  return [
    panel(mirrored(back, ...front), {
      tone: 'inside',
      light: 'none',
      marks: [
        fold([p(-neck.half, neck.y + backDrop), p(0, neck.y + backDrop + 8), p(neck.half, neck.y + backDrop)], 22),
      ],
    }),
  ];
}

/** Draws a band of a given width around the neckline. */
export function neckBand({ neck, shoulder }: Trunk, width: number, tone: Panel['tone']): Part[] {
  const slope = (shoulder[1] - neck.y) / (shoulder[0] - neck.half);
  const inner = necklineRuns(neck.line, neck.half, neck.y, neck.drop);
  const outer = necklineRuns(
    neck.line,
    neck.half + width,
    neck.y + width * slope,
    neck.drop + width * (neck.line === 'v' || neck.line === 'deep-v' ? 1.35 : 0.9 - slope * 0.3),
  );
  const inward = outer.map((run) => [...run].reverse()).reverse();
  const start: Run = [p(neck.half, neck.y), p(neck.half + width, neck.y + width * slope)];
  return [panel(mirrored(...inner, start, ...inward), { tone, light: 'none' })];
}

/** Draws the folds of a body that hangs from its shoulders. */
export function trunkFolds({ shoulder, armpit, waist, hem, hemCurve }: Trunk): Mark[] {
  const floor = hem[1] + Math.max(hemCurve, 0);
  const at = (share: number): number => armpit[1] + (floor - armpit[1]) * share;
  return [
    ...bothSides((turn) => [
      fold(turn([armpit, p(armpit[0] * 0.7, armpit[1] + 22), p(armpit[0] * 0.44, armpit[1] + 62)]), 20),
      fold(
        turn([p(armpit[0] + 2, armpit[1] + 20), p(waist[0] * 0.8, at(0.22)), p(waist[0] * 0.62, at(0.42))]),
        14,
        0.8,
      ),
      fold(turn([p(waist[0] - 4, at(0.5)), p(waist[0] * 0.72, at(0.58)), p(waist[0] * 0.5, at(0.74))]), 18),
      fold(turn([p(shoulder[0] - 8, shoulder[1] + 40), p(shoulder[0] - 26, shoulder[1] + 84), armpit]), 12, 0.7),
    ]),
    fold([p(hem[0] * 0.36, at(0.62)), p(hem[0] * 0.48, at(0.8)), p(hem[0] * 0.44, at(1))], 22),
    fold([p(-hem[0] * 0.55, at(0.7)), p(-hem[0] * 0.5, at(0.85)), p(-hem[0] * 0.56, at(1))], 18),
    shine([p(-armpit[0] * 0.42, at(0.02)), p(-waist[0] * 0.42, at(0.35)), p(-hem[0] * 0.36, at(0.9))], 40, 0.8),
    shine([p(hem[0] * 0.24, at(0.45)), p(hem[0] * 0.28, at(0.7)), p(hem[0] * 0.22, at(0.98))], 24, 0.7),
  ];
}

/** Draws stitching parallel to the hem. */
export function hemStitch({ hem, hemCurve }: Trunk, above = 13): Mark {
  const y = hem[1] - above;
  return stitch([
    p(-hem[0] - 6, y),
    p(-hem[0] * 0.5, y + hemCurve * 0.8),
    p(0, y + hemCurve),
    p(hem[0] * 0.5, y + hemCurve * 0.8),
    p(hem[0] + 6, y),
  ]);
}

/** Draws a ribbed hem band, as on knits and bomber jackets. */
export function hemBand({ hem, hemCurve }: Trunk, height: number, tone: Panel['tone']): Part[] {
  const [x, y] = hem;
  const d = mirrored(
    [p(0, y + hemCurve - height), p(x * 0.5, y + hemCurve * 0.8 - height), p(x + 1, y - height)],
    [p(x + 1, y - height), p(x - 6, y)],
    [p(x - 6, y), p(x * 0.5, y + hemCurve * 0.8), p(0, y + hemCurve)],
  );
  const ribs = Array.from({ length: 31 }, (_, index) => -x + (2 * x * index) / 30).map((rx) =>
    rib([p(rx, y - height - 4), p(rx * 0.97, y + hemCurve + 4)]),
  );
  return [panel(d, { tone, marks: ribs })];
}
