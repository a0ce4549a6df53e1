// The rendered SQL of the hot statements, as a snapshot that a review can read. FITROOM_SNAPSHOT=write rewrites it.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../src/config.js';
import { NO_QUERY_ROOTS } from '../../src/domain/recommend/label.similarity.js';
import { NO_RULES } from '../../src/domain/recommend/merchandising.rule.js';
import { EmbeddingRepository } from '../../src/store/embedding.repository.js';
import { GarmentRepository } from '../../src/store/garment.repository.js';
import { OutfitRepository } from '../../src/store/outfit.repository.js';
import { RareTermSearch } from '../../src/store/rare.term.search.js';
import { axis, certain, COLORS, DIMENSIONS, EQUAL_WEIGHTS, MODEL, row, STORE } from '../support/catalog.rows.js';
import { withDatabase } from '../support/database.js';
import { statementsDuring } from '../support/statements.js';

const testDatabase = withDatabase();
const FILTER = { colors: ['red'], inStockOnly: true };

beforeAll(async () => {
  const rows = ['a', 'b'].map((sku, i) => row({ sku, title: 'red linen dress', image: axis(i), text: axis(i) }));
  await new GarmentRepository(testDatabase.database).saveGarments(STORE, rows);
});

const plainSearch = {
  model: MODEL,
  vector: { text: axis(0), image: axis(0) },
  typeProbabilities: null,
  queryRoots: NO_QUERY_ROOTS,
  avoid: [],
  words: null,
  limit: 1,
  rules: NO_RULES,
};

/** The hot statements by their use. Each call runs against a catalog of two garments. */
const HOT: Record<string, () => Promise<unknown>> = {
  'recommendOutfit: vector query': () => embeddings().searchCandidates(STORE, plainSearch),
  'recommendOutfit: vector query with all its parts': () =>
    embeddings().searchCandidates(
      STORE,
      {
        ...plainSearch,
        typeProbabilities: certain(10, 0),
        queryRoots: { ...NO_QUERY_ROOTS, color: certain(COLORS, 0) },
        avoid: [
          {
            features: axis(1),
            comparesPictures: true,
            wordsQuery: `'black':*`,
            labels: { kind: false, color: true },
            typeProbabilities: null,
            roots: { ...NO_QUERY_ROOTS, color: certain(COLORS, 1) },
          },
        ],
        words: 'red dress',
        rareTerms: { words: [{ word: 'linen', weight: 0.5 }], garmentIds: ['1'], named: [] },
        rules: {
          hide: [{ skus: ['z'], filter: null }],
          bend: [{ skus: null, filter: { brands: ['x'] }, isPin: false }],
        },
      },
      FILTER,
    ),
  'recommendOutfit: rare terms': () =>
    new RareTermSearch(testDatabase.database).find(STORE, { text: 'linen', skus: ['a'] }),
  'recommendOutfit: rows of a page': () => garments().findByIds(STORE, ['1', '2']),
  'outfits: candidates of two slots': () =>
    new OutfitRepository(testDatabase.database).candidates(
      STORE,
      { model: MODEL, dimensions: DIMENSIONS, start: 0, length: DIMENSIONS },
      {
        filter: FILTER,
        hide: [],
        unwanted: [],
        slots: ['BOTTOM', 'FEET'],
        audiences: [['MEN', 'UNISEX']],
        style: axis(0),
        seed: '1',
        limit: 8,
      },
    ),
  'garments: page of a search': () =>
    embeddings().searchWithWords(STORE, {
      model: MODEL,
      words: 'red dress',
      textFeatures: axis(0),
      halves: EQUAL_WEIGHTS,
      filter: FILTER,
      first: 10,
    }),
  'garments: page of the catalog': () => garments().browse(STORE, { filter: FILTER, first: 10 }),
  catalogFacets: () => garments().facets(STORE, FILTER),
  'upsertGarments: rows by sku': () => garments().findBySkus(STORE, ['a', 'b']),
  'upsertGarments: one garment': () => garments().saveGarments(STORE, [row({ sku: 'c', image: axis(2) })]),
};

const embeddings = (): EmbeddingRepository => new EmbeddingRepository(testDatabase.database);
const garments = (): GarmentRepository => new GarmentRepository(testDatabase.database);

it('the hot statements match their snapshot', async () => {
  const { kind } = testDatabase.database;
  const parts: string[] = [];
  for (const [use, run] of Object.entries(HOT)) {
    const statements = await statementsDuring(testDatabase.database, async () => void (await run()));
    parts.push(`-- ${use}\n${statements.map(readable).join('\n\n')}`);
  }
  const text = `${parts.join('\n\n')}\n`;
  const path = join(PROJECT_ROOT, 'schema', `statements.${kind}.sql`);
  if (process.env['FITROOM_SNAPSHOT'] === 'write') await writeFile(path, text);
  expect(text).toBe(await readFile(path, 'utf8'));
});

/** Returns a statement with the same indentation everywhere, so that the snapshot changes only with the SQL. */
function readable(statement: string): string {
  const lines = statement.split('\n').filter((line) => line.trim() !== '');
  const indents = lines.slice(1).map((line) => line.length - line.trimStart().length);
  const margin = Math.min(...indents, Infinity);
  return lines.map((line, i) => (i === 0 ? line.trim() : line.slice(margin).trimEnd())).join('\n');
}
