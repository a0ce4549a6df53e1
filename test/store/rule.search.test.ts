// Merchandising rules inside the searches: what is hidden leaves room for others, what is pinned is found however far it is.
import { type CandidateSearch } from '../../src/domain/recommend/candidate.js';
import { NO_QUERY_ROOTS } from '../../src/domain/recommend/label.similarity.js';
import { EmbeddingRepository } from '../../src/store/embedding.repository.js';
import { GarmentRepository } from '../../src/store/garment.repository.js';
import { axis, HALVES, MODEL, randomNumbers, randomUnit, row, STORE } from '../support/catalog.rows.js';
import { withDatabase } from '../support/database.js';
import { type SearchRules, NO_RULES } from '../../src/domain/recommend/merchandising.rule.js';
const home = withDatabase();
const COUNT = 120;
let embeddings: EmbeddingRepository;
/** Nearest first. */
let near: string[];
let skuOf: Map<string, string>;

beforeAll(async () => {
  embeddings = new EmbeddingRepository(home.database);
  const random = randomNumbers(7);
  const rows = Array.from({ length: COUNT }, (_, i) =>
    row({
      sku: `g${i}`,
      title: `garment ${i}`,
      text: randomUnit(random),
      image: null,
      // a third has no brand, so that a condition on it is null
      brand: [null, 'Acme', 'Umbra'][i % 3]!,
      tags: i % 10 === 0 ? ['Clearance'] : [],
      price: { amount: String(i), currency: 'EUR' },
      inStock: i % 4 !== 0,
    }),
  );
  const saved = await new GarmentRepository(home.database).saveGarments(STORE, rows);
  skuOf = new Map(saved.map(({ garment }) => [garment.id, garment.sku]));
  near = await skus({ limit: COUNT });
});

function search(wish: Partial<CandidateSearch>): CandidateSearch {
  const vector = { text: axis(0), image: new Float32Array(axis(0).length) };
  const nothing = { typeProbabilities: null, queryRoots: NO_QUERY_ROOTS, avoid: [], words: null, rules: NO_RULES };
  return { model: MODEL, vector, ...nothing, limit: 10, ...wish };
}

async function skus(wish: Partial<CandidateSearch>, filter: object = { inStockOnly: false }): Promise<string[]> {
  const found = await embeddings.searchCandidates(STORE, search(wish), filter);
  return found.map(({ garmentId }) => skuOf.get(garmentId)!);
}
const hiding = (...hide: SearchRules['hide']): { rules: SearchRules } => ({ rules: { hide, bend: [] } });
const numberOf = (sku: string): number => Number(sku.slice(1));

describe('what is hidden', () => {
  it('leaves its place to the next, so that as many come as are asked for', async () => {
    const found = await skus(hiding({ skus: near.slice(0, 5), filter: null }));
    expect(found).toEqual(near.slice(5, 15));
  });

  it('is what the filter describes, and not what lacks what the filter asks of', async () => {
    const found = await skus({ limit: COUNT, ...hiding({ skus: null, filter: { brands: ['acme'] } }) });
    expect(found).toEqual(near.filter((sku) => numberOf(sku) % 3 !== 1));
  });

  it('is hidden sold out or not, and by several rules', async () => {
    const rules = hiding({ skus: null, filter: { tags: ['clearance'] } }, { skus: null, filter: { minPrice: '60' } });
    const found = await skus({ limit: COUNT, ...rules });
    expect(found).toEqual(near.filter((sku) => numberOf(sku) % 10 !== 0 && numberOf(sku) < 60));
  });

  it('is in no search by words, not even by its own sku', async () => {
    const words = { model: MODEL, textFeatures: axis(0), halves: HALVES, filter: { inStockOnly: false }, first: 100 };
    const hide = [{ skus: ['g7'], filter: null }];
    for (const asked of ['g7', 'garment 7']) {
      const all = await embeddings.searchWithWords(STORE, { ...words, words: asked });
      expect(all.edges.map(({ garment }) => garment.sku)).toContain('g7');
      const { edges, totalCount } = await embeddings.searchWithWords(STORE, { ...words, words: asked, hide });
      expect(edges.map(({ garment }) => garment.sku)).not.toContain('g7');
      expect(totalCount).toBeGreaterThan(90);
    }
  });
});

describe('what a rule is about', () => {
  it('is said of each candidate: its position among the skus, 0 for a filter, null for neither', async () => {
    const [first, second] = near as [string, string];
    const bend = [
      { skus: ['nowhere', second, first], filter: null, isPin: false },
      { skus: null, filter: { brands: ['ACME'] }, isPin: false },
      { skus: null, filter: { tags: ['clearance'], minPrice: '50' }, isPin: false },
    ];
    const found = await embeddings.searchCandidates(STORE, search({ limit: COUNT, rules: { hide: [], bend } }), {
      inStockOnly: false,
    });
    expect(found).toHaveLength(COUNT);
    for (const { garmentId, ruleMatches: ruled } of found) {
      const sku = skuOf.get(garmentId)!;
      const n = numberOf(sku);
      const position = sku === second ? 2 : sku === first ? 3 : null;
      expect([sku, ruled]).toEqual([sku, [position, n % 3 === 1 ? 0 : null, n % 10 === 0 && n >= 50 ? 0 : null]]);
    }
  });
});

describe('what is pinned', () => {
  const pin = (...pinned: string[]): SearchRules['bend'] => [{ skus: pinned, filter: null, isPin: true }];

  it('comes behind the nearest where it is not among them, and once where it is', async () => {
    const bend = pin(near[100]!, near[2]!);
    expect(await skus({ rules: { hide: [], bend } })).toEqual([...near.slice(0, 10), near[100]!]);
  });

  it('comes only where the filter lets it through and nothing hides it', async () => {
    const soldOut = near.slice(20).find((sku) => numberOf(sku) % 4 === 0)!;
    const inStock = near.slice(20).filter((sku) => numberOf(sku) % 4 !== 0);
    const rules = { hide: [{ skus: [inStock[0]!], filter: null }], bend: pin(soldOut, inStock[0]!, inStock[1]!) };
    const found = await skus({ rules }, { inStockOnly: true });
    expect(found).toHaveLength(11);
    expect(found[10]).toBe(inStock[1]);
  });
});
