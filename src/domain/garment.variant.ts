// Several rows of a catalog that are one garment in several sizes: how one of them is folded into the garment. Pure.
import type { GarmentInput } from './garment.input.js';

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
