// Cut of caps, visors and beanies.
import {
  bothSides,
  button,
  fill,
  fold,
  type Mark,
  panel,
  type Part,
  rib,
  seam,
  shine,
  spread,
  stitch,
  type Tone,
} from '../parts.js';
import { closed, ellipse, mirrored, p, type Point, polygon, type Run } from '../path.js';
import type { HatCut } from './hat.js';

const PEAK: Run[] = [
  [p(-196, 468), p(-120, 440), p(0, 430), p(120, 440), p(196, 468)],
  [p(196, 468), p(214, 520), p(196, 556)],
  [p(196, 556), p(110, 530), p(0, 522), p(-110, 530), p(-196, 556)],
  [p(-196, 556), p(-214, 520), p(-196, 468)],
];

const DOME = mirrored(
  [p(0, 226), p(90, 236), p(164, 300), p(190, 392), p(196, 474)],
  [p(196, 474), p(110, 444), p(0, 436)],
);

/** Draws the front view: a dome of six panels over a curved peak. */
export function cap({ style, detail }: HatCut): Part[] {
  return [
    panel(DOME, { marks: domeMarks() }),
    ...(style === 'trucker' ? [foamFront()] : []),
    ...(detail === 'badge' ? badge(style === 'trucker') : []),
    ...[1, -1].map((side) => button(p(side * 120, 296), 5, 'deep')),
    peak(detail === 'stripe' ? 'second' : 'main'),
    panel(ellipse(p(0, 226), 15, 8), { light: 'drop' }),
  ];
}

const domeMarks = (): Mark[] => [
  ...bothSides((turn) => [
    seam(turn([p(0, 226), p(80, 300), p(112, 444)])),
    fold(turn([p(2, 230), p(84, 304), p(118, 444)]), 14),
    stitch(turn([p(4, 232), p(74, 306), p(105, 442)])),
  ]),
  fold([p(-180, 470), p(0, 425), p(180, 470)], 24),
  shine([p(-92, 262), p(-58, 330), p(-56, 420)], 46, 1.3),
  seam([p(0, 226), p(0, 436)]),
];

function foamFront(): Part {
  const d = mirrored([p(0, 226), p(66, 240), p(104, 320), p(112, 442)], [p(112, 442), p(50, 438), p(0, 436)]);
  return panel(d, { tone: 'white', marks: [fold([p(40, 240), p(78, 330), p(84, 440)], 24)] });
}

function badge(onWhite: boolean): Part[] {
  const triangle = polygon(p(-20, 372), p(0, 332), p(20, 372));
  return [
    panel(ellipse(p(0, 356), 38, 38), { tone: onWhite ? 'main' : 'second', light: 'none' }),
    panel(triangle, { tone: onWhite ? 'white' : 'main', light: 'none', edge: false }),
  ];
}

function peak(tone: Tone): Part {
  const rows = [10, 22, 34, 46, 58].map((down) =>
    stitch([p(-204, 476 + down), p(-110, 448 + down), p(0, 438 + down), p(110, 448 + down), p(204, 476 + down)]),
  );
  const light = shine([p(-150, 484), p(-40, 456), p(60, 456)], 26, 1.4);
  return panel(closed(...PEAK), {
    light: 'drop',
    tone,
    marks: [...rows, light, fold([p(-206, 546), p(0, 512), p(206, 546)], 20)],
  });
}

export function visor(): Part[] {
  const band = mirrored(
    [p(0, 376), p(110, 384), p(186, 420)],
    [p(186, 420), p(196, 474)],
    [p(196, 474), p(110, 444), p(0, 436)],
  );
  const back = mirrored([p(0, 346), p(120, 356), p(186, 420)], [p(186, 420), p(110, 384), p(0, 376)]);
  return [
    panel(back, { tone: 'inside' }),
    panel(band, { marks: [stitch([p(-190, 462), p(0, 426), p(190, 462)])] }),
    panel(closed(...PEAK), { light: 'drop', marks: [shine([p(-150, 484), p(-40, 456), p(60, 456)], 26, 1.4)] }),
  ];
}

