// Cut of skirts and of the skirts of dresses.
import { button, fold, line, type Mark, panel, type Part, rib, seam, shine, spread, stitch } from '../parts.js';
import { closed, flip, mirrored, open, p, type Point, type Run } from '../path.js';
import type { Figure } from '../torso.js';

export interface SkirtCut {
  kind: 'skirt';
  style: 'a-line' | 'pencil' | 'pleated' | 'tiered' | 'circle' | 'wrap' | 'denim' | 'slip';
  length: 'mini' | 'knee' | 'midi' | 'maxi';
}

/** A skirt on the canvas: half width and height at the waist, the hip and the hem. */
export interface SkirtShape {
  waist: Point;
  hip: Point;
  hem: Point;
  hemCurve: number;
}

const HEMS = { mini: 470, knee: 560, midi: 650, maxi: 740 } as const;
/** Half width of the hem relative to the hip, and its increase for each unit of length below a mini skirt. */
const FLARE = {
  'a-line': [1.3, 0.0006],
  pencil: [0.92, -0.0002],
  pleated: [1.42, 0.0006],
  tiered: [1.4, 0.0005],
  circle: [1.75, 0.0006],
  wrap: [1.22, 0.0005],
  denim: [1.16, 0.0006],
  slip: [1.12, 0.0004],
} as const;

export function skirt({ style, length }: SkirtCut, figure: Figure): Part[] {
  const top = 128;
  const hemY = top + (HEMS[length] - top) * figure.length;
  const [flare, perUnit] = FLARE[style];
  const hip = figure.hip * 1.22;
  const full = style === 'circle' || style === 'pleated' || style === 'tiered';
  const shape: SkirtShape = {
    waist: p(figure.waist * 0.92, top),
    hip: p(full ? hip * 1.06 : hip, 270),
    hem: p(Math.min(262, hip * (flare + (hemY - 470) * perUnit)), hemY),
    hemCurve: style === 'pencil' || style === 'denim' ? 8 : 20,
  };
  return [...skirtBody(shape, style), ...band(shape, style)];
}

/** Draws the skirt below its waistband. */
export function skirtBody(shape: SkirtShape, style: SkirtCut['style']): Part[] {
  if (style === 'tiered') return tiers(shape);
  const body = panel(outline(shape, style === 'pleated' ? 0 : style === 'circle' ? 6 : 0), {
    marks: skirtMarks(shape, style),
  });
  if (style === 'wrap') return [body, ...wrapFront(shape)];
  if (style === 'denim') return [body, ...denimFront(shape)];
  return [body];
}

function outline({ waist, hip, hem, hemCurve }: SkirtShape, waves: number): string {
  return mirrored(
    [p(0, waist[1]), p(waist[0] * 0.5, waist[1]), waist],
    [waist, hip, p(hip[0] + (hem[0] - hip[0]) * 0.5, (hip[1] + hem[1]) / 2), hem],
    hemRun(hem, hemCurve, waves),
  );
}

/** Returns the hem from the side to the axis. The hem of a full skirt is wavy. */
function hemRun([x, y]: Point, curve: number, waves: number): Run {
  if (waves === 0) return [p(x, y), p(x * 0.5, y + curve * 0.8), p(0, y + curve)];
  return spread(1, 0, 9).map((share, index): Point =>
    p(x * share, y + curve * (1 - share * share) + (index % 2 ? waves : 0)),
  );
}

export function skirtMarks(shape: SkirtShape, style: SkirtCut['style']): Mark[] {
  const { waist, hem, hip, hemCurve } = shape;
  const floor = hem[1] + hemCurve;
  const ray = (share: number, from: number): Run => [
    p(waist[0] * share * 0.94, from),
    p(hip[0] * share + (hem[0] - hip[0]) * share * 0.3, from + (floor - from) * 0.5),
    p(hem[0] * share, floor + 4),
  ];
  if (style === 'pleated') return pleats(shape);
  if (style === 'pencil') return [...pencilFolds(shape), hemline(shape)];
  if (style === 'denim') return [...pencilFolds(shape).slice(0, 4), hemline(shape), ...scoopedPockets(shape)];
  const many = style === 'circle' ? 9 : 7;
  const folds = spread(-0.86, 0.86, many).flatMap((share, index) => {
    const from = waist[1] + 18 + (index % 3) * 46;
    return [
      fold(ray(share, from), style === 'circle' ? 26 : 20, 1.1),
      shine(ray(share + 0.09, from + 30), style === 'circle' ? 24 : 18, 0.9),
    ];
  });
  return [...folds, hemline(shape)];
}

