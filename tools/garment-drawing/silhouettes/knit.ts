// Cut of sweaters, cardigans, sweatshirts and hoodies.
import { buttonPlacket, drawstrings, zip } from '../closures.js';
import { hood, standCollar } from '../collars.js';
import { fill, fold, type Mark, panel, type Part, seam, shine, spread, stitch, type Tone } from '../parts.js';
import { flip, mirrored, p, type Point, polygon, type Run } from '../path.js';
import { sleeves } from '../sleeves.js';
import { type Figure, hemBand, neckBand, type Trunk, trunkFolds, trunkInside, trunkOutline } from '../torso.js';

export interface KnitCut {
  kind: 'knit';
  neckline: 'crew' | 'v' | 'turtle' | 'boat' | 'hood' | 'zip-hood' | 'cardigan' | 'half-zip';
  sleeveless: boolean;
  ease: number;
  length: number;
  detail: 'none' | 'cable' | 'chest-stripes' | 'kangaroo' | 'badge' | 'lozenges';
  contrast: boolean;
}

export function knit(cut: KnitCut, figure: Figure): Part[] {
  const trunk = knitTrunk(cut, figure);
  const trim: Tone = cut.contrast ? 'second' : 'main';
  const limb = figure.limb;
  return [
    ...(cut.neckline === 'hood' || cut.neckline === 'zip-hood' ? [] : trunkInside(trunk, 12)),
    ...(cut.sleeveless
      ? []
      : sleeves(trunk, { length: 425 * limb, spread: [17, 8], cuffWidth: 66, cuff: 40, cuffTone: trim, puff: 5 })),
    panel(trunkOutline(trunk, 37), {
      marks: [...detailMarks(cut, trunk), ...trunkFolds(trunk), ...(cut.sleeveless ? armBands(trunk) : [])],
    }),
    ...hemBand(trunk, 40, trim),
    ...(cut.detail === 'kangaroo' ? kangaroo(trunk) : []),
    ...neck(cut, trunk, trim),
  ];
}

function knitTrunk({ neckline, ease, length, sleeveless }: KnitCut, figure: Figure): Trunk {
  const hemY = 172 + 472 * length * figure.length;
  const drop = { crew: 44, v: 118, turtle: 30, boat: 26, hood: 46, 'zip-hood': 46, cardigan: 190, 'half-zip': 26 }[
    neckline
  ];
  const line = neckline === 'v' || neckline === 'cardigan' ? 'v' : neckline === 'boat' ? 'boat' : 'crew';
  return {
    neck: {
      half: neckline === 'boat' ? 78 : 52,
      y: neckline === 'hood' || neckline === 'zip-hood' ? 158 : 142,
      drop,
      line,
    },
    shoulder: p(figure.shoulder * (sleeveless ? 0.94 : 1.02) * (0.6 + 0.4 * ease), 174),
    armpit: p(figure.chest * 1.03 * ease, 312),
    waist: p(figure.waist * 1.06 * ease, 312 + (hemY - 312) * 0.5),
    hem: p(figure.hip * 0.98 * ease, hemY),
    hemCurve: 5,
  };
}

function neck(cut: KnitCut, trunk: Trunk, trim: Tone): Part[] {
  const { neck: at, hem } = trunk;
  switch (cut.neckline) {
    case 'turtle':
      return standCollar(trunk, 52, true, trim);
    case 'half-zip':
      return [...standCollar(trunk, 40, false, trim), ...zip(p(0, at.y - 20), p(0, at.y + 130))];
    case 'hood':
      return [...hood(trunk, 'main'), ...drawstrings(at.y + 66, 96)];
    case 'zip-hood':
      return [...zip(p(0, at.y + 60), p(0, hem[1] + 4)), ...hood(trunk, 'main'), ...drawstrings(at.y + 66, 84)];
    case 'cardigan':
      return [
        ...neckBand(trunk, 20, trim),
        ...buttonPlacket({ top: at.y + at.drop + 2, bottom: hem[1] + 4, count: 5, width: 34, radius: 7 }),
      ];
    case 'crew':
    case 'v':
    case 'boat':
      return neckBand(trunk, 19, trim);
  }
}

