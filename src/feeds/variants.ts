// Items of a feed that are one garment in several sizes → one garment that lists its sizes. Only neighbours are folded here, so
// that a feed of any length is read in one pass; those that stand apart are folded where the rows wait (store/import.rows.ts).
import { foldVariant } from '../domain/recommend/variant.folding.js';
import { isFailure, type FeedGarment, type FeedItem } from './feed.js';

/** A garment's number where its items have one each: the product's, and its colour where there is one. */
export function variantSku(product: string, color: string | null | undefined): string {
  return color ? `${product}/${color}` : product;
}

/** Neighbours of one sku as one garment. */
export async function* folded(items: AsyncIterable<FeedItem>): AsyncGenerator<FeedItem> {
  let open: FeedGarment | null = null;
  for await (const item of items) {
    if (isFailure(item)) {
      yield item;
    } else if (open?.isVariant && item.isVariant && open.input.sku === item.input.sku) {
      foldVariant(open.input, item.input);
    } else {
      if (open) yield open;
      open = item;
    }
  }
  if (open) yield open;
}
