// The HNSW index under filters, on PostgreSQL: what it finds against the exact answer, and that it is used at all.
import { NO_QUERY_ROOTS } from '../../src/domain/recommend/label.similarity.js';
import { type CandidateSearch } from '../../src/domain/recommend/candidate.js';
import { dot } from '../../src/domain/recommend/fusion.js';
import type { GarmentFilter } from '../../src/domain/catalog/garment.js';
import { EmbeddingRepository } from '../../src/store/embedding.repository.js';
import { vectorIndexName } from '../../src/store/vector.index.js';
import { concatenated } from '../../src/store/database/vector.codec.js';
import { DIMENSIONS, MODEL, OTHER_STORE, randomNumbers, randomUnit, STORE } from '../support/catalog.rows.js';
import { SERVER_URL, withDatabase } from '../support/database.js';
import { NO_RULES } from '../../src/domain/recommend/merchandising.rule.js';
import type { Statement, Database } from '../../src/store/database/database.types.js';
const ROWS = 20_000;
/** Every n-th garment has the brand "1 in n". */
const SHARES = [2, 10, 100, 1000];
const RECALL_AT = 10;
const REQUESTS = 20;

const onServer = SERVER_URL ? describe : describe.skip;

onServer('the vector index (PostgreSQL only: skipped without DATABASE_URL)', () => {
  const home = withDatabase(OTHER_STORE);
  const random = randomNumbers(11);
  const centres = Array.from({ length: 50 }, () => randomUnit(random));
  const pick = (): Float32Array => randomUnit(random, centres[Math.floor(random() * centres.length)], 1);
  const stored: Float32Array[] = [];
  let ids: string[] = [];

  beforeAll(async () => {
    for (let i = 0; i < ROWS; i++) stored.push(concatenated(pick(), pick()));
    await fill(home.database, STORE.storeId, stored);
    await fill(home.database, OTHER_STORE.storeId, stored.slice(0, 15));
    await new EmbeddingRepository(home.database).ensureIndex(MODEL, DIMENSIONS);
    await home.database.query('analyze');
    const rows = await home.database.query<{ id: string }>('select id from garments where store_id = $1 order by sku', [
      STORE.storeId,
    ]);
    ids = rows.map(({ id }) => id);
  }, 240_000);

  function request(limit: number): CandidateSearch {
    const half = (): Float32Array => pick().map((value) => value * Math.SQRT1_2);
    const vector = { text: half(), image: half() };
    const nothing = { typeProbabilities: null, queryRoots: NO_QUERY_ROOTS, avoid: [], words: null, rules: NO_RULES };
    return { model: MODEL, vector, ...nothing, limit };
  }

  function exact({ vector }: CandidateSearch, every: number): string[] {
    const whole = concatenated(vector.text, vector.image);
    return stored
      .map((garment, i) => ({ id: ids[i]!, product: dot(garment, whole), i }))
      .filter(({ i }) => i % every === 0)
      .sort((a, b) => b.product - a.product)
      .slice(0, RECALL_AT)
      .map(({ id }) => id);
  }

  it.each([1, ...SHARES])(
    'fills the limit and finds ≥ 95 % of the true ten, where 1 garment in %i matches',
    async (every) => {
      const embeddings = new EmbeddingRepository(home.database);
      const filter: GarmentFilter = every === 1 ? {} : { tags: [`1 IN ${every}`] };
      let found = 0;
      for (let i = 0; i < REQUESTS; i++) {
        const asked = request(RECALL_AT);
        const nearest = await embeddings.searchCandidates(STORE, asked, filter);
        expect(nearest).toHaveLength(RECALL_AT);
        const truth = new Set(exact(asked, every));
        found += nearest.filter(({ garmentId }) => truth.has(garmentId)).length;
      }
      expect(found / (REQUESTS * RECALL_AT)).toBeGreaterThanOrEqual(0.95);
      const all = await embeddings.searchCandidates(STORE, request(1000), filter);
      expect(all).toHaveLength(Math.min(1000, ROWS / every));
    },
  );

  it('gives a small store all of its garments, though the index is full of another’s', async () => {
    expect(await new EmbeddingRepository(home.database).searchCandidates(OTHER_STORE, request(100))).toHaveLength(15);
  });

  it('is what the query is answered from', async () => {
    const seen: Statement[] = [];
    const watched: Database = {
      ...home.database,
      within: (store) => ({
        ...home.database.within(store),
        batch: (statements) => {
          seen.push(...statements);
          return home.database.within(store).batch(statements);
        },
      }),
    };
    await new EmbeddingRepository(watched).searchCandidates(STORE, request(100));
    const [settings, search] = seen;
    const plan = await home.database
      .within(STORE)
      .batch<{ 'QUERY PLAN': string }>([settings!, { text: `explain ${search!.text}`, values: search!.values }]);
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain(`Index Scan using ${vectorIndexName(MODEL)}`);
  });

  it('answers the same filtered query 20 times without a slow one among them', async () => {
    const embeddings = new EmbeddingRepository(home.database);
    const asked = request(50);
    const times: number[] = [];
    for (let i = 0; i < 20; i++) {
      const start = performance.now();
      await embeddings.searchCandidates(STORE, asked, { tags: ['1 in 10'] });
      times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    // a generic plan, from the sixth run on, would be a hundred times slower; 50 ms is for a busy machine
    expect(times.at(-1)!).toBeLessThan(5 * times[10]! + 50);
  });

  it('is built once, however often and by how many it is asked for, and rebuilt after a broken build', async () => {
    const embeddings = new EmbeddingRepository(home.database);
    const name = vectorIndexName(MODEL);
    await Promise.all([1, 2, 3].map(() => embeddings.ensureIndex(MODEL, DIMENSIONS)));
    const valid = (): Promise<{ indisvalid: boolean }[]> =>
      home.database.query('select indisvalid from pg_index where indexrelid = to_regclass($1)', [name]);
    expect(await valid()).toEqual([{ indisvalid: true }]);
    await home.database.query('update pg_index set indisvalid = false where indexrelid = to_regclass($1)', [name]);
    await embeddings.ensureIndex(MODEL, DIMENSIONS);
    expect(await valid()).toEqual([{ indisvalid: true }]);
  }, 120_000);
});

/** Straight into the tables: through the repository 20,000 rows would take a minute. */
async function fill(database: Database, storeId: string, embeddings: Float32Array[]): Promise<void> {
  await database.query(
    `insert into garments (store_id, sku, title, tags)
     select $1, lpad(i::text, 6, '0'), 'Garment ' || i,
       array(select '1 in ' || every from unnest($3::int[]) every where i % every = 0)
     from generate_series(0, $2::int - 1) i`,
    [storeId, embeddings.length, SHARES],
  );
  for (let start = 0; start < embeddings.length; start += 2_000) {
    await database.query(
      `insert into garment_embeddings
         (store_id, garment_id, model, embedding, has_text, has_image, type_probabilities,
          category_roots, color_roots, gender_roots, usage_roots, words_hash, image_hash)
       select $1, g.id, $2, e.embedding::halfvec, true, true, array_fill(0::real, array[10])::vector, '[0]', '[0]', '[0]', '[0]',
         'w', 'i'
       from unnest($3::text[]) with ordinality e (embedding, n)
       join garments g on g.store_id = $1 and g.sku = lpad(($4::int + n - 1)::text, 6, '0')`,
      [storeId, MODEL, embeddings.slice(start, start + 2_000).map((embedding) => `[${embedding.join(',')}]`), start],
    );
  }
}
