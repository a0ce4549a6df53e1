// Validation of the garments that a shopper locks: each is usable, and all of them fit into one outfit.
import type { Money } from '../../domain/catalog/garment.js';
import { isWithin } from '../../domain/catalog/money.js';
import { scorePair } from '../../domain/outfit/pair.score.js';
import type { OutfitItem } from '../../domain/outfit/slot.js';
import { isSku } from '../../domain/shared/text.js';
import { FitroomError } from '../../errors.js';
import type { NamedOutfitItem } from '../../store/outfit.repository.js';

/** More than an outfit has items. The limit bounds the lookup of one call. */
const MAX_LOCKED = 20;

/** Returns the skus without duplicates. @throws FitroomError VALUE_TOO_LONG */
export function lockedSkus(skus: readonly string[] | null | undefined): string[] {
  const unique = [...new Set(skus ?? [])];
  if (unique.length > MAX_LOCKED) {
    throw new FitroomError('VALUE_TOO_LONG', `At most ${MAX_LOCKED} garments can be kept.`, ['keepSkus']);
  }
  return unique;
}

/**
 * Returns the locked items in the order of the skus.
 * @param items the items that the catalog has for the skus
 * @throws FitroomError GARMENT_NOT_FOUND | KEPT_GARMENT_UNUSABLE | KEPT_GARMENTS_CLASH | KEPT_OVER_BUDGET
 */
export function requireLocked(
  skus: readonly string[],
  items: readonly NamedOutfitItem[],
  budget: Money | null,
): OutfitItem[] {
  const bySku = new Map(items.map((item) => [item.sku, item]));
  const locked = skus.map((sku, i) => requireUsable(sku, bySku.get(sku), ['keepSkus', String(i)]));
  requireCompatible(locked);
  if (budget) requireAffordable(locked, budget);
  return locked;
}

function requireUsable(sku: string, item: NamedOutfitItem | undefined, field: string[]): OutfitItem {
  if (!item) {
    // an invalid sku may have megabytes, so the message does not repeat it
    const message = isSku(sku) ? `The store has no garment of the sku ${sku}.` : undefined;
    throw new FitroomError('GARMENT_NOT_FOUND', message, field);
  }
  const reason = reasonUnusable(item);
  const { slot } = item;
  if (reason !== null || slot === null) throw new FitroomError('KEPT_GARMENT_UNUSABLE', `${sku} ${reason}.`, field);
  return { ...item, slot };
}

function reasonUnusable({ slot, inStock, passes, hasPicture }: NamedOutfitItem): string | null {
  if (slot === null) return 'is not wearable in an outfit';
  if (!inStock) return 'is sold out';
  if (!hasPicture) return 'has no picture';
  return passes ? null : 'does not match the filter';
}

function requireCompatible(locked: readonly OutfitItem[]): void {
  locked.forEach((second, i) => {
    const pairs = locked.slice(0, i).map((first) => ({ first, ...scorePair(first, second) }));
    const clash = pairs.find(({ score }) => score === 0);
    if (!clash) return;
    const { roles, gender } = clash.parts;
    const reason = roles.score === 0 ? roles.reason : gender.reason;
    const message = `${clash.first.sku} and ${second.sku} cannot be in one outfit: ${reason?.EN}.`;
    throw new FitroomError('KEPT_GARMENTS_CLASH', message, ['keepSkus', String(i)]);
  });
}

function requireAffordable(locked: readonly OutfitItem[], budget: Money): void {
  const unpriced = locked.find(({ price }) => price?.currency !== budget.currency);
  if (unpriced) {
    const message = `${unpriced.sku} has no price in ${budget.currency}, the currency of the budget.`;
    throw new FitroomError('KEPT_OVER_BUDGET', message, ['budget', 'currency']);
  }
  if (isWithin(budget, locked)) return;
  throw new FitroomError('KEPT_OVER_BUDGET', 'The kept garments together cost more than the budget.', [
    'budget',
    'amount',
  ]);
}
