/** Owns the cut of heeled sandals and wedges in profile, toe to the right. Knows nothing of colours. */
import { along, closed, ellipse, open, type Point, type Run } from '../path.js';
import { button, fold, line, panel, shine, stitch, type Mark, type Part, type Tone } from '../parts.js';
import type { ShoesCut } from './shoes.js';

export type OpenStyle = 'heeled-sandal' | 'wedge';

/** How high the foot's back stands over its bed, from the ankle to the toes. */
const INSTEP: Run = [[-220, 196], [-120, 156], [-80, 130], [-40, 108], [0, 90], [40, 75], [80, 62], [120, 50], [160, 37], [205, 20]];
const RAISED_BED: Run = [[-210, 402], [-130, 416], [-50, 456], [30, 496], [100, 508], [240, 506]];

/** The height at x of a line through points that go from left to right. */
function level(run: Run, x: number): number {
  const after = run.findIndex(([px]) => px >= x);
  if (after <= 0) return (after === 0 ? run[0] : run[run.length - 1])![1];
  const [a, b] = [run[after - 1] as Point, run[after] as Point];
  return a[1] + ((b[1] - a[1]) * (x - a[0])) / (b[0] - a[0]);
}

interface Strap {
  /** Where it leaves the bed, back and front edge. */
  from: number;
  to: number;
  /** How far back its top lies. */
  lean: number;
  tone?: Tone;
}

/** A strap over the foot: the near side in full, and through the opening before it the far side's lining. */
function strap(bed: Run, { from, to, lean, tone = 'main' }: Strap): Part[] {
  const foot = (x: number): Point => [x, level(bed, x) + 5];
  const over = (x: number): Point => [x, level(bed, x) - level(INSTEP, x) * 0.86];
  const [back, front, backTop, frontTop] = [foot(from), foot(to), over(from - lean), over(to - lean)];
  const bow = (a: Point, b: Point, out: number): Point => [along(a, b, 0.5)[0] + out, along(a, b, 0.5)[1]];
  const near = closed([back, bow(back, backTop, 7), backTop], [backTop, along(backTop, frontTop, 0.5), frontTop], [frontTop, bow(frontTop, front, 10), front], [front, back]);
  const far = closed([frontTop, [frontTop[0] + 16, frontTop[1] + 3], [front[0] + 16, front[1] - 18], [front[0] + 17, front[1] - 3]], [[front[0] + 17, front[1] - 3], front], [front, bow(frontTop, front, 10), frontTop]);
  const middle = (share: number): Point => along(along(back, front, 0.5), along(backTop, frontTop, 0.5), share);
  return [
    panel(far, { tone: 'inside', light: 'none' }),
    panel(near, { tone, light: 'drop', marks: [shine([middle(0.1), [middle(0.5)[0] + 6, middle(0.5)[1]], middle(0.95)], (to - from) * 0.5, 1.5)] }),
  ];
}

const buckle = (at: Point): Part[] => [line(ellipse(at, 10, 12), 'metal', 4.5), line(open([at, [at[0] + 10, at[1] + 2]]), 'metal', 3)];

function ankleFar(floor: number): Part[] {
  return [line(open([[-198, floor - 112], [-140, floor - 150], [-80, floor - 146]]), 'inside', 17)];
}

function ankleNear(floor: number): Part[] {
  const run: Run = [[-204, floor - 106], [-150, floor - 116], [-78, floor - 146]];
  return [line(open(run), 'deep', 20), line(open(run), 'main', 17), ...buckle([-132, floor - 122])];
}

export function openShoe(style: OpenStyle, detail: ShoesCut['detail']): Part[] {
  const bed = RAISED_BED;
  const [heelSide, toeEnd]: [Point, Point] = [[-208, 402], [240, 506]];
  const foot = closed([heelSide, ...bed.slice(1, -1), toeEnd], [toeEnd, [238, 515]], [[238, 515], [96, 519], [22, 507], [-58, 467], [-134, 429], [-208, 414]], [[-208, 414], heelSide]);
  const wedge = closed([[-208, 410], [-134, 425], [-58, 463], [22, 503], [96, 515]], [[96, 515], [232, 514]], [[232, 514], [224, 526]], [[224, 526], [-198, 526]], [[-198, 526], [-214, 470], [-208, 410]]);
  const stiletto = closed([[-208, 410], [-160, 420], [-138, 428]], [[-138, 428], [-164, 462], [-174, 524]], [[-174, 524], [-190, 524]], [[-190, 524], [-197, 460], [-208, 410]]);
  const second: Tone = detail === 'contrast' ? 'second' : 'main';
  const layers = [452, 470, 488, 506].map((y): Mark => ({ kind: 'rib', layers: [open([[-216, y], [0, y + 8], [226, y + 12]])] }));
  return [
    ...ankleFar(412),
    style === 'wedge' ? panel(wedge, { tone: 'leather', light: 'tube', marks: layers }) : panel(stiletto, { light: 'tube' }),
    panel(foot, { tone: 'leather', light: 'drop', marks: [fold([[-200, 408], [-50, 464], [40, 508]], 10)] }),
    ...[{ from: 118, to: 190, lean: 14 }, { from: 34, to: 96, lean: 10, tone: second }].flatMap((each) => strap(bed, each)),
    panel(closed([[-210, 408], [-218, 360], [-204, 296]], [[-204, 296], [-178, 304]], [[-178, 304], [-168, 366], [-128, 420]], [[-128, 420], [-210, 408]]), { light: 'drop', marks: [shine([[-200, 312], [-204, 360], [-190, 404]], 16, 1.4)] }),
    ...ankleNear(412),
  ];
}
