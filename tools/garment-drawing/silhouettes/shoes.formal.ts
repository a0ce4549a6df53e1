// Cut of leather shoes and boots with a heeled leather sole, in profile, toe to the right.
import { button, fold, line, type Mark, panel, type Part, rib, seam, shine, spread, stitch } from '../parts.js';
import { closed, ellipse, open, p, type Point, polygon, type Run } from '../path.js';
import { laces } from './laces.js';
import type { ShoesCut } from './shoes.js';

export type FormalStyle = 'oxford' | 'brogue' | 'monk' | 'loafer' | 'chelsea';

export function formalShoe(style: FormalStyle, detail: ShoesCut['detail']): Part[] {
  switch (style) {
    case 'oxford':
    case 'brogue':
      return laceUp(style);
    case 'monk':
      return monk();
    case 'loafer':
      return loafer(detail);
    case 'chelsea':
      return chelsea();
  }
}

const WELT: Run[] = [
  [p(-208, 488), p(-60, 496), p(100, 498), p(238, 490)],
  [p(238, 490), p(242, 500), p(230, 506)],
  [p(230, 506), p(110, 512), p(-88, 506)],
  [p(-88, 506), p(-210, 500), p(-208, 488)],
];

const HEEL: Run[] = [
  [p(-212, 496), p(-86, 502)],
  [p(-86, 502), p(-92, 528)],
  [p(-92, 528), p(-208, 528)],
  [p(-208, 528), p(-212, 496)],
];

const leatherSole = (): Part[] => [
  panel(closed(...HEEL), { tone: 'outsole', light: 'drop' }),
  panel(closed(...WELT), { tone: 'outsole', light: 'none', marks: [stitch([p(-204, 494), p(0, 502), p(234, 496)])] }),
];

const gloss = (): Mark[] => [
  fold([p(-204, 476), p(-60, 488), p(110, 490), p(232, 484)], 26, 1.4),
  fold([p(-204, 400), p(-196, 440), p(-200, 480)], 22, 1.2),
  shine([p(-176, 410), p(-120, 430), p(-60, 436)], 26, 2.2),
  shine([p(96, 432), p(150, 444), p(204, 466)], 22, 2.6),
  shine([p(120, 440), p(160, 448), p(196, 464)], 9, 4),
  fold([p(44, 440), p(70, 456), p(66, 486)], 14, 1.1),
];

function laceUp(style: 'oxford' | 'brogue'): Part[] {
  const collar: Run = [p(-202, 366), p(-150, 394), p(-96, 388), p(-58, 356)];
  const upper = closed(
    [p(234, 494), p(-206, 492)],
    [p(-206, 492), p(-210, 430), p(-202, 366)],
    collar,
    [p(-58, 356), p(0, 380), p(52, 408)],
    [p(52, 408), p(130, 434), p(206, 452), p(234, 494)],
  );
  const cap: Run = [p(140, 436), p(122, 462), p(134, 494)];
  const quarter: Run =
    style === 'oxford'
      ? [p(52, 410), p(30, 430), p(-20, 452), p(-60, 492)]
      : [p(58, 414), p(46, 446), p(0, 456), p(-40, 452), p(-66, 492)];
  const holes = style === 'brogue' ? [...dots(cap, 7), ...dots(quarter, 10)] : [];
  return [
    panel(closed([p(-82, 380), p(-78, 342), p(-48, 340), p(40, 402)], [p(40, 402), p(-30, 410), p(-82, 380)]), {
      tone: 'dark',
      light: 'drop',
    }),
    panel(closed(collar, [p(-58, 356), p(-110, 364), p(-160, 360), p(-202, 366)]), { tone: 'leather', light: 'drop' }),
    panel(upper, {
      light: 'drop',
      marks: [
        ...gloss(),
        seam(cap),
        stitch(cap.map(([x, y]) => p(x - 6, y))),
        seam(quarter),
        stitch(quarter.map(([x, y]) => p(x - 5, y - 5))),
        stitch(collar.map(([x, y]) => p(x, y + 9))),
        seam([p(-170, 396), p(-156, 440), p(-170, 492)]),
      ],
    }),
    ...holes,
    ...leatherSole(),
    ...laces([p(40, 412), p(-46, 362)], 5, 'deep'),
  ];
}

const dots = (run: Run, count: number): Part[] =>
  spread(0.04, 0.94, count).map((share) => button(alongRun(run, share), 2.6, 'deep'));

function alongRun(run: Run, share: number): Point {
  const at = share * (run.length - 1);
  const index = Math.min(run.length - 2, Math.floor(at));
  const [a, b] = [run[index] as Point, run[index + 1] as Point];
  return p(a[0] + (b[0] - a[0]) * (at - index) - 10, a[1] + (b[1] - a[1]) * (at - index));
}

