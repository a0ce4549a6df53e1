/** Owns the cut of jeans, trousers, track pants, leggings and capris. Knows nothing of colours. */
import { closed, type Run } from '../path.js';
import { fold, line, panel, seam, shine, stitch, type Mark, type Part } from '../parts.js';
import type { Figure } from '../torso.js';
import { fly, frontPockets, legCuffs, legPanels, sideStripes, waistband, type LegCut } from './legs.js';

export interface PantsCut {
  kind: 'pants';
  style: 'jeans' | 'trousers' | 'chinos' | 'track' | 'joggers' | 'leggings' | 'cargo';
  leg: 'skinny' | 'slim' | 'straight' | 'wide' | 'flared';
  /** 1 = to the ankle. */
  length: number;
  detail: 'none' | 'faded' | 'turn-ups' | 'stripe' | 'double-stripe';
}

/** Half widths of the leg: knee from and to the axis, hem from and to the axis. */
const LEGS = {
  skinny: { knee: [32, 104], hem: [42, 98] },
  slim: { knee: [24, 112], hem: [32, 108] },
  straight: { knee: [20, 122], hem: [24, 124] },
  wide: { knee: [14, 142], hem: [14, 158] },
  flared: { knee: [28, 110], hem: [18, 150] },
} as const;

export function pants(cut: PantsCut, figure: Figure): Part[] {
  const leg = pantsLeg(cut, figure);
  const soft = cut.style === 'track' || cut.style === 'joggers' || cut.style === 'leggings';
  return [
    ...legPanels(leg, (turn) => legMarks(cut, leg, turn)),
    ...(soft ? [line(closed([[0, leg.waist[1]], [0, leg.crotch]]), 'deep', 2)] : fly(leg)),
    ...(cut.style === 'cargo' ? cargoPockets(leg) : []),
    ...waistband(leg, cut.style === 'leggings' ? 40 : 28, soft && cut.style !== 'leggings'),
    ...(cut.style === 'joggers' ? legCuffs(leg, 30, true) : []),
    ...(cut.detail === 'turn-ups' ? legCuffs(leg, 26, false, 'light') : []),
  ].filter((part) => cut.style !== 'leggings' || part.kind === 'panel');
}

function pantsLeg({ leg, length }: PantsCut, figure: Figure): LegCut {
  const wide = figure.hip / 128;
  const { knee, hem } = LEGS[leg];
  const hemY = 300 + (742 - 300) * length * figure.limb;
  const kneeY = Math.min(hemY - 60, 300 + 205 * figure.limb);
  return {
    waist: [figure.waist * 0.72, 92],
    hip: [122 * wide, 226],
    crotch: 300,
    knee: { y: kneeY, outer: knee[1] * wide, inner: knee[0] * wide },
    hem: { y: hemY, outer: hem[1] * wide + (length < 0.9 ? 6 : 0), inner: hem[0] * wide - (length < 0.9 ? 4 : 0) },
  };
}

function legMarks(cut: PantsCut, leg: LegCut, turn: (run: Run) => Run): Mark[] {
  const middle = (leg.hem.outer + leg.hem.inner) / 2;
  const marks: Mark[] = [];
  if (cut.style === 'jeans') marks.push(...frontPockets(leg, true), stitch(turn([[leg.hem.inner - 6, leg.hem.y - 12], [middle, leg.hem.y - 8], [leg.hem.outer + 6, leg.hem.y - 12]])), stitch(turn([[leg.hip[0] - 7, leg.hip[1] - 60], [leg.hip[0] - 7, leg.hip[1]], [leg.knee.outer - 7, leg.knee.y], [leg.hem.outer - 7, leg.hem.y]])));
  if (cut.style === 'trousers' || cut.style === 'chinos' || cut.style === 'cargo') marks.push(...frontPockets(leg, false));
  if (cut.style === 'trousers') marks.push(seam(turn([[leg.waist[0] * 0.5, leg.waist[1] + 20], [(leg.knee.outer + leg.knee.inner) / 2, leg.knee.y], [middle, leg.hem.y + 6]])), shine(turn([[leg.waist[0] * 0.5 + 6, leg.waist[1] + 60], [(leg.knee.outer + leg.knee.inner) / 2 + 7, leg.knee.y], [middle + 6, leg.hem.y]]), 12));
  if (cut.style === 'track' || cut.style === 'joggers') marks.push(...frontPockets(leg, false));
  if (cut.detail === 'faded') marks.push(shine(turn([[leg.hip[0] * 0.5, 240], [leg.hip[0] * 0.56, 350], [(leg.knee.outer + leg.knee.inner) / 2, leg.knee.y + 20]]), 62, 2.2), shine(turn([[middle, leg.knee.y + 60], [middle, leg.knee.y + 110], [middle, leg.hem.y - 20]]), 40, 1.4));
  if (cut.detail === 'stripe') marks.push(...sideStripes(leg, 'second', 15, 7));
  if (cut.detail === 'double-stripe') marks.push(...sideStripes(leg, 'white', 7, 6), ...sideStripes(leg, 'white', 7, 19));
  if (cut.style === 'leggings') marks.push(fold(turn([[leg.knee.inner, leg.knee.y + 4], [leg.knee.inner + 22, leg.knee.y], [leg.knee.outer - 20, leg.knee.y + 4]]), 9));
  return marks;
}

function cargoPockets({ knee, hip }: LegCut): Part[] {
  const y = knee.y - 118;
  const x = hip[0] - 52;
  return [1, -1].flatMap((sign) => {
    const box = (top: number, bottom: number, grow: number): string => closed(...([[[x - grow, top], [x + 44 + grow, top]], [[x + 44 + grow, top], [x + 42 + grow, bottom]], [[x + 42 + grow, bottom], [x - 2 - grow, bottom]], [[x - 2 - grow, bottom], [x - grow, top]]] as Run[]).map((run) => run.map(([px, py]) => [px * sign, py] as const)));
    return [panel(box(y, y + 82, 0), { light: 'none' }), panel(box(y - 4, y + 22, 3), { light: 'none' })];
  });
}
