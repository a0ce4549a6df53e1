// Merchandising rules through the API: what they do to answers, and from when to when.
import { DEFAULT_STORE_ID } from '../../src/domain/access/store.context.js';
import { withApp } from '../support/app.js';
import { drawnImage, sampleWhere } from '../support/drawn.garments.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';

interface Edge {
  rank: number;
  score: number;
  node: { sku: string };
  explanation: { contributions: { name: string; value: number; detail: string | null }[]; reasons: string[] };
}
interface Rule {
  id: string;
  name: string;
  action: string;
  skus: string[] | null;
  filter: { brands: string[] | null; maxPrice: string | null; currency: string | null } | null;
  strength: number | null;
  active: boolean;
}
interface Saved {
  rule: Rule | null;
  userErrors: { field: string[]; code: string }[];
}

const RULE =
  'id name action skus filter { brands maxPrice currency } strength startsAt endsAt forTypes forWords active';
const SAVE = `mutation ($input: MerchandisingRuleInput!) {
  saveMerchandisingRule(input: $input) { rule { ${RULE} } userErrors { field code } }
}`;
const DELETE = 'mutation ($id: ID!) { deleteMerchandisingRule(id: $id) { deleted userErrors { field code } } }';
const ASK = `query ($input: RecommendOutfitInput!, $first: Int) { recommendOutfit(input: $input) {
  status garments(first: $first) { edges { rank score node { sku } explanation { contributions { name value detail } reasons } } }
} }`;

let now = new Date('2026-06-01T12:00:00Z');
const server = withApp({ sample: false, config: { bundleDir: TINY_BUNDLE }, now: () => now });
/** Without any rule. */
let plain: Edge[];

const ask = async (input: object = {}, first = 100): Promise<{ status: string; edges: Edge[] }> => {
  const variables = { input: { text: 'garment', ...input }, first };
  const { recommendOutfit } = await server.data<{
    recommendOutfit: { status: string; garments: { edges: Edge[] } };
  }>(ASK, variables);
  return { status: recommendOutfit.status, edges: recommendOutfit.garments.edges };
};
const skus = (edges: Edge[]): string[] => edges.map(({ node }) => node.sku);
const save = async (input: object): Promise<Saved> =>
  (await server.data<{ saveMerchandisingRule: Saved }>(SAVE, { input: { name: 'a rule', ...input } }))
    .saveMerchandisingRule;
const partOf = ({ explanation }: Edge, name: string): number | undefined =>
  explanation.contributions.find((part) => part.name === name)?.value;

beforeAll(async () => {
  const image = await drawnImage(sampleWhere(({ garmentType }) => garmentType === 'DRESS'));
  const garments = Array.from({ length: 12 }, (_, i) => ({
    sku: `S-${i}`,
    title: `Garment ${'abcdefghijkl'[i]}`,
    brand: i % 2 === 0 ? 'Even' : 'Odd',
    price: { amount: String(10 * i), currency: 'EUR' },
    inStock: i !== 11,
    image,
  }));
  await server.data('mutation ($g: [GarmentInput!]!) { upsertGarments(garments: $g) { created } }', { g: garments });
  plain = (await ask()).edges;
});
beforeEach(async () => {
  now = new Date('2026-06-01T12:00:00Z');
  await server.app.database.within({ storeId: DEFAULT_STORE_ID }).query('delete from merchandising_rules');
});