function monk(): Part[] {
  const collar: Run = [p(-202, 368), p(-150, 396), p(-96, 390), p(-50, 356)];
  const upper = closed(
    [p(234, 494), p(-206, 492)],
    [p(-206, 492), p(-210, 430), p(-202, 368)],
    collar,
    [p(-50, 356), p(10, 378), p(52, 408)],
    [p(52, 408), p(130, 434), p(206, 452), p(234, 494)],
  );
  return [
    panel(closed(collar, [p(-50, 356), p(-110, 362), p(-160, 360), p(-202, 368)]), { tone: 'leather', light: 'drop' }),
    panel(upper, {
      light: 'drop',
      marks: [...gloss(), seam([p(140, 436), p(122, 462), p(134, 494)]), stitch(collar.map(([x, y]) => p(x, y + 9)))],
    }),
    ...monkStrap(0),
    ...monkStrap(32),
    ...leatherSole(),
  ];
}

/** Draws a strap over the instep with its buckle. @param by offset of the second strap, forward and down */
function monkStrap(by: number): Part[] {
  const upper: Run = [p(-96 + by, 400 + by), p(-40 + by, 392 + by * 0.9), p(26 + by * 0.6, 384 + by * 0.9)];
  const end = p(38 + by * 0.6, 404 + by * 0.8);
  const lower: Run = [end, p(-36 + by, 416 + by), p(-96 + by, 424 + by)];
  const frame = [p(-52, 392), p(-30, 389), p(-26, 418), p(-48, 421)].map(([x, y]) => p(x + by, y + by));
  return [
    panel(closed(upper, [upper[2]!, end], lower, [lower[2]!, upper[0]!]), { light: 'drop' }),
    line(polygon(...frame), 'metal', 5),
  ];
}

function loafer(detail: ShoesCut['detail']): Part[] {
  const collar: Run = [p(-202, 386), p(-150, 412), p(-86, 414), p(-20, 392), p(6, 380)];
  const upper = closed([p(230, 494), p(-206, 492)], [p(-206, 492), p(-210, 440), p(-202, 386)], collar, [
    p(6, 380),
    p(60, 402),
    p(130, 424),
    p(206, 450),
    p(230, 494),
  ]);
  const apron: Run = [p(10, 440), p(70, 428), p(140, 434), p(190, 454), p(200, 470)];
  const saddle = closed(
    [p(-30, 396), p(10, 382), p(46, 398)],
    [p(46, 398), p(54, 430), p(40, 470), p(44, 494)],
    [p(44, 494), p(-14, 494)],
    [p(-14, 494), p(-4, 460), p(-30, 396)],
  );
  return [
    panel(closed(collar, [p(6, 380), p(-60, 380), p(-150, 376), p(-202, 386)]), { tone: 'leather', light: 'drop' }),
    panel(upper, {
      light: 'drop',
      marks: [
        ...gloss(),
        seam(apron),
        stitch(apron.map(([x, y]) => p(x, y + 7))),
        stitch(collar.map(([x, y]) => p(x, y + 9))),
      ],
    }),
    panel(saddle, {
      light: 'drop',
      tone: detail === 'contrast' ? 'second' : 'main',
      marks: [stitch([p(-22, 400), p(4, 460), p(-6, 494)])],
    }),
    ...(detail === 'buckle' ? snaffle() : [slot()]),
    ...leatherSole(),
  ];
}

/** Draws the slot of a penny loafer. */
const slot = (): Part =>
  panel(polygon(p(-6, 414), p(30, 404), p(32, 420), p(-2, 430)), { tone: 'deep', light: 'none', edge: false });

/** Draws the metal bit across the instep. */
const snaffle = (): Part[] => [
  line(open([p(-14, 416), p(12, 404), p(40, 410)]), 'metal', 6),
  line(ellipse(p(-14, 416), 8, 8), 'metal', 4),
  line(ellipse(p(40, 410), 8, 8), 'metal', 4),
];

function chelsea(): Part[] {
  const upper = closed(
    [p(234, 494), p(-206, 492)],
    [p(-206, 492), p(-210, 430), p(-184, 340), p(-186, 232)],
    [p(-186, 232), p(-120, 240), p(-44, 230)],
    [p(-44, 230), p(-40, 320), p(10, 390), p(70, 420)],
    [p(70, 420), p(140, 440), p(206, 454), p(234, 494)],
  );
  const gore = closed(
    [p(-150, 238), p(-124, 239), p(-84, 236)],
    [p(-84, 236), p(-86, 320), p(-100, 396)],
    [p(-100, 396), p(-130, 392)],
    [p(-130, 392), p(-146, 320), p(-150, 238)],
  );
  return [
    line(open([p(-180, 236), p(-184, 206), p(-168, 206), p(-168, 236)]), 'deep', 7),
    panel(upper, {
      light: 'drop',
      marks: [
        ...gloss(),
        shine([p(-70, 250), p(-64, 330), p(-20, 390)], 26, 1.8),
        fold([p(-56, 360), p(-20, 384), p(0, 420)], 16),
        seam([p(-100, 396), p(-60, 440), p(-64, 492)]),
        seam([p(-130, 394), p(-140, 440), p(-136, 492)]),
      ],
    }),
    panel(gore, {
      tone: 'dark',
      light: 'none',
      marks: spread(-146, -88, 9).map((x) => rib([p(x, 232), p(x + 4, 400)])),
    }),
    ...leatherSole(),
  ];
}
