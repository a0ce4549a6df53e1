// Golden queries and their history through the API.
import { setTimeout as sleep } from 'node:timers/promises';
import { DEFAULT_STORE_ID } from '../../src/domain/access/store.context.js';
import { withApp } from '../support/app.js';
import { goldenHistoryOf } from '../support/golden.history.js';
import { beginImport } from '../support/import.catalog.js';
import { fitroom } from '../support/command.line.js';
import { drawnImage, sampleWhere } from '../support/drawn.garments.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';

const STORE = { storeId: DEFAULT_STORE_ID };
const ID = '0b6f5c1e-4d0a-4f6e-9c55-1f2f7c55a002';

interface Rank {
  sku: string;
  rank: number | null;
}
interface Golden {
  id: string;
  name: string;
  within: number;
  filter: { inStockOnly: boolean | null; maxPrice: string | null; brands: string[] | null } | null;
  result: { passed: boolean; found: Rank[]; missing: Rank[]; problem: { field: string[]; code: string } | null };
}
interface PinPayload {
  goldenQuery: { id: string } | null;
  userErrors: { field: string[]; code: string }[];
}

const PIN = `mutation ($input: GoldenQueryInput!) {
  pinGoldenQuery(input: $input) { goldenQuery { id } userErrors { field code } }
}`;
const UNPIN = 'mutation ($id: ID!) { unpinGoldenQuery(id: $id) { unpinned userErrors { field code } } }';
const RUN = `{ goldenQueries { id name within filter { inStockOnly maxPrice brands }
  result { passed found { sku rank } missing { sku rank } problem { field code } } } }`;

const server = withApp({ sample: false, config: { bundleDir: TINY_BUNDLE, workers: 1 } });
const skus = ['A', 'B', 'C', 'D'];
let ranking: string[];

beforeAll(async () => {
  const image = await drawnImage(sampleWhere(({ garmentType }) => garmentType === 'DRESS'));
  const garments = skus.map((sku) => ({ sku, title: `Garment ${sku}`, image }));
  await server.data('mutation ($g: [GarmentInput!]!) { upsertGarments(garments: $g) { created } }', { g: garments });
  const { recommendOutfit } = await server.data<{ recommendOutfit: { garments: { nodes: { sku: string }[] } } }>(
    '{ recommendOutfit(input: { text: "garment" }) { garments { nodes { sku } } } }',
  );
  ranking = recommendOutfit.garments.nodes.map(({ sku }) => sku);
});
beforeEach(async () => {
  await server.app.database.within(STORE).query('delete from golden_queries');
});

const pin = async (input: object): Promise<PinPayload> =>
  (await server.data<{ pinGoldenQuery: PinPayload }>(PIN, { input: { name: 'watched', text: 'garment', ...input } }))
    .pinGoldenQuery;
const run = async (): Promise<Golden[]> => (await server.data<{ goldenQueries: Golden[] }>(RUN)).goldenQueries;

