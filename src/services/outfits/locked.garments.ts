// Garments that a shopper keeps in every look, checked: each has to be usable, and all of them have to go into one look.
import type { Money } from '../../domain/catalog/garment.js';
import { isWithin } from '../../domain/catalog/money.js';
import { scorePair } from '../../domain/outfit/pair.score.js';
import type { OutfitItem } from '../../domain/outfit/slot.js';
import { isSku } from '../../domain/shared/text.js';
import { FitroomError } from '../../errors.js';
import type { NamedOutfitItem } from '../../store/outfit.repository.js';

/** More than a look has pieces; it bounds what a call may look up. */
const MOST_KEPT = 20;

/** The skus once each. @throws FitroomError VALUE_TOO_LONG */
export function lockedSkus(skus: readonly string[] | null | undefined): string[] {
  const kept = [...new Set(skus ?? [])];
  if (kept.length > MOST_KEPT) {
    throw new FitroomError('VALUE_TOO_LONG', `At most ${MOST_KEPT} garments are kept.`, ['keepSkus']);
  }
  return kept;
}

/**
 * What was found of the skus as pieces, in their order.
 * @throws FitroomError GARMENT_NOT_FOUND | KEPT_GARMENT_UNUSABLE | KEPT_GARMENTS_CLASH | KEPT_OVER_BUDGET
 */
export function requireKept(
  skus: readonly string[],
  found: readonly NamedOutfitItem[],
  budget: Money | null,
): OutfitItem[] {
  const bySku = new Map(found.map((piece) => [piece.sku, piece]));
  const kept = skus.map((sku, i) => requireUsable(sku, bySku.get(sku), ['keepSkus', String(i)]));
  requireTogether(kept);
  if (budget) requireAffordable(kept, budget);
  return kept;
}

function requireUsable(sku: string, piece: NamedOutfitItem | undefined, field: string[]): OutfitItem {
  if (!piece) {
    // what is no sku may have megabytes
    const message = isSku(sku) ? `The store has no garment of the sku ${sku}.` : undefined;
    throw new FitroomError('GARMENT_NOT_FOUND', message, field);
  }
  const why = whyUnusable(piece);
  const { slot } = piece;
  if (why !== null || slot === null) throw new FitroomError('KEPT_GARMENT_UNUSABLE', `${sku} ${why}.`, field);
  return { ...piece, slot };
}

function whyUnusable({ slot, inStock, passes, hasPicture }: NamedOutfitItem): string | null {
  if (slot === null) return 'belongs to no look';
  if (!inStock) return 'is sold out';
  if (!hasPicture) return 'has no picture';
  return passes ? null : 'is left out by the filter';
}

function requireTogether(kept: readonly OutfitItem[]): void {
  kept.forEach((second, i) => {
    const pairs = kept.slice(0, i).map((first) => ({ first, ...scorePair(first, second) }));
    const clash = pairs.find(({ score }) => score === 0);
    if (!clash) return;
    const { roles, gender } = clash.parts;
    const why = roles.score === 0 ? roles.reason : gender.reason;
    const message = `${clash.first.sku} and ${second.sku} cannot be in one look: ${why?.EN}.`;
    throw new FitroomError('KEPT_GARMENTS_CLASH', message, ['keepSkus', String(i)]);
  });
}

function requireAffordable(kept: readonly OutfitItem[], budget: Money): void {
  const other = kept.find(({ price }) => price?.currency !== budget.currency);
  if (other) {
    const message = `${other.sku} has no price in ${budget.currency}, which the budget is in.`;
    throw new FitroomError('KEPT_OVER_BUDGET', message, ['budget', 'currency']);
  }
  if (isWithin(budget, kept)) return;
  throw new FitroomError('KEPT_OVER_BUDGET', 'The garments to be kept cost more than the budget.', [
    'budget',
    'amount',
  ]);
}
