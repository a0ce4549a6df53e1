// Cut of flip-flops, slides and flat sandals: a pair seen from above, toes up.
import { fold, group, line, type Mark, panel, type Part, shine, spread, stitch, type Tone } from '../parts.js';
import { along, closed, ellipse, open, p, type Point, polygon, type Run } from '../path.js';
import type { ShoesCut } from './shoes.js';

export type AboveStyle = 'flip-flop' | 'slide' | 'strappy' | 'sport-sandal' | 'gladiator';

/** The sole of the right foot, from the big toe around the outside. */
const SOLE: Run = [
  p(-14, 166),
  p(34, 170),
  p(78, 206),
  p(94, 280),
  p(88, 360),
  p(66, 450),
  p(66, 540),
  p(56, 618),
  p(6, 650),
  p(-46, 620),
  p(-58, 540),
  p(-58, 450),
  p(-74, 350),
  p(-80, 260),
  p(-62, 190),
  p(-14, 166),
];
const TOE: Point = p(-22, 250);

export function pairFromAbove(style: AboveStyle, detail: ShoesCut['detail']): Part[] {
  const shoe = style === 'flip-flop' ? flop(detail) : sandal(style, detail);
  return [
    group('translate(118 0) rotate(4 0 430)', shoe),
    group('translate(-118 0) scale(-1 1) rotate(4 0 430)', shoe),
  ];
}

function soles(bed: Tone, marks: Mark[] = []): Part[] {
  const inset = SOLE.map(([x, y]) => p(x * 0.87, 412 + (y - 412) * 0.94));
  return [
    panel(closed(SOLE.map(([x, y]) => p(x * 1.02 + 3, y + 10))), {
      tone: bed === 'main' ? 'deep' : 'outsole',
      light: 'none',
    }),
    panel(closed(SOLE), {
      tone: bed,
      light: 'tube',
      marks: [
        stitch(inset),
        fold([p(-46, 570), p(4, 610), p(50, 570)], 44, 0.7),
        fold([p(-60, 290), p(0, 214), p(76, 290)], 36, 0.6),
        shine([p(-30, 320), p(-34, 420), p(-26, 570)], 44, 0.8),
        ...marks,
      ],
    }),
  ];
}

function flop(detail: ShoesCut['detail']): Part[] {
  const tone: Tone = detail === 'contrast' || detail === 'stripe' ? 'second' : 'dark';
  const bar = (down: number): Mark => ({
    kind: 'fill',
    tone: 'second',
    layers: [polygon(p(-90, 520 + down), p(90, 520 + down), p(90, 534 + down), p(-90, 534 + down))],
  });
  return [
    ...soles('main', detail === 'stripe' ? [bar(0), bar(40)] : []),
    ...thong(-1, tone),
    ...thong(1, tone),
    panel(ellipse(TOE, 12, 14), { tone, light: 'ball' }),
    ...(detail === 'bow'
      ? [-1, 1].map((side) =>
          panel(ellipse(p(TOE[0] + side * 18, TOE[1] + 28), 19, 14), { tone: 'second', light: 'ball' }),
        )
      : []),
  ];
}

/** Draws one side of the Y-shaped strap with its shadow. It widens towards the edge of the sole. */
function thong(side: number, tone: Tone): Part[] {
  const end: Point = side < 0 ? p(-72, 398) : p(86, 388);
  const outer: Run = [TOE, p(TOE[0] + side * 40 + 4, 300), end];
  const inner: Run = [p(end[0] - side * 6, end[1] + 40), p(TOE[0] + side * 26 + 4, 332), p(TOE[0], TOE[1] + 22)];
  const d = closed(outer, [end, inner[0] as Point], inner, [inner[2] as Point, TOE]);
  return [
    line(open(inner.map(([x, y]) => p(x - side * 3, y + 6))), 'deep', 6),
    panel(d, {
      tone,
      light: 'drop',
      marks: [shine([TOE, p(TOE[0] + side * 36, 312), p(end[0], end[1] + 18)], 14, 1.6)],
    }),
  ];
}

interface Band {
  /** Height of the band's upper edge at the inner side of the foot, like `outer` at the outer side. */
  inner: number;
  outer: number;
  width: number;
  tone?: Tone;
}

