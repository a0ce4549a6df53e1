// Cut of running and training shoes in profile, toe to the right.
import { fold, type Mark, panel, type Part, rib, shine, spread, stitch, type Tone } from '../parts.js';
import { closed, p, polygon, type Run } from '../path.js';
import { laces } from './laces.js';
import type { ShoesCut } from './shoes.js';

export type RunnerStyle = 'runner' | 'trainer';

const COLLAR: Run = [p(-214, 346), p(-186, 372), p(-138, 384), p(-94, 370), p(-70, 336)];
const UPPER = closed(
  [p(230, 482), p(-206, 478)],
  [p(-206, 478), p(-208, 430), p(-200, 390), p(-214, 346)],
  COLLAR,
  [p(-70, 336), p(-10, 360), p(44, 388)],
  [p(44, 388), p(120, 416), p(190, 438), p(230, 482)],
);
const TONGUE = closed([p(-96, 372), p(-92, 310), p(-56, 306), p(46, 392)], [p(46, 392), p(-20, 410), p(-96, 372)]);
/** The upper edge of the overlay from the heel to the laces. */
const WAVE: Run = [p(-206, 430), p(-150, 462), p(-70, 468), p(10, 430), p(44, 396)];
const OVERLAY = closed(
  WAVE,
  [p(44, 396), p(62, 410), p(20, 456), p(-60, 486)],
  [p(-60, 486), p(-210, 476), p(-206, 430)],
);
const TOE = closed(
  [p(150, 422), p(196, 440), p(234, 482)],
  [p(234, 482), p(130, 486)],
  [p(130, 486), p(168, 462), p(150, 422)],
);
const HEEL = closed(
  [p(-212, 352), p(-190, 374), p(-170, 382)],
  [p(-170, 382), p(-180, 430), p(-206, 470)],
  [p(-206, 470), p(-206, 410), p(-212, 352)],
);
/** The rubber under heel and ball. */
const TREADS = [
  closed(
    [p(-214, 512), p(-140, 522), p(-60, 514)],
    [p(-60, 514), p(-62, 522), p(-140, 532), p(-206, 526)],
    [p(-206, 526), p(-214, 512)],
  ),
  closed(
    [p(60, 512), p(150, 518), p(226, 506)],
    [p(226, 506), p(214, 520), p(150, 528), p(62, 520)],
    [p(62, 520), p(60, 512)],
  ),
];

export function runner(style: RunnerStyle, detail: ShoesCut['detail']): Part[] {
  const second: Tone = detail === 'none' ? 'dark' : 'second';
  return [
    panel(TONGUE, { light: 'drop', tone: second }),
    panel(closed(COLLAR, [p(-70, 336), p(-120, 346), p(-180, 338), p(-214, 346)]), { tone: 'inside', light: 'none' }),
    panel(UPPER, { light: 'drop', grain: 10, marks: upperMarks() }),
    panel(OVERLAY, { tone: second, light: 'drop', marks: [stitch(WAVE.map(([x, y]) => p(x - 2, y + 8)))] }),
    panel(TOE, { tone: second, light: 'drop' }),
    panel(HEEL, { tone: detail === 'contrast' ? 'main' : second, light: 'drop' }),
    ...(detail === 'stripe' ? sideStripes() : []),
    foam(style === 'trainer'),
    ...TREADS.map((d) => panel(d, { tone: second === 'dark' ? 'deep' : 'second', light: 'none' })),
    ...laces([p(50, 400), p(-58, 338)], 6, 'white'),
  ];
}

const upperMarks = (): Mark[] => [
  stitch(COLLAR.map(([x, y]) => p(x + 2, y + 12))),
  fold([p(-200, 466), p(-60, 474), p(110, 480), p(224, 470)], 22, 1.2),
  shine([p(70, 420), p(130, 436), p(180, 452)], 22, 1.6),
];

const sideStripes = (): Part[] =>
  [0, 32, 64].map((right) =>
    panel(polygon(p(-96 + right, 470), p(-50 + right, 392), p(-34 + right, 396), p(-76 + right, 474)), {
      tone: 'white',
      light: 'none',
    }),
  );

/** Draws the foam sole; a chunky one is thick in the middle and ribbed at the heel. */
function foam(chunky: boolean): Part {
  const d = closed(
    [p(-212, 462), p(-110, 474), p(20, 486), p(130, 484), p(236, 466)],
    [p(236, 466), p(246, 482), p(224, 510)],
    [p(224, 510), p(150, 520), p(60, 516)],
    [p(60, 516), p(0, chunky ? 518 : 510), p(-60, 518)],
    [p(-60, 518), p(-140, 526), p(-212, 518)],
    [p(-212, 518), p(-230, 490), p(-212, 462)],
  );
  const heelRibs = chunky ? spread(-190, -40, 6).map((x) => rib([p(x, 482), p(x - 8, 506)])) : [];
  const groove = rib([p(-216, 490), p(-100, 498), p(20, 502), p(130, 500), p(236, 486)]);
  return panel(d, { tone: 'sole', light: 'drop', marks: [groove, ...heelRibs] });
}
