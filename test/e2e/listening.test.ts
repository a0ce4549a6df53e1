// A ranking that listens: what is not wanted, words that matter as they are spelled, variants, and what an answer says of itself.
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
interface Answer {
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

const recommend = async (input: object, page: { first?: number; after?: string } = {}): Promise<Answer> => {
  const answer = await server.data<{ recommendOutfit: Answer }>(RECOMMEND, { input, first: 10, ...page });
  return answer.recommendOutfit;
};
const nodes = ({ garments }: Answer): Node[] => garments.edges.map(({ node }) => node);

async function walk(input: object, first: number): Promise<Node[]> {
  const seen: Node[] = [];
  for (let after: string | undefined; ;) {
    const answer = await recommend(input, { first, after });
    seen.push(...nodes(answer));
    if (!answer.garments.pageInfo.hasNextPage) return seen;
    after = answer.garments.pageInfo.endCursor!;
  }
}

describe('what a shopper does not want', () => {
  it.each(['not black shoes', '不要黑色鞋子', '不要黑色的鞋子', 'shoes but not black'])(
    'is kept out of what is sought in "%s"',
    async (text) => {
      const found = nodes(await recommend({ text }));
      expect(found).toHaveLength(10);
      for (const { garmentType, color } of found) expect([garmentType, color === 'Black']).toEqual(['SHOES', false]);
    },
  );

  it('falls below all that has nothing of it, by title words in both languages', async () => {
    const striped = (sku: string): boolean => /\bstriped\b/i.test(bySku.get(sku)!.title);
    for (const input of [
      { text: 'shirt', avoid: 'stripes' },
      { text: 'shirt', avoid: '条纹' },
    ]) {
      const all = await walk({ ...input, filter: { garmentTypes: ['SHIRT'] } }, 100);
      const first = all.findIndex(({ sku }) => striped(sku));
      expect(first).toBeGreaterThan(0);
      expect(all.slice(first).every(({ sku }) => striped(sku))).toBe(true);
    }
  });

  it('is what its words say together: without striped shirts there are shirts', async () => {
    const found = nodes(await recommend({ text: 'shirt', avoid: 'striped shirts' }));
    expect(found.filter(({ garmentType }) => garmentType === 'SHIRT')).toHaveLength(10);
    expect(found.filter(({ title }) => /\bstriped\b/i.test(title))).toEqual([]);
  });

  it('may be all that is said', async () => {
    const { garments } = await recommend({ text: 'not black' });
    expect(garments.edges).toHaveLength(10);
    for (const { node } of garments.edges) expect(node.color).not.toBe('Black');
  });

  it('stays away in generated requests', async () => {
    const random = seededRandom(3);
    const nouns = ['dress', 'shirt', 'shoes', 'trousers', 'skirt', 'jacket', 'hat'];
    const colors = ['black', 'white', 'blue', 'red'];
    let carried = 0;
    const asked = Array.from({ length: 16 }, () => [random.pick(nouns), random.pick(colors)] as const);
    for (const [i, [noun, color]] of asked.entries()) {
      const text = [`not ${color} ${noun}`, `${noun} but not ${color}`, `${noun} without ${color}`][i % 3]!;
      carried += nodes(await recommend({ text })).filter((node) => node.color.toLowerCase() === color).length;
    }
    expect(carried / (asked.length * 10)).toBeLessThanOrEqual(0.02);
  });
});

describe('words that matter as they are spelled', () => {
  it.each([
    ['linen', /linen/i],
    ['亚麻', /linen/i],
    ['v-neck', /v-neck/i],
  ])('"%s" puts what has it first', async (text, spelled) => {
    const answer = await recommend({ text }, { first: 4 });
    for (const { title } of nodes(answer)) expect(title).toMatch(spelled);
    expect(answer.status).toBe('OK');
  });

  it('bring up a brand among what is of a kind', async () => {
    const found = nodes(await recommend({ text: 'Harrow blazer' }, { first: 1 }));
    const blazers = sampleCatalog().filter(({ title, inStock }) => inStock && /blazer/.test(title));
    const expected = blazers.some(({ brand }) => brand === 'Harrow');
    expect(found[0]!.title).toMatch(/blazer/);
    if (expected) expect(bySku.get(found[0]!.sku)!.brand).toBe('Harrow');
  });

  it('find a garment by its number, in any case', async () => {
    expect(nodes(await recommend({ text: 'fr-dr-004' }, { first: 1 }))[0]!.sku).toBe('FR-DR-004');
  });
});

it('takes colour and kind from the words where a photo shows others', async () => {
  const red = sampleCatalog().find(
    ({ garmentType, color, inStock }) => garmentType === 'DRESS' && color === 'Red' && inStock,
  )!;
  const found = nodes(await recommend({ text: 'blue shirt', image: { sku: red.sku } }, { first: 3 }));
  for (const { garmentType } of found) expect(garmentType).toBe('SHIRT');
  expect(found[0]!.color).toMatch(/Blue/);
});

describe('diversity', () => {
  it('of 0 is the order of the pure match, to the bit', async () => {
    const plain = await recommend({ text: 'summer dress' }, { first: 50 });
    const same = await recommend({ text: 'summer dress', diversity: 0 }, { first: 50 });
    expect(same.garments).toEqual(plain.garments);
  });

  it('of .5 sets the first ten further apart even where there are few of a kind, and keeps their kind', async () => {
    const texts = ['dress', 'shirt', 'blue shoes', 'red trousers', 'skirt', 'blue jacket'];
    const measured = async (diversity: number): Promise<{ distance: number; kept: number }> => {
      let [distance, kept] = [0, 0];
      for (const text of texts) {
        const found = nodes(await recommend({ text, diversity }));
        distance += (await meanDistance(found)) / texts.length;
        const type = nodes(await recommend({ text }, { first: 1 }))[0]!.garmentType;
        kept += found.filter(({ garmentType }) => garmentType === type).length / found.length / texts.length;
      }
      return { distance, kept };
    };
    const [plain, varied] = [await measured(0), await measured(0.5)];
    expect(varied.distance / plain.distance).toBeGreaterThanOrEqual(1.1);
    expect(varied.kept / plain.kept).toBeGreaterThanOrEqual(0.9);
  });

  async function meanDistance(found: Node[]): Promise<number> {
    const { database, own } = server.app;
    const ids = found.map(({ id }) => id);
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

describe('an answer that has nothing good', () => {
  it.each(['asdf', 'carburetor', '🍕', 'quarterly report'])('says so of "%s", and of each garment', async (text) => {
    const { status, garments } = await recommend({ text });
    expect(status).toBe('WEAK');
    for (const { explanation } of garments.edges)
      expect(explanation.reasons[0]).toMatch(/^not quite what you asked for/);
  });

  it.each(['red dress', 'linen shirt', 'blue', 'shoes for the office', '红色连衣裙', 'party dress'])(
    'is none for "%s"',
    async (text) => {
      const { status, garments } = await recommend({ text });
      expect(status).toBe('OK');
      for (const { explanation } of garments.edges) expect(explanation.reasons.join()).not.toMatch(/not quite/);
    },
  );
});

describe('an empty answer', () => {
  it('names the field that emptied it, and what it keeps out', async () => {
    const filter = { garmentTypes: ['HAT'], colors: ['No such colour'], maxPrice: '5000' };
    const { status, emptiedBy } = await recommend({ text: 'hat', filter });
    const hats = sampleCatalog().filter(({ garmentType, inStock }) => garmentType === 'HAT' && inStock);
    expect(status).toBe('EMPTY');
    expect(emptiedBy).toEqual([{ field: 'colors', garments: hats.length }]);
  });

  it('names none where no field does it alone, nor where there is an answer', async () => {
    const filter = { colors: ['No such colour'], brands: ['No such brand'] };
    expect(await recommend({ text: 'hat', filter })).toMatchObject({ status: 'EMPTY', emptiedBy: [] });
    expect((await recommend({ text: 'hat' })).emptiedBy).toEqual([]);
  });
});

describe('a garment in several colours', () => {
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
  const beanies = (found: Node[]): string[] => found.map(({ sku }) => sku).filter((sku) => sku.startsWith('BB-'));

  beforeAll(() => save(beanie('BB-1', 'Red'), beanie('BB-2', 'Green'), beanie('BB-3', 'Blue', { inStock: false })));

  it('comes up once, on whatever page, in the colour that is asked for', async () => {
    for (const [text, sku] of [
      ['red waffle beanie', 'BB-1'],
      ['green waffle beanie', 'BB-2'],
    ] as const) {
      expect(beanies(await walk({ text }, 100))).toEqual([sku]);
      expect(beanies(await walk({ text, filter: { garmentTypes: ['HAT'] } }, 3))).toEqual([sku]);
    }
  });

  it('comes up in stock rather than sold out, where no colour is asked for', async () => {
    const found = beanies(await walk({ text: 'waffle beanie', filter: { inStockOnly: false } }, 100));
    expect(found).toHaveLength(1);
    expect(found[0]).not.toBe('BB-3');
  });

  it('shows its other colours, in stock', async () => {
    const query = '{ garment(sku: "BB-1") { variants { sku } } }';
    expect(await server.data(query)).toEqual({ garment: { variants: [{ sku: 'BB-2' }] } });
  });

  it('is two where title, colour and sizes are the same', async () => {
    await save(beanie('BB-4', 'Red'));
    const found = beanies(await walk({ text: 'waffle beanie' }, 100));
    expect(found.sort()).toEqual(['BB-1', 'BB-2', 'BB-4']);
    expect(await server.data('{ garment(sku: "BB-1") { variants { sku } } }')).toEqual({ garment: { variants: [] } });
  });

  it('is gone from the next page and from looks once it is deleted or sold out', async () => {
    const first = await recommend({ text: 'waffle beanie' }, { first: 1 });
    const gone = beanies(nodes(await recommend({ text: 'waffle beanie' }, { first: 3 })));
    await server.data('mutation { deleteGarments(skus: ["BB-1"]) { deletedSkus } }');
    await save({ sku: 'BB-2', title: 'Brindle Green waffle beanie', inStock: false });
    const after = first.garments.pageInfo.endCursor!;
    const rest = nodes(await recommend({ text: 'waffle beanie' }, { first: 100, after }));
    expect(gone).toContain('BB-1');
    expect(beanies(rest).filter((sku) => sku !== 'BB-4')).toEqual([]);
    const looks = `{ recommendOutfit(input: { text: "waffle beanie" }) { outfits(first: 5) { pieces { garment { sku } } } } }`;
    const { recommendOutfit } = await server.data<{
      recommendOutfit: { outfits: { pieces: { garment: { sku: string } }[] }[] };
    }>(looks);
    const pieces = recommendOutfit.outfits.flatMap((look) => look.pieces.map(({ garment }) => garment.sku));
    expect(pieces).not.toContain('BB-1');
    expect(pieces).not.toContain('BB-2');
  });
});
