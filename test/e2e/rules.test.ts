// Merchandising rules through the API: their effect on recommendations, and their start and end.
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
interface SavePayload {
  rule: Rule | null;
  userErrors: { field: string[]; code: string }[];
}

const RULE =
  'id name action skus filter { brands maxPrice currency } strength startsAt endsAt forTypes forWords active';
const SAVE = `mutation ($input: MerchandisingRuleInput!) {
  saveMerchandisingRule(input: $input) { rule { ${RULE} } userErrors { field code } }
}`;
const DELETE = 'mutation ($id: ID!) { deleteMerchandisingRule(id: $id) { deleted userErrors { field code } } }';
const RECOMMEND = `query ($input: RecommendOutfitInput!, $first: Int) { recommendOutfit(input: $input) {
  status garments(first: $first) { edges { rank score node { sku } explanation { contributions { name value detail } reasons } } }
} }`;

let now = new Date('2026-06-01T12:00:00Z');
const server = withApp({ sample: false, config: { bundleDir: TINY_BUNDLE }, now: () => now });
/** The ranking without any rule. */
let unruled: Edge[];

const recommend = async (input: object = {}, first = 100): Promise<{ status: string; edges: Edge[] }> => {
  const variables = { input: { text: 'garment', ...input }, first };
  const { recommendOutfit } = await server.data<{
    recommendOutfit: { status: string; garments: { edges: Edge[] } };
  }>(RECOMMEND, variables);
  return { status: recommendOutfit.status, edges: recommendOutfit.garments.edges };
};
const skus = (edges: Edge[]): string[] => edges.map(({ node }) => node.sku);
const save = async (input: object): Promise<SavePayload> =>
  (await server.data<{ saveMerchandisingRule: SavePayload }>(SAVE, { input: { name: 'a rule', ...input } }))
    .saveMerchandisingRule;
const contributionOf = ({ explanation }: Edge, name: string): number | undefined =>
  explanation.contributions.find((contribution) => contribution.name === name)?.value;

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
  unruled = (await recommend()).edges;
});
beforeEach(async () => {
  now = new Date('2026-06-01T12:00:00Z');
  await server.app.database.within({ storeId: DEFAULT_STORE_ID }).query('delete from merchandising_rules');
});

describe('boost and bury rules', () => {
  it('change the score by their strength, and the contributions still add up to the score', async () => {
    await save({ action: 'BOOST', filter: { brands: ['odd'] }, strength: 0.5 });
    await save({ name: 'slow seller', action: 'BURY', skus: [unruled[0]!.node.sku] });
    const { edges } = await recommend();
    const contributions = edges.flatMap(({ explanation }) => explanation.contributions);
    expect(contributions.find(({ name }) => name === 'bury')!.detail).toBe('slow seller');
    expect(contributions.find(({ name }) => name === 'textSimilarity')!.detail).toBeNull();
    expect(edges).toHaveLength(11);
    for (const edge of edges) {
      const before = unruled.find(({ node }) => node.sku === edge.node.sku)!;
      const boost = Number(edge.node.sku.slice(2)) % 2 === 1 ? 0.5 : 0;
      const bury = edge.node.sku === unruled[0]!.node.sku ? 0.2 : 0;
      expect(contributionOf(edge, 'boost') ?? 0).toBe(boost);
      expect(contributionOf(edge, 'bury') ?? 0).toBe(0 - bury);
      expect(edge.score).toBeCloseTo(before.score + boost - bury, 10);
      expect(edge.explanation.contributions.reduce((sum, { value }) => sum + value, 0)).toBe(edge.score);
    }
  });
});

