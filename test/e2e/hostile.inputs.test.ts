// Values that no schema rules out and no database or parser likes: each is stored, searched with, or refused with a code and a
// field, and none of them is answered as the server's own failure.
import { sampleCatalog } from '../../tools/garment-drawing/sample.catalog.js';
import { withApp } from '../support/app.js';
import { drawnImage } from '../support/drawn.garments.js';
import { FLOODS, SEARCH_SYNTAX } from '../support/hostile.values.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';

const server = withApp({ sample: false, config: { bundleDir: TINY_BUNDLE, workers: 0 } });

const HALF = 'a\ud800';
const ZERO = 'a\0';
const INVISIBLE = '\ufeff\u200b\u2060';

let image: { base64: string };
let recommendationId: string;

beforeAll(async () => {
  image = await drawnImage(sampleCatalog()[0]!);
  await upsert([garment({ sku: 'kept', price: { amount: '10.00', currency: 'EUR' } })]);
  const { recommendOutfit } = await server.data<{ recommendOutfit: { id: string } }>(
    '{ recommendOutfit(input: { text: "red dress" }) { id garments { edges { node { sku } } } } }',
  );
  recommendationId = recommendOutfit.id;
}, 60_000);

interface UserError {
  field: string[];
  code: string;
}
interface Upserted {
  created: number;
  updated: number;
  garments: { sku: string; price: { amount: string; currency: string } | null }[];
  userErrors: UserError[];
}

const garment = (facts: object): object => ({ sku: 'new', title: 'Red dress', image, ...facts });

async function upsert(garments: object[], dryRun = false): Promise<Upserted> {
  const { upsertGarments } = await server.data<{ upsertGarments: Upserted }>(
    `mutation ($garments: [GarmentInput!]!, $dryRun: Boolean) {
       upsertGarments(garments: $garments, dryRun: $dryRun) {
         created updated garments { sku price { amount currency } } userErrors { field code }
       }
     }`,
    { garments, dryRun },
  );
  return upsertGarments;
}

