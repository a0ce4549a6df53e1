// Cut of jeans, trousers, track pants, leggings and capris.
import { bothSides, fold, line, type Mark, panel, type Part, seam, shine, stitch, type Turn } from '../parts.js';
import { closed, p, polygon } from '../path.js';
import type { Figure } from '../torso.js';
import { fly, frontPockets, legCuffs, type LegCut, legPanels, sideStripes, waistband } from './legs.js';

export interface PantsCut {
  kind: 'pants';
  style: 'jeans' | 'trousers' | 'chinos' | 'track' | 'joggers' | 'leggings' | 'cargo';
  leg: 'skinny' | 'slim' | 'straight' | 'wide' | 'flared';
  /** Length of the leg; 1 reaches the ankle. */
  length: number;
  detail: 'none' | 'faded' | 'turn-ups' | 'stripe' | 'double-stripe';
}

/** Half widths of the leg: outer and inner edge of the knee, outer and inner edge of the hem. */
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
    ...(soft ? [line(closed([p(0, leg.waist[1]), p(0, leg.crotch)]), 'deep', 2)] : fly(leg)),
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
    waist: p(figure.waist * 0.72, 92),
    hip: p(122 * wide, 226),
    crotch: 300,
    knee: { y: kneeY, outer: knee[1] * wide, inner: knee[0] * wide },
    hem: { y: hemY, outer: hem[1] * wide + (length < 0.9 ? 6 : 0), inner: hem[0] * wide - (length < 0.9 ? 4 : 0) },
  };
}

function legMarks(cut: PantsCut, leg: LegCut, turn: Turn): Mark[] {
  return [...styleMarks(cut.style, leg, turn), ...detailMarks(cut.detail, leg, turn)];
}

function styleMarks(style: PantsCut['style'], leg: LegCut, turn: Turn): Mark[] {
  switch (style) {
    case 'jeans':
      return [...frontPockets(leg, true), ...jeansStitching(leg, turn)];
    case 'trousers':
      return [...frontPockets(leg, false), ...pressedCrease(leg, turn)];
    case 'chinos':
    case 'cargo':
    case 'track':
    case 'joggers':
      return frontPockets(leg, false);
    case 'leggings':
      return [
        fold(
          turn([
            p(leg.knee.inner, leg.knee.y + 4),
            p(leg.knee.inner + 22, leg.knee.y),
            p(leg.knee.outer - 20, leg.knee.y + 4),
          ]),
          9,
        ),
      ];
  }
}

function jeansStitching({ hip, knee, hem }: LegCut, turn: Turn): Mark[] {
  const middle = (hem.outer + hem.inner) / 2;
  const outseam = [
    p(hip[0] - 7, hip[1] - 60),
    p(hip[0] - 7, hip[1]),
    p(knee.outer - 7, knee.y),
    p(hem.outer - 7, hem.y),
  ];
  return [
    stitch(turn([p(hem.inner - 6, hem.y - 12), p(middle, hem.y - 8), p(hem.outer + 6, hem.y - 12)])),
    stitch(turn(outseam)),
  ];
}

function pressedCrease({ waist, knee, hem }: LegCut, turn: Turn): Mark[] {
  const middle = (hem.outer + hem.inner) / 2;
  const atKnee = (knee.outer + knee.inner) / 2;
  return [
    seam(turn([p(waist[0] * 0.5, waist[1] + 20), p(atKnee, knee.y), p(middle, hem.y + 6)])),
    shine(turn([p(waist[0] * 0.5 + 6, waist[1] + 60), p(atKnee + 7, knee.y), p(middle + 6, hem.y)]), 12),
  ];
}

function detailMarks(detail: PantsCut['detail'], leg: LegCut, turn: Turn): Mark[] {
  switch (detail) {
    case 'faded':
      return fading(leg, turn);
    case 'stripe':
      return sideStripes(leg, turn, { tone: 'second', width: 15, inset: 7 });
    case 'double-stripe':
      return [6, 19].flatMap((inset) => sideStripes(leg, turn, { tone: 'white', width: 7, inset }));
    case 'turn-ups':
    case 'none':
      return [];
  }
}

/** Draws the worn, paler areas on the thigh and the shin. */
function fading({ hip, knee, hem }: LegCut, turn: Turn): Mark[] {
  const middle = (hem.outer + hem.inner) / 2;
  const thigh = [p(hip[0] * 0.5, 240), p(hip[0] * 0.56, 350), p((knee.outer + knee.inner) / 2, knee.y + 20)];
  return [
    shine(turn(thigh), 62, 2.2),
    shine(turn([p(middle, knee.y + 60), p(middle, knee.y + 110), p(middle, hem.y - 20)]), 40, 1.4),
  ];
}

function cargoPockets({ knee, hip }: LegCut): Part[] {
  const y = knee.y - 118;
  const x = hip[0] - 52;
  const bag = [p(x, y), p(x + 44, y), p(x + 42, y + 82), p(x - 2, y + 82)];
  const flap = [p(x - 3, y - 4), p(x + 47, y - 4), p(x + 45, y + 22), p(x - 5, y + 22)];
  return bothSides((turn) => [bag, flap].map((corners) => panel(polygon(...turn(corners)), { light: 'none' })));
}