describe('a golden query', () => {
  it('passes when its garments are near the top, and otherwise reports their ranks', async () => {
    await pin({ name: 'top', expectedSkus: [ranking[0]], within: 1 });
    await pin({ name: 'bottom', expectedSkus: [ranking[3], ranking[0], 'not there'], within: 3 });
    expect((await run()).map(({ name, result }) => [name, result])).toEqual([
      ['top', { passed: true, found: [{ sku: ranking[0], rank: 1 }], missing: [], problem: null }],
      [
        'bottom',
        {
          passed: false,
          found: [{ sku: ranking[0], rank: 1 }],
          missing: [
            { sku: ranking[3], rank: 4 },
            { sku: 'not there', rank: null },
          ],
          problem: null,
        },
      ],
    ]);
  });

  it('can use the picture of a catalog garment, and reports when that garment is missing', async () => {
    await pin({ text: null, imageSku: 'A', expectedSkus: ['A'] });
    expect((await run())[0]!.result).toMatchObject({ passed: true, problem: null });
    await pin({ text: null, imageSku: 'gone', expectedSkus: ['A'] });
    expect((await run())[1]!.result).toEqual({
      passed: false,
      found: [],
      missing: [{ sku: 'A', rank: null }],
      problem: { field: ['image', 'sku'], code: 'GARMENT_NOT_FOUND' },
    });
  });

  it('keeps its filter and applies it', async () => {
    await pin({ expectedSkus: ['A'], filter: { excludeSkus: ['B', 'C', 'D'] }, within: 1 });
    await pin({ expectedSkus: ['A'], filter: { brands: ['nobody'] } });
    const [narrow, empty] = await run();
    expect(narrow!.result.found).toEqual([{ sku: 'A', rank: 1 }]);
    expect(empty).toMatchObject({ filter: { brands: ['nobody'], maxPrice: null }, result: { passed: false } });
  });

  it('is changed under its id, and unpinned only once', async () => {
    expect(await pin({ id: ID, name: 'first', expectedSkus: ['A'] })).toMatchObject({ goldenQuery: { id: ID } });
    await pin({ id: ID, name: 'second', expectedSkus: ['B'], within: 4 });
    expect(await run()).toMatchObject([{ id: ID, name: 'second', within: 4, result: { found: [{ sku: 'B' }] } }]);
    expect(await server.data(UNPIN, { id: ID })).toEqual({ unpinGoldenQuery: { unpinned: true, userErrors: [] } });
    const unknown = { unpinned: false, userErrors: [{ field: ['id'], code: 'GOLDEN_QUERY_NOT_FOUND' }] };
    expect(await server.data(UNPIN, { id: ID })).toEqual({ unpinGoldenQuery: unknown });
    expect(await server.data(UNPIN, { id: 'no uuid' })).toEqual({ unpinGoldenQuery: unknown });
  });

  it('is refused with all its errors at once', async () => {
    const input = { name: ' ', text: ' ', expectedSkus: [' '], filter: { minPrice: '-1' } };
    const { goldenQuery, userErrors } = await pin(input);
    expect(goldenQuery).toBeNull();
    expect(userErrors).toEqual([
      { field: ['input', 'name'], code: 'NAME_INVALID' },
      { field: ['input', 'text'], code: 'QUERY_EMPTY' },
      { field: ['input', 'expectedSkus'], code: 'EXPECTED_SKUS_INVALID' },
      { field: ['input', 'filter', 'minPrice'], code: 'PRICE_INVALID' },
    ]);
  });

  it('is refused beyond a limit of one hundred', async () => {
    await server.app.database.within(STORE).query(
      `insert into golden_queries (store_id, id, name, text, expected_skus, within)
       select $1, gen_random_uuid(), 'q', 'dress', '{A}', 10 from generate_series(1, 99)`,
      [STORE.storeId],
    );
    expect((await pin({ id: ID, expectedSkus: ['A'] })).userErrors).toEqual([]);
    expect((await pin({ expectedSkus: ['A'] })).userErrors).toMatchObject([{ code: 'TOO_MANY_GOLDEN_QUERIES' }]);
    expect((await pin({ id: ID, name: 'changed', expectedSkus: ['A'] })).userErrors).toEqual([]);
  });
});

it('two golden query snapshots show which queries a catalog change won and lost', async () => {
  const { goldenQueries: golden } = server.app.own;
  await pin({ name: 'loses', expectedSkus: ['A'] });
  await pin({ name: 'wins', expectedSkus: [ranking.filter((sku) => sku !== 'A')[2]], within: 2 });
  const before = await golden.snapshot(STORE);
  const upsert = 'mutation ($g: [GarmentInput!]!) { upsertGarments(garments: $g) { updated } }';
  const soldOut = ['A', ranking.filter((sku) => sku !== 'A')[0]!];
  const stock = (inStock: boolean): Record<string, unknown> => ({
    g: soldOut.map((sku) => ({ sku, title: `Garment ${sku}`, inStock })),
  });
  await server.data(upsert, stock(false));
  const { wins, losses } = golden.compare(before, await golden.snapshot(STORE));
  await server.data(upsert, stock(true));
  expect(losses).toMatchObject([{ name: 'loses', sku: 'A', after: null }]);
  expect(wins).toMatchObject([{ name: 'wins', after: 2 }]);
});