describe('A bad garment', () => {
  it.each<[string, object, string, string[]]>([
    ['a sku with half of a surrogate pair', { sku: HALF }, 'SKU_INVALID', ['sku']],
    ['a sku with a zero character', { sku: ZERO }, 'SKU_INVALID', ['sku']],
    ['a sku of which nothing shows', { sku: INVISIBLE }, 'SKU_INVALID', ['sku']],
    ['a sku of 201 characters', { sku: '👗'.repeat(201) }, 'SKU_INVALID', ['sku']],
    ['a title with half of a surrogate pair', { title: HALF }, 'TITLE_INVALID', ['title']],
    ['a title with a zero character', { title: ZERO }, 'TITLE_INVALID', ['title']],
    ['a title of which nothing shows', { title: INVISIBLE }, 'TITLE_INVALID', ['title']],
    ['a description with half of a surrogate pair', { description: HALF }, 'TEXT_INVALID', ['description']],
    ['a brand with a zero character', { brand: ZERO }, 'TEXT_INVALID', ['brand']],
    ['a tag with half of a surrogate pair', { tags: ['good', HALF] }, 'TEXT_INVALID', ['tags', '1']],
    ['a size with a zero character', { sizes: [ZERO] }, 'TEXT_INVALID', ['sizes', '0']],
    ['10,000 tags', { tags: Array.from({ length: 10_000 }, String) }, 'VALUE_TOO_LONG', ['tags']],
    [
      'an address with half of a surrogate pair',
      { productUrl: `https://a.example/${HALF}` },
      'PRODUCT_URL_INVALID',
      ['productUrl'],
    ],
    ['an unknown currency', { price: { amount: '1', currency: 'ıNR' } }, 'CURRENCY_UNKNOWN', ['price', 'currency']],
    [
      'a price above the limit',
      { price: { amount: '10000000000', currency: 'EUR' } },
      'PRICE_INVALID',
      ['price', 'amount'],
    ],
    [
      'a price of five decimals',
      { price: { amount: '0.00001', currency: 'EUR' } },
      'PRICE_INVALID',
      ['price', 'amount'],
    ],
    [
      'a picture under an address with a zero character',
      { image: { url: 'http://\0' } },
      'IMAGE_URL_REFUSED',
      ['image', 'url'],
    ],
    [
      'the picture of a sku with half of a surrogate pair',
      { image: { sku: HALF } },
      'GARMENT_NOT_FOUND',
      ['image', 'sku'],
    ],
  ])(
    'with %s is refused by its field, and its neighbors are stored; a dry run says the same',
    async (_, wrong, code, field) => {
      const sku = `neighbor-${code}-${field.join('-')}`;
      const garments = [garment({ sku: `${sku}-1` }), garment(wrong), garment({ sku: `${sku}-2` })];
      const expected = { created: 2, userErrors: [{ field: ['garments', '1', ...field], code }] };
      expect(await upsert(garments, true)).toMatchObject(expected);
      expect(await upsert(garments)).toMatchObject(expected);
      await server.data('mutation ($skus: [String!]!) { deleteGarments(skus: $skus) { deletedSkus } }', {
        skus: [`${sku}-1`, `${sku}-2`],
      });
    },
  );

  it.each([
    ['a sku of 200 characters of four bytes', { sku: '👗'.repeat(200) }],
    ['a title of 500 characters of four bytes', { title: '👗'.repeat(500) }],
    ['a description of 10,000 letters without a space', { description: 'x'.repeat(10_000) }],
    [
      'a description of 2,500 different words',
      {
        description: Array.from({ length: 2_500 }, (_, i) => `w${i}`.padEnd(3))
          .join('')
          .slice(0, 10_000),
      },
    ],
    ['a brand of 200 characters of four bytes', { brand: '𠀀'.repeat(200) }],
    ['100 tags of 100 characters', { tags: Array.from({ length: 100 }, (_, i) => `${i}`.padEnd(100, '衣')) }],
    ['a combining flood', { title: `e${'\u0301'.repeat(400)}` }],
    ['the largest price', { price: { amount: '9999999999.9999', currency: 'EUR' } }],
  ])('is none with %s: it is stored as the dry run says', async (_, facts) => {
    const expected = { created: 1, userErrors: [] };
    const one = garment({ sku: 'at-the-limit', ...facts });
    expect(await upsert([one], true)).toMatchObject(expected);
    const { garments } = await upsert([one]);
    await server.data('mutation ($skus: [String!]!) { deleteGarments(skus: $skus) { deletedSkus } }', {
      skus: garments.map(({ sku }) => sku),
    });
    expect(garments).toHaveLength(1);
  });
});

it('A garment that the database does not take is refused by itself, and a dry run says so', async () => {
  // the bundle makes features of this word that are not finite
  const garments = ['one', 'nan', 'two'].map((title) => garment({ sku: title, title }));
  const expected = { created: 2, userErrors: [{ field: ['garments', '1'], code: 'GARMENT_REFUSED' }] };
  expect(await upsert(garments, true)).toMatchObject(expected);
  expect(await upsert(garments)).toMatchObject(expected);
});

describe('A currency', () => {
  it.each(['eur', 'Eur', ' EUR '])('%j of a garment is stored as EUR, and so is it previewed', async (currency) => {
    const priced = [garment({ sku: 'priced', price: { amount: '00001.50', currency } })];
    const expected = { garments: [{ sku: 'priced', price: { amount: '1.50', currency: 'EUR' } }], userErrors: [] };
    expect(await upsert(priced, true)).toMatchObject(expected);
    expect(await upsert(priced)).toMatchObject(expected);
  });

  it('in lower case is taken by filters, budgets and rules', async () => {
    const filter = { maxPrice: '20', currency: 'eur' };
    const { garments } = await server.data<{ garments: { totalCount: number } }>(
      'query ($filter: GarmentFilter) { garments(filter: $filter) { totalCount } }',
      { filter },
    );
    expect(garments.totalCount).toBeGreaterThan(0);
    await server.data(
      `query ($budget: MoneyInput) {
         recommendOutfit(input: { text: "red dress" }) { outfits(budget: $budget) { totalPrice { amount currency } } }
       }`,
      { budget: { amount: '0100', currency: 'eur' } },
    );
    const input = { name: 'cheap ones', action: 'BOOST', filter };
    const { saveMerchandisingRule: saved } = await server.data<{
      saveMerchandisingRule: { rule: { filter: { currency: string } }; userErrors: UserError[] };
    }>(
      `mutation ($input: MerchandisingRuleInput!) {
         saveMerchandisingRule(input: $input) { rule { filter { currency } } userErrors { field code } }
       }`,
      { input },
    );
    expect(saved).toEqual({ rule: { filter: { currency: 'EUR' } }, userErrors: [] });
  });
});