describe('boosts and buries', () => {
  it('change the score by what they say, and the scores still add up', async () => {
    await save({ action: 'BOOST', filter: { brands: ['odd'] }, strength: 0.5 });
    await save({ name: 'slow seller', action: 'BURY', skus: [plain[0]!.node.sku] });
    const { edges } = await ask();
    const parts = edges.flatMap(({ explanation }) => explanation.contributions);
    expect(parts.find(({ name }) => name === 'bury')!.detail).toBe('slow seller');
    expect(parts.find(({ name }) => name === 'textSimilarity')!.detail).toBeNull();
    expect(edges).toHaveLength(11);
    for (const edge of edges) {
      const before = plain.find(({ node }) => node.sku === edge.node.sku)!;
      const boost = Number(edge.node.sku.slice(2)) % 2 === 1 ? 0.5 : 0;
      const bury = edge.node.sku === plain[0]!.node.sku ? 0.2 : 0;
      expect(partOf(edge, 'boost') ?? 0).toBe(boost);
      expect(partOf(edge, 'bury') ?? 0).toBe(0 - bury);
      expect(edge.score).toBeCloseTo(before.score + boost - bury, 10);
      expect(edge.explanation.contributions.reduce((sum, { value }) => sum + value, 0)).toBe(edge.score);
    }
  });
});

describe('pins', () => {
  it('come first in their order, on every page size, with no reason made up for them', async () => {
    const last = skus(plain).slice(-3).reverse();
    await save({ action: 'PIN', skus: [...last, 'not there'] });
    const { edges } = await ask();
    expect(skus(edges)).toEqual([...last, ...skus(plain).slice(0, -3)]);
    expect(skus((await ask({}, 2)).edges)).toEqual(last.slice(0, 2));
    for (const edge of edges.slice(0, 3)) {
      expect(partOf(edge, 'pin')).toBeGreaterThan(0);
      expect(edge.explanation.reasons).not.toContain('the nearest that the catalog has');
    }
  });

  it('break no filter: what is sold out, too dear or excluded stays away', async () => {
    await save({ action: 'PIN', skus: ['S-11', 'S-9', 'S-1'] });
    const { edges } = await ask({ filter: { maxPrice: '50', excludeSkus: ['S-2'] } });
    expect(skus(edges)[0]).toBe('S-1');
    expect(skus(edges).sort()).toEqual(['S-0', 'S-1', 'S-3', 'S-4', 'S-5']);
  });

  it('hold only for requests that say the words', async () => {
    const pinned = plain.at(-1)!.node.sku;
    await save({ action: 'PIN', skus: [pinned], forWords: ['wedding', '婚礼'] });
    expect((await ask({ text: 'garment for a Wedding' })).edges[0]!.node.sku).toBe(pinned);
    expect((await ask({ text: '婚礼穿的' })).edges[0]!.node.sku).toBe(pinned);
    expect((await ask()).edges[0]!.node.sku).toBe(plain[0]!.node.sku);
    // what is not wanted is not asked for
    expect(partOf((await ask({ text: 'garment, no wedding' })).edges[0]!, 'pin')).toBeUndefined();
  });
});

describe('hidden garments', () => {
  const hidden = 'S-3';
  const names = async (query: string): Promise<string[]> => {
    const { garments } = await server.data<{ garments: { nodes: { sku: string }[] } }>(query);
    return garments.nodes.map(({ sku }) => sku);
  };

  it('are in no recommendation, no similar ones and no search by words', async () => {
    await save({ action: 'HIDE', skus: [hidden] });
    expect(skus((await ask()).edges)).toEqual(skus(plain).filter((sku) => sku !== hidden));
    const { garment } = await server.data<{ garment: { similar: { sku: string }[] } }>(
      '{ garment(sku: "S-1") { similar(first: 100) { sku } } }',
    );
    expect(garment.similar.map(({ sku }) => sku)).toHaveLength(9);
    expect(garment.similar.map(({ sku }) => sku)).not.toContain(hidden);
    expect(await names('{ garments(search: "S-3") { nodes { sku } } }')).not.toContain(hidden);
    const { catalogFacets } = await server.data<{ catalogFacets: { field: string; values: { count: number }[] }[] }>(
      '{ catalogFacets { field values { value count } } }',
    );
    const brands = catalogFacets.find(({ field }) => field === 'brand')!;
    expect(brands.values.reduce((sum, { count }) => sum + count, 0)).toBe(10);
  });

  it('are still there for the merchant by sku and by browsing', async () => {
    await save({ action: 'HIDE', filter: { brands: ['Odd'] } });
    expect(await server.data('{ garment(sku: "S-3") { sku } }')).toEqual({ garment: { sku: hidden } });
    expect(await names('{ garments { nodes { sku } } }')).toContain(hidden);
  });

  it('leave an empty answer where nothing else is there', async () => {
    await save({ action: 'HIDE', filter: { brands: ['Odd'] } });
    await save({ action: 'HIDE', filter: { maxPrice: '500' } });
    expect(await ask()).toEqual({ status: 'EMPTY', edges: [] });
  });
});

