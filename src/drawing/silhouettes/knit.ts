/** Owns the cut of sweaters, cardigans, sweatshirts and hoodies. Knows nothing of colours. */
import { closed, flip, mirrored, open, type Point, type Run } from '../path.js';
import { fill, fold, line, panel, rib, seam, shine, spread, stitch, type Mark, type Part, type Tone } from '../parts.js';
import { buttonPlacket, drawstrings, hood, patchPocket, standCollar, zip } from '../collars.js';
import { hemBand, neckBand, sleeves, trunkFolds, trunkInside, trunkOutline, type Figure, type Trunk } from '../torso.js';

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
    ...(cut.sleeveless ? [] : sleeves(trunk, { length: 425 * limb, spread: [17, 8], cuffWidth: 66, cuff: 40, cuffTone: trim, puff: 5 })),
    panel(trunkOutline(trunk, 24), { marks: [...detailMarks(cut, trunk), ...trunkFolds(trunk), ...(cut.sleeveless ? armBands(trunk) : [])] }),
    ...hemBand(trunk, 40, trim),
    ...(cut.detail === 'kangaroo' ? kangaroo(trunk) : []),
    ...neck(cut, trunk, trim),
  ];
}

function knitTrunk({ neckline, ease, length, sleeveless }: KnitCut, figure: Figure): Trunk {
  const hemY = 172 + 472 * length * figure.length;
  const drop = { crew: 44, v: 118, turtle: 30, boat: 26, hood: 46, 'zip-hood': 46, cardigan: 190, 'half-zip': 26 }[neckline];
  const line = neckline === 'v' || neckline === 'cardigan' ? 'v' : neckline === 'boat' ? 'boat' : 'crew';
  return {
    neck: { half: neckline === 'boat' ? 78 : 52, y: neckline === 'hood' || neckline === 'zip-hood' ? 158 : 142, drop, line },
    shoulder: [figure.shoulder * (sleeveless ? 0.94 : 1.02) * (0.6 + 0.4 * ease), 174],
    armpit: [figure.chest * 1.03 * ease, 312],
    waist: [figure.waist * 1.06 * ease, 312 + (hemY - 312) * 0.5],
    hem: [figure.hip * 0.98 * ease, hemY],
    hemCurve: 5,
  };
}

function neck(cut: KnitCut, trunk: Trunk, trim: Tone): Part[] {
  const { neck: at, hem } = trunk;
  switch (cut.neckline) {
    case 'turtle':
      return standCollar(trunk, 52, true, trim);
    case 'half-zip':
      return [...standCollar(trunk, 40, false, trim), ...zip([0, at.y - 20], [0, at.y + 130])];
    case 'hood':
      return [...hood(trunk, 'main'), ...drawstrings(at.y + 66, 96)];
    case 'zip-hood':
      return [...zip([0, at.y + 60], [0, hem[1] + 4]), ...hood(trunk, 'main'), ...drawstrings(at.y + 66, 84)];
    case 'cardigan':
      return [...neckBand(trunk, 20, trim), ...buttonPlacket(at.y + at.drop + 2, hem[1] + 4, 5, 34, 7)];
    default:
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
      return neckline === 'crew' && detail === 'none' ? [seam([[0, at.y + at.drop + 18], [-16, at.y + at.drop + 12]]), seam([[0, at.y + at.drop + 18], [16, at.y + at.drop + 12]])] : [];
  }
}

const band = (half: number, y: number, height: number): string => closed([[-half, y], [half, y]], [[half, y], [half, y + height]], [[half, y + height], [-half, y + height]], [[-half, y + height], [-half, y]]);

/** Two strands that twist about each other. */
function cable(x: number, top: number, bottom: number): Mark[] {
  const strand = (phase: number): Point[] => spread(top, bottom, Math.round((bottom - top) / 18)).map((y, index) => [x + (Math.floor((index + phase) / 1) % 2 ? 11 : -11), y]);
  return [fold([[x - 24, top], [x - 24, 400], [x - 24, bottom]], 7, 1.6), fold([[x + 24, top], [x + 24, 400], [x + 24, bottom]], 7, 1.6), seam(strand(0)), seam(strand(1)), shine([[x, top], [x, 400], [x, bottom]], 26)];
}

function lozenges(half: number, y: number): Mark[] {
  const size = half / 3.2;
  return spread(-size * 3, size * 3, 4).flatMap((x, index) => {
    const tone = index % 2 ? 'second' : 'accent';
    return fill(closed([[x, y - size], [x + size, y]], [[x + size, y], [x, y + size]], [[x, y + size], [x - size, y]], [[x - size, y], [x, y - size]]), tone);
  });
}

function armBands({ shoulder, armpit }: Trunk): Mark[] {
  const edge: Run = [[shoulder[0] - 16, shoulder[1] - 8], [Math.min(shoulder[0], armpit[0]) - 26, shoulder[1] + (armpit[1] - shoulder[1]) * 0.55], [armpit[0] - 16, armpit[1] + 10]];
  return [seam(edge), seam(flip(edge)), fold(edge, 10), fold(flip(edge), 10)];
}

function kangaroo({ hem, hemCurve }: Trunk): Part[] {
  const y = hem[1] + hemCurve - 42;
  const [wide, narrow, height] = [hem[0] * 0.74, hem[0] * 0.46, 126];
  const d = mirrored([[0, y - height], [narrow, y - height]], [[narrow, y - height], [narrow + 18, y - height * 0.6], [wide, y - 44]], [[wide, y - 44], [wide, y]], [[wide, y], [0, y + 2]]);
  return [panel(d, { light: 'none', marks: [fold([[-wide, y - 20], [0, y - 30], [wide, y - 20]], 22), stitch([[narrow - 6, y - height], [narrow + 12, y - height * 0.6], [wide - 7, y - 40]]), stitch([[-narrow + 6, y - height], [-narrow - 12, y - height * 0.6], [-wide + 7, y - 40]])] })];
}
void open; void line; void rib; void patchPocket;
