// The shipped sample catalog, compared with rows that the encoders compute on this machine.
import { DEFAULT_STORE_ID } from '../../src/domain/access/store.context.js';
import { GARMENT_TYPES } from '../../src/domain/catalog/garment.js';
import type { Encoders } from '../../src/inference/encoders.js';
import { readSampleArchive, SAMPLE_ARCHIVE } from '../../src/services/catalog/sample.archive.js';
import { sampleCatalog } from '../../tools/garment-drawing/sample.catalog.js';
import { withApp } from '../support/app.js';

const api = withApp({ sample: true });
const SHIPPED = { storeId: DEFAULT_STORE_ID };
const EMBEDDED = { storeId: 'embedded-here' };
/** Every 25th garment. They cover all ten types, at 60 ms each. */
const SKUS = sampleCatalog()
  .filter((_, i) => i % 25 === 0)
  .map(({ sku }) => sku);

interface Row {
  sku: string;
  facts: Record<string, unknown>;
  vectors: Record<string, string>;
  exact: Record<string, unknown>;
}

/** Rows without ids, times and the garment's random sampling number. */
const ROWS = `
  select g.sku,
    to_jsonb(g) - 'id' - 'store_id' - 'created_at' - 'updated_at' - 'lot' as facts,
    jsonb_build_object('embedding', e.embedding::text, 'category', e.category_roots::text, 'color', e.color_roots::text,
      'gender', e.gender_roots::text, 'usage', e.usage_roots::text, 'type', e.type_probabilities::text) as vectors,
    jsonb_build_object('model', e.model, 'words', e.words_hash, 'image', e.image_hash, 'text', e.has_text,
      'picture', e.has_image, 'stored', i.content_hash, 'bytes', md5(i.bytes), 'width', i.width, 'height', i.height) as exact
  from garments g
  join garment_embeddings e on e.store_id = g.store_id and e.garment_id = g.id
  join garment_images i on i.store_id = g.store_id and i.garment_id = g.id
  where g.store_id = $1 and g.sku = any($2::text[]) order by g.sku`;

/** Counts the calls from now on. */
function countRuns(encoders: Encoders): Record<'encodeWords' | 'encodePixels' | 'readHead', number> {
  const runs = { encodeWords: 0, encodePixels: 0, readHead: 0 };
  for (const name of ['encodeWords', 'encodePixels', 'readHead'] as const) {
    const run = encoders[name].bind(encoders) as (input: never) => Promise<never>;
    Object.assign(encoders, { [name]: (input: never) => ((runs[name] += 1), run(input)) });
  }
  return runs;
}

function cosine(a: string, b: string): number {
  const [x, y] = [a, b].map((text) => JSON.parse(text) as number[]) as [number[], number[]];
  const dot = (u: number[], v: number[]): number => u.reduce((sum, value, i) => sum + value * v[i]!, 0);
  return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
}

describe('the shipped sample catalog', () => {
  it('has the same rows as a catalog that the encoders embed', async () => {
    const { database, own } = api.app;
    await database.query('insert into stores (store_id, name) values ($1, $1)', [EMBEDDED.storeId]);
    const { garments } = await readSampleArchive(SAMPLE_ARCHIVE, own.encoders.bundle.id);
    const inputs = garments.filter(({ sku }) => SKUS.includes(sku));
    const { userErrors } = await own.upserts.upsert(EMBEDDED, inputs, { dryRun: false });
    expect(userErrors).toEqual([]);

    const shipped = await database.within(SHIPPED).query<Row>(ROWS, [SHIPPED.storeId, SKUS]);
    const embedded = await database.within(EMBEDDED).query<Row>(ROWS, [EMBEDDED.storeId, SKUS]);
    expect(shipped.map(({ sku }) => sku)).toEqual([...SKUS].sort());
    expect(new Set(shipped.map(({ facts }) => facts['garment_type']))).toEqual(new Set(GARMENT_TYPES));
    for (const [i, shippedRow] of shipped.entries()) {
      const embeddedRow = embedded[i]!;
      expect(shippedRow.facts).toEqual(embeddedRow.facts);
      expect(shippedRow.exact).toEqual(embeddedRow.exact);
      for (const [name, vector] of Object.entries(shippedRow.vectors)) {
        expect([shippedRow.sku, name, cosine(vector, embeddedRow.vectors[name]!)]).toEqual([
          shippedRow.sku,
          name,
          expect.closeTo(1, 4),
        ]);
      }
    }
  }, 60_000);

  it('is stored without running an encoder', async () => {
    const { database, own } = api.app;
    const store = { storeId: 'no-encoder' };
    await database.query('insert into stores (store_id, name) values ($1, $1)', [store.storeId]);
    const { garments, embeddings } = await readSampleArchive(SAMPLE_ARCHIVE, own.encoders.bundle.id);
    const runs = countRuns(own.encoders);
    await own.upserts.upsert(store, garments.slice(0, 20), { dryRun: false, embeddings });
    expect(runs).toEqual({ encodeWords: 0, encodePixels: 0, readHead: 0 });
    await own.upserts.upsert(store, [{ ...garments[0]!, title: 'A title of its own' }], { dryRun: false, embeddings });
    expect(runs).toEqual({ encodeWords: 1, encodePixels: 0, readHead: 3 });
  });

  it('is not stored into a catalog that has garments', async () => {
    expect(await api.app.own.sample.fillEmptyCatalog(SHIPPED, () => undefined)).toBe(0);
  });
});
