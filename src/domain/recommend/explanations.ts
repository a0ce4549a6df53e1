// Reasons for a garment, shown to shoppers, from its score contributions and its catalog row.
import type { Garment, GarmentType, Gender } from '../catalog/garment.js';
import type { RankedGarment, ScoreContribution } from './recommendation.js';
import type { RequestedLabels } from './query.understanding.js';

const TYPE_NAMES: Record<GarmentType, string> = {
  DRESS: 'a dress',
  HAT: 'a hat',
  LONG_SLEEVE: 'a long-sleeved top',
  OUTERWEAR: 'outerwear',
  PANTS: 'trousers',
  SHIRT: 'a shirt',
  SHOES: 'shoes',
  SHORTS: 'shorts',
  SKIRT: 'a skirt',
  T_SHIRT: 'a T-shirt',
};

/** Minimum cosines for a reason about similarity; below them the garment is only a nearest alternative. */
const LOOKS_LIKE_FROM = 0.6;
const WORDS_MATCH_FROM = 0.5;
/** Minimum Σ_type p(type | photo)·p(type | garment) for two garments of one kind. */
const SAME_KIND_FROM = 0.5;
/** Minimum contribution of `avoid` for a garment that has little of the avoided terms. */
const AVOIDED_FROM = -0.15;

/** Minimum contribution of `shopper` for a garment that suits the shopper profile. */
const LIKED_FROM = 0.03;
const NEAREST = 'the nearest that the catalog has';
/** First reason of every garment in a WEAK recommendation. */
const ALTERNATIVE = `not quite what you asked for, but ${NEAREST}`;

/** Returns sentence fragments, strongest reason first. The list is empty only for pinned garments. */
export function reasonsFor(ranked: RankedGarment, garment: Garment, requested: RequestedLabels): string[] {
  const contributed = (name: ScoreContribution['name']): number =>
    ranked.contributions.find((contribution) => contribution.name === name)?.value ?? 0;
  const looksLikePhoto = (ranked.imageSimilarity ?? 0) >= LOOKS_LIKE_FROM;
  const reasonRules: [boolean, string][] = [
    [asksForColor(requested, garment.color), `${garment.color?.toLowerCase()}, as you asked`],
    [
      requested.garmentType !== null && garment.garmentType === requested.garmentType,
      typeReason(requested.garmentType),
    ],
    [requested.gender !== null && suits(garment.gender, requested.gender), `for ${requested.gender?.toLowerCase()}`],
    [requested.usage !== null && garment.usage === requested.usage, `${requested.usage?.toLowerCase()}, as you asked`],
    [looksLikePhoto, 'looks like your photo'],
    [!looksLikePhoto && isOfShownKind(ranked, requested), 'the same kind as in your photo'],
    [(ranked.textSimilarity ?? 0) >= WORDS_MATCH_FROM, 'fits your words'],
    [requested.avoids && contributed('avoid') > AVOIDED_FROM, 'keeps clear of what you do not want'],
    [contributed('lexical') > 0, 'its description has your words'],
    [contributed('shopper') >= LIKED_FROM, profileReason(ranked, garment)],
  ];
  const reasons = reasonRules.filter(([holds]) => holds).map(([, reason]) => reason);
  return withFallback(reasons, { isPinned: contributed('pin') > 0, isWeak: requested.isWeak });
}

/**
 * Adds the fallback reasons. A pinned garment needs none: it can be far from the request, and the shopper sees no pins.
 */
function withFallback(reasons: string[], { isPinned, isWeak }: { isPinned: boolean; isWeak: boolean }): string[] {
  if (isPinned) return reasons;
  if (isWeak) return [ALTERNATIVE, ...reasons];
  return reasons.length > 0 ? reasons : [NEAREST];
}

function asksForColor(requested: RequestedLabels, color: string | null): boolean {
  return requested.colors.some((name) => name.toLowerCase() === color?.toLowerCase());
}

function suits(gender: Gender | null, requested: string): boolean {
  const unisex = gender === 'UNISEX' && ['Men', 'Women'].includes(requested);
  return unisex || gender === requested.toUpperCase();
}

/** Returns the reason for the part of the shopper profile that contributes most. */
function profileReason({ contributions }: RankedGarment, { color, usage }: Garment): string {
  const strongestPart = contributions.find(({ name }) => name === 'shopper')?.detail;
  if (strongestPart === 'color' && color) return `${color.toLowerCase()}, as you have liked before`;
  if (strongestPart === 'usage' && usage) return `${usage.toLowerCase()}, as you have liked before`;
  return 'like what you chose before';
}

/**
 * Returns true if the garment has the type in the picture. The picture decides the type only if the text names none.
 */
function isOfShownKind({ typeProbability }: RankedGarment, requested: RequestedLabels): boolean {
  return requested.hasPicture && requested.garmentType === null && typeProbability >= SAME_KIND_FROM;
}

function typeReason(garmentType: GarmentType | null): string {
  return garmentType === null ? '' : `${TYPE_NAMES[garmentType]}, as you asked`;
}
