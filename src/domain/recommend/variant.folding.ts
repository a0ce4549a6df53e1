// Variant folding: the ranking shows only one of the color and size variants of a garment.
import type { Candidate } from './candidate.js';
import { isPinned } from './pinning.js';
import type { ScoringRule } from './merchandising.rule.js';
import type { RankedGarment } from './recommendation.js';
import type { GarmentInput } from '../catalog/garment.input.js';

export interface VariantFoldingOptions {
  candidates: readonly Candidate[];
  /** Colors that the text names, likeliest first; empty for none. */
  colors: readonly string[];
  /** Rules of the search. Pinned variants stay, even several of one group. */
  rules: readonly ScoringRule[];
}

/**
 * Returns the ranking with one garment per group: a requested color comes first, then garments in stock, then the
 * highest rank. It keeps its own score and rank; the other variants are left out on every page.
 *
 * A group is ignored if two of its garments agree in title, color and sizes: the title then names a line ("Men's
 * T-shirt") and not a garment.
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
  const requestedColors = new Set(colors.map((color) => color.toLowerCase()));
  const folded = new Set([...groups.values()].flatMap((group) => foldedIds(group, requestedColors, rules)));
  if (folded.size === 0) return ranked;
  return ranked.filter(({ garmentId }) => !folded.has(garmentId)).map((row, i) => ({ ...row, rank: i + 1 }));
}

/** Returns the ids of the variants to leave out. @param group best first */
function foldedIds(group: Candidate[], requestedColors: ReadonlySet<string>, rules: readonly ScoringRule[]): string[] {
  if (group.length < 2 || new Set(group.map(({ variantFingerprint }) => variantFingerprint)).size < group.length)
    return [];
  const preference = ({ color, inStock }: Candidate): number =>
    (requestedColors.has(color?.toLowerCase() ?? '') ? 2 : 0) + (inStock ? 1 : 0);
  const shown = group.reduce((best, candidate) => (preference(candidate) > preference(best) ? candidate : best));
  return group
    .filter((candidate) => candidate !== shown && !isPinned(candidate, rules))
    .map(({ garmentId }) => garmentId);
}

/** Maximum number of sizes of a garment. */
const MAX_SIZES = 100;

/**
 * Merges a variant into a garment: the sizes of both, in stock if either is, the lower price, and a picture if missing.
 */
export function foldVariant(garment: GarmentInput, variant: GarmentInput): void {
  const sizes = new Set([...(garment.sizes ?? []), ...(variant.sizes ?? [])]);
  if (sizes.size > 0) garment.sizes = [...sizes].slice(0, MAX_SIZES);
  if (variant.inStock) garment.inStock = true;
  garment.image ??= variant.image;
  if (isCheaper(variant, garment)) garment.price = variant.price;
}

function isCheaper({ price }: GarmentInput, other: GarmentInput): boolean {
  if (!price) return false;
  return !other.price || (price.currency === other.price.currency && Number(price.amount) < Number(other.price.amount));
}
