/** Owns the cut of dresses: a bodice on a skirt. Knows nothing of colours. */
import { closed, flip, mirrored, open, type Point, type Run } from '../path.js';
import { bothSides, fold, line, panel, seam, shine, stitch, type Mark, type Part, type Tone } from '../parts.js';
import { buttonPlacket, COLLARS, foldedCollar } from '../collars.js';
import { necklineRuns, neckBand, sleeves, trunkInside, type Figure, type Neckline, type SleeveCut, type Trunk } from '../torso.js';
import { skirtBody, skirtMarks, type SkirtCut, type SkirtShape } from './skirt.js';

export interface DressCut {
  kind: 'dress';
  neckline: Neckline | 'shirt' | 'strapless' | 'halter';
  sleeve: 'none' | 'straps' | 'cap' | 'short' | 'puff' | 'three-quarter' | 'long' | 'bell';
  skirt: SkirtCut['style'];
  length: SkirtCut['length'];
  /** Where bodice and skirt meet; `none`: cut in one. */
  waist: 'natural' | 'empire' | 'dropped' | 'none';
  belt: boolean;
}

const SLEEVES: Record<DressCut['sleeve'], SleeveCut | null> = {
  none: null,
  straps: null,
  cap: { length: 52, spread: [52, 46], cuffWidth: 70, cuff: 0 },
  short: { length: 100, spread: [36, 30], cuffWidth: 70, cuff: 0 },
  puff: { length: 112, spread: [44, 22], cuffWidth: 62, cuff: 14, puff: 15 },
  'three-quarter': { length: 232, spread: [20, 14], cuffWidth: 54, cuff: 0 },
  long: { length: 318, spread: [15, 8], cuffWidth: 48, cuff: 18 },
  bell: { length: 290, spread: [19, 22], cuffWidth: 94, cuff: 0 },
};

const HEMS = { mini: 500, knee: 570, midi: 650, maxi: 745 } as const;
const FLARE = { 'a-line': 1.62, pencil: 1, pleated: 1.7, tiered: 1.8, circle: 2.3, wrap: 1.5, denim: 1.3, slip: 1.22 } as const;

export function dress(cut: DressCut, figure: Figure): Part[] {
  const trunk = bodice(cut, figure);
  const sleeve = SLEEVES[cut.sleeve];
  const bare = cut.sleeve === 'straps' || cut.neckline === 'strapless' || cut.neckline === 'halter';
  const skirt = skirtShape(cut, trunk, figure);
  return [
    ...(bare ? straps(cut, trunk) : trunkInside(trunk)),
    ...(sleeve && !bare ? sleeves(trunk, { ...sleeve, length: sleeve.length * figure.limb }) : []),
    ...(cut.waist === 'none' ? [] : skirtBody(skirt, cut.skirt)),
    panel(cut.waist === 'none' ? onePiece(bare ? bareTop(trunk) : coveredTop(trunk), trunk, skirt) : bare ? bareBodice(trunk) : bodiceOutline(trunk), { marks: [...bodiceMarks(cut, trunk), ...(cut.waist === 'none' ? skirtMarks(skirt, cut.skirt) : [])] }),
    ...finish(cut, trunk, skirt, bare),
  ];
}

function bodice({ neckline, sleeve, waist }: DressCut, figure: Figure): Trunk {
  const drop = { crew: 34, v: 96, scoop: 70, boat: 26, square: 62, 'deep-v': 136, sweetheart: 86, shirt: 36, strapless: 90, halter: 90 }[neckline];
  const line: Neckline = neckline === 'shirt' ? 'v' : neckline === 'strapless' || neckline === 'halter' ? 'sweetheart' : neckline;
  const waistY = { natural: 308, empire: 250, dropped: 372, none: 308 }[waist];
  const narrow = sleeve === 'none' ? 0.9 : 0.98;
  const scale = 0.86;
  return {
    neck: { half: (line === 'boat' ? 74 : line === 'square' ? 62 : 50) * scale * 1.05, y: 78, drop: drop * 0.92, line },
    shoulder: [figure.shoulder * narrow * scale, 100],
    armpit: [figure.chest * scale, 196],
    waist: [(waist === 'empire' ? figure.chest * 0.94 : figure.waist) * scale, Math.min(waistY, 270)],
    hem: [(waist === 'empire' ? figure.chest * 0.92 : waist === 'dropped' ? figure.hip : figure.waist) * scale, waistY],
    hemCurve: 4,
  };
}

