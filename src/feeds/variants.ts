// Folding of feed items that are one garment in several sizes.
// It folds only adjacent items, so that a feed of any length is read in one pass. The staged rows fold the others
// (store/import.staging.repository.ts).
import { foldVariant } from '../domain/recommend/variant.folding.js';
import { isFailure, type FeedGarment, type FeedItem } from './feed.js';

/** Returns the sku of a garment whose items have their own ids: the product's id, with the color if there is one. */
export function variantSku(product: string, color: string | null | undefined): string {
  return color ? `${product}/${color}` : product;
}

/** Folds adjacent variants of one sku into one garment. */
export async function* folded(items: AsyncIterable<FeedItem>): AsyncGenerator<FeedItem> {
  let current: FeedGarment | null = null;
  for await (const item of items) {
    if (isFailure(item)) {
      yield item;
    } else if (current?.isVariant && item.isVariant && current.input.sku === item.input.sku) {
      foldVariant(current.input, item.input);
    } else {
      if (current) yield current;
      current = item;
    }
  }
  if (current) yield current;
}
