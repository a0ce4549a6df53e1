// Rankings that respect negations, rare terms and variants, and the status of a recommendation.
import { sampleCatalog } from '../../tools/garment-drawing/sample.catalog.js';
import { seededRandom } from '../../src/domain/shared/random.js';
import { EmbeddingRepository } from '../../src/store/embedding.repository.js';
import { withApp } from '../support/app.js';

interface Node {
  id: string;
  sku: string;
  title: string;
  garmentType: string;
  color: string;
  variants?: { sku: string }[];
}
interface Recommendation {
  status: string;
  emptiedBy: { field: string; garments: number }[];
  garments: {
    edges: {
      node: Node;
      score: number;
      explanation: { contributions: { name: string; value: number }[]; reasons: string[] };
    }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
}

const RECOMMEND = `query ($input: RecommendOutfitInput!, $first: Int, $after: String) {
  recommendOutfit(input: $input) {
    status
    emptiedBy { field garments }
    garments(first: $first, after: $after) {
      edges { score node { id sku title garmentType color } explanation { contributions { name value } reasons } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

const server = withApp({ sample: true });
const bySku = new Map(sampleCatalog().map((garment) => [garment.sku, garment]));

const recommend = async (input: object, page: { first?: number; after?: string } = {}): Promise<Recommendation> => {
  const data = await server.data<{ recommendOutfit: Recommendation }>(RECOMMEND, { input, first: 10, ...page });
  return data.recommendOutfit;
};
const nodes = ({ garments }: Recommendation): Node[] => garments.edges.map(({ node }) => node);

async function readPages(input: object, first: number): Promise<Node[]> {
  const seen: Node[] = [];
  for (let after: string | undefined; ;) {
    const recommendation = await recommend(input, { first, after });
    seen.push(...nodes(recommendation));
    if (!recommendation.garments.pageInfo.hasNextPage) return seen;
    after = recommendation.garments.pageInfo.endCursor!;
  }
}

describe('an unwanted attribute', () => {
  it.each(['not black shoes', '不要黑色鞋子', '不要黑色的鞋子', 'shoes but not black'])(
    'is left out of the recommendation for "%s"',
    async (text) => {
      const garments = nodes(await recommend({ text }));
      expect(garments).toHaveLength(10);
      for (const { garmentType, color } of garments) expect([garmentType, color === 'Black']).toEqual(['SHOES', false]);
    },
  );

  it('ranks below all garments without it, by title words in both languages', async () => {
    const striped = (sku: string): boolean => /\bstriped\b/i.test(bySku.get(sku)!.title);
    for (const input of [
      { text: 'shirt', avoid: 'stripes' },
      { text: 'shirt', avoid: '条纹' },
    ]) {
      const all = await readPages({ ...input, filter: { garmentTypes: ['SHIRT'] } }, 100);
      const first = all.findIndex(({ sku }) => striped(sku));
      expect(first).toBeGreaterThan(0);
      expect(all.slice(first).every(({ sku }) => striped(sku))).toBe(true);
    }
  });

  it('is avoided as a phrase: without striped shirts, other shirts remain', async () => {
    const garments = nodes(await recommend({ text: 'shirt', avoid: 'striped shirts' }));
    expect(garments.filter(({ garmentType }) => garmentType === 'SHIRT')).toHaveLength(10);
    expect(garments.filter(({ title }) => /\bstriped\b/i.test(title))).toEqual([]);
  });

  it('may be the whole text', async () => {
    const { garments } = await recommend({ text: 'not black' });
    expect(garments.edges).toHaveLength(10);
    for (const { node } of garments.edges) expect(node.color).not.toBe('Black');
  });

  it('is left out for generated requests', async () => {
    const random = seededRandom(3);
    const nouns = ['dress', 'shirt', 'shoes', 'trousers', 'skirt', 'jacket', 'hat'];
    const colors = ['black', 'white', 'blue', 'red'];
    let violations = 0;
    const requests = Array.from({ length: 16 }, () => [random.pick(nouns), random.pick(colors)] as const);
    for (const [i, [noun, color]] of requests.entries()) {
      const text = [`not ${color} ${noun}`, `${noun} but not ${color}`, `${noun} without ${color}`][i % 3]!;
      violations += nodes(await recommend({ text })).filter((node) => node.color.toLowerCase() === color).length;
    }
    expect(violations / (requests.length * 10)).toBeLessThanOrEqual(0.02);
  });
});

describe('a rare term', () => {
  it.each([
    ['linen', /linen/i],
    ['亚麻', /linen/i],
    ['v-neck', /v-neck/i],
  ])('"%s" ranks garments with that term first', async (text, pattern) => {
    const recommendation = await recommend({ text }, { first: 4 });
    for (const { title } of nodes(recommendation)) expect(title).toMatch(pattern);
    expect(recommendation.status).toBe('OK');
  });

  it('that is a brand ranks its garments first within a type', async () => {
    const garments = nodes(await recommend({ text: 'Harrow blazer' }, { first: 1 }));
    const blazers = sampleCatalog().filter(({ title, inStock }) => inStock && /blazer/.test(title));
    const expected = blazers.some(({ brand }) => brand === 'Harrow');
    expect(garments[0]!.title).toMatch(/blazer/);
    if (expected) expect(bySku.get(garments[0]!.sku)!.brand).toBe('Harrow');
  });

  it('that is a SKU finds the garment, in any letter case', async () => {
    expect(nodes(await recommend({ text: 'fr-dr-004' }, { first: 1 }))[0]!.sku).toBe('FR-DR-004');
  });
});

it('a recommendation takes color and type from the text if the picture shows others', async () => {
  const redDress = sampleCatalog().find(
    ({ garmentType, color, inStock }) => garmentType === 'DRESS' && color === 'Red' && inStock,
  )!;
  const garments = nodes(await recommend({ text: 'blue shirt', image: { sku: redDress.sku } }, { first: 3 }));
  for (const { garmentType } of garments) expect(garmentType).toBe('SHIRT');
  expect(garments[0]!.color).toMatch(/Blue/);
});

describe('diversity', () => {
  it('of 0 returns exactly the order of the plain match', async () => {
    const plain = await recommend({ text: 'summer dress' }, { first: 50 });
    const same = await recommend({ text: 'summer dress', diversity: 0 }, { first: 50 });
    expect(same.garments).toEqual(plain.garments);
  });

  it('of .5 makes the first ten at least 1.1 times more distant and keeps their type, even if the type has few garments', async () => {
    const texts = ['dress', 'shirt', 'blue shoes', 'red trousers', 'skirt', 'blue jacket'];
    const measure = async (diversity: number): Promise<{ distance: number; sameType: number }> => {
      let [distance, sameType] = [0, 0];
      for (const text of texts) {
        const garments = nodes(await recommend({ text, diversity }));
        distance += (await meanDistance(garments)) / texts.length;
        const type = nodes(await recommend({ text }, { first: 1 }))[0]!.garmentType;
        sameType += garments.filter(({ garmentType }) => garmentType === type).length / garments.length / texts.length;
      }
      return { distance, sameType };
    };
    const [plain, varied] = [await measure(0), await measure(0.5)];
    expect(varied.distance / plain.distance).toBeGreaterThanOrEqual(1.1);
    expect(varied.sameType / plain.sameType).toBeGreaterThanOrEqual(0.9);
  });

  async function meanDistance(garments: Node[]): Promise<number> {
    const { database, own } = server.app;
    const ids = garments.map(({ id }) => id);
    const stored = await new EmbeddingRepository(database).featuresOf(
      { storeId: 'default' },
      own.encoders.bundle.id,
      ids,
    );
    const vectors = ids.map((id) => stored.get(id)!.features.image!);
    const cosines = vectors.flatMap((a, i) =>
      vectors.slice(i + 1).map((b) => a.reduce((sum, value, at) => sum + value * b[at]!, 0)),
    );
    return 1 - cosines.reduce((a, b) => a + b, 0) / cosines.length;
  }
});

describe('a recommendation without a good match', () => {
  it.each(['asdf', 'carburetor', '🍕', 'quarterly report'])(
    'has the status WEAK for "%s", and each garment says so',
    async (text) => {
      const { status, garments } = await recommend({ text });
      expect(status).toBe('WEAK');
      for (const { explanation } of garments.edges)
        expect(explanation.reasons[0]).toMatch(/^not quite what you asked for/);
    },
  );

  it.each(['red dress', 'linen shirt', 'blue', 'shoes for the office', '红色连衣裙', 'party dress'])(
    'is not reported for "%s"',
    async (text) => {
      const { status, garments } = await recommend({ text });
      expect(status).toBe('OK');
      for (const { explanation } of garments.edges) expect(explanation.reasons.join()).not.toMatch(/not quite/);
    },
  );
});

describe('an empty recommendation', () => {
  it('names the filter field that emptied it, and how many garments that field excludes', async () => {
    const filter = { garmentTypes: ['HAT'], colors: ['No such color'], maxPrice: '5000' };
    const { status, emptiedBy } = await recommend({ text: 'hat', filter });
    const hats = sampleCatalog().filter(({ garmentType, inStock }) => garmentType === 'HAT' && inStock);
    expect(status).toBe('EMPTY');
    expect(emptiedBy).toEqual([{ field: 'colors', garments: hats.length }]);
  });

  it('names no field if no single field emptied it, and neither does a recommendation with garments', async () => {
    const filter = { colors: ['No such color'], brands: ['No such brand'] };
    expect(await recommend({ text: 'hat', filter })).toMatchObject({ status: 'EMPTY', emptiedBy: [] });
    expect((await recommend({ text: 'hat' })).emptiedBy).toEqual([]);
  });
});

describe('a garment with color variants', () => {
  const UPSERT = `mutation ($garments: [GarmentInput!]!) { upsertGarments(garments: $garments) { userErrors { message } } }`;
  const beanie = (sku: string, color: string, more: object = {}): object => ({
    sku,
    title: `Brindle ${color} waffle beanie`,
    brand: 'Brindle',
    color,
    image: { sku: 'FR-HA-001' },
    ...more,
  });
  const save = (...garments: object[]): Promise<unknown> => server.data(UPSERT, { garments });
  const beanies = (garments: Node[]): string[] => garments.map(({ sku }) => sku).filter((sku) => sku.startsWith('BB-'));

  beforeAll(() => save(beanie('BB-1', 'Red'), beanie('BB-2', 'Green'), beanie('BB-3', 'Blue', { inStock: false })));

  it('appears once over all pages, in the requested color', async () => {
    for (const [text, sku] of [
      ['red waffle beanie', 'BB-1'],
      ['green waffle beanie', 'BB-2'],
    ] as const) {
      expect(beanies(await readPages({ text }, 100))).toEqual([sku]);
      expect(beanies(await readPages({ text, filter: { garmentTypes: ['HAT'] } }, 3))).toEqual([sku]);
    }
  });

  it('appears in stock rather than sold out if the text names no color', async () => {
    const skus = beanies(await readPages({ text: 'waffle beanie', filter: { inStockOnly: false } }, 100));
    expect(skus).toHaveLength(1);
    expect(skus[0]).not.toBe('BB-3');
  });

  it('lists its other colors that are in stock', async () => {
    const query = '{ garment(sku: "BB-1") { variants { sku } } }';
    expect(await server.data(query)).toEqual({ garment: { variants: [{ sku: 'BB-2' }] } });
  });

  it('is two garments if title, color and sizes are the same', async () => {
    await save(beanie('BB-4', 'Red'));
    const skus = beanies(await readPages({ text: 'waffle beanie' }, 100));
    expect(skus.sort()).toEqual(['BB-1', 'BB-2', 'BB-4']);
    expect(await server.data('{ garment(sku: "BB-1") { variants { sku } } }')).toEqual({ garment: { variants: [] } });
  });

  it('disappears from the next page and from outfits when it is deleted or sold out', async () => {
    const first = await recommend({ text: 'waffle beanie' }, { first: 1 });
    const shownBefore = beanies(nodes(await recommend({ text: 'waffle beanie' }, { first: 3 })));
    await server.data('mutation { deleteGarments(skus: ["BB-1"]) { deletedSkus } }');
    await save({ sku: 'BB-2', title: 'Brindle Green waffle beanie', inStock: false });
    const after = first.garments.pageInfo.endCursor!;
    const rest = nodes(await recommend({ text: 'waffle beanie' }, { first: 100, after }));
    expect(shownBefore).toContain('BB-1');
    expect(beanies(rest).filter((sku) => sku !== 'BB-4')).toEqual([]);
    const query = `{ recommendOutfit(input: { text: "waffle beanie" }) { outfits(first: 5) { pieces { garment { sku } } } } }`;
    const { recommendOutfit } = await server.data<{
      recommendOutfit: { outfits: { pieces: { garment: { sku: string } }[] }[] };
    }>(query);
    const itemSkus = recommendOutfit.outfits.flatMap((outfit) => outfit.pieces.map(({ garment }) => garment.sku));
    expect(itemSkus).not.toContain('BB-1');
    expect(itemSkus).not.toContain('BB-2');
  });
});
