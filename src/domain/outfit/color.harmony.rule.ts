// Color harmony of two garments, by the positions of their colors in CIE LCh.
//
// The hue regions come from Moon and Spencer (Geometric Formulation of Classical Color Harmony, JOSA 34, 1944): the
// same, similar and contrasting hues are pleasing; the two regions between them are ambiguous. Two rules come from Ou
// and Luo (A colour harmony model for two-colour combinations, Color Res. Appl. 31, 2006): colors of one hue need a
// difference in lightness, and two vivid colors are tiring. Neutral colors go with everything, by common practice of
// stylists.
import type { LocalizedText } from '../text/language.js';
import { colorName, colorOf, hueDistance, isNeutral, type Lch } from './color.space.js';
import { type OutfitItemFacts, type PairAssessment, memoized } from './slot.js';

/** Degrees of hue: the upper bound of one hue, the upper bound of similar hues, the lower bound of opposite hues. */
const SAME_HUE = 20;
const SIMILAR_HUE = 50;
const OPPOSITE_HUE = 145;
/** Minimum chroma of a vivid color, and the chroma below which a color is muted. */
const VIVID = 50;
const MUTED = 30;
/** Minimum difference in lightness of two distinct tones, and maximum difference of equal tones. */
const TWO_TONES = 18;
const ONE_TONE = 8;

const UNKNOWN: PairAssessment = { score: 0.6, reason: null };

export function assessColors(a: Pick<OutfitItemFacts, 'color'>, b: Pick<OutfitItemFacts, 'color'>): PairAssessment {
  return a.color === null || b.color === null ? UNKNOWN : assessLabels(a.color, b.color);
}

const assessLabels = memoized((one, other) => {
  const [first, second] = [colorOf(one), colorOf(other)];
  if (first === null || second === null) return UNKNOWN;
  const { score, why } = assessPositions(first, second);
  if (why === null) return { score, reason: null };
  const [a, b] = [colorName(one), colorName(other)];
  return { score, reason: { EN: `${a.EN} and ${b.EN} ${why.EN}`, ZH: `${a.ZH}和${b.ZH}${why.ZH}` } };
});

interface Harmony {
  score: number;
  /** Text that continues "<color> and <color>"; null if there is no objection. */
  why: LocalizedText | null;
}

function assessPositions(a: Lch | 'patterned', b: Lch | 'patterned'): Harmony {
  if (a === 'patterned' || b === 'patterned') return assessPattern(a, b);
  if (isNeutral(a) && isNeutral(b)) return assessNeutrals(a, b);
  if (isNeutral(a) || isNeutral(b)) return { score: 0.92, why: null };
  return assessChromatic(a, b);
}

/** Rates a pair with a pattern: a pattern goes best with a neutral color. */
function assessPattern(a: Lch | 'patterned', b: Lch | 'patterned'): Harmony {
  const other = a === 'patterned' ? b : a;
  if (other === 'patterned')
    return { score: 0.3, why: { EN: 'are two patterns that compete', ZH: '两种花色互相抢眼' } };
  return isNeutral(other)
    ? { score: 0.92, why: null }
    : { score: 0.6, why: { EN: 'are too busy together', ZH: '放在一起让眼睛没有歇处' } };
}

function assessNeutrals(a: Lch, b: Lch): Harmony {
  const difference = Math.abs(a.lightness - b.lightness);
  return difference >= TWO_TONES || difference <= ONE_TONE
    ? { score: 0.9, why: null }
    : { score: 0.8, why: { EN: 'neither match nor clearly contrast in lightness', ZH: '深浅既不相同也不分明' } };
}

function assessChromatic(a: Lch, b: Lch): Harmony {
  const hue = hueDistance(a, b);
  if (hue <= SAME_HUE) return assessSameHue(a, b);
  if (hue <= SIMILAR_HUE)
    return { score: 0.75, why: { EN: 'are similar colors with little contrast', ZH: '色相相邻，对比不足' } };
  const vivid = a.chroma >= VIVID && b.chroma >= VIVID;
  if (hue >= OPPOSITE_HUE) {
    return vivid
      ? { score: 0.55, why: { EN: 'are opposite colors, both vivid', ZH: '互为对比色，而且都很鲜艳' } }
      : { score: 0.75, why: { EN: 'are opposite colors', ZH: '互为对比色' } };
  }
  if (vivid)
    return {
      score: 0.2,
      why: {
        EN: 'clash: both are vivid, and they are neither similar nor opposite',
        ZH: '相冲：都很鲜艳，既不相近也不互补',
      },
    };
  const muted = a.chroma < MUTED || b.chroma < MUTED;
  return muted
    ? {
        score: 0.5,
        why: { EN: 'are neither similar nor opposite, but one is muted', ZH: '既不相近也不互补，好在有一种较柔和' },
      }
    : { score: 0.35, why: { EN: 'are neither similar nor opposite', ZH: '既不相近也不互补' } };
}

function assessSameHue(a: Lch, b: Lch): Harmony {
  const difference = Math.abs(a.lightness - b.lightness);
  if (difference >= TWO_TONES) return { score: 0.88, why: null };
  return difference <= ONE_TONE && Math.abs(a.chroma - b.chroma) < 15
    ? { score: 0.72, why: { EN: 'have the same tone; a contrasting tone would stand out more', ZH: '是同一个色调' } }
    : { score: 0.6, why: { EN: 'are almost the same color but do not match', ZH: '几乎一样却又不完全一样' } };
}
