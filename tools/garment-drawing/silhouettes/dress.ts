// Cut of dresses: a bodice on a skirt.
import { buttonPlacket } from '../closures.js';
import { COLLARS, foldedCollar } from '../collars.js';
import { line, panel, type Part, type Tone } from '../parts.js';
import { closed, mirrored, p, type Point, polygon, type Run } from '../path.js';
import { type SleeveCut, sleeves } from '../sleeves.js';
import { type Figure, neckBand, type Neckline, type Trunk, trunkInside } from '../torso.js';
import { bareBodice, bareTop, bodiceMarks, bodiceOutline, coveredTop, straps } from './dress.bodice.js';
import { skirtBody, type SkirtCut, skirtMarks, type SkirtShape } from './skirt.js';

export interface DressCut {
  kind: 'dress';
  neckline: Neckline | 'shirt' | 'strapless' | 'halter';
  sleeve: 'none' | 'straps' | 'cap' | 'short' | 'puff' | 'three-quarter' | 'long' | 'bell';
  skirt: SkirtCut['style'];
  length: SkirtCut['length'];
  /** Position of the seam between bodice and skirt; `none` for a dress without a waist seam. */
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

const FLARE = {
  'a-line': 1.62,
  pencil: 1,
  pleated: 1.7,
  tiered: 1.8,
  circle: 2.3,
  wrap: 1.5,
  denim: 1.3,
  slip: 1.22,
} as const;

export function dress(cut: DressCut, figure: Figure): Part[] {
  const trunk = bodice(cut, figure);
  const sleeve = SLEEVES[cut.sleeve];
  const bare = cut.sleeve === 'straps' || cut.neckline === 'strapless' || cut.neckline === 'halter';
  const skirt = skirtShape(cut, trunk, figure);
  return [
    ...(bare ? straps(cut, trunk) : trunkInside(trunk)),
    ...(sleeve && !bare ? sleeves(trunk, { ...sleeve, length: sleeve.length * figure.limb }) : []),
    ...(cut.waist === 'none' ? oneBody(cut, trunk, { skirt, bare }) : twoBodies(cut, trunk, { skirt, bare })),
    ...finish(cut, trunk, { skirt, bare }),
  ];
}

interface Lower {
  skirt: SkirtShape;
  /** True for bare shoulders. */
  bare: boolean;
}

function twoBodies(cut: DressCut, trunk: Trunk, { skirt, bare }: Lower): Part[] {
  const upper = bare ? bareBodice(trunk) : bodiceOutline(trunk);
  return [...skirtBody(skirt, cut.skirt), panel(upper, { marks: bodiceMarks(cut, trunk) })];
}

function oneBody(cut: DressCut, trunk: Trunk, { skirt, bare }: Lower): Part[] {
  const d = onePiece(bare ? bareTop(trunk) : coveredTop(trunk), trunk, skirt);
  return [panel(d, { marks: [...bodiceMarks(cut, trunk), ...skirtMarks(skirt, cut.skirt)] })];
}

function bodice({ neckline, sleeve, waist }: DressCut, figure: Figure): Trunk {
  const drop = {
    crew: 34,
    v: 96,
    scoop: 70,
    boat: 26,
    square: 62,
    'deep-v': 136,
    sweetheart: 86,
    shirt: 36,
    strapless: 90,
    halter: 90,
  }[neckline];
  const line: Neckline =
    neckline === 'shirt' ? 'v' : neckline === 'strapless' || neckline === 'halter' ? 'sweetheart' : neckline;
  const waistY = { natural: 308, empire: 250, dropped: 372, none: 308 }[waist];
  const narrow = sleeve === 'none' ? 0.9 : 0.98;
  const scale = 0.86;
  return {
    neck: { half: (line === 'boat' ? 74 : line === 'square' ? 62 : 50) * scale * 1.05, y: 78, drop: drop * 0.92, line },
    shoulder: p(figure.shoulder * narrow * scale, 100),
    armpit: p(figure.chest * scale, 196),
    waist: p((waist === 'empire' ? figure.chest * 0.94 : figure.waist) * scale, Math.min(waistY, 270)),
    hem: p(
      (waist === 'empire' ? figure.chest * 0.92 : waist === 'dropped' ? figure.hip : figure.waist) * scale,
      waistY,
    ),
    hemCurve: 4,
  };
}

/** Returns the outline of bodice and skirt without a seam at the waist. */
function onePiece(top: Run[], { hem: waist }: Trunk, { hip, hem, hemCurve }: SkirtShape): string {
  const under = top[top.length - 1]!.at(-1) as Point;
  return mirrored(
    ...top,
    [under, waist, hip, p(hip[0] + (hem[0] - hip[0]) * 0.6, (hip[1] + hem[1]) / 2), hem],
    [hem, p(hem[0] * 0.5, hem[1] + hemCurve * 0.8), p(0, hem[1] + hemCurve)],
  );
}

function skirtShape({ skirt, length, waist }: DressCut, trunk: Trunk, figure: Figure): SkirtShape {
  const [x, y] = trunk.hem;
  const hemY = 78 + (HEMS[length] - 78) * (0.3 + 0.7 * figure.length);
  const hip = figure.hip * 0.92;
  const reach = (hemY - y) / 330;
  const flare = 1 + (FLARE[skirt] - 1) * (0.62 + 0.38 * reach);
  return {
    waist: p(x, y),
    hip: p(
      waist === 'empire' ? hip * 1.06 : Math.max(x + 2, skirt === 'circle' ? hip * 1.24 : hip),
      Math.min(y + 96, y + (hemY - y) * 0.5),
    ),
    hem: p(Math.min(258, hip * flare), hemY),
    hemCurve: skirt === 'pencil' ? 5 : 16,
  };
}

function finish(cut: DressCut, trunk: Trunk, { skirt, bare }: Lower): Part[] {
  const { hem, neck } = trunk;
  const [x, y] = hem;
  const parts: Part[] = [];
  if (cut.neckline === 'shirt')
    parts.push(
      ...buttonPlacket({
        top: neck.y + 34,
        bottom: skirt.hem[1] + skirt.hemCurve - 2,
        count: 8,
        width: 22,
        radius: 4.4,
      }),
      ...foldedCollar(trunk, { ...COLLARS.classic, tip: p(44, 68), rise: 14 }),
    );
  else if (!bare && cut.skirt !== 'wrap') parts.push(...neckBand(trunk, 6, 'main'));
  if (cut.belt) parts.push(...belt(p(x, y), cut.skirt === 'wrap' ? 'main' : 'leather'));
  return parts;
}

function belt([x, y]: Point, tone: Tone): Part[] {
  const strap = closed(
    [p(-x - 2, y - 9), p(0, y - 4), p(x + 2, y - 9)],
    [p(x + 2, y - 9), p(x + 2, y + 10)],
    [p(x + 2, y + 10), p(0, y + 14), p(-x - 2, y + 10)],
    [p(-x - 2, y + 10), p(-x - 2, y - 9)],
  );
  if (tone === 'leather')
    return [
      panel(strap, { tone }),
      line(polygon(p(-14, y - 7), p(14, y - 7), p(14, y + 16), p(-14, y + 16)), 'metal', 4),
    ];
  return tiedBelt(p(x, y), strap);
}

/** Draws a belt of the same cloth, tied at the side with hanging ends. */
function tiedBelt([x, y]: Point, strap: string): Part[] {
  const side = -x * 0.62;
  const tail = (dx: number, length: number): Part => {
    const end = p(side + dx, y + length);
    const corner = p(end[0] + 15, end[1] - 4);
    const outer = [p(side, y), p(side + dx * 0.5, y + length * 0.5), end];
    const inner = [corner, p(side + dx * 0.5 + 13, y + length * 0.5), p(side + 8, y)];
    return panel(closed(outer, [end, corner], inner), { light: 'none' });
  };
  const knot = polygon(p(side - 9, y - 10), p(side + 12, y - 8), p(side + 10, y + 14), p(side - 8, y + 13));
  return [tail(-22, 124), tail(12, 104), panel(strap), panel(knot, { light: 'drop' })];
}
