// Garments that are one in several colours or sizes, folded into the one that is shown of them. Pure; which garments belong
// together is decided where they are stored.
import type { Candidate } from './candidate.js';
import { isPinned } from './pinning.js';
import type { ScoringRule } from './merchandising.rule.js';
import type { RankedGarment } from './recommendation.js';
import type { GarmentInput } from '../catalog/garment.input.js';

export interface VariantFoldingOptions {
  candidates: readonly Candidate[];
  /** Colours that the words name, likeliest first; empty: none. */
  colors: readonly string[];
  /** Of the search: what a merchant pins stays, several of one garment too. */
  rules: readonly ScoringRule[];
}

/**
 * The ranking with one garment of each group: in a colour that is asked for before others, in stock before sold out, then the
 * one that ranks highest. It stands where its own score puts it, and the others are left out on every page.
 *
 * A group is no group where two of it agree in title, colour and sizes: its title is that of a line ("Men's T-shirt") and not
 * of a garment.
 */
export function foldVariants(
  ranked: RankedGarment[],
  { candidates, colors, rules }: VariantFoldingOptions,
): RankedGarment[] {
  const byId = new Map(candidates.map((candidate) => [candidate.garmentId, candidate]));
  const groups = new Map<string, Candidate[]>();
  for (const { garmentId } of ranked) {
    const candidate = byId.get(garmentId)!;
    if (candidate.variant === null) continue;
    const group = groups.get(candidate.variant);
    if (group) group.push(candidate);
    else groups.set(candidate.variant, [candidate]);
  }
  const asked = new Set(colors.map((color) => color.toLowerCase()));
  const folded = new Set([...groups.values()].flatMap((group) => leftOut(group, asked, rules)));
  if (folded.size === 0) return ranked;
  return ranked.filter(({ garmentId }) => !folded.has(garmentId)).map((row, i) => ({ ...row, rank: i + 1 }));
}

/** @param group best first */
function leftOut(group: Candidate[], asked: ReadonlySet<string>, rules: readonly ScoringRule[]): string[] {
  if (group.length < 2 || new Set(group.map(({ variantFingerprint: form }) => form)).size < group.length) return [];
  const worth = ({ color, inStock }: Candidate): number =>
    (asked.has(color?.toLowerCase() ?? '') ? 2 : 0) + (inStock ? 1 : 0);
  const shown = group.reduce((best, one) => (worth(one) > worth(best) ? one : best));
  return group.filter((one) => one !== shown && !isPinned(one, rules)).map(({ garmentId }) => garmentId);
}

/** Further sizes than a garment can have are no sizes. */
const MAX_SIZES = 100;

/** Facts stay those of the first; sizes of all, in stock where any is, the lowest price, a picture where the first has none. */
export function foldVariant(garment: GarmentInput, variant: GarmentInput): void {
  const sizes = new Set([...(garment.sizes ?? []), ...(variant.sizes ?? [])]);
  if (sizes.size > 0) garment.sizes = [...sizes].slice(0, MAX_SIZES);
  if (variant.inStock) garment.inStock = true;
  garment.image ??= variant.image;
  if (isCheaper(variant, garment)) garment.price = variant.price;
}

function isCheaper({ price }: GarmentInput, than: GarmentInput): boolean {
  if (!price) return false;
  return !than.price || (price.currency === than.price.currency && Number(price.amount) < Number(than.price.amount));
}