function detailMarks({ detail, neckline }: KnitCut, { armpit, hem, neck: at }: Trunk): Mark[] {
  const floor = hem[1] + 10;
  switch (detail) {
    case 'cable':
      return spread(-armpit[0] * 0.56, armpit[0] * 0.56, 3).flatMap((x) => cable(x, 150, floor));
    case 'chest-stripes':
      return [0, 34, 68].map((down) => fill(band(armpit[0] + 20, armpit[1] + 10 + down, 18), 'second'));
    case 'lozenges':
      return lozenges(armpit[0], armpit[1] + 26);
    case 'badge':
      return [fill(band(30, armpit[1] + 20, 34), 'second')];
    case 'kangaroo':
    case 'none':
      return neckline === 'crew' && detail === 'none'
        ? [
            seam([p(0, at.y + at.drop + 18), p(-16, at.y + at.drop + 12)]),
            seam([p(0, at.y + at.drop + 18), p(16, at.y + at.drop + 12)]),
          ]
        : [];
  }
}

const band = (half: number, y: number, height: number): string =>
  polygon(p(-half, y), p(half, y), p(half, y + height), p(-half, y + height));

/** Draws two strands that twist around each other. */
function cable(x: number, top: number, bottom: number): Mark[] {
  const strand = (phase: number): Point[] =>
    spread(top, bottom, Math.round((bottom - top) / 18)).map((y, index) =>
      p(x + (Math.floor((index + phase) / 1) % 2 ? 11 : -11), y),
    );
  return [
    fold([p(x - 24, top), p(x - 24, 400), p(x - 24, bottom)], 7, 1.6),
    fold([p(x + 24, top), p(x + 24, 400), p(x + 24, bottom)], 7, 1.6),
    seam(strand(0)),
    seam(strand(1)),
    shine([p(x, top), p(x, 400), p(x, bottom)], 26),
  ];
}

function lozenges(half: number, y: number): Mark[] {
  const size = half / 3.2;
  return spread(-size * 3, size * 3, 4).flatMap((x, index) => {
    const tone = index % 2 ? 'second' : 'accent';
    return fill(polygon(p(x, y - size), p(x + size, y), p(x, y + size), p(x - size, y)), tone);
  });
}

function armBands({ shoulder, armpit }: Trunk): Mark[] {
  const edge: Run = [
    p(shoulder[0] - 16, shoulder[1] - 8),
    p(Math.min(shoulder[0], armpit[0]) - 26, shoulder[1] + (armpit[1] - shoulder[1]) * 0.55),
    p(armpit[0] - 16, armpit[1] + 10),
  ];
  return [seam(edge), seam(flip(edge)), fold(edge, 10), fold(flip(edge), 10)];
}

function kangaroo({ hem, hemCurve }: Trunk): Part[] {
  const y = hem[1] + hemCurve - 42;
  const [wide, narrow, height] = [hem[0] * 0.74, hem[0] * 0.46, 126];
  const d = mirrored(
    [p(0, y - height), p(narrow, y - height)],
    [p(narrow, y - height), p(narrow + 18, y - height * 0.6), p(wide, y - 44)],
    [p(wide, y - 44), p(wide, y)],
    [p(wide, y), p(0, y + 2)],
  );
  return [
    panel(d, {
      light: 'none',
      marks: [
        fold([p(-wide, y - 20), p(0, y - 30), p(wide, y - 20)], 22),
        stitch([p(narrow - 6, y - height), p(narrow + 12, y - height * 0.6), p(wide - 7, y - 40)]),
        stitch([p(-narrow + 6, y - height), p(-narrow - 12, y - height * 0.6), p(-wide + 7, y - 40)]),
      ],
    }),
  ];
}
