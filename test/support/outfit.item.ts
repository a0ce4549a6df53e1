// Pieces of looks by what a test says of them; all else is unknown, and all styles are alike.
import { type OutfitItem, slotOf } from '../../src/domain/outfit/slot.js';
let made = 0;

/** The slot follows from category and type unless it is given. */
export function piece(facts: Partial<OutfitItem>): OutfitItem {
  const all = {
    id: String(++made),
    sku: `S-${made}`,
    title: 'A piece',
    category: null,
    garmentType: null,
    color: null,
  };
  const rest = { gender: null, usage: null, tags: [], price: null, style: Float32Array.of(1, 0) };
  const given = { ...all, ...rest, ...facts };
  return { ...given, slot: facts.slot ?? slotOf(given)! };
}