describe('A search', () => {
  const SEARCH = 'query ($search: String) { garments(search: $search) { totalCount edges { node { sku } } } }';

  it.each([...SEARCH_SYNTAX, ...FLOODS, HALF, ZERO].map((text) => [text]))('for %j is answered', async (search) => {
    const { data, errors = [] } = await server.ask<{ garments: { totalCount: number } | null }>(SEARCH, { search });
    const isLong = [...search].length > 1_000;
    expect(errors.map(({ extensions }) => extensions)).toMatchObject(
      isLong ? [{ code: 'TEXT_TOO_LONG', field: ['search'] }] : [],
    );
    if (!isLong) expect(data!.garments!.totalCount).toBeGreaterThan(0);
  });
});

describe('A call is refused by the field that is wrong', () => {
  const rule = (facts: object): object => ({ input: { name: 'a rule', action: 'BOOST', skus: ['kept'], ...facts } });
  const golden = (facts: object): object => ({
    input: { name: 'a query', text: 'red', expectedSkus: ['kept'], ...facts },
  });
  const variants = [{ name: 'a' }, { name: 'b', settings: { diversity: 0.5 } }];
  const experiment = (facts: object): object => ({ input: { name: 'an experiment', variants, ...facts } });
  const event = (facts: object): object => ({ events: [{ recommendationId, sku: 'kept', kind: 'CLICK', ...facts }] });

  const SAVE_RULE =
    'mutation ($input: MerchandisingRuleInput!) { saveMerchandisingRule(input: $input) { userErrors { field code } } }';
  const PIN = 'mutation ($input: GoldenQueryInput!) { pinGoldenQuery(input: $input) { userErrors { field code } } }';
  const EXPERIMENT =
    'mutation ($input: ExperimentInput!) { saveExperiment(input: $input) { userErrors { field code } } }';
  const FEEDBACK =
    'mutation ($events: [FeedbackInput!]!) { recordFeedback(events: $events) { userErrors { field code } } }';
  const KEY = 'mutation ($name: String!) { createApiKey(role: ADMIN, name: $name) { userErrors { field code } } }';
  const STORE =
    'mutation ($id: String!, $name: String!) { createStore(id: $id, name: $name) { userErrors { field code } } }';
  const IMPORT =
    'mutation ($input: CatalogImportInput!) { importCatalog(input: $input) { userErrors { field code } } }';

  it.each<[string, string, () => object, string, string]>([
    [
      'a rule whose name has half of a surrogate pair',
      SAVE_RULE,
      () => rule({ name: HALF }),
      'NAME_INVALID',
      'input.name',
    ],
    [
      'a rule for a sku that no garment can have',
      SAVE_RULE,
      () => rule({ skus: ['kept', HALF] }),
      'SKU_INVALID',
      'input.skus.1',
    ],
    [
      'a rule for words with a zero character',
      SAVE_RULE,
      () => rule({ forWords: [ZERO] }),
      'TEXT_INVALID',
      'input.forWords.0',
    ],
    [
      'a rule whose filter has half of a surrogate pair',
      SAVE_RULE,
      () => rule({ skus: null, filter: { brands: [HALF] } }),
      'TEXT_INVALID',
      'input.filter.brands.0',
    ],
    ['a golden query whose name does not show', PIN, () => golden({ name: INVISIBLE }), 'NAME_INVALID', 'input.name'],
    ['a golden query whose words do not show', PIN, () => golden({ text: INVISIBLE }), 'QUERY_EMPTY', 'input.text'],
    [
      'a golden query for a sku that no garment can have',
      PIN,
      () => golden({ expectedSkus: [ZERO] }),
      'SKU_INVALID',
      'input.expectedSkus.0',
    ],
    [
      'a golden query with the picture of such a sku',
      PIN,
      () => golden({ imageSku: HALF }),
      'SKU_INVALID',
      'input.imageSku',
    ],
    [
      'an experiment whose name has half of a surrogate pair',
      EXPERIMENT,
      () => experiment({ name: HALF }),
      'NAME_INVALID',
      'input.name',
    ],
    [
      'a variant whose name has half of a surrogate pair',
      EXPERIMENT,
      () => experiment({ variants: [{ name: HALF }, variants[1]] }),
      'NAME_INVALID',
      'input.variants.0.name',
    ],
    [
      'feedback of a shopper with half of a surrogate pair',
      FEEDBACK,
      () => event({ shopper: HALF }),
      'SHOPPER_INVALID',
      'events.0.shopper',
    ],
    ['feedback on a sku with a zero character', FEEDBACK, () => event({ sku: ZERO }), 'SKU_NOT_SHOWN', 'events.0.sku'],
    ['a key whose name has half of a surrogate pair', KEY, () => ({ name: HALF }), 'NAME_INVALID', 'name'],
    ['a store whose name does not show', STORE, () => ({ id: 'hostile', name: INVISIBLE }), 'NAME_INVALID', 'name'],
    ['a store whose id has a zero character', STORE, () => ({ id: ZERO, name: 'a' }), 'STORE_ID_INVALID', 'id'],
    [
      'an import from an address with a zero character',
      IMPORT,
      () => ({ input: { url: 'https://a.example/\0' } }),
      'IMPORT_URL_REFUSED',
      'input.url',
    ],
    [
      'an import with an unknown currency',
      IMPORT,
      () => ({ input: { url: 'https://a.example/f.csv', currency: '€' } }),
      'CURRENCY_UNKNOWN',
      'input.currency',
    ],
  ])('%s', async (_, mutation, variables, code, field) => {
    const data = await server.data<Record<string, { userErrors: UserError[] }>>(
      mutation,
      variables() as Record<string, unknown>,
    );
    const [payload] = Object.values(data);
    expect(payload!.userErrors).toEqual([{ field: field.split('.'), code }]);
  });

  it.each<[string, string, object, string, string]>([
    [
      'a filter with a zero character',
      'query ($filter: GarmentFilter) { garments(filter: $filter) { totalCount } }',
      { filter: { tags: [ZERO] } },
      'TEXT_INVALID',
      'filter.tags.0',
    ],
    [
      'facets of a filter with half of a surrogate pair',
      'query ($filter: GarmentFilter) { catalogFacets(filter: $filter) { field } }',
      { filter: { excludeSkus: ['a', HALF] } },
      'TEXT_INVALID',
      'filter.excludeSkus.1',
    ],
    [
      'a request whose filter has half of a surrogate pair',
      'query ($filter: GarmentFilter) { recommendOutfit(input: { text: "red", filter: $filter }) { id } }',
      { filter: { colors: [HALF] } },
      'TEXT_INVALID',
      'input.filter.colors.0',
    ],
    [
      'a shopper with half of a surrogate pair',
      'query ($shopper: ID) { recommendOutfit(input: { text: "red", shopper: $shopper }) { id } }',
      { shopper: HALF },
      'SHOPPER_INVALID',
      'input.shopper',
    ],
    [
      'a cursor beyond the year 9999',
      'query ($after: String) { insights { recommendations(after: $after) { nodes { id } } } }',
      { after: Buffer.from('a1:999999999999999:00000000-0000-0000-0000-000000000000').toString('base64url') },
      'CURSOR_INVALID',
      'after',
    ],
    [
      'an instant whose offset leaves the year 9999',
      'query ($to: DateTime) { insights { engagement(to: $to) { day } } }',
      { to: '9999-12-31T23:59:59-23:59' },
      'BAD_USER_INPUT',
      'to',
    ],
    [
      'an instant before the year 1',
      'query ($from: DateTime) { insights { recommendations(from: $from) { nodes { id } } } }',
      { from: '0000-06-01T00:00:00Z' },
      'BAD_USER_INPUT',
      'from',
    ],
  ])('%s', async (_, query, variables, code, field) => {
    const { errors } = await server.ask(query, variables as Record<string, unknown>);
    expect(errors!.map(({ extensions }) => extensions)).toMatchObject([{ code, field: field.split('.') }]);
  });
});
