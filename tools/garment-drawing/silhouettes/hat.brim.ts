// Cut of hats with a brim all around.
import { fill, fold, type Mark, panel, type Part, seam, shine, stitch } from '../parts.js';
import { closed, ellipse, flip, mirrored, p, type Run } from '../path.js';
import type { HatCut } from './hat.js';

/** Draws a bucket hat: a soft crown over a falling brim with rows of stitches. */
export function bucket({ detail }: HatCut): Part[] {
  const crown = mirrored(
    [p(0, 276), p(80, 280), p(122, 292)],
    [p(122, 292), p(142, 360), p(152, 436)],
    [p(152, 436), p(80, 456), p(0, 460)],
  );
  const brim = mirrored(
    [p(0, 446), p(80, 442), p(152, 428)],
    [p(152, 428), p(196, 484), p(226, 540)],
    [p(226, 540), p(130, 578), p(0, 588)],
  );
  return [
    panel(brim, { marks: bucketBrimMarks() }),
    panel(crown, { marks: [...bucketCrownMarks(), ...(detail === 'stripe' ? [bucketBand()] : [])] }),
  ];
}

function bucketBrimMarks(): Mark[] {
  const row = (down: number): Mark => {
    const half = [p(0, 460 + down * 1.14), p(80, 452 + down * 1.12), p(150 + down * 0.7, 430 + down)];
    return stitch([...flip(half).reverse(), ...half.slice(1)]);
  };
  return [
    ...[14, 32, 50, 68, 86, 104].map(row),
    fold([p(-150, 436), p(0, 464), p(150, 436)], 26, 1.3),
    fold([p(120, 470), p(140, 520), p(150, 566)], 22),
    fold([p(-130, 470), p(-160, 520), p(-176, 560)], 22),
  ];
}

const bucketCrownMarks = (): Mark[] => [
  seam([p(-122, 294), p(0, 310), p(122, 294)]),
  stitch([p(-124, 302), p(0, 318), p(124, 302)]),
  seam([p(-70, 308), p(-84, 450)]),
  fold([p(-68, 308), p(-76, 380), p(-82, 452)], 14),
  shine([p(-30, 320), p(-34, 380), p(-36, 450)], 40),
];

function bucketBand(): Mark {
  const top = [p(-170, 402), p(0, 424), p(170, 402)];
  const bottom = [p(170, 440), p(0, 464), p(-170, 440)];
  return fill(closed(top, [p(170, 402), p(170, 440)], bottom, [p(-170, 440), p(-170, 402)]), 'second');
}

export type BrimmedStyle = 'fedora' | 'sun' | 'boater' | 'cloche';

/** Half width and half depth of the brim, and how far its front is lowered. */
const BRIMS: Record<BrimmedStyle, { rx: number; ry: number; dip: number }> = {
  fedora: { rx: 218, ry: 52, dip: 26 },
  sun: { rx: 272, ry: 92, dip: 0 },
  boater: { rx: 226, ry: 54, dip: 0 },
  cloche: { rx: 176, ry: 44, dip: 26 },
};

const ROUND = mirrored(
  [p(0, 258), p(76, 270), p(122, 330), p(136, 400), p(140, 466)],
  [p(140, 466), p(76, 492), p(0, 496)],
);
const CROWNS: Record<BrimmedStyle, string> = {
  fedora: mirrored(
    [p(0, 284), p(40, 262), p(84, 264), p(112, 300)],
    [p(112, 300), p(128, 380), p(140, 466)],
    [p(140, 466), p(76, 492), p(0, 496)],
  ),
  sun: ROUND,
  boater: mirrored(
    [p(0, 300), p(90, 304), p(124, 318)],
    [p(124, 318), p(130, 400), p(132, 462)],
    [p(132, 462), p(70, 486), p(0, 490)],
  ),
  cloche: ROUND,
};
const RIBBON = mirrored(
  [p(0, 444), p(76, 438), p(134, 414)],
  [p(134, 414), p(140, 466)],
  [p(140, 466), p(76, 492), p(0, 496)],
);

/** Draws crown, ribbon and brim, seen slightly from above. */
export function brimmed(style: BrimmedStyle, detail: HatCut['detail']): Part[] {
  return [
    brim(BRIMS[style]),
    panel(CROWNS[style], { marks: crownMarks(style) }),
    panel(RIBBON, { tone: 'second', marks: [fold([p(60, 440), p(66, 460), p(64, 492)], 12)] }),
    ...(detail === 'bow' ? bow() : []),
  ];
}

function brim({ rx, ry, dip }: { rx: number; ry: number; dip: number }): Part {
  const side = p(rx * 0.95, 478 - ry * 0.1 + dip);
  const low = p(rx * 0.94, 498 + ry * 0.2 + dip);
  const d = mirrored(
    [p(0, 488 - ry), p(rx * 0.56, 488 - ry * 0.84), side],
    [side, p(rx, 488 + dip), low],
    [low, p(rx * 0.56, 492 + ry * 0.8), p(0, 492 + ry)],
  );
  const ring = (share: number): Mark => {
    const half = [p(0, 490 + ry * share), p(rx * 0.5 * share, 490 + ry * 0.82 * share), p(rx * share, 500 + ry * 0.1)];
    return stitch([...flip(half).reverse(), ...half.slice(1)]);
  };
  return panel(d, {
    marks: [
      ...[0.66, 0.8, 0.92].map(ring),
      fold([p(-150, 486), p(0, 512), p(150, 486)], 30, 1.5),
      shine([p(-rx * 0.9, 496), p(-rx * 0.4, 504 + ry * 0.5), p(0, 506 + ry * 0.6)], 26, 1.2),
    ],
  });
}

function crownMarks(style: BrimmedStyle): Mark[] {
  const light = shine([p(-60, 290), p(-66, 370), p(-64, 460)], 44, 1.1);
  if (style === 'boater') return [light, seam([p(-124, 320), p(0, 336), p(124, 320)])];
  if (style !== 'fedora') return [light, fold([p(96, 300), p(112, 370), p(110, 440)], 22)];
  return [
    light,
    fold([p(-60, 268), p(0, 330), p(60, 268)], 34, 1.4),
    fold([p(70, 300), p(84, 340), p(70, 390)], 24),
    fold([p(-84, 300), p(-96, 340), p(-84, 390)], 24),
  ];
}

function bow(): Part[] {
  const loop: Run[] = [
    [p(96, 454), p(122, 432), p(152, 436)],
    [p(152, 436), p(154, 462), p(146, 480)],
    [p(146, 480), p(122, 476), p(96, 462), p(96, 454)],
  ];
  const other: Run[] = [
    [p(100, 454), p(76, 436), p(50, 444)],
    [p(50, 444), p(48, 468), p(54, 486)],
    [p(54, 486), p(78, 480), p(100, 466), p(100, 454)],
  ];
  return [
    panel(closed(...loop), { tone: 'second', light: 'drop' }),
    panel(closed(...other), { tone: 'second', light: 'drop' }),
    panel(ellipse(p(99, 461), 9, 14), { tone: 'second', light: 'drop' }),
  ];
}
