// Cut of pumps and flats in profile, toe to the right.
import { fold, line, type Mark, panel, type Part, shine, stitch } from '../parts.js';
import { closed, ellipse, open, p, type Point, polygon, type Run } from '../path.js';
import type { ShoesCut } from './shoes.js';

export type CourtStyle = 'pump' | 'block-heel' | 'ballet' | 'pointed-flat';

export function courtShoe(style: CourtStyle, detail: ShoesCut['detail']): Part[] {
  return style === 'pump' || style === 'block-heel' ? pump(style, detail) : flat(style, detail);
}

/** The open edge of a pump, from the heel to the throat. */
const TOPLINE: Run = [p(-196, 316), p(-160, 366), p(-90, 410), p(0, 444), p(50, 446)];
const PUMP = closed(
  [p(-198, 396), p(-206, 352), p(-196, 316)],
  TOPLINE,
  [p(50, 446), p(70, 428), p(88, 430)],
  [p(88, 430), p(150, 456), p(210, 484), p(240, 510)],
  [p(240, 510), p(160, 516), p(86, 512)],
  [p(86, 512), p(20, 492), p(-60, 446), p(-130, 412), p(-198, 396)],
);
const PUMP_SOLE = closed(
  [p(-198, 394), p(-130, 410), p(-60, 444), p(20, 490), p(86, 510)],
  [p(86, 510), p(160, 514), p(240, 509)],
  [p(240, 509), p(234, 520), p(160, 522), p(84, 520)],
  [p(84, 520), p(10, 502), p(-66, 456), p(-132, 422), p(-198, 406)],
  [p(-198, 406), p(-198, 394)],
);
const HEELS = {
  pump: closed(
    [p(-200, 394), p(-150, 408), p(-136, 414)],
    [p(-136, 414), p(-164, 450), p(-172, 522)],
    [p(-172, 522), p(-190, 522)],
    [p(-190, 522), p(-192, 450), p(-200, 394)],
  ),
  'block-heel': closed(
    [p(-200, 394), p(-140, 408), p(-104, 426)],
    [p(-104, 426), p(-116, 470), p(-118, 522)],
    [p(-118, 522), p(-200, 522)],
    [p(-200, 522), p(-208, 460), p(-200, 394)],
  ),
};

/** Draws a court shoe on a thin or a block heel. */
function pump(style: 'pump' | 'block-heel', detail: ShoesCut['detail']): Part[] {
  return [
    panel(closed(TOPLINE, [p(50, 446), p(-10, 424), p(-90, 380), p(-196, 316)]), { tone: 'leather', light: 'drop' }),
    panel(HEELS[style], {
      tone: detail === 'contrast' ? 'second' : 'main',
      light: 'tube',
      marks: [shine([p(-184, 410), p(-184, 460), p(-184, 520)], 8, 2)],
    }),
    panel(PUMP_SOLE, { tone: 'outsole', light: 'none' }),
    panel(PUMP, {
      light: 'drop',
      marks: [
        shine([p(-186, 360), p(-130, 402), p(-60, 434)], 22, 2),
        shine([p(100, 446), p(150, 466), p(206, 492)], 18, 2.6),
        fold([p(-190, 392), p(-60, 446), p(30, 492), p(110, 510)], 20, 1.3),
        stitch(TOPLINE.map(([x, y]) => p(x - 1, y + 6))),
      ],
    }),
    ...(detail === 'bow' ? smallBow(p(92, 436)) : []),
    ...(detail === 'buckle' ? ankleStrap() : []),
  ];
}

function ankleStrap(): Part[] {
  const run: Run = [p(-198, 330), p(-150, 312), p(-92, 316)];
  return [
    line(open([p(-92, 316), p(-130, 298), p(-190, 312)]), 'dark', 11),
    line(open(run), 'deep', 15),
    line(open(run), 'main', 12),
    line(polygon(p(-132, 304), p(-116, 304), p(-116, 322), p(-132, 322)), 'metal', 3.5),
  ];
}

/** The tip of a flat shoe, and the outline of its toe from the throat to the tip. */
const TOES = {
  ballet: { tip: 222, toe: [p(100, 438), p(160, 448), p(208, 470), p(218, 506)], cap: 160 },
  'pointed-flat': { tip: 244, toe: [p(100, 438), p(160, 458), p(212, 484), p(240, 506)], cap: 172 },
} satisfies Record<string, { tip: number; toe: Run; cap: number }>;
const FLAT_TOPLINE: Run = [p(-204, 404), p(-160, 438), p(-80, 456), p(10, 458), p(60, 446)];

function flat(style: 'ballet' | 'pointed-flat', detail: ShoesCut['detail']): Part[] {
  const { tip, toe } = TOES[style];
  const upper = closed(
    [p(tip - 4, 506), p(-206, 506)],
    [p(-206, 506), p(-214, 450), p(-204, 404)],
    FLAT_TOPLINE,
    [p(60, 446), p(80, 436), p(100, 438)],
    toe,
  );
  const sole = closed(
    [p(-208, 504), p(0, 508), p(tip, 504)],
    [p(tip, 504), p(tip - 8, 516), p(0, 518), p(-120, 516)],
    [p(-120, 516), p(-124, 526), p(-206, 526)],
    [p(-206, 526), p(-208, 504)],
  );
  const inside = closed(FLAT_TOPLINE, [p(60, 446), p(0, 436), p(-100, 424), p(-204, 404)]);
  return [
    panel(inside, { tone: 'leather', light: 'drop' }),
    panel(upper, { light: 'drop', marks: flatMarks() }),
    panel(sole, { tone: 'outsole', light: 'none' }),
    ...(detail === 'bow' ? smallBow(p(96, 442)) : []),
    ...(detail === 'contrast' ? [toeCap(style)] : []),
  ];
}

const flatMarks = (): Mark[] => [
  fold([p(-204, 492), p(-60, 500), p(100, 502), p(214, 498)], 22, 1.3),
  shine([p(-190, 440), p(-130, 462), p(-50, 472)], 16, 2),
  shine([p(104, 456), p(150, 466), p(190, 484)], 18, 2.4),
  stitch(FLAT_TOPLINE.map(([x, y]) => p(x, y + 6))),
];

function toeCap(style: 'ballet' | 'pointed-flat'): Part {
  const d =
    style === 'ballet'
      ? closed(
          [p(160, 449), p(208, 470), p(218, 504)],
          [p(218, 504), p(150, 504)],
          [p(150, 504), p(146, 472), p(160, 449)],
        )
      : closed(
          [p(172, 464), p(212, 484), p(238, 505)],
          [p(238, 505), p(160, 505)],
          [p(160, 505), p(158, 480), p(172, 464)],
        );
  return panel(d, { tone: 'second', light: 'drop' });
}

const smallBow = ([x, y]: Point): Part[] => [
  panel(
    closed(
      [p(x, y), p(x + 20, y - 18), p(x + 38, y - 8)],
      [p(x + 38, y - 8), p(x + 34, y + 14), p(x + 14, y + 12), p(x, y)],
    ),
    { tone: 'second', light: 'drop' },
  ),
  panel(
    closed(
      [p(x, y), p(x - 16, y - 20), p(x - 36, y - 16)],
      [p(x - 36, y - 16), p(x - 34, y + 6), p(x - 16, y + 10), p(x, y)],
    ),
    { tone: 'second', light: 'drop' },
  ),
  panel(ellipse(p(x, y - 1), 7, 8), { tone: 'second', light: 'drop' }),
];
