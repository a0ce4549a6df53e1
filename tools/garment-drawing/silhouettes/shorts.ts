// Cut of shorts.
import { bothSides, fold, line, type Mark, panel, type Part, seam, stitch, type Turn } from '../parts.js';
import { closed, p, polygon } from '../path.js';
import type { Figure } from '../torso.js';
import { fly, frontPockets, legCuffs, type LegCut, legPanels, sideStripes, waistband } from './legs.js';

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
    ...(soft ? [line(closed([p(0, leg.waist[1]), p(0, leg.crotch)]), 'deep', 2.2)] : fly(leg)),
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
    waist: p(figure.waist * 1.1 * (0.6 + 0.4 * ease), 196),
    hip: p(178 * wide, 372),
    crotch: 430,
    knee: { y: (430 + hemY) / 2 + 6, outer: (190 + flare) * wide, inner: 16 },
    hem: { y: hemY, outer: (196 + flare) * wide, inner: 24 },
  };
}

function marks(cut: ShortsCut, leg: LegCut, turn: Turn): Mark[] {
  const middle = (leg.hem.outer + leg.hem.inner) / 2;
  const shortsMarks: Mark[] = [...frontPockets(leg, cut.style === 'denim')];
  if (cut.detail !== 'turn-ups')
    shortsMarks.push(
      stitch(
        turn([p(leg.hem.inner - 8, leg.hem.y - 16), p(middle, leg.hem.y - 11), p(leg.hem.outer + 6, leg.hem.y - 16)]),
      ),
    );
  if (cut.style === 'tailored')
    shortsMarks.push(
      seam(turn([p(leg.waist[0] * 0.5, leg.waist[1] + 12), p(leg.hip[0] * 0.55, leg.hip[1]), p(middle, leg.hem.y)])),
    );
  if (cut.style === 'running')
    shortsMarks.push(
      seam(
        turn([
          p(leg.hem.outer - 26, leg.hem.y + 10),
          p(leg.hem.outer - 34, leg.hem.y - 40),
          p(leg.hem.outer + 4, leg.hem.y - 96),
        ]),
      ),
      fold(
        turn([
          p(leg.hem.outer - 26, leg.hem.y),
          p(leg.hem.outer - 34, leg.hem.y - 40),
          p(leg.hem.outer, leg.hem.y - 90),
        ]),
        12,
      ),
    );
  if (cut.detail === 'stripe') shortsMarks.push(...sideStripes(leg, turn, { tone: 'second', width: 20, inset: 8 }));
  if (cut.detail === 'double-stripe')
    shortsMarks.push(...[8, 24].flatMap((inset) => sideStripes(leg, turn, { tone: 'white', width: 9, inset })));
  return shortsMarks;
}

function sidePockets({ hip, hem }: LegCut): Part[] {
  const [x, top, bottom] = [hip[0] - 62, hip[1] + 30, Math.min(hem.y - 24, hip[1] + 128)] as const;
  const bag = [p(x, top), p(x + 58, top), p(x + 60, bottom), p(x - 2, bottom)];
  const flap = [p(x - 3, top - 5), p(x + 61, top - 5), p(x + 63, top + 26), p(x - 5, top + 26)];
  const sag = [p(x, bottom - 10), p(x + 30, bottom - 16), p(x + 60, bottom - 10)];
  return bothSides((turn) => [
    panel(polygon(...turn(bag)), { light: 'none', marks: [fold(turn(sag), 12)] }),
    panel(polygon(...turn(flap)), { light: 'none' }),
  ]);
}
