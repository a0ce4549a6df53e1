// Cut of heeled sandals and wedges in profile, toe to the right.
import { fold, line, panel, type Part, rib, shine, type Tone } from '../parts.js';
import { along, closed, ellipse, open, p, type Point, type Run } from '../path.js';
import type { ShoesCut } from './shoes.js';

export type OpenStyle = 'heeled-sandal' | 'wedge';

/** Height of the back of the foot above the footbed, from the ankle to the toes. */
const INSTEP: Run = [
  p(-220, 196),
  p(-120, 156),
  p(-80, 130),
  p(-40, 108),
  p(0, 90),
  p(40, 75),
  p(80, 62),
  p(120, 50),
  p(160, 37),
  p(205, 20),
];
const RAISED_BED: Run = [p(-210, 402), p(-130, 416), p(-50, 456), p(30, 496), p(100, 508), p(240, 506)];

/** Returns the height at x of a line through points that run from left to right. */
function level(run: Run, x: number): number {
  const after = run.findIndex(([px]) => px >= x);
  if (after <= 0) return (after === 0 ? run[0] : run[run.length - 1])![1];
  const [a, b] = [run[after - 1] as Point, run[after] as Point];
  return a[1] + ((b[1] - a[1]) * (x - a[0])) / (b[0] - a[0]);
}

interface Strap {
  /** Position of the strap's back edge on the footbed, like `to` for its front edge. */
  from: number;
  to: number;
  /** Distance by which the top of the strap leans back. */
  lean: number;
  tone?: Tone;
}

/**
 * Draws a strap over the foot: the near side, and the lining of the far side, visible through the opening before it.
 */
function strap(bed: Run, { from, to, lean, tone = 'main' }: Strap): Part[] {
  const foot = (x: number): Point => p(x, level(bed, x) + 5);
  const over = (x: number): Point => p(x, level(bed, x) - level(INSTEP, x) * 0.86);
  const [back, front, backTop, frontTop] = [foot(from), foot(to), over(from - lean), over(to - lean)];
  const bow = (a: Point, b: Point, out: number): Point => p(along(a, b, 0.5)[0] + out, along(a, b, 0.5)[1]);
  const near = closed(
    [back, bow(back, backTop, 7), backTop],
    [backTop, along(backTop, frontTop, 0.5), frontTop],
    [frontTop, bow(frontTop, front, 10), front],
    [front, back],
  );
  const far = closed(
    [frontTop, p(frontTop[0] + 16, frontTop[1] + 3), p(front[0] + 16, front[1] - 18), p(front[0] + 17, front[1] - 3)],
    [p(front[0] + 17, front[1] - 3), front],
    [front, bow(frontTop, front, 10), frontTop],
  );
  const middle = (share: number): Point => along(along(back, front, 0.5), along(backTop, frontTop, 0.5), share);
  return [
    panel(far, { tone: 'inside', light: 'none' }),
    panel(near, {
      tone,
      light: 'drop',
      marks: [shine([middle(0.1), p(middle(0.5)[0] + 6, middle(0.5)[1]), middle(0.95)], (to - from) * 0.5, 1.5)],
    }),
  ];
}

const buckle = (at: Point): Part[] => [
  line(ellipse(at, 10, 12), 'metal', 4.5),
  line(open([at, p(at[0] + 10, at[1] + 2)]), 'metal', 3),
];

function ankleFar(floor: number): Part[] {
  return [line(open([p(-198, floor - 112), p(-140, floor - 150), p(-80, floor - 146)]), 'inside', 17)];
}

function ankleNear(floor: number): Part[] {
  const run: Run = [p(-204, floor - 106), p(-150, floor - 116), p(-78, floor - 146)];
  return [line(open(run), 'deep', 20), line(open(run), 'main', 17), ...buckle(p(-132, floor - 122))];
}

const FOOTBED = closed(
  RAISED_BED,
  [p(240, 506), p(238, 515)],
  [p(238, 515), p(96, 519), p(22, 507), p(-58, 467), p(-134, 429), p(-208, 414)],
  [p(-208, 414), p(-210, 402)],
);
const WEDGE = closed(
  [p(-208, 410), p(-134, 425), p(-58, 463), p(22, 503), p(96, 515)],
  [p(96, 515), p(232, 514)],
  [p(232, 514), p(224, 526)],
  [p(224, 526), p(-198, 526)],
  [p(-198, 526), p(-214, 470), p(-208, 410)],
);
const STILETTO = closed(
  [p(-208, 410), p(-160, 420), p(-138, 428)],
  [p(-138, 428), p(-164, 462), p(-174, 524)],
  [p(-174, 524), p(-190, 524)],
  [p(-190, 524), p(-197, 460), p(-208, 410)],
);
const HEEL_CUP = closed(
  [p(-210, 408), p(-218, 360), p(-204, 296)],
  [p(-204, 296), p(-178, 304)],
  [p(-178, 304), p(-168, 366), p(-128, 420)],
  [p(-128, 420), p(-210, 408)],
);

export function openShoe(style: OpenStyle, detail: ShoesCut['detail']): Part[] {
  const second: Tone = detail === 'contrast' ? 'second' : 'main';
  return [
    ...ankleFar(412),
    style === 'wedge' ? wedge() : panel(STILETTO),
    panel(FOOTBED, { tone: 'leather', light: 'drop', marks: [fold([p(-200, 408), p(-50, 464), p(40, 508)], 10)] }),
    ...strap(RAISED_BED, { from: 118, to: 190, lean: 14 }),
    ...strap(RAISED_BED, { from: 34, to: 96, lean: 10, tone: second }),
    panel(HEEL_CUP, { light: 'drop', marks: [shine([p(-200, 312), p(-204, 360), p(-190, 404)], 16, 1.4)] }),
    ...ankleNear(412),
  ];
}

/** Draws a wedge of cork or wood layers. */
function wedge(): Part {
  const layers = [452, 470, 488, 506].map((y) => rib([p(-216, y), p(0, y + 8), p(226, y + 12)]));
  return panel(WEDGE, { tone: 'leather', marks: layers });
}
