// The slot that the database keeps of a garment, against the domain's own table.
import { GARMENT_TYPES } from '../../src/domain/garment.js';
import { CATEGORIES_OF_NO_SLOT, CATEGORIES_OF_SLOT, slotOf } from '../../src/domain/outfit/slot.js';
import { withDatabase } from '../support/database.js';

const store = withDatabase();

describe('the slot of a garment', () => {
  it('is the same in the database as in the domain, for every category and type', async () => {
    const categories = [...Object.values(CATEGORIES_OF_SLOT).flat(), ...CATEGORIES_OF_NO_SLOT, 'own words', null];
    const garments = categories.flatMap((category) =>
      [null, ...GARMENT_TYPES].map((garmentType) => ({
        category: category && ` ${category.toUpperCase()}`,
        garmentType,
      })),
    );
    const rows = await store.database.query<{ slot: string | null }>(
      `select outfit_slot(category, garment_type) as slot
       from unnest($1::text[], $2::text[]) with ordinality as g (category, garment_type, n) order by n`,
      [garments.map(({ category }) => category), garments.map(({ garmentType }) => garmentType)],
    );
    expect(rows.map(({ slot }) => slot)).toEqual(garments.map(slotOf));
  });
});
