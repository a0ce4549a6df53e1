// Whether two colours go together, by where they lie in CIE LCh. The regions of hue are those of Moon and Spencer (Geometric
// Formulation of Classical Color Harmony, JOSA 34, 1944): the same, similar and contrasting hues are pleasing, and between
// them lie two that are ambiguous. That colours of one hue want a difference in lightness, and that two vivid ones tire, is
// what Ou and Luo measured (A colour harmony model for two-colour combinations, Color Res. Appl. 31, 2006). Neutrals go with
// all, as every stylist has it.
import type { LocalizedText } from '../text/language.js';
import { colorName, colorOf, hueDistance, isNeutral, type Lch } from './color.space.js';
import { type OutfitItemFacts, type PairAssessment, memoized } from './slot.js';
/** Degrees of hue: up to here one colour in other tones, up to here neighbours, and from here opposites. */
const SAME_HUE = 20;
const SIMILAR_HUE = 50;
const OPPOSITE_HUE = 145;
/** Chroma from which a colour is vivid, and under which it is muted. */
const VIVID = 50;
const MUTED = 30;
/** Difference in lightness from which tones are clearly two, and up to which they are one. */
const TWO_TONES = 18;
const ONE_TONE = 8;

const UNKNOWN: PairAssessment = { score: 0.6, reason: null };

export function assessColors(a: Pick<OutfitItemFacts, 'color'>, b: Pick<OutfitItemFacts, 'color'>): PairAssessment {
  return a.color === null || b.color === null ? UNKNOWN : judgeLabels(a.color, b.color);
}

const judgeLabels = memoized((one, other) => {
  const [first, second] = [colorOf(one), colorOf(other)];
  if (first === null || second === null) return UNKNOWN;
  const { score, why } = judge(first, second);
  if (why === null) return { score, reason: null };
  const [a, b] = [colorName(one), colorName(other)];
  return { score, reason: { EN: `${a.EN} and ${b.EN} ${why.EN}`, ZH: `${a.ZH}和${b.ZH}${why.ZH}` } };
});

interface Judged {
  score: number;
  /** Goes on from the names of both. */
  why: LocalizedText | null;
}

function judge(a: Lch | 'patterned', b: Lch | 'patterned'): Judged {
  if (a === 'patterned' || b === 'patterned') return withPattern(a, b);
  if (isNeutral(a) && isNeutral(b)) return neutrals(a, b);
  if (isNeutral(a) || isNeutral(b)) return { score: 0.92, why: null };
  return chromatic(a, b);
}

/** Beside many colours something quiet is wanted. */
function withPattern(a: Lch | 'patterned', b: Lch | 'patterned'): Judged {
  const other = a === 'patterned' ? b : a;
  if (other === 'patterned')
    return { score: 0.3, why: { EN: 'are two patterns that compete', ZH: '两种花色互相抢眼' } };
  return isNeutral(other)
    ? { score: 0.92, why: null }
    : { score: 0.6, why: { EN: 'leave the eye no rest', ZH: '放在一起让眼睛没有歇处' } };
}

function neutrals(a: Lch, b: Lch): Judged {
  const apart = Math.abs(a.lightness - b.lightness);
  return apart >= TWO_TONES || apart <= ONE_TONE
    ? { score: 0.9, why: null }
    : { score: 0.8, why: { EN: 'are neither one tone nor clearly two', ZH: '深浅既不相同也不分明' } };
}

function chromatic(a: Lch, b: Lch): Judged {
  const hue = hueDistance(a, b);
  if (hue <= SAME_HUE) return toneOnTone(a, b);
  if (hue <= SIMILAR_HUE)
    return { score: 0.75, why: { EN: 'are neighbours without much contrast', ZH: '色相相邻，对比不足' } };
  const vivid = a.chroma >= VIVID && b.chroma >= VIVID;
  if (hue >= OPPOSITE_HUE) {
    return vivid
      ? { score: 0.55, why: { EN: 'are opposites, both vivid', ZH: '互为对比色，而且都很鲜艳' } }
      : { score: 0.75, why: { EN: 'are opposites', ZH: '互为对比色' } };
  }
  if (vivid)
    return {
      score: 0.2,
      why: { EN: 'clash: both are vivid, and neither alike nor opposite', ZH: '相冲：都很鲜艳，既不相近也不互补' },
    };
  const muted = a.chroma < MUTED || b.chroma < MUTED;
  return muted
    ? {
        score: 0.5,
        why: { EN: 'are neither alike nor opposite, though one is muted', ZH: '既不相近也不互补，好在有一种较柔和' },
      }
    : { score: 0.35, why: { EN: 'are neither alike nor opposite', ZH: '既不相近也不互补' } };
}

function toneOnTone(a: Lch, b: Lch): Judged {
  const apart = Math.abs(a.lightness - b.lightness);
  if (apart >= TWO_TONES) return { score: 0.88, why: null };
  return apart <= ONE_TONE && Math.abs(a.chroma - b.chroma) < 15
    ? { score: 0.72, why: { EN: 'are one and the same tone', ZH: '是同一个色调' } }
    : { score: 0.6, why: { EN: 'are almost the same, but not quite', ZH: '几乎一样却又不完全一样' } };
}