function pencilFolds({ waist, hip, hem }: SkirtShape): Mark[] {
  return [
    fold([p(hip[0] + 2, hip[1] - 26), p(hip[0] * 0.62, hip[1] - 4), p(hip[0] * 0.3, hip[1] + 34)], 15, 0.7),
    fold([p(-hip[0] - 2, hip[1] - 8), p(-hip[0] * 0.66, hip[1] + 18), p(-hip[0] * 0.4, hip[1] + 60)], 15, 0.7),
    fold([p(hem[0] * 0.3, hem[1] - 120), p(hem[0] * 0.36, hem[1] - 60), p(hem[0] * 0.34, hem[1] + 8)], 18),
    shine([p(-hip[0] * 0.4, waist[1] + 20), p(-hip[0] * 0.46, hip[1]), p(-hem[0] * 0.4, hem[1] - 40)], 46),
    seam([p(waist[0] * 0.5, waist[1]), p(waist[0] * 0.56, waist[1] + 84)]),
    seam([p(-waist[0] * 0.5, waist[1]), p(-waist[0] * 0.56, waist[1] + 84)]),
  ];
}

const hemline = ({ hem, hemCurve }: SkirtShape): Mark =>
  stitch([
    p(-hem[0], hem[1] - 12),
    p(-hem[0] * 0.5, hem[1] + hemCurve * 0.8 - 12),
    p(0, hem[1] + hemCurve - 12),
    p(hem[0] * 0.5, hem[1] + hemCurve * 0.8 - 12),
    p(hem[0], hem[1] - 12),
  ]);

function pleats({ waist, hip, hem, hemCurve }: SkirtShape): Mark[] {
  return spread(-0.93, 0.93, 15).flatMap((share) => {
    const run: Run = [
      p(waist[0] * share, waist[1]),
      p(hip[0] * share, hip[1]),
      p(hem[0] * share, hem[1] + hemCurve + 4),
    ];
    const beside = run.map(([x, y], index): Point => p(x + 5 + index * 3, y));
    return [
      seam(run),
      fold(beside, 16, 1.5),
      shine(
        run.map(([x, y], index): Point => p(x - 5 - index * 2, y)),
        10,
        1.2,
      ),
    ];
  });
}

function tiers({ waist, hem, hemCurve }: SkirtShape): Part[] {
  const at = (share: number): Point =>
    p(waist[0] + (hem[0] - waist[0]) * share ** 0.85, waist[1] + (hem[1] - waist[1]) * share);
  const bounds = [0, 0.3, 0.62, 1];
  return [2, 1, 0].map((index) => {
    const [top, bottom] = [at(bounds[index] as number), at(bounds[index + 1] as number)];
    const wide = bottom[0] + 6;
    const d = mirrored(
      [p(0, top[1] - 4), p(top[0] * 0.5, top[1] - 5), p(top[0], top[1] - 6)],
      [p(top[0], top[1] - 6), p((top[0] + wide) / 2 + 4, (top[1] + bottom[1]) / 2), p(wide, bottom[1])],
      hemRun(p(wide, bottom[1]), hemCurve * 0.6, 7),
    );
    const gathers = spread(-0.92, 0.92, 12).flatMap((share, count) => {
      const run: Run = [
        p(top[0] * share, top[1]),
        p((top[0] * 0.5 + wide * 0.5) * share, top[1] + (bottom[1] - top[1]) * 0.5),
        p(wide * share * 0.98, bottom[1] + 12 - (count % 3) * 22),
      ];
      return [
        fold(run, 15, 1.2),
        shine(
          run.map(([x, y]) => p(x + 13, y)),
          10,
        ),
      ];
    });
    return panel(d, { marks: [...gathers, fold([p(-top[0], top[1]), p(0, top[1] + 6), p(top[0], top[1])], 22)] });
  });
}

