// Time that three outfits add to a recommendation, on a catalog of tens of thousands of garments.
// Starts a server on an empty PostgreSQL database with copies of the sample catalog, and does not delete the rows.
import { readConfig } from '../src/config.js';
import { startApp, type App } from '../src/bootstrap/server.js';
import { DEFAULT_STORE_ID } from '../src/domain/access/store.context.js';
import { createLogger } from '../src/observability/logger.js';
import { median, quantile } from './figures.js';
import type { Database } from '../src/store/database/database.types.js';

export interface LookFigures {
  garments: number;
  rounds: number;
  cases: { name: string; addedMs: number; fastestMs: number }[];
}

/** Texts whose matches are for the same people, and texts with mixed matches. */
const CASES: [name: string, texts: string[]][] = [
  [
    'matches for the same people',
    ['shirt for men', 'dress for women', 'jeans for men', 'heels', 'formal shirt for men'],
  ],
  ['mixed matches', ['hat', 'shorts', 'sneakers', 'hoodie', 'white t-shirt']],
];
const WARM_UP = 10;
const OUTFITS = 3;
const CONTEXT = { storeId: DEFAULT_STORE_ID };

/** Measures all cases. @param databaseUrl an empty PostgreSQL database with pgvector @param garments minimum number */
export async function measureLooks(databaseUrl: string, garments: number, rounds: number): Promise<LookFigures> {
  const config = {
    ...readConfig(),
    databaseUrl,
    port: 0,
    host: '127.0.0.1',
    adminKey: null,
    sampleCatalog: true,
    workers: 0,
  };
  const app = await startApp({ config, logger: createLogger('error') });
  try {
    const stored = await copyGarments(app.database, garments);
    const cases: LookFigures['cases'] = [];
    for (const [name, texts] of CASES) cases.push({ name, ...(await measureCase(app, texts, rounds)) });
    return { garments: stored, rounds, cases };
  } finally {
    await app.close();
  }
}

/** Measures the outfits of an existing recommendation. The noise of the longer search would hide their time. */
async function measureCase(
  { own }: App,
  texts: string[],
  rounds: number,
): Promise<Omit<LookFigures['cases'][0], 'name'>> {
  const added: number[] = [];
  for (let round = 0; round < rounds + WARM_UP; round++) {
    // a different text each time, so that other garments are found
    const text = `${texts[round % texts.length]!} ${round}`;
    const recommendation = await own.recommend.recommend(CONTEXT, { text }, 12);
    const startedAt = performance.now();
    const { outfits } = await own.outfits.ofRecommendation(CONTEXT, recommendation, { first: OUTFITS });
    if (round >= WARM_UP) added.push(performance.now() - startedAt);
    if (outfits.length === 0) throw new Error(`no outfit for “${text}”: a failure must not count as a fast response`);
  }
  return { addedMs: median(added), fastestMs: quantile(added, 0.1) };
}

/** Copies each garment with its embeddings and new ids and skus. @returns the number of garments */
async function copyGarments(database: Database, minimum: number): Promise<number> {
  const count = async (): Promise<number> =>
    (await database.query<{ n: number }>('select count(*)::int as n from garments'))[0]!.n;
  const copies = Math.ceil(minimum / (await count())) - 1;
  if (copies < 1) return count();
  const columns = async (table: string, but: string): Promise<string> => {
    const rows = await database.query<{ name: string }>(
      `select quote_ident(column_name) as name from information_schema.columns
       where table_schema = current_schema() and table_name = $1 and is_generated = 'NEVER' and column_name <> all ($2::text[])
       order by ordinal_position`,
      [table, but.split(' ')],
    );
    return rows.map(({ name }) => name).join(', ');
  };
  const facts = await columns('garments', 'id sku');
  const indexes = await database.query<{ name: string }>(
    `select indexname as name from pg_indexes
     where schemaname = current_schema() and tablename = 'garment_embeddings' and indexdef like '%USING hnsw%'`,
  );
  // linking the copies would take minutes, and the search for outfit candidates does not use these indexes
  for (const { name } of indexes) await database.query(`drop index "${name}"`);
  const features = await columns('garment_embeddings', 'garment_id');
  const ofOriginal = features.split(', ').map((name) => `e.${name}`);
  const originals = "select * from garments where sku !~ '-copy-'";
  for (let n = 1; n <= copies; n++) {
    await database.query(
      `insert into garments (sku, ${facts}) select sku || '-copy-' || $1::text, ${facts} from (${originals}) g`,
      [String(n)],
    );
    await database.query(
      `insert into garment_embeddings (garment_id, ${features}) select c.id, ${ofOriginal.join(', ')}
       from (${originals}) g join garments c on c.store_id = g.store_id and c.sku = g.sku || '-copy-' || $1::text
       join garment_embeddings e on e.store_id = g.store_id and e.garment_id = g.id`,
      [String(n)],
    );
  }
  await database.query('analyze');
  return count();
}
