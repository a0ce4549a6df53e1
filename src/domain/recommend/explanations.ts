// Why a garment is recommended, in words for a shopper. Says only what the contributions and the catalog row bear out.
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

/** Cosines from which a similarity is worth saying; below it the answer is a nearest alternative. */
const LOOKS_LIKE_FROM = 0.6;
const WORDS_MATCH_FROM = 0.5;
/** Σ_type p(type | photo)·p(type | garment) from which both are of one kind. */
const SAME_KIND_FROM = 0.5;
/** The contribution `avoid` above which a garment has nothing much of what is to be avoided. */
const AVOIDED_FROM = -0.15;

/** The contribution `shopper` from which a garment is to a shopper's taste. */
const LIKED_FROM = 0.03;
const NEAREST = 'the nearest that the catalog has';
/** Of a weak answer every garment's first ground. */
const ALTERNATIVE = `not quite what you asked for, but ${NEAREST}`;

/** Sentence fragments, the strongest ground first; at least one, but for garments that are pinned. */
export function reasonsFor(ranked: RankedGarment, garment: Garment, asked: RequestedLabels): string[] {
  const contributed = (name: ScoreContribution['name']): number =>
    ranked.contributions.find((contribution) => contribution.name === name)?.value ?? 0;
  const looksLikePhoto = (ranked.imageSimilarity ?? 0) >= LOOKS_LIKE_FROM;
  const grounds: [boolean, string][] = [
    [asksForColor(asked, garment.color), `${garment.color?.toLowerCase()}, as you asked`],
    [asked.garmentType !== null && garment.garmentType === asked.garmentType, typeReason(asked.garmentType)],
    [asked.gender !== null && suits(garment.gender, asked.gender), `for ${asked.gender?.toLowerCase()}`],
    [asked.usage !== null && garment.usage === asked.usage, `${asked.usage?.toLowerCase()}, as you asked`],
    [looksLikePhoto, 'looks like your photo'],
    [!looksLikePhoto && isOfShownKind(ranked, asked), 'the same kind as in your photo'],
    [(ranked.textSimilarity ?? 0) >= WORDS_MATCH_FROM, 'fits your words'],
    [asked.avoids && contributed('avoid') > AVOIDED_FROM, 'keeps clear of what you do not want'],
    [contributed('lexical') > 0, 'its description has your words'],
    [contributed('shopper') >= LIKED_FROM, tasteReason(ranked, garment)],
  ];
  const reasons = grounds.filter(([holds]) => holds).map(([, reason]) => reason);
  return framed(reasons, { isPinned: contributed('pin') > 0, isWeak: asked.isWeak });
}

/** What a merchant has pinned need not be near, and why it is there is not the shopper's affair. */
function framed(reasons: string[], { isPinned, isWeak }: { isPinned: boolean; isWeak: boolean }): string[] {
  if (isPinned) return reasons;
  if (isWeak) return [ALTERNATIVE, ...reasons];
  return reasons.length > 0 ? reasons : [NEAREST];
}

function asksForColor(asked: RequestedLabels, color: string | null): boolean {
  return asked.colors.some((name) => name.toLowerCase() === color?.toLowerCase());
}

function suits(gender: Gender | null, asked: string): boolean {
  const unisex = gender === 'UNISEX' && ['Men', 'Women'].includes(asked);
  return unisex || gender === asked.toUpperCase();
}

/** By the side of the taste that says most for it. */
function tasteReason({ contributions }: RankedGarment, { color, usage }: Garment): string {
  const side = contributions.find(({ name }) => name === 'shopper')?.detail;
  if (side === 'color' && color) return `${color.toLowerCase()}, as you have liked before`;
  if (side === 'usage' && usage) return `${usage.toLowerCase()}, as you have liked before`;
  return 'like what you chose before';
}

/** Words that name no type leave it to the picture, so what is then asked for is what it shows. */
function isOfShownKind({ typeProbability }: RankedGarment, asked: RequestedLabels): boolean {
  return asked.hasPicture && asked.garmentType === null && typeProbability >= SAME_KIND_FROM;
}

function typeReason(garmentType: GarmentType | null): string {
  return garmentType === null ? '' : `${TYPE_NAMES[garmentType]}, as you asked`;
}
