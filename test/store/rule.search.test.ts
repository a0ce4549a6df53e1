// Hidden and pinned garments in the searches.
import { type CandidateSearch } from '../../src/domain/recommend/candidate.js';
import { NO_QUERY_ROOTS } from '../../src/domain/recommend/label.similarity.js';
import { EmbeddingRepository } from '../../src/store/embedding.repository.js';
import { GarmentRepository } from '../../src/store/garment.repository.js';
import { axis, EQUAL_WEIGHTS, MODEL, randomNumbers, randomUnit, row, STORE } from '../support/catalog.rows.js';
import { withDatabase } from '../support/database.js';
import { type SearchRules, NO_RULES } from '../../src/domain/recommend/merchandising.rule.js';
const testDatabase = withDatabase();
const COUNT = 120;
let embeddings: EmbeddingRepository;
/** SKUs of all garments, the nearest first. */
let skusByDistance: string[];
let skuOf: Map<string, string>;

beforeAll(async () => {
  embeddings = new EmbeddingRepository(testDatabase.database);
  const random = randomNumbers(7);
  const rows = Array.from({ length: COUNT }, (_, i) =>
    row({
      sku: `g${i}`,
      title: `garment ${i}`,
      text: randomUnit(random),
      image: null,
      // A third of the garments has no brand, so a condition on the brand is null for them.
      brand: [null, 'Acme', 'Umbra'][i % 3]!,
      tags: i % 10 === 0 ? ['Clearance'] : [],
      price: { amount: String(i), currency: 'EUR' },
      inStock: i % 4 !== 0,
    }),
  );
  const saved = await new GarmentRepository(testDatabase.database).saveGarments(STORE, rows);
  skuOf = new Map(saved.map(({ garment }) => [garment.id, garment.sku]));
  skusByDistance = await skus({ limit: COUNT });
});

function search(overrides: Partial<CandidateSearch>): CandidateSearch {
  const vector = { text: axis(0), image: new Float32Array(axis(0).length) };
  const noConditions = { typeProbabilities: null, queryRoots: NO_QUERY_ROOTS, avoid: [], words: null, rules: NO_RULES };
  return { model: MODEL, vector, ...noConditions, limit: 10, ...overrides };
}

async function skus(overrides: Partial<CandidateSearch>, filter: object = { inStockOnly: false }): Promise<string[]> {
  const candidates = await embeddings.searchCandidates(STORE, search(overrides), filter);
  return candidates.map(({ garmentId }) => skuOf.get(garmentId)!);
}
const hideRules = (...hide: SearchRules['hide']): { rules: SearchRules } => ({ rules: { hide, bend: [] } });
const numberOf = (sku: string): number => Number(sku.slice(1));

describe('a hidden garment', () => {
  it('leaves its place to the next one, so the limit is still filled', async () => {
    const found = await skus(hideRules({ skus: skusByDistance.slice(0, 5), filter: null }));
    expect(found).toEqual(skusByDistance.slice(5, 15));
  });

  it('matches the filter of the rule; a garment without the filtered attribute is not hidden', async () => {
    const found = await skus({ limit: COUNT, ...hideRules({ skus: null, filter: { brands: ['acme'] } }) });
    expect(found).toEqual(skusByDistance.filter((sku) => numberOf(sku) % 3 !== 1));
  });

  it('is hidden if it is sold out too, and several rules apply together', async () => {
    const rules = hideRules(
      { skus: null, filter: { tags: ['clearance'] } },
      { skus: null, filter: { minPrice: '60' } },
    );
    const found = await skus({ limit: COUNT, ...rules });
    expect(found).toEqual(skusByDistance.filter((sku) => numberOf(sku) % 10 !== 0 && numberOf(sku) < 60));
  });

  it('is in no hybrid search, not even by its own SKU', async () => {
    const words = {
      model: MODEL,
      textFeatures: axis(0),
      halves: EQUAL_WEIGHTS,
      filter: { inStockOnly: false },
      first: 100,
    };
    const hide = [{ skus: ['g7'], filter: null }];
    for (const text of ['g7', 'garment 7']) {
      const all = await embeddings.searchWithWords(STORE, { ...words, words: text });
      expect(all.edges.map(({ garment }) => garment.sku)).toContain('g7');
      const { edges, totalCount } = await embeddings.searchWithWords(STORE, { ...words, words: text, hide });
      expect(edges.map(({ garment }) => garment.sku)).not.toContain('g7');
      expect(totalCount).toBeGreaterThan(90);
    }
  });
});

describe('ruleMatches', () => {
  it('contains for each rule the position among its SKUs, 0 for a matching filter, or null', async () => {
    const [first, second] = skusByDistance as [string, string];
    const bend = [
      { skus: ['nowhere', second, first], filter: null, isPin: false },
      { skus: null, filter: { brands: ['ACME'] }, isPin: false },
      { skus: null, filter: { tags: ['clearance'], minPrice: '50' }, isPin: false },
    ];
    const candidates = await embeddings.searchCandidates(STORE, search({ limit: COUNT, rules: { hide: [], bend } }), {
      inStockOnly: false,
    });
    expect(candidates).toHaveLength(COUNT);
    for (const { garmentId, ruleMatches } of candidates) {
      const sku = skuOf.get(garmentId)!;
      const n = numberOf(sku);
      const position = sku === second ? 2 : sku === first ? 3 : null;
      expect([sku, ruleMatches]).toEqual([sku, [position, n % 3 === 1 ? 0 : null, n % 10 === 0 && n >= 50 ? 0 : null]]);
    }
  });
});

describe('a pinned garment', () => {
  const pin = (...pinned: string[]): SearchRules['bend'] => [{ skus: pinned, filter: null, isPin: true }];

  it('comes after the nearest garments if it is not among them, and only once if it is', async () => {
    const bend = pin(skusByDistance[100]!, skusByDistance[2]!);
    expect(await skus({ rules: { hide: [], bend } })).toEqual([...skusByDistance.slice(0, 10), skusByDistance[100]!]);
  });

  it('comes only if it passes the filter and no rule hides it', async () => {
    const soldOut = skusByDistance.slice(20).find((sku) => numberOf(sku) % 4 === 0)!;
    const inStock = skusByDistance.slice(20).filter((sku) => numberOf(sku) % 4 !== 0);
    const rules = { hide: [{ skus: [inStock[0]!], filter: null }], bend: pin(soldOut, inStock[0]!, inStock[1]!) };
    const found = await skus({ rules }, { inStockOnly: true });
    expect(found).toHaveLength(11);
    expect(found[10]).toBe(inStock[1]);
  });
});
