// Hostile input values that the schema allows.
// Each is stored, searched for, or refused with a code and a field. None causes an internal server error.
import { sampleCatalog } from '../../tools/garment-drawing/sample.catalog.js';
import { withApp } from '../support/app.js';
import { drawnImage } from '../support/drawn.garments.js';
import { FLOODS, SEARCH_SYNTAX } from '../support/hostile.values.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';

const server = withApp({ sample: false, config: { bundleDir: TINY_BUNDLE, workers: 0 } });

const LONE_SURROGATE = 'a\ud800';
const WITH_NUL = 'a\0';
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
interface UpsertPayload {
  created: number;
  updated: number;
  garments: { sku: string; price: { amount: string; currency: string } | null }[];
  userErrors: UserError[];
}

const garment = (facts: object): object => ({ sku: 'new', title: 'Red dress', image, ...facts });

async function upsert(garments: object[], dryRun = false): Promise<UpsertPayload> {
  const { upsertGarments } = await server.data<{ upsertGarments: UpsertPayload }>(
    `mutation ($garments: [GarmentInput!]!, $dryRun: Boolean) {
       upsertGarments(garments: $garments, dryRun: $dryRun) {
         created updated garments { sku price { amount currency } } userErrors { field code }
       }
     }`,
    { garments, dryRun },
  );
  return upsertGarments;
}

describe('a garment', () => {
  it.each<[string, object, string, string[]]>([
    ['a sku with a lone surrogate', { sku: LONE_SURROGATE }, 'SKU_INVALID', ['sku']],
    ['a sku with a NUL character', { sku: WITH_NUL }, 'SKU_INVALID', ['sku']],
    ['a sku of invisible characters', { sku: INVISIBLE }, 'SKU_INVALID', ['sku']],
    ['a sku of 201 characters', { sku: '👗'.repeat(201) }, 'SKU_INVALID', ['sku']],
    ['a title with a lone surrogate', { title: LONE_SURROGATE }, 'TITLE_INVALID', ['title']],
    ['a title with a NUL character', { title: WITH_NUL }, 'TITLE_INVALID', ['title']],
    ['a title of invisible characters', { title: INVISIBLE }, 'TITLE_INVALID', ['title']],
    ['a description with a lone surrogate', { description: LONE_SURROGATE }, 'TEXT_INVALID', ['description']],
    ['a brand with a NUL character', { brand: WITH_NUL }, 'TEXT_INVALID', ['brand']],
    ['a tag with a lone surrogate', { tags: ['good', LONE_SURROGATE] }, 'TEXT_INVALID', ['tags', '1']],
    ['a size with a NUL character', { sizes: [WITH_NUL] }, 'TEXT_INVALID', ['sizes', '0']],
    ['10,000 tags', { tags: Array.from({ length: 10_000 }, String) }, 'VALUE_TOO_LONG', ['tags']],
    [
      'a URL with a lone surrogate',
      { productUrl: `https://a.example/${LONE_SURROGATE}` },
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
      'a price with five decimals',
      { price: { amount: '0.00001', currency: 'EUR' } },
      'PRICE_INVALID',
      ['price', 'amount'],
    ],
    ['a picture URL with a NUL character', { image: { url: 'http://\0' } }, 'IMAGE_URL_REFUSED', ['image', 'url']],
    [
      'a picture referenced by a sku with a lone surrogate',
      { image: { sku: LONE_SURROGATE } },
      'GARMENT_NOT_FOUND',
      ['image', 'sku'],
    ],
  ])(
    'with %s is refused by its field and its neighbors are stored, and a dry run reports the same',
    async (_, invalidFields, code, field) => {
      const sku = `neighbor-${code}-${field.join('-')}`;
      const garments = [garment({ sku: `${sku}-1` }), garment(invalidFields), garment({ sku: `${sku}-2` })];
      const expected = { created: 2, userErrors: [{ field: ['garments', '1', ...field], code }] };
      expect(await upsert(garments, true)).toMatchObject(expected);
      expect(await upsert(garments)).toMatchObject(expected);
      await server.data('mutation ($skus: [String!]!) { deleteGarments(skus: $skus) { deletedSkus } }', {
        skus: [`${sku}-1`, `${sku}-2`],
      });
    },
  );

  it.each([
    ['a sku of 200 four-byte characters', { sku: '👗'.repeat(200) }],
    ['a title of 500 four-byte characters', { title: '👗'.repeat(500) }],
    ['a description of 10,000 letters without a space', { description: 'x'.repeat(10_000) }],
    [
      'a description of 2,500 different words',
      {
        description: Array.from({ length: 2_500 }, (_, i) => `w${i}`.padEnd(3))
          .join('')
          .slice(0, 10_000),
      },
    ],
    ['a brand of 200 four-byte characters', { brand: '𠀀'.repeat(200) }],
    ['100 tags of 100 characters', { tags: Array.from({ length: 100 }, (_, i) => `${i}`.padEnd(100, '衣')) }],
    ['a title with 400 combining characters', { title: `e${'\u0301'.repeat(400)}` }],
    ['the largest price', { price: { amount: '9999999999.9999', currency: 'EUR' } }],
  ])('with %s is stored, and a dry run reports the same', async (_, facts) => {
    const expected = { created: 1, userErrors: [] };
    const input = garment({ sku: 'at-the-limit', ...facts });
    expect(await upsert([input], true)).toMatchObject(expected);
    const { garments } = await upsert([input]);
    await server.data('mutation ($skus: [String!]!) { deleteGarments(skus: $skus) { deletedSkus } }', {
      skus: garments.map(({ sku }) => sku),
    });
    expect(garments).toHaveLength(1);
  });
});

