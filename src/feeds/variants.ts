// Items of a feed that are one garment in several sizes → one garment that lists its sizes. Only neighbours are folded, so
// that a feed of any length is read in one pass; feeds write the variants of a product one after the other.
import type { GarmentInput } from '../domain/garment.input.js';
import { isFailure, type FeedGarment, type FeedItem } from './feed.js';

/** Further sizes than a garment can have are no sizes. */
const MAX_SIZES = 100;

/** A garment's number where its items have one each: the product's, and its colour where there is one. */
export function variantSku(product: string, color: string | null | undefined): string {
  return color ? `${product}/${color}` : product;
}

/** Neighbours of one sku as one garment: facts of the first, sizes of all, in stock where any is, the lowest price. */
export async function* folded(items: AsyncIterable<FeedItem & { isVariant?: boolean }>): AsyncGenerator<FeedItem> {
  let open: (FeedGarment & { isVariant?: boolean }) | null = null;
  for await (const item of items) {
    if (isFailure(item)) {
      yield item;
    } else if (open?.isVariant && item.isVariant && open.input.sku === item.input.sku) {
      merge(open.input, item.input);
    } else {
      if (open) yield open;
      open = item;
    }
  }
  if (open) yield open;
}

export function merge(garment: GarmentInput, variant: GarmentInput): void {
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