/** Draws the three-quarter view: a soft crown that falls over a short stiff peak. */
export function flatCap(): Part[] {
  const crown = closed(
    [p(-214, 470), p(-226, 400), p(-170, 326), p(-40, 296), p(110, 326), p(204, 408), p(224, 462)],
    [p(224, 462), p(120, 478), p(0, 500), p(-110, 508), p(-214, 470)],
  );
  const peak = closed(
    [p(40, 486), p(140, 462), p(226, 456)],
    [p(226, 456), p(252, 486), p(240, 512)],
    [p(240, 512), p(150, 516), p(70, 522), p(40, 486)],
  );
  return [
    panel(peak, { light: 'drop', marks: [shine([p(90, 494), p(160, 480), p(220, 474)], 14)] }),
    panel(crown, {
      light: 'ball',
      marks: [
        seam([p(-60, 298), p(-30, 380), p(-20, 500)]),
        seam([p(-40, 297), p(80, 350), p(150, 468)]),
        fold([p(-56, 300), p(-22, 390), p(-10, 500)], 18),
        fold([p(-200, 462), p(-60, 496), p(120, 470)], 26),
        fold([p(110, 330), p(170, 390), p(180, 460)], 18),
        shine([p(-160, 350), p(-70, 322), p(20, 326)], 34),
        stitch([p(-200, 458), p(-110, 494), p(0, 487), p(120, 464), p(216, 448)]),
      ],
    }),
    button(p(-40, 297), 9, 'main'),
  ];
}

export function beanie({ detail }: HatCut): Part[] {
  const crown = mirrored([p(0, 236), p(84, 246), p(146, 306), p(166, 400), p(164, 470)], [p(164, 470), p(0, 480)]);
  const cuff = mirrored(
    [p(0, 470), p(90, 468), p(172, 456)],
    [p(172, 456), p(178, 516), p(174, 566)],
    [p(174, 566), p(90, 578), p(0, 580)],
  );
  const ribs = spread(-0.94, 0.94, 15).flatMap((share): Mark[] => [
    rib([p(share * 30, 240), p(share * 150, 330), p(share * 166, 476)]),
    fold([p(share * 30 + 4, 244), p(share * 152 + 5, 330), p(share * 166 + 5, 476)], 7, 1.3),
  ]);
  const bands =
    detail === 'stripe'
      ? [
          fill(
            closed(
              [p(-190, 352), p(0, 362), p(190, 352)],
              [p(190, 352), p(190, 392)],
              [p(190, 392), p(0, 402), p(-190, 392)],
              [p(-190, 392), p(-190, 352)],
            ),
            'second',
          ),
        ]
      : [];
  return [
    ...(detail === 'pompom' ? [pompom()] : []),
    panel(crown, { marks: [...bands, ...ribs, fold([p(-166, 466), p(0, 476), p(166, 466)], 24)] }),
    panel(cuff, {
      marks: spread(-0.95, 0.95, 17).flatMap((share) => [
        rib([p(share * 172, 452), p(share * 176, 584)]),
        fold([p(share * 172 + 4, 456), p(share * 176 + 4, 520), p(share * 176 + 4, 580)], 7, 1.2),
      ]),
    }),
  ];
}

function pompom(): Part {
  const points: Point[] = Array.from({ length: 28 }, (_, index) => {
    const angle = (index / 28) * Math.PI * 2;
    const radius = index % 2 ? 52 : 44;
    return p(Math.cos(angle) * radius, 204 + Math.sin(angle) * radius);
  });
  return panel(closed([...points, points[0] as Point]), {
    tone: 'second',
    light: 'ball',
    marks: points
      .filter((_, index) => index % 2)
      .map(([x, y]) => fold([p(x * 0.3, 204 + (y - 204) * 0.3), p(x * 0.7, 204 + (y - 204) * 0.6), p(x, y)], 6, 1.2)),
  });
}