describe('fitroom golden', () => {
  const golden = () => fitroom(['golden', '--server', server.app.url]);

  it('prints a table and exits with 0 when all queries pass', async () => {
    expect(await golden()).toMatchObject({ status: 0, stdout: expect.stringContaining('No golden query is pinned') });
    await pin({ name: 'passes', expectedSkus: ['A', 'B'] });
    const { status, stdout } = await golden();
    expect(status).toBe(0);
    expect(stdout).toMatch(/^✓ passes {2}2 of 2 {2}in the first 10\n\nAll 1 pass\.\n$/);
  });

  it('exits with 1 when a query fails, and prints the ranks of its garments', async () => {
    await pin({ name: 'fails', expectedSkus: [ranking[3], 'gone'], within: 2 });
    await pin({ name: 'passes', expectedSkus: ['A'] });
    const { status, stdout } = await golden();
    expect(status).toBe(1);
    expect(stdout).toContain(`    ${ranking[3]}: at 4\n    gone: not in the ranking\n`);
    expect(stdout).toContain('1 of 2 fail.');
  });
});

describe('the history of golden queries', () => {
  interface Run {
    at: string;
    model: string;
    occasion: string;
    queries: number;
    passed: number;
    change: {
      queries: number;
      wins: { sku: string }[];
      losses: { sku: string; before: number; after: number }[];
    } | null;
  }
  const day = 86_400_000;
  let clock = Date.now();
  const history = () => goldenHistoryOf(server, () => new Date(clock));
  const runs = async (from: Date): Promise<Run[]> =>
    (
      await server.data<{ insights: { goldenRuns: Run[] } }>(
        `query ($from: DateTime!) { insights { goldenRuns(from: $from) { at model occasion queries passed
           change { queries wins { sku } losses { sku before after } } } } }`,
        { from },
      )
    ).insights.goldenRuns;

  it('has one run a day, compared with the previous run, and no runs for a store without golden queries golden queries', async () => {
    clock = Date.now() - 3 * day;
    await history().runDaily(STORE);
    expect(await runs(new Date(clock - day))).toEqual([]);
    await pin({ name: 'top', expectedSkus: [ranking[0]], within: 1 });
    await history().runDaily(STORE);
    clock += day / 2;
    await history().runDaily(STORE);
    clock += day / 2;
    const bury = { name: 'Down', action: 'BURY', skus: [ranking[0]], strength: 2 };
    const { saveMerchandisingRule: saved } = await server.data<{ saveMerchandisingRule: { rule: { id: string } } }>(
      'mutation ($input: MerchandisingRuleInput!) { saveMerchandisingRule(input: $input) { rule { id } } }',
      { input: bury },
    );
    await history().runDaily(STORE);
    const [first, second, ...more] = await runs(new Date(clock - 2 * day));
    expect(more).toEqual([]);
    expect(first).toMatchObject({ occasion: 'DAILY', queries: 1, passed: 1, change: null });
    expect(first!.model).toBe(server.app.own.encoders.bundle.id);
    const loss = { sku: ranking[0], before: 1, after: ranking.length };
    expect(second).toMatchObject({ queries: 1, passed: 0, change: { queries: 1, wins: [], losses: [loss] } });
    // If the period begins later, its first run is still compared with the previous run.
    expect(await runs(new Date(clock - 1))).toMatchObject([{ passed: 0, change: { losses: [loss] } }]);
    await server.data('mutation ($id: ID!) { deleteMerchandisingRule(id: $id) { deleted } }', { id: saved.rule.id });
  });

  it('has an extra run after an import', async () => {
    await pin({ name: 'top', expectedSkus: [ranking[0]], within: 1 });
    const from = new Date();
    const id = await beginImport(server.app.database, 3);
    const state = async (): Promise<string> =>
      (
        await server.data<{ catalogImport: { state: string } }>(
          'query ($id: ID!) { catalogImport(id: $id) { state } }',
          { id },
        )
      ).catalogImport.state;
    while (['QUEUED', 'RUNNING'].includes(await state())) await sleep(50);
    expect(await state()).toBe('SUCCEEDED');
    expect(await runs(from)).toMatchObject([{ occasion: 'IMPORT', queries: 1 }]);
  });
});