describe('pin rules', () => {
  it('come first in their order on every page size, and are given no invented reason', async () => {
    const last = skus(unruled).slice(-3).reverse();
    await save({ action: 'PIN', skus: [...last, 'not there'] });
    const { edges } = await recommend();
    expect(skus(edges)).toEqual([...last, ...skus(unruled).slice(0, -3)]);
    expect(skus((await recommend({}, 2)).edges)).toEqual(last.slice(0, 2));
    for (const edge of edges.slice(0, 3)) {
      expect(contributionOf(edge, 'pin')).toBeGreaterThan(0);
      expect(edge.explanation.reasons).not.toContain('the nearest that the catalog has');
    }
  });

  it('respect filters: garments that are sold out, too expensive or excluded stay out', async () => {
    await save({ action: 'PIN', skus: ['S-11', 'S-9', 'S-1'] });
    const { edges } = await recommend({ filter: { maxPrice: '50', excludeSkus: ['S-2'] } });
    expect(skus(edges)[0]).toBe('S-1');
    expect(skus(edges).sort()).toEqual(['S-0', 'S-1', 'S-3', 'S-4', 'S-5']);
  });

  it('apply only to requests that contain their words', async () => {
    const pinned = unruled.at(-1)!.node.sku;
    await save({ action: 'PIN', skus: [pinned], forWords: ['wedding', '婚礼'] });
    expect((await recommend({ text: 'garment for a Wedding' })).edges[0]!.node.sku).toBe(pinned);
    expect((await recommend({ text: '婚礼穿的' })).edges[0]!.node.sku).toBe(pinned);
    expect((await recommend()).edges[0]!.node.sku).toBe(unruled[0]!.node.sku);
    // A negated word does not count.
    expect(contributionOf((await recommend({ text: 'garment, no wedding' })).edges[0]!, 'pin')).toBeUndefined();
  });
});

describe('a hidden garment', () => {
  const hidden = 'S-3';
  const skusOf = async (query: string): Promise<string[]> => {
    const { garments } = await server.data<{ garments: { nodes: { sku: string }[] } }>(query);
    return garments.nodes.map(({ sku }) => sku);
  };

  it('is in no recommendation, no similar garments, no facet counts and no search results', async () => {
    await save({ action: 'HIDE', skus: [hidden] });
    expect(skus((await recommend()).edges)).toEqual(skus(unruled).filter((sku) => sku !== hidden));
    const { garment } = await server.data<{ garment: { similar: { sku: string }[] } }>(
      '{ garment(sku: "S-1") { similar(first: 100) { sku } } }',
    );
    expect(garment.similar.map(({ sku }) => sku)).toHaveLength(9);
    expect(garment.similar.map(({ sku }) => sku)).not.toContain(hidden);
    expect(await skusOf('{ garments(search: "S-3") { nodes { sku } } }')).not.toContain(hidden);
    const { catalogFacets } = await server.data<{ catalogFacets: { field: string; values: { count: number }[] }[] }>(
      '{ catalogFacets { field values { value count } } }',
    );
    const brands = catalogFacets.find(({ field }) => field === 'brand')!;
    expect(brands.values.reduce((sum, { count }) => sum + count, 0)).toBe(10);
  });

  it('is still returned to the merchant by SKU and by browsing', async () => {
    await save({ action: 'HIDE', filter: { brands: ['Odd'] } });
    expect(await server.data('{ garment(sku: "S-3") { sku } }')).toEqual({ garment: { sku: hidden } });
    expect(await skusOf('{ garments { nodes { sku } } }')).toContain(hidden);
  });

  it('leaves the recommendation empty if every garment is hidden', async () => {
    await save({ action: 'HIDE', filter: { brands: ['Odd'] } });
    await save({ action: 'HIDE', filter: { maxPrice: '500' } });
    expect(await recommend()).toEqual({ status: 'EMPTY', edges: [] });
  });
});

describe('a rule', () => {
  it('applies from its start until its end', async () => {
    const top = unruled[0]!.node.sku;
    await save({ action: 'HIDE', skus: [top], startsAt: '2026-06-10T00:00:00Z', endsAt: '2026-06-20T00:00:00Z' });
    const isHiddenAt = async (time: string): Promise<boolean> => {
      now = new Date(time);
      const { merchandisingRules } = await server.data<{ merchandisingRules: Rule[] }>(
        '{ merchandisingRules { active } }',
      );
      const isHidden = !skus((await recommend()).edges).includes(top);
      expect(merchandisingRules).toEqual([{ active: isHidden }]);
      return isHidden;
    };
    expect(await isHiddenAt('2026-06-09T23:59:59.999Z')).toBe(false);
    expect(await isHiddenAt('2026-06-10T00:00:00Z')).toBe(true);
    expect(await isHiddenAt('2026-06-19T23:59:59.999Z')).toBe(true);
    expect(await isHiddenAt('2026-06-20T00:00:00Z')).toBe(false);
  });

  it('is returned as it was saved, changed under its id, and deleted once', async () => {
    const { rule } = await save({ action: 'BOOST', filter: { maxPrice: '20', inStockOnly: true } });
    // The only currency of the catalog is filled in. The condition on stock is dropped.
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

  it('is refused with all its errors at once', async () => {
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
