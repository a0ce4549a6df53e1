// How alike two garments are in style: the part of the embedding that was trained on gender, use and kind of article, and
// neither on colour nor on which garment it is.
import { dot } from '../fusion.js';
import type { Said } from '../language.js';
import type { Piece, Verdict } from './piece.js';

/** Under this a difference is worth a word. */
const UNLIKE_BELOW = 0.35;
const UNLIKE: Said = { EN: 'they differ in style', ZH: '风格不一致' };

/** The cosine of both, 0 where they point apart; ½ where one of them has no picture to tell. */
export function judgeStyle(a: Pick<Piece, 'style'>, b: Pick<Piece, 'style'>): Verdict {
  if (isUnknown(a.style) || isUnknown(b.style)) return { score: 0.5, reason: null };
  const score = Math.min(1, Math.max(0, dot(a.style, b.style)));
  return { score, reason: score < UNLIKE_BELOW ? UNLIKE : null };
}

function isUnknown(style: Float32Array): boolean {
  return style.every((value) => value === 0);
}