/** The right half from the neck to the armpit. */
function coveredTop({ neck, shoulder, armpit }: Trunk): Run[] {
  return [...necklineRuns(neck.line, neck.half, neck.y, neck.drop), [[neck.half, neck.y], shoulder], [shoulder, [Math.min(shoulder[0], armpit[0]) - 10, shoulder[1] + 52], armpit]];
}

/** The same where the shoulders are bare: from the bust's middle to the armpit. */
function bareTop({ armpit: [x, y] }: Trunk): Run[] {
  const top = y - 34;
  return [[[0, top + 14], [x * 0.22, top + 2], [x * 0.5, top - 8], [x * 0.74, top]], [[x * 0.74, top], [x * 0.88, top + 16], [x, y + 8]]];
}

/** Bodice and skirt in one, without a seam at the waist. */
function onePiece(top: Run[], { hem: waist }: Trunk, { hip, hem, hemCurve }: SkirtShape): string {
  const under = top[top.length - 1]!.at(-1) as Point;
  return mirrored(...top, [under, waist, hip, [hip[0] + (hem[0] - hip[0]) * 0.6, (hip[1] + hem[1]) / 2], hem], [hem, [hem[0] * 0.5, hem[1] + hemCurve * 0.8], [0, hem[1] + hemCurve]]);
}

function bodiceOutline({ neck, shoulder, armpit, waist, hem, hemCurve }: Trunk): string {
  const side: Run = hem[1] > waist[1] + 4 ? [armpit, waist, hem] : [armpit, [(armpit[0] + hem[0]) / 2 - 2, (armpit[1] + hem[1]) / 2], hem];
  return mirrored(...coveredTop({ neck, shoulder, armpit, waist, hem, hemCurve }), side, [hem, [hem[0] * 0.5, hem[1] + hemCurve * 0.8], [0, hem[1] + hemCurve]]);
}

/** A bodice that ends above the bust. */
function bareBodice(trunk: Trunk): string {
  const { armpit, hem, hemCurve } = trunk;
  return mirrored(...bareTop(trunk), [[armpit[0], armpit[1] + 8], [(armpit[0] + hem[0]) / 2 - 1, (armpit[1] + hem[1]) / 2 + 6], hem], [hem, [hem[0] * 0.5, hem[1] + hemCurve * 0.8], [0, hem[1] + hemCurve]]);
}

function straps({ neckline }: DressCut, { neck, armpit }: Trunk): Part[] {
  const top = armpit[1] - 34;
  const inside = panel(mirrored([[0, top + 4], [armpit[0] * 0.4, top + 2], [armpit[0] * 0.86, top + 14]], [[armpit[0] * 0.86, top + 14], [armpit[0] * 0.5, top + 30], [0, top + 34]]), { tone: 'inside', light: 'none' });
  if (neckline === 'strapless') return [inside];
  const run: Run = neckline === 'halter' ? [[armpit[0] * 0.52, top], [neck.half * 0.9, neck.y + 30], [12, neck.y - 14], [0, neck.y - 16]] : [[armpit[0] * 0.56, top], [armpit[0] * 0.56 - 3, (top + neck.y) / 2], [armpit[0] * 0.5, neck.y + 4]];
  const width = neckline === 'halter' ? 14 : 8;
  return [inside, ...[run, flip(run)].flatMap((each) => [line(open(each), 'deep', width), line(open(each), 'main', width - 2.5)])];
}

function skirtShape({ skirt, length, waist }: DressCut, trunk: Trunk, figure: Figure): SkirtShape {
  const [x, y] = trunk.hem;
  const hemY = 78 + (HEMS[length] - 78) * (0.3 + 0.7 * figure.length);
  const hip = figure.hip * 0.92;
  const reach = (hemY - y) / 330;
  const flare = 1 + (FLARE[skirt] - 1) * (0.62 + 0.38 * reach);
  return {
    waist: [x, y],
    hip: [waist === 'empire' ? hip * 1.06 : Math.max(x + 2, skirt === 'circle' ? hip * 1.24 : hip), Math.min(y + 96, y + (hemY - y) * 0.5)],
    hem: [Math.min(258, hip * flare), hemY],
    hemCurve: skirt === 'pencil' ? 5 : 16,
  };
}