/** Draws a band across the foot from edge to edge of the sole, arched towards the toes. */
function band({ inner, outer, width, tone = 'main' }: Band): Part[] {
  const [left, right]: [Point, Point] = [p(edgeAt(inner, -1) - 7, inner), p(edgeAt(outer, 1) + 7, outer)];
  const [leftLow, rightLow]: [Point, Point] = [
    p(edgeAt(inner + width, -1) - 6, inner + width),
    p(edgeAt(outer + width, 1) + 6, outer + width),
  ];
  const arch = (a: Point, b: Point, rise: number): Point => p(along(a, b, 0.5)[0], along(a, b, 0.5)[1] - rise);
  const upper: Run = [left, arch(left, right, 22), right];
  const lower: Run = [rightLow, arch(leftLow, rightLow, 16), leftLow];
  const shift = (run: Run, down: number): Run => run.map(([x, y]) => p(x, y + down));
  const marks = [
    shine(
      [
        along(left, leftLow, 0.5),
        arch(along(left, leftLow, 0.45), along(right, rightLow, 0.45), 18),
        along(right, rightLow, 0.5),
      ],
      width * 0.6,
      1.3,
    ),
    ...(width > 34 ? [stitch(shift(upper, 7)), stitch(shift(lower, -7))] : []),
  ];
  return [
    line(open(shift([...lower].reverse(), 5)), 'deep', 7),
    panel(closed(upper, [right, rightLow], lower, [leftLow, left]), { tone, light: 'tube', marks }),
  ];
}

/** Returns the point of the sole's edge at a height, on the inside (−1) or the outside (1). */
function edgeAt(y: number, side: 1 | -1): number {
  const edge = SOLE.filter(([x]) => x * side > 0).sort((a, b) => a[1] - b[1]);
  const after = Math.max(
    1,
    edge.findIndex(([, py]) => py >= y),
  );
  const [a, b] = [edge[after - 1] as Point, edge[after] as Point];
  return a[0] + ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]);
}

function sandal(style: Exclude<AboveStyle, 'flip-flop'>, detail: ShoesCut['detail']): Part[] {
  const second: Tone = detail === 'contrast' ? 'second' : 'main';
  return [...soles(style === 'sport-sandal' ? 'dark' : 'leather'), ...sandalStraps(style, second)];
}

/** The middle strap of a gladiator sandal, which the bands are sewn to. */
const SPINE = closed(
  [p(-4, 214), p(12, 214)],
  [p(12, 214), p(10, 340), p(14, 470)],
  [p(14, 470), p(-6, 470)],
  [p(-6, 470), p(-2, 340), p(-4, 214)],
);

function sandalStraps(style: Exclude<AboveStyle, 'flip-flop'>, second: Tone): Part[] {
  switch (style) {
    case 'slide':
      return [
        ...band({ inner: 352, outer: 344, width: 70, tone: second }),
        ...band({ inner: 246, outer: 254, width: 76 }),
        buckle(58, 378),
        buckle(64, 290),
      ];
    case 'strappy':
      return [
        ...band({ inner: 236, outer: 262, width: 24 }),
        ...band({ inner: 290, outer: 270, width: 24, tone: second }),
        ...heelStrap(24),
        buckle(54, 494),
      ];
    case 'gladiator':
      return [
        ...spread(236, 428, 5).flatMap((y, index) =>
          band({ inner: y, outer: y + 6, width: 18, tone: index % 2 ? second : 'main' }),
        ),
        panel(SPINE),
        ...heelStrap(20),
        buckle(54, 494),
      ];
    case 'sport-sandal':
      return [
        ...band({ inner: 232, outer: 300, width: 44 }),
        ...band({ inner: 310, outer: 236, width: 44, tone: second }),
        ...band({ inner: 380, outer: 380, width: 46 }),
        ...heelStrap(40),
        buckle(50, 402),
      ];
  }
}

const buckle = (x: number, y: number): Part =>
  line(polygon(p(x - 9, y - 11), p(x + 9, y - 11), p(x + 9, y + 11), p(x - 9, y + 11)), 'metal', 4);

/** Draws a strap around the heel and over the ankle. */
function heelStrap(width: number): Part[] {
  const outer: Run = [p(-68, 486), p(-70, 570), p(-46, 638), p(5, 660), p(56, 638), p(76, 570), p(76, 486)];
  const inner: Run = outer.map(([x, y]) =>
    p(4 + (x - 4) * (1 - width / 90), Math.min(y, 660 - width * 0.9) - (y > 560 ? width * 0.12 : 0)),
  );
  const cup = closed(outer, [outer[6] as Point, inner[6] as Point], [...inner].reverse(), [
    inner[0] as Point,
    outer[0] as Point,
  ]);
  return [
    panel(cup, { light: 'tube', marks: [shine([p(-60, 500), p(-62, 570), p(-44, 624)], width * 0.5, 1.2)] }),
    ...band({ inner: 482, outer: 478, width: Math.max(24, width * 0.7) }),
  ];
}
