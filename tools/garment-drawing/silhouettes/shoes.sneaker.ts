// Cut of sneakers and other soft shoes with a rubber sole, in profile, toe to the right.
import { fill, fold, type Mark, panel, type Part, rib, seam, shine, spread, stitch, type Tone } from '../parts.js';
import { closed, p, type Point, polygon, type Run } from '../path.js';
import { laces } from './laces.js';
import type { ShoesCut } from './shoes.js';

export type SneakerStyle = 'sneaker' | 'high-top' | 'slip-on' | 'boat';

export function sneaker(style: SneakerStyle, detail: ShoesCut['detail']): Part[] {
  switch (style) {
    case 'sneaker':
      return laced(LOW, detail);
    case 'high-top':
      return laced(HIGH, detail);
    case 'slip-on':
      return slipOn(detail);
    case 'boat':
      return boat();
  }
}

interface Lasted {
  collar: Run;
  tongue: Point[];
  /** First and last eyelet, from the throat upwards. */
  eyelets: [Point, Point];
  count: number;
}

const LOW: Lasted = {
  collar: [p(-208, 372), p(-150, 396), p(-92, 376), p(-62, 340)],
  tongue: [p(-84, 372), p(-80, 316), p(-44, 312), p(46, 396)],
  eyelets: [p(48, 404), p(-52, 344)],
  count: 5,
};

const HIGH: Lasted = {
  collar: [p(-196, 262), p(-150, 274), p(-104, 264), p(-78, 254)],
  tongue: [p(-100, 262), p(-94, 226), p(-56, 224), p(46, 396)],
  eyelets: [p(48, 404), p(-68, 262)],
  count: 8,
};

const TOE: Run = [p(44, 392), p(110, 420), p(176, 432), p(220, 462), p(226, 490)];

const SOLE: Run[] = [
  [p(-214, 476), p(-60, 486), p(90, 486), p(228, 474)],
  [p(228, 474), p(238, 496), p(222, 520)],
  [p(222, 520), p(0, 522), p(-204, 520)],
  [p(-204, 520), p(-220, 500), p(-214, 476)],
];

function laced(last: Lasted, detail: ShoesCut['detail']): Part[] {
  const [back] = last.collar as [Point];
  const edge = last.collar[last.collar.length - 1] as Point;
  const heel: Run = [p(-212, 492), p(-216, 440), back];
  const upper = closed(
    [p(226, 490), p(-212, 492)],
    heel,
    last.collar,
    [edge, p((edge[0] + 44) / 2 + 4, (edge[1] + 392) / 2 - 4), p(44, 392)],
    TOE,
  );
  const quarter: Run = [p(44, 404), p(20, 440), p(30, 492)];
  return [
    panel(closed(last.tongue, [last.tongue[3] as Point, p(-20, 420), last.tongue[0] as Point]), {
      light: 'drop',
      tone: detail === 'contrast' ? 'second' : 'main',
    }),
    panel(closed(last.collar, [edge, p(edge[0] - 30, edge[1] + 6), p(back[0] + 30, back[1] - 6), back]), {
      tone: 'inside',
      light: 'none',
    }),
    panel(upper, { light: 'drop', grain: 6, marks: [...upperMarks(last, quarter), ...stripeMarks(detail)] }),
    ...toeCap('white'),
    panel(
      closed(
        [p(-214, 478), p(-218, 430), p(-212, 408)],
        [p(-212, 408), p(-180, 420), p(-176, 480)],
        [p(-176, 480), p(-214, 478)],
      ),
      { tone: detail === 'contrast' ? 'second' : 'main', light: 'none' },
    ),
    ...rubberSole('sole'),
    ...laces(last.eyelets, last.count, 'white'),
  ];
}

function upperMarks({ collar, eyelets: [low, high] }: Lasted, quarter: Run): Mark[] {
  const facing: Run = [
    p(low[0] + 6, low[1] + 12),
    p((low[0] + high[0]) / 2 - 14, (low[1] + high[1]) / 2 + 22),
    p(high[0] - 26, high[1] + 26),
    p(high[0] - 34, high[1] - 4),
  ];
  return [
    seam(quarter),
    stitch(quarter.map(([x, y]) => p(x - 6, y))),
    seam(facing),
    stitch(facing.map(([x, y]) => p(x - 5, y + 5))),
    stitch(collar.map(([x, y]) => p(x, y + 10))),
    fold([p(-210, 470), p(-60, 480), p(110, 482), p(220, 474)], 26, 1.3),
    fold([p(40, 404), p(70, 430), p(84, 470)], 16),
    shine([p(-196, 410), p(-150, 424), p(-80, 426)], 26, 1.5),
    shine([p(80, 424), p(140, 436), p(190, 452)], 18, 1.5),
  ];
}

