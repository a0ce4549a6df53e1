// The looks of one answer, one after the other, out of a few pieces.
import type { Money } from '../../../../src/domain/catalog/garment.js';
import { pairScorer } from '../../../../src/domain/outfit/outfit.js';
import type { OutfitItem, OutfitSlot } from '../../../../src/domain/outfit/slot.js';
import { buildOutfitSeries, type OutfitSeriesOptions } from '../../../../src/services/outfits/outfit.series.js';
import { piece } from '../../../support/outfit.item.js';

const euros = (amount: number): Money => ({ amount: String(amount), currency: 'EUR' });
const of = (category: string, price = 10): OutfitItem => piece({ category, gender: 'WOMEN', price: euros(price) });
const several = (category: string, count: number): OutfitItem[] => Array.from({ length: count }, () => of(category));

function series(wish: Partial<OutfitSeriesOptions>, pool: readonly OutfitItem[]) {
  const candidates = new Map<OutfitSlot, OutfitItem[]>();
  for (const one of pool) candidates.set(one.slot, [...(candidates.get(one.slot) ?? []), one]);
  return buildOutfitSeries({ first: 3, kept: [], leads: [], budget: null, scorer: pairScorer(), candidates, ...wish });
}
const idsOf = ({ pieces }: { pieces: readonly OutfitItem[] }): string[] => pieces.map(({ id }) => id);

it('builds each look on another match, and no piece comes twice', async () => {
  const leads = several('Shirts', 3);
  const { looks, shortfall } = await series({ leads }, [...several('Trousers', 5), ...several('Casual Shoes', 5)]);
  expect(looks.map((look) => leads.findIndex(({ id }) => idsOf(look).includes(id)))).toEqual([0, 1, 2]);
  const all = looks.flatMap(idsOf);
  expect(new Set(all).size).toBe(all.length);
  expect(shortfall).toBeNull();
});

it('ends with the matches, and says that each is in a look', async () => {
  const leads = several('Shirts', 2);
  const { looks, shortfall } = await series({ leads }, [...several('Trousers', 5), ...several('Casual Shoes', 5)]);
  expect(looks).toHaveLength(2);
  expect(shortfall).toMatchObject({ code: 'NO_MATCH', message: { EN: expect.stringContaining('already') } });
});

it('leaves a match for its own look, unless the one before is none without it', async () => {
  const leads = [of('Shirts'), of('Trousers')];
  const shoes = several('Casual Shoes', 2);
  const [shirt, trousers] = leads;
  const apart = await series({ first: 2, leads }, [...leads, of('Shirts'), of('Trousers'), ...shoes]);
  expect(apart.looks).toHaveLength(2);
  expect(idsOf(apart.looks[0]!)).not.toContain(trousers!.id);
  const together = await series({ first: 2, leads }, [...leads, ...shoes]);
  expect(together.looks.map(idsOf)).toEqual([expect.arrayContaining([shirt!.id, trousers!.id])]);
});

it('has what is kept in every look, beyond the matches too', async () => {
  const [kept, lead] = [of('Casual Shoes'), of('Shirts')];
  const pool = [...several('Shirts', 3), ...several('Trousers', 5)];
  const { looks, shortfall } = await series({ first: 3, kept: [kept], leads: [lead, null] }, pool);
  expect(looks).toHaveLength(3);
  for (const look of looks) expect(idsOf(look)).toContain(kept.id);
  expect(looks.filter((look) => idsOf(look).includes(lead.id))).toHaveLength(1);
  expect(shortfall).toBeNull();
});

it('says what a further look costs where the matches that are left are beyond the budget', async () => {
  const leads = [of('Shirts', 20), of('Shirts', 90)];
  const pool = [...several('Trousers', 4), ...several('Casual Shoes', 4)];
  const { looks, shortfall } = await series({ leads, budget: euros(50) }, pool);
  expect(looks).toHaveLength(1);
  expect(shortfall).toMatchObject({ code: 'BUDGET', cheapest: { currency: 'EUR' } });
  expect(Number(shortfall!.cheapest!.amount)).toBe(110);
});

it('says that the catalog has no more where matches are left, and nothing to go with them', async () => {
  const { looks, shortfall } = await series({ leads: several('Shirts', 3) }, [of('Trousers'), of('Casual Shoes')]);
  expect(looks).toHaveLength(1);
  expect(shortfall).toMatchObject({ code: 'CATALOG' });
});
