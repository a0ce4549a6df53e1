// Outfit items for tests, with unknown fields unless a test sets them and with equal style vectors.
import { type OutfitItem, slotOf } from '../../src/domain/outfit/slot.js';
let itemCount = 0;

/** Returns an outfit item. The slot follows from category and type unless it is given. */
export function piece(facts: Partial<OutfitItem>): OutfitItem {
  const unknown = {
    id: String(++itemCount),
    sku: `S-${itemCount}`,
    title: 'A piece',
    category: null,
    garmentType: null,
    color: null,
  };
  const rest = { gender: null, usage: null, tags: [], price: null, style: Float32Array.of(1, 0) };
  const item = { ...unknown, ...rest, ...facts };
  return { ...item, slot: facts.slot ?? slotOf(item)! };
}
