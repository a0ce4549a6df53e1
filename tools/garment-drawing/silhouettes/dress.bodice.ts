// Bodices of dresses: outlines, straps, darts.
import { bothSides, fold, line, type Mark, panel, type Part, seam, shine } from '../parts.js';
import { flip, mirrored, open, p, type Run } from '../path.js';
import { necklineRuns, type Trunk } from '../torso.js';
import type { DressCut } from './dress.js';

/** Returns the right half of the outline from the neck to the armpit. */
export function coveredTop({ neck, shoulder, armpit }: Trunk): Run[] {
  return [
    ...necklineRuns(neck.line, neck.half, neck.y, neck.drop),
    [p(neck.half, neck.y), shoulder],
    [shoulder, p(Math.min(shoulder[0], armpit[0]) - 10, shoulder[1] + 52), armpit],
  ];
}

/** Returns the right half for bare shoulders, from the middle of the bust to the armpit. */
export function bareTop({ armpit: [x, y] }: Trunk): Run[] {
  const top = y - 34;
  return [
    [p(0, top + 14), p(x * 0.22, top + 2), p(x * 0.5, top - 8), p(x * 0.74, top)],
    [p(x * 0.74, top), p(x * 0.88, top + 16), p(x, y + 8)],
  ];
}

export function bodiceOutline({ neck, shoulder, armpit, waist, hem, hemCurve }: Trunk): string {
  const side: Run =
    hem[1] > waist[1] + 4
      ? [armpit, waist, hem]
      : [armpit, p((armpit[0] + hem[0]) / 2 - 2, (armpit[1] + hem[1]) / 2), hem];
  return mirrored(...coveredTop({ neck, shoulder, armpit, waist, hem, hemCurve }), side, [
    hem,
    p(hem[0] * 0.5, hem[1] + hemCurve * 0.8),
    p(0, hem[1] + hemCurve),
  ]);
}

/** Returns the outline of a bodice that ends above the bust. */
export function bareBodice(trunk: Trunk): string {
  const { armpit, hem, hemCurve } = trunk;
  return mirrored(
    ...bareTop(trunk),
    [p(armpit[0], armpit[1] + 8), p((armpit[0] + hem[0]) / 2 - 1, (armpit[1] + hem[1]) / 2 + 6), hem],
    [hem, p(hem[0] * 0.5, hem[1] + hemCurve * 0.8), p(0, hem[1] + hemCurve)],
  );
}

export function straps({ neckline }: DressCut, { neck, armpit }: Trunk): Part[] {
  const top = armpit[1] - 34;
  const inside = panel(
    mirrored(
      [p(0, top + 4), p(armpit[0] * 0.4, top + 2), p(armpit[0] * 0.86, top + 14)],
      [p(armpit[0] * 0.86, top + 14), p(armpit[0] * 0.5, top + 30), p(0, top + 34)],
    ),
    { tone: 'inside', light: 'none' },
  );
  if (neckline === 'strapless') return [inside];
  const run: Run =
    neckline === 'halter'
      ? [p(armpit[0] * 0.52, top), p(neck.half * 0.9, neck.y + 30), p(12, neck.y - 14), p(0, neck.y - 16)]
      : [p(armpit[0] * 0.56, top), p(armpit[0] * 0.56 - 3, (top + neck.y) / 2), p(armpit[0] * 0.5, neck.y + 4)];
  const width = neckline === 'halter' ? 14 : 8;
  return [
    inside,
    ...[run, flip(run)].flatMap((each) => [line(open(each), 'deep', width), line(open(each), 'main', width - 2.5)]),
  ];
}

export function bodiceMarks({ skirt, waist }: DressCut, { armpit, hem, neck }: Trunk): Mark[] {
  const bust = armpit[1] + 24;
  const wrap: Mark[] =
    skirt === 'wrap'
      ? [
          seam([p(neck.half * 0.98, neck.y), p(10, neck.y + neck.drop), p(-hem[0] * 0.7, hem[1])]),
          fold([p(neck.half, neck.y + 10), p(16, neck.y + neck.drop + 10), p(-hem[0] * 0.6, hem[1])], 16),
          ...[0.2, 0.5].map((share) =>
            fold([p(armpit[0], bust + share * 60), p(20, hem[1] - 40 + share * 30), p(-hem[0] * 0.7, hem[1] - 6)], 12),
          ),
        ]
      : [];
  return [
    ...bothSides((turn) => [
      fold(turn([armpit, p(armpit[0] * 0.72, bust + 2), p(armpit[0] * 0.48, bust + 18)]), 15),
      fold(
        turn([p(armpit[0] * 0.5, bust + 14), p(hem[0] * 0.5, (bust + hem[1]) / 2 + 10), p(hem[0] * 0.46, hem[1] + 4)]),
        13,
      ),
      shine(turn([p(armpit[0] * 0.42, armpit[1] - 30), p(armpit[0] * 0.46, bust), p(armpit[0] * 0.4, bust + 40)]), 30),
      ...(waist === 'none' || skirt === 'wrap'
        ? []
        : [seam(turn([p(armpit[0] * 0.5, bust + 16), p(hem[0] * 0.52, hem[1])]))]),
      fold(turn([p(hem[0], hem[1] - 22), p(hem[0] * 0.7, hem[1] - 10), p(hem[0] * 0.3, hem[1] - 14)]), 12),
    ]),
    ...wrap,
  ];
}