describe('a rule', () => {
  it('holds from its start up to its end', async () => {
    const top = plain[0]!.node.sku;
    await save({ action: 'HIDE', skus: [top], startsAt: '2026-06-10T00:00:00Z', endsAt: '2026-06-20T00:00:00Z' });
    const isHiddenAt = async (time: string): Promise<boolean> => {
      now = new Date(time);
      const { merchandisingRules } = await server.data<{ merchandisingRules: Rule[] }>(
        '{ merchandisingRules { active } }',
      );
      const isHidden = !skus((await ask()).edges).includes(top);
      expect(merchandisingRules).toEqual([{ active: isHidden }]);
      return isHidden;
    };
    expect(await isHiddenAt('2026-06-09T23:59:59.999Z')).toBe(false);
    expect(await isHiddenAt('2026-06-10T00:00:00Z')).toBe(true);
    expect(await isHiddenAt('2026-06-19T23:59:59.999Z')).toBe(true);
    expect(await isHiddenAt('2026-06-20T00:00:00Z')).toBe(false);
  });

  it('is read back as it was saved, changed under its id, and deleted once', async () => {
    const { rule } = await save({ action: 'BOOST', filter: { maxPrice: '20', inStockOnly: true } });
    // the one currency of the catalog is filled in; stock is of no account
    expect(rule).toMatchObject({ action: 'BOOST', strength: 0.2, skus: null, active: true });
    expect(rule!.filter).toEqual({ brands: null, maxPrice: '20', currency: 'EUR' });
    await save({ id: rule!.id, name: 'changed', action: 'HIDE', skus: [' S-1 ', 'S-1'] });
    const list = async (): Promise<Rule[]> =>
      (await server.data<{ merchandisingRules: Rule[] }>(`{ merchandisingRules { ${RULE} } }`)).merchandisingRules;
    expect(await list()).toMatchObject([
      { id: rule!.id, name: 'changed', action: 'HIDE', skus: ['S-1'], filter: null, strength: null },
    ]);
    expect(await server.data(DELETE, { id: rule!.id })).toEqual({
      deleteMerchandisingRule: { deleted: true, userErrors: [] },
    });
    expect(await server.data(DELETE, { id: rule!.id })).toEqual({
      deleteMerchandisingRule: { deleted: false, userErrors: [{ field: ['id'], code: 'RULE_NOT_FOUND' }] },
    });
    expect(await list()).toEqual([]);
  });

  it('is refused with everything that is wrong with it', async () => {
    const { rule, userErrors } = await save({
      name: '',
      action: 'PIN',
      skus: [],
      filter: { inStockOnly: false },
      strength: 1,
    });
    expect(rule).toBeNull();
    expect(userErrors).toEqual([
      { field: ['input', 'name'], code: 'NAME_INVALID' },
      { field: ['input', 'skus'], code: 'RULE_TARGET_INVALID' },
      { field: ['input', 'strength'], code: 'RULE_STRENGTH_INVALID' },
    ]);
    expect((await save({ action: 'HIDE', filter: { minPrice: '-1' } })).userErrors).toEqual([
      { field: ['input', 'filter', 'minPrice'], code: 'PRICE_INVALID' },
    ]);
  });
});