function wrapFront({ waist, hip, hem, hemCurve }: SkirtShape): Part[] {
  const y = waist[1];
  const edge: Run = [
    p(-waist[0] * 0.5, y),
    p(-hip[0] * 0.1, hip[1] + 20),
    p(hem[0] * 0.34, hem[1] - 10),
    p(hem[0] * 0.44, hem[1] + hemCurve - 12),
  ];
  const inner = edge.map(([px, py]): Point => p(px - 12, py + 4));
  const knot: Point = p(-waist[0] * 0.6, y + 8);
  return [
    line(open(edge), 'deep', 2.2),
    line(open(inner), 'stitch', 1.4, '5 3.5'),
    panel(
      closed(
        [p(knot[0], knot[1]), p(knot[0] - 26, knot[1] + 70), p(knot[0] - 22, knot[1] + 128)],
        [p(knot[0] - 22, knot[1] + 128), p(knot[0] - 4, knot[1] + 124)],
        [p(knot[0] - 4, knot[1] + 124), p(knot[0] - 4, knot[1] + 60), knot],
      ),
      { light: 'none' },
    ),
    panel(
      closed(
        [knot, p(knot[0] + 16, knot[1] + 60), p(knot[0] + 34, knot[1] + 104)],
        [p(knot[0] + 34, knot[1] + 104), p(knot[0] + 48, knot[1] + 94)],
        [p(knot[0] + 48, knot[1] + 94), p(knot[0] + 30, knot[1] + 50), knot],
      ),
      { light: 'none' },
    ),
  ];
}

function scoopedPockets({ waist: [x, y], hip }: SkirtShape): Mark[] {
  const pocket: Run = [p(x * 0.46, y), p(x * 0.54, y + 44), p(x * 0.84, y + 62), p(hip[0] + 4, y + 60)];
  return [pocket, flip(pocket)].flatMap((run) => [seam(run), stitch(run.map(([px, py]): Point => p(px, py + 7)))]);
}

function denimFront({ waist, hem, hemCurve }: SkirtShape): Part[] {
  const floor = hem[1] + hemCurve;
  return [
    line(open([p(-14, waist[1]), p(-14, floor)]), 'stitch', 1.5, '5 3.5'),
    line(open([p(14, waist[1]), p(14, floor - 2)]), 'deep', 2),
    ...spread(waist[1] + 34, floor - 44, Math.round((floor - waist[1]) / 74)).map((y) => button(p(0, y), 6, 'metal')),
  ];
}

function band({ waist }: SkirtShape, style: SkirtCut['style']): Part[] {
  const [x, y] = waist;
  const height = style === 'slip' || style === 'circle' ? 20 : 30;
  const front = mirrored(
    [p(0, y - height + 7), p(x * 0.5, y - height + 6), p(x - 2, y - height)],
    [p(x - 2, y - height), p(x + 1, y + 2)],
    [p(x + 1, y + 2), p(x * 0.5, y + 7), p(0, y + 8)],
  );
  const back = mirrored(
    [p(0, y - height - 1), p(x * 0.5, y - height - 1), p(x - 2, y - height)],
    [p(x - 2, y - height), p(x * 0.5, y - height + 6), p(0, y - height + 7)],
  );
  const gathered = style === 'tiered' || style === 'circle' || style === 'slip';
  const ribs: Mark[] = gathered
    ? spread(-x, x, 23).map((at) => rib([p(at, y - height - 4), p(at, y + 10)]))
    : [stitch([p(-x, y - 3), p(0, y + 3), p(x, y - 3)])];
  return [
    panel(back, { tone: 'inside', light: 'none' }),
    panel(front, { marks: ribs }),
    ...(style === 'denim' ? [button(p(0, y - height / 2 + 7), 7, 'metal')] : []),
  ];
}
