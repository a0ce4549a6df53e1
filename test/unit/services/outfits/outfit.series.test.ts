// A series of outfits from a few items.
import type { Money } from '../../../../src/domain/catalog/garment.js';
import { pairScorer } from '../../../../src/domain/outfit/outfit.js';
import type { OutfitItem, OutfitSlot } from '../../../../src/domain/outfit/slot.js';
import { buildOutfitSeries, type OutfitSeriesOptions } from '../../../../src/services/outfits/outfit.series.js';
import { piece } from '../../../support/outfit.item.js';

const euros = (amount: number): Money => ({ amount: String(amount), currency: 'EUR' });
const garment = (category: string, price = 10): OutfitItem => piece({ category, gender: 'WOMEN', price: euros(price) });
const several = (category: string, count: number): OutfitItem[] =>
  Array.from({ length: count }, () => garment(category));

function series(options: Partial<OutfitSeriesOptions>, pool: readonly OutfitItem[]) {
  const candidates = new Map<OutfitSlot, OutfitItem[]>();
  for (const item of pool) candidates.set(item.slot, [...(candidates.get(item.slot) ?? []), item]);
  const defaults = { first: 3, locked: [], seeds: [], budget: null, scorer: pairScorer(), candidates };
  return buildOutfitSeries({ ...defaults, ...options });
}
const idsOf = ({ pieces }: { pieces: readonly OutfitItem[] }): string[] => pieces.map(({ id }) => id);

it('builds each outfit on another match and uses no item twice', async () => {
  const seeds = several('Shirts', 3);
  const { outfits, shortfall } = await series({ seeds }, [...several('Trousers', 5), ...several('Casual Shoes', 5)]);
  expect(outfits.map((outfit) => seeds.findIndex(({ id }) => idsOf(outfit).includes(id)))).toEqual([0, 1, 2]);
  const all = outfits.flatMap(idsOf);
  expect(new Set(all).size).toBe(all.length);
  expect(shortfall).toBeNull();
});

it('stops after the last match and reports that every match is in an outfit', async () => {
  const seeds = several('Shirts', 2);
  const { outfits, shortfall } = await series({ seeds }, [...several('Trousers', 5), ...several('Casual Shoes', 5)]);
  expect(outfits).toHaveLength(2);
  expect(shortfall).toMatchObject({ code: 'NO_MATCH', message: { EN: expect.stringContaining('already') } });
});

it('leaves a match to its own outfit unless the previous outfit is incomplete without it', async () => {
  const seeds = [garment('Shirts'), garment('Trousers')];
  const shoes = several('Casual Shoes', 2);
  const [shirt, trousers] = seeds;
  const apart = await series({ first: 2, seeds }, [...seeds, garment('Shirts'), garment('Trousers'), ...shoes]);
  expect(apart.outfits).toHaveLength(2);
  expect(idsOf(apart.outfits[0]!)).not.toContain(trousers!.id);
  const together = await series({ first: 2, seeds }, [...seeds, ...shoes]);
  expect(together.outfits.map(idsOf)).toEqual([expect.arrayContaining([shirt!.id, trousers!.id])]);
});

it('puts the locked items in every outfit, and builds more outfits than there are matches', async () => {
  const [locked, seed] = [garment('Casual Shoes'), garment('Shirts')];
  const pool = [...several('Shirts', 3), ...several('Trousers', 5)];
  const { outfits, shortfall } = await series({ first: 3, locked: [locked], seeds: [seed, null] }, pool);
  expect(outfits).toHaveLength(3);
  for (const outfit of outfits) expect(idsOf(outfit)).toContain(locked.id);
  expect(outfits.filter((outfit) => idsOf(outfit).includes(seed.id))).toHaveLength(1);
  expect(shortfall).toBeNull();
});

it('reports the price of a further outfit when the remaining matches exceed the budget', async () => {
  const seeds = [garment('Shirts', 20), garment('Shirts', 90)];
  const pool = [...several('Trousers', 4), ...several('Casual Shoes', 4)];
  const { outfits, shortfall } = await series({ seeds, budget: euros(50) }, pool);
  expect(outfits).toHaveLength(1);
  expect(shortfall).toMatchObject({ code: 'BUDGET', cheapest: { currency: 'EUR' } });
  expect(Number(shortfall!.cheapest!.amount)).toBe(110);
});

it('reports an exhausted catalog when matches remain but no items go with them', async () => {
  const { outfits, shortfall } = await series({ seeds: several('Shirts', 3) }, [
    garment('Trousers'),
    garment('Casual Shoes'),
  ]);
  expect(outfits).toHaveLength(1);
  expect(shortfall).toMatchObject({ code: 'CATALOG' });
});
