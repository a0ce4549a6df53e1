// Outfit slots in the database, compared with the table of the domain, and the candidates of a slot.
import { GARMENT_TYPES } from '../../src/domain/catalog/garment.js';
import { CATEGORIES_OF_NO_SLOT, CATEGORIES_OF_SLOT, slotOf } from '../../src/domain/outfit/slot.js';
import { GarmentRepository } from '../../src/store/garment.repository.js';
import { OutfitRepository } from '../../src/store/outfit.repository.js';
import { axis, DIMENSIONS, MODEL, row, STORE, unit } from '../support/catalog.rows.js';
import { withDatabase } from '../support/database.js';

const testDatabase = withDatabase();

describe('the slot of a garment', () => {
  it('is the same in the database as in the domain, for every category and type', async () => {
    const categories = [...Object.values(CATEGORIES_OF_SLOT).flat(), ...CATEGORIES_OF_NO_SLOT, 'own words', null];
    const garments = categories.flatMap((category) =>
      [null, ...GARMENT_TYPES].map((garmentType) => ({
        category: category && ` ${category.toUpperCase()}`,
        garmentType,
      })),
    );
    const rows = await testDatabase.database.query<{ slot: string | null }>(
      `select outfit_slot(category, garment_type) as slot
       from unnest($1::text[], $2::text[]) with ordinality as g (category, garment_type, n) order by n`,
      [garments.map(({ category }) => category), garments.map(({ garmentType }) => garmentType)],
    );
    expect(rows.map(({ slot }) => slot)).toEqual(garments.map(slotOf));
  });
});

describe('the candidates of a slot', () => {
  const LIMIT = 8;
  const query = {
    filter: {},
    hide: [],
    unwanted: [],
    slots: ['BOTTOM', 'FEET'] as const,
    audiences: [['MEN', 'UNISEX']] as const,
    style: axis(0),
    seed: '1',
    limit: LIMIT,
  };
  const block = { model: MODEL, dimensions: DIMENSIONS, start: 0, length: DIMENSIONS };
  /** Returns a garment. The smaller the number, the nearer it is to the style. */
  const garment = (sku: string, category: string, distance: number) =>
    row({
      sku,
      category,
      gender: 'MEN',
      image: unit(axis(0).map((value, i) => value + (i === 1 ? distance / 10 : 0))),
    });

  it('are the nearest in style, half from each of two categories, in any spelling of the category', async () => {
    const shorts = Array.from({ length: 12 }, (_, i) => garment(`shorts-${i}`, i % 2 ? 'Shorts' : ' shorts', i));
    const trousers = Array.from({ length: 6 }, (_, i) => garment(`trousers-${i}`, 'Trousers', 50 + i));
    const shoes = Array.from({ length: 12 }, (_, i) => garment(`shoes-${i}`, 'Casual Shoes', i));
    await new GarmentRepository(testDatabase.database).saveGarments(STORE, [...shorts, ...trousers, ...shoes]);
    const bySlot = await new OutfitRepository(testDatabase.database).candidates(STORE, block, query);
    const skus = [...bySlot].map(([slot, pieces]) => [slot, pieces.map(({ sku }) => sku)]);
    const first = (name: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${name}-${i}`);
    expect(Object.fromEntries(skus)).toEqual({
      BOTTOM: [...first('shorts', LIMIT / 2), ...first('trousers', LIMIT / 2)],
      FEET: first('shoes', LIMIT),
    });
  });
});