function stripeMarks(detail: ShoesCut['detail']): Mark[] {
  if (detail !== 'stripe') return [];
  return [0, 34, 68].map((right) =>
    fill(polygon(p(-110 + right, 486), p(-70 + right, 398), p(-52 + right, 402), p(-88 + right, 488)), 'second'),
  );
}

function toeCap(tone: Tone): Part[] {
  return [
    panel(
      closed(
        [p(146, 428), p(184, 436), p(222, 462), p(230, 488)],
        [p(230, 488), p(150, 488)],
        [p(150, 488), p(136, 458), p(146, 428)],
      ),
      { tone, light: 'drop' },
    ),
  ];
}

function rubberSole(tone: Tone): Part[] {
  return [
    panel(closed(...SOLE), {
      tone,
      light: 'drop',
      marks: [stitch([p(-212, 486), p(0, 494), p(232, 484)]), rib([p(-214, 506), p(0, 510), p(232, 504)])],
    }),
  ];
}

function slipOn(detail: ShoesCut['detail']): Part[] {
  const collar: Run = [p(-208, 384), p(-150, 410), p(-80, 410), p(0, 386), p(18, 376)];
  const upper = closed([p(226, 490), p(-212, 492)], [p(-212, 492), p(-216, 440), p(-208, 384)], collar, [
    p(18, 376),
    p(90, 404),
    p(170, 428),
    p(220, 462),
    p(226, 490),
  ]);
  const marks = [
    stitch(collar.map(([x, y]) => p(x, y + 10))),
    seam([p(-14, 396), p(-30, 440), p(-20, 490)]),
    fold([p(-210, 470), p(-60, 480), p(110, 482), p(220, 474)], 26, 1.3),
    shine([p(40, 404), p(110, 428), p(180, 448)], 24, 1.5),
    shine([p(-190, 420), p(-140, 436), p(-80, 438)], 20, 1.4),
  ];
  return [
    panel(closed(collar, [p(18, 376), p(-60, 374), p(-150, 372), p(-208, 384)]), { tone: 'inside', light: 'none' }),
    panel(upper, { light: 'drop', grain: 4, marks }),
    elasticGore(detail === 'contrast' ? 'second' : 'dark'),
    ...rubberSole('sole'),
  ];
}

function elasticGore(tone: Tone): Part {
  const d = closed(
    [p(-62, 411), p(-40, 408), p(-18, 396)],
    [p(-18, 396), p(0, 424), p(-4, 458)],
    [p(-4, 458), p(-40, 452), p(-62, 411)],
  );
  return panel(d, { tone, light: 'none', marks: spread(-58, -6, 7).map((x) => rib([p(x - 6, 384), p(x + 14, 464)])) });
}

function boat(): Part[] {
  const collar: Run = [p(-206, 392), p(-150, 414), p(-90, 412), p(-40, 394)];
  const upper = closed(
    [p(222, 490), p(-212, 492)],
    [p(-212, 492), p(-216, 440), p(-206, 392)],
    collar,
    [p(-40, 394), p(0, 378), p(40, 388)],
    [p(40, 388), p(120, 420), p(190, 440), p(222, 490)],
  );
  const apron: Run = [p(36, 430), p(90, 420), p(150, 426), p(192, 448), p(204, 462)];
  return [
    panel(closed(collar, [p(-40, 394), p(-90, 384), p(-160, 380), p(-206, 392)]), { tone: 'inside', light: 'none' }),
    panel(upper, {
      light: 'drop',
      marks: [
        seam(apron),
        stitch(apron.map(([x, y]) => p(x, y + 7))),
        seam([p(-30, 400), p(-4, 430), p(36, 432)]),
        seam([p(-60, 404), p(-70, 440), p(-60, 490)]),
        cord([p(-200, 412), p(-150, 428), p(-90, 428), p(-30, 412)]),
        fold([p(-210, 472), p(-60, 482), p(110, 484), p(216, 476)], 26, 1.3),
        shine([p(50, 410), p(110, 430), p(170, 446)], 18, 1.5),
      ],
    }),
    ...laces([p(34, 416), p(-6, 400)], 2, 'leather'),
    ...rubberSole('sole'),
  ];
}

/** Draws a leather cord through the collar. */
const cord = (run: Run): Mark => ({
  kind: 'fill',
  tone: 'leather',
  layers: [closed(run, [run[run.length - 1] as Point, ...[...run].reverse().map(([x, y]) => p(x, y + 5))])],
});
