// What three looks add to an answer, on a catalog of tens of thousands.
// Starts the server itself on an empty PostgreSQL database, with the sample catalog many times over, and leaves the rows there.
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

/** A request for one kind of people, and one whose matches are cut for several. */
const CASES: [name: string, texts: string[]][] = [
  [
    'matches for the same people',
    ['shirt for men', 'dress for women', 'jeans for men', 'heels', 'formal shirt for men'],
  ],
  ['mixed matches', ['hat', 'shorts', 'sneakers', 'hoodie', 'white t-shirt']],
];
const WARM_UP = 10;
const LOOKS = 3;
const CONTEXT = { storeId: DEFAULT_STORE_ID };

/** @param databaseUrl an empty PostgreSQL database with pgvector @param garments how many at least */
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
    const stored = await multiply(app.database, garments);
    const cases: LookFigures['cases'] = [];
    for (const [name, texts] of CASES) cases.push({ name, ...(await measureCase(app, texts, rounds)) });
    return { garments: stored, rounds, cases };
  } finally {
    await app.close();
  }
}

/** Looks alone, of an answer that is there already: the search before them takes longer, and would drown them in its noise. */
async function measureCase(
  { own }: App,
  texts: string[],
  rounds: number,
): Promise<Omit<LookFigures['cases'][0], 'name'>> {
  const added: number[] = [];
  for (let round = 0; round < rounds + WARM_UP; round++) {
    // other words each time, so that other garments come up
    const text = `${texts[round % texts.length]!} ${round}`;
    const answer = await own.recommend.recommend(CONTEXT, { text }, 12);
    const startedAt = performance.now();
    const { outfits } = await own.outfits.ofRecommendation(CONTEXT, answer, { first: LOOKS });
    if (round >= WARM_UP) added.push(performance.now() - startedAt);
    if (outfits.length === 0) throw new Error(`no look came of “${text}”: a failure must not pass for a fast answer`);
  }
  return { addedMs: median(added), fastestMs: quantile(added, 0.1) };
}

/** Copies of each garment with its embeddings, other ids and skus. @returns how many there are */
async function multiply(database: Database, wanted: number): Promise<number> {
  const count = async (): Promise<number> =>
    (await database.query<{ n: number }>('select count(*)::int as n from garments'))[0]!.n;
  const copies = Math.ceil(wanted / (await count())) - 1;
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
  // the copies would take minutes to link, and candidates of looks are not found by it
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