function bodiceMarks({ skirt, waist }: DressCut, { armpit, hem, neck }: Trunk): Mark[] {
  const bust = armpit[1] + 24;
  const wrap: Mark[] = skirt === 'wrap' ? [seam([[neck.half * 0.98, neck.y], [10, neck.y + neck.drop], [-hem[0] * 0.7, hem[1]]]), fold([[neck.half, neck.y + 10], [16, neck.y + neck.drop + 10], [-hem[0] * 0.6, hem[1]]], 16), ...[0.2, 0.5].map((share) => fold([[armpit[0], bust + share * 60], [20, hem[1] - 40 + share * 30], [-hem[0] * 0.7, hem[1] - 6]], 12))] : [];
  return [
    ...bothSides((turn) => [
      fold(turn([armpit, [armpit[0] * 0.72, bust + 2], [armpit[0] * 0.48, bust + 18]]), 15),
      fold(turn([[armpit[0] * 0.5, bust + 14], [hem[0] * 0.5, (bust + hem[1]) / 2 + 10], [hem[0] * 0.46, hem[1] + 4]]), 13),
      shine(turn([[armpit[0] * 0.42, armpit[1] - 30], [armpit[0] * 0.46, bust], [armpit[0] * 0.4, bust + 40]]), 30),
      ...(waist === 'none' || skirt === 'wrap' ? [] : [seam(turn([[armpit[0] * 0.5, bust + 16], [hem[0] * 0.52, hem[1]]]))]),
      fold(turn([[hem[0], hem[1] - 22], [hem[0] * 0.7, hem[1] - 10], [hem[0] * 0.3, hem[1] - 14]]), 12),
    ]),
    ...wrap,
  ];
}

function finish(cut: DressCut, trunk: Trunk, skirt: SkirtShape, bare: boolean): Part[] {
  const { hem, neck } = trunk;
  const [x, y] = hem;
  const parts: Part[] = [];
  if (cut.neckline === 'shirt') parts.push(...buttonPlacket(neck.y + 34, skirt.hem[1] + skirt.hemCurve - 2, 8, 22, 4.4), ...foldedCollar(trunk, { ...COLLARS.classic, tip: [44, 68], rise: 14 }));
  else if (!bare && cut.skirt !== 'wrap') parts.push(...neckBand(trunk, 6, 'main'));
  if (cut.belt) parts.push(...belt([x, y], cut.skirt === 'wrap' ? 'main' : 'leather'));
  return parts;
}

function belt([x, y]: Point, tone: Tone): Part[] {
  const strap = closed([[-x - 2, y - 9], [0, y - 4], [x + 2, y - 9]], [[x + 2, y - 9], [x + 2, y + 10]], [[x + 2, y + 10], [0, y + 14], [-x - 2, y + 10]], [[-x - 2, y + 10], [-x - 2, y - 9]]);
  if (tone === 'leather') return [panel(strap, { tone }), line(closed([[-14, y - 7], [14, y - 7]], [[14, y - 7], [14, y + 16]], [[14, y + 16], [-14, y + 16]], [[-14, y + 16], [-14, y - 7]]), 'metal', 4)];
  const side = -x * 0.62;
  const tail = (dx: number, length: number): Part => panel(closed([[side, y], [side + dx * 0.5, y + length * 0.5], [side + dx, y + length]], [[side + dx, y + length], [side + dx + 15, y + length - 4]], [[side + dx + 15, y + length - 4], [side + dx * 0.5 + 13, y + length * 0.5], [side + 8, y]]), { light: 'none' });
  return [tail(-22, 124), tail(12, 104), panel(strap, { tone }), panel(closed([[side - 9, y - 10], [side + 12, y - 8]], [[side + 12, y - 8], [side + 10, y + 14]], [[side + 10, y + 14], [side - 8, y + 13]], [[side - 8, y + 13], [side - 9, y - 10]]), { tone, light: 'drop' })];
}
void stitch; void closed;