it('upsertGarments refuses a garment that the database rejects and stores the others, and a dry run reports the same', async () => {
  // The tiny bundle computes features for this word that are not finite.
  const garments = ['one', 'nan', 'two'].map((title) => garment({ sku: title, title }));
  const expected = { created: 2, userErrors: [{ field: ['garments', '1'], code: 'GARMENT_REFUSED' }] };
  expect(await upsert(garments, true)).toMatchObject(expected);
  expect(await upsert(garments)).toMatchObject(expected);
});

describe('a currency', () => {
  it.each(['eur', 'Eur', ' EUR '])(
    '%j of a garment is stored as EUR, and a dry run returns EUR too',
    async (currency) => {
      const priced = [garment({ sku: 'priced', price: { amount: '00001.50', currency } })];
      const expected = { garments: [{ sku: 'priced', price: { amount: '1.50', currency: 'EUR' } }], userErrors: [] };
      expect(await upsert(priced, true)).toMatchObject(expected);
      expect(await upsert(priced)).toMatchObject(expected);
    },
  );

  it('in lower case is accepted by filters, budgets and rules', async () => {
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

describe('a search', () => {
  const SEARCH = 'query ($search: String) { garments(search: $search) { totalCount edges { node { sku } } } }';

  it.each([...SEARCH_SYNTAX, ...FLOODS, LONE_SURROGATE, WITH_NUL].map((text) => [text]))(
    'for %j returns a result, or TEXT_TOO_LONG beyond 1,000 characters',
    async (search) => {
      const { data, errors = [] } = await server.ask<{ garments: { totalCount: number } | null }>(SEARCH, { search });
      const isLong = [...search].length > 1_000;
      expect(errors.map(({ extensions }) => extensions)).toMatchObject(
        isLong ? [{ code: 'TEXT_TOO_LONG', field: ['search'] }] : [],
      );
      if (!isLong) expect(data!.garments!.totalCount).toBeGreaterThan(0);
    },
  );
});

describe('a call is refused and the response names the wrong field', () => {
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
      'a rule whose name has a lone surrogate',
      SAVE_RULE,
      () => rule({ name: LONE_SURROGATE }),
      'NAME_INVALID',
      'input.name',
    ],
    [
      'a rule for an invalid sku',
      SAVE_RULE,
      () => rule({ skus: ['kept', LONE_SURROGATE] }),
      'SKU_INVALID',
      'input.skus.1',
    ],
    [
      'a rule for words with a NUL character',
      SAVE_RULE,
      () => rule({ forWords: [WITH_NUL] }),
      'TEXT_INVALID',
      'input.forWords.0',
    ],
    [
      'a rule whose filter has a lone surrogate',
      SAVE_RULE,
      () => rule({ skus: null, filter: { brands: [LONE_SURROGATE] } }),
      'TEXT_INVALID',
      'input.filter.brands.0',
    ],
    ['a golden query with an invisible name', PIN, () => golden({ name: INVISIBLE }), 'NAME_INVALID', 'input.name'],
    ['a golden query with an invisible text', PIN, () => golden({ text: INVISIBLE }), 'QUERY_EMPTY', 'input.text'],
    [
      'a golden query that expects an invalid sku',
      PIN,
      () => golden({ expectedSkus: [WITH_NUL] }),
      'SKU_INVALID',
      'input.expectedSkus.0',
    ],
    [
      'a golden query with the picture of an invalid sku',
      PIN,
      () => golden({ imageSku: LONE_SURROGATE }),
      'SKU_INVALID',
      'input.imageSku',
    ],
    [
      'an experiment whose name has a lone surrogate',
      EXPERIMENT,
      () => experiment({ name: LONE_SURROGATE }),
      'NAME_INVALID',
      'input.name',
    ],
    [
      'a variant whose name has a lone surrogate',
      EXPERIMENT,
      () => experiment({ variants: [{ name: LONE_SURROGATE }, variants[1]] }),
      'NAME_INVALID',
      'input.variants.0.name',
    ],
    [
      'feedback of a shopper with a lone surrogate',
      FEEDBACK,
      () => event({ shopper: LONE_SURROGATE }),
      'SHOPPER_INVALID',
      'events.0.shopper',
    ],
    [
      'feedback on a sku with a NUL character',
      FEEDBACK,
      () => event({ sku: WITH_NUL }),
      'SKU_NOT_SHOWN',
      'events.0.sku',
    ],
    ['a key whose name has a lone surrogate', KEY, () => ({ name: LONE_SURROGATE }), 'NAME_INVALID', 'name'],
    ['a store with an invisible name', STORE, () => ({ id: 'hostile', name: INVISIBLE }), 'NAME_INVALID', 'name'],
    ['a store whose id has a NUL character', STORE, () => ({ id: WITH_NUL, name: 'a' }), 'STORE_ID_INVALID', 'id'],
    [
      'an import from a URL with a NUL character',
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
  ])('for %s', async (_, mutation, variables, code, field) => {
    const data = await server.data<Record<string, { userErrors: UserError[] }>>(
      mutation,
      variables() as Record<string, unknown>,
    );
    const [payload] = Object.values(data);
    expect(payload!.userErrors).toEqual([{ field: field.split('.'), code }]);
  });

  it.each<[string, string, object, string, string]>([
    [
      'a filter with a NUL character',
      'query ($filter: GarmentFilter) { garments(filter: $filter) { totalCount } }',
      { filter: { tags: [WITH_NUL] } },
      'TEXT_INVALID',
      'filter.tags.0',
    ],
    [
      'facets for a filter with a lone surrogate',
      'query ($filter: GarmentFilter) { catalogFacets(filter: $filter) { field } }',
      { filter: { excludeSkus: ['a', LONE_SURROGATE] } },
      'TEXT_INVALID',
      'filter.excludeSkus.1',
    ],
    [
      'a request whose filter has a lone surrogate',
      'query ($filter: GarmentFilter) { recommendOutfit(input: { text: "red", filter: $filter }) { id } }',
      { filter: { colors: [LONE_SURROGATE] } },
      'TEXT_INVALID',
      'input.filter.colors.0',
    ],
    [
      'a shopper with a lone surrogate',
      'query ($shopper: ID) { recommendOutfit(input: { text: "red", shopper: $shopper }) { id } }',
      { shopper: LONE_SURROGATE },
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
      'an instant that its offset moves beyond the year 9999',
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
  ])('for %s', async (_, query, variables, code, field) => {
    const { errors } = await server.ask(query, variables as Record<string, unknown>);
    expect(errors!.map(({ extensions }) => extensions)).toMatchObject([{ code, field: field.split('.') }]);
  });
});
