/** Owns the cut of shorts. Knows nothing of colours. */
import { closed, type Run } from '../path.js';
import { fold, line, panel, seam, stitch, type Mark, type Part } from '../parts.js';
import type { Figure } from '../torso.js';
import { fly, frontPockets, legCuffs, legPanels, sideStripes, waistband, type LegCut } from './legs.js';

export interface ShortsCut {
  kind: 'shorts';
  style: 'chino' | 'denim' | 'running' | 'cargo' | 'sweat' | 'tailored' | 'board';
  length: 'hot' | 'mid' | 'knee';
  detail: 'none' | 'stripe' | 'turn-ups' | 'double-stripe';
  ease: number;
}

const INSEAM = { hot: 74, mid: 150, knee: 232 } as const;

export function shorts(cut: ShortsCut, figure: Figure): Part[] {
  const leg = shortsLeg(cut, figure);
  const soft = cut.style === 'running' || cut.style === 'sweat' || cut.style === 'board';
  const cuffs = cut.detail === 'turn-ups' ? legCuffs(leg, 28, false, cut.style === 'denim' ? 'light' : 'main') : [];
  return [
    ...legPanels(leg, (turn) => marks(cut, leg, turn)),
    ...(soft ? [line(closed([[0, leg.waist[1]], [0, leg.crotch]]), 'deep', 2.2)] : fly(leg)),
    ...(cut.style === 'cargo' ? sidePockets(leg) : []),
    ...waistband(leg, 36, soft),
    ...cuffs,
  ];
}

function shortsLeg({ length, ease }: ShortsCut, figure: Figure): LegCut {
  const wide = (figure.hip / 128) * ease;
  const hemY = 430 + INSEAM[length] * (0.55 + 0.45 * figure.limb);
  const flare = length === 'hot' ? 8 : 0;
  return {
    waist: [figure.waist * 1.1 * (0.6 + 0.4 * ease), 196],
    hip: [178 * wide, 372],
    crotch: 430,
    knee: { y: (430 + hemY) / 2 + 6, outer: (190 + flare) * wide, inner: 16 },
    hem: { y: hemY, outer: (196 + flare) * wide, inner: 24 },
  };
}

function marks(cut: ShortsCut, leg: LegCut, turn: (run: Run) => Run): Mark[] {
  const middle = (leg.hem.outer + leg.hem.inner) / 2;
  const found: Mark[] = [...frontPockets(leg, cut.style === 'denim')];
  if (cut.detail !== 'turn-ups') found.push(stitch(turn([[leg.hem.inner - 8, leg.hem.y - 16], [middle, leg.hem.y - 11], [leg.hem.outer + 6, leg.hem.y - 16]])));
  if (cut.style === 'tailored') found.push(seam(turn([[leg.waist[0] * 0.5, leg.waist[1] + 12], [leg.hip[0] * 0.55, leg.hip[1]], [middle, leg.hem.y]])));
  if (cut.style === 'running') found.push(seam(turn([[leg.hem.outer - 26, leg.hem.y + 10], [leg.hem.outer - 34, leg.hem.y - 40], [leg.hem.outer + 4, leg.hem.y - 96]])), fold(turn([[leg.hem.outer - 26, leg.hem.y], [leg.hem.outer - 34, leg.hem.y - 40], [leg.hem.outer, leg.hem.y - 90]]), 12));
  if (cut.detail === 'stripe') found.push(...sideStripes(leg, 'second', 20, 8));
  if (cut.detail === 'double-stripe') found.push(...sideStripes(leg, 'white', 9, 8), ...sideStripes(leg, 'white', 9, 24));
  return found;
}

function sidePockets({ hip, hem }: LegCut): Part[] {
  const [x, top, bottom] = [hip[0] - 62, hip[1] + 30, Math.min(hem.y - 24, hip[1] + 128)];
  return [1, -1].flatMap((sign) => {
    const box = (from: number, to: number, grow: number): string => closed(...([[[x - grow, from], [x + 58 + grow, from]], [[x + 58 + grow, from], [x + 60 + grow, to]], [[x + 60 + grow, to], [x - 2 - grow, to]], [[x - 2 - grow, to], [x - grow, from]]] as Run[]).map((run) => run.map(([px, py]) => [px * sign, py] as const)));
    return [panel(box(top, bottom, 0), { light: 'none', marks: [fold([[sign * x, bottom - 10], [sign * (x + 30), bottom - 16], [sign * (x + 60), bottom - 10]], 12)] }), panel(box(top - 5, top + 26, 3), { light: 'none' })];
  });
}
