// Why a garment is recommended, in words for a shopper. Says only what the contributions and the catalog row bear out.
import type { Garment, GarmentType } from './garment.js';
import type { AskedFor, RankedGarment } from './recommendation.js';

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

/** At least one sentence fragment, the strongest ground first. */
export function reasonsFor(ranked: RankedGarment, garment: Garment, asked: AskedFor): string[] {
  const reasons: string[] = [];
  const color = garment.color;
  if (color && asked.colors.some((name) => name.toLowerCase() === color.toLowerCase())) {
    reasons.push(`${color.toLowerCase()}, as you asked`);
  }
  if (asked.garmentType && garment.garmentType === asked.garmentType) {
    reasons.push(`${TYPE_NAMES[asked.garmentType]}, as you asked`);
  }
  if ((ranked.imageSimilarity ?? 0) >= LOOKS_LIKE_FROM) reasons.push('looks like your photo');
  if ((ranked.textSimilarity ?? 0) >= WORDS_MATCH_FROM) reasons.push('fits your words');
  if (asked.avoids && !ranked.contributions.some(({ name, value }) => name === 'avoid' && value < -0.05)) {
    reasons.push('keeps clear of what you do not want');
  }
  if (ranked.contributions.some(({ name, value }) => name === 'lexical' && value > 0)) {
    reasons.push('its description has your words');
  }
  return reasons.length > 0 ? reasons : ['the nearest that the catalog has'];
}
