// Analyst reports as files for other tools, from the command line and a server with logged recommendations.
import { parse } from 'csv-parse/sync';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_STORE_ID } from '../../src/domain/access/store.context.js';
import { withApp } from '../support/app.js';
import { fitroom } from '../support/command.line.js';
import { drawnImage, sampleWhere } from '../support/drawn.garments.js';
import { goldenHistoryOf } from '../support/golden.history.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';

const server = withApp({ sample: false, config: { bundleDir: TINY_BUNDLE, workers: 0 } });
const TEXTS = ['=HYPERLINK("http://elsewhere")', 'a "quoted", word', '裙子,红色'];
let folder: string;
let sku: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fitroom-insights-'));
  const dress = sampleWhere(({ garmentType }) => garmentType === 'DRESS');
  sku = dress.sku;
  await server.data('mutation ($g: [GarmentInput!]!) { upsertGarments(garments: $g) { created } }', {
    g: [{ sku, title: dress.title, image: await drawnImage(dress) }],
  });
  for (const text of TEXTS) {
    const { recommendOutfit } = await server.data<{ recommendOutfit: { id: string } }>(
      'query ($text: String!) { recommendOutfit(input: { text: $text }) { id garments(first: 1) { nodes { sku } } } }',
      { text },
    );
    await server.data('mutation ($e: [FeedbackInput!]!) { recordFeedback(events: $e) { recorded } }', {
      e: [{ recommendationId: recommendOutfit.id, sku, kind: 'CLICK' }],
    });
  }
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const insights = (...args: string[]) => fitroom(['insights', ...args, '--server', server.app.url]);

it('a report is written as CSV, with column names and one line for each row', async () => {
  const { stdout, status } = await insights('engagement', '--from', '2026-01-01', '--to', '2026-01-03');
  expect(status).toBe(0);
  expect(parse(stdout, { columns: true })).toEqual([
    expect.objectContaining({ day: '2026-01-01', recommendations: '0', purchases: '0' }),
    expect.objectContaining({ day: '2026-01-02' }),
  ]);
  const ranks = await insights('ranks');
  expect(parse(ranks.stdout, { columns: true })).toEqual([
    expect.objectContaining({ rank: '1', shown: '3', clicks: '3', clickRateValue: '1' }),
  ]);
});

it('logged recommendations are written to a file as JSON lines with types and lists', async () => {
  const out = join(folder, 'answers.jsonl');
  const { status, stderr } = await insights('answers', '--format', 'jsonl', '--out', out);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const rows = (await readFile(out, 'utf8')).trim().split('\n');
  const parsed = rows.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(parsed.map(({ text }) => text).sort()).toEqual([...TEXTS].sort());
  expect(parsed[0]).toMatchObject({ hadImage: false, shownSkus: [sku], feedbackSkus: [sku], feedbackKinds: ['CLICK'] });
  expect(new Set(parsed.map((row) => Object.keys(row).join())).size).toBe(1);
});

it('CSV escapes texts that a spreadsheet would run as formulas, and keeps quotes and line ends', async () => {
  const { stdout } = await insights('answers');
  const texts = parse(stdout, { columns: true }).map((row) => (row as { text: string }).text);
  expect(texts.sort()).toEqual([`'${TEXTS[0]}`, TEXTS[1], TEXTS[2]].sort());
});

it('an invalid date is refused before a request is sent', async () => {
  const { status, stderr } = await insights('gaps', '--from', 'yesterday');
  expect(status).toBe(2);
  expect(stderr).toMatch(/--from yesterday is not a date or time/);
});

it('experiments, model releases and golden queries are written too, and a missing map is reported', async () => {
  await server.data(
    `mutation { saveExperiment(input: { name: "Varied", variants: [
       { name: "as it is" }, { name: "varied", settings: { diversity: 0.5 } }] }) { experiment { id } } }`,
  );
  const variants = parse<Record<string, string>>((await insights('experiments')).stdout, { columns: true });
  expect(variants).toHaveLength(12);
  expect(variants[0]).toMatchObject({
    experiment: 'Varied',
    variant: 'as it is',
    kind: 'VIEW',
    rate: '0',
    difference: '',
  });
  const figures = parse<Record<string, string>>((await insights('model')).stdout, { columns: true });
  expect(new Set(figures.map((row) => row['model']))).toEqual(new Set([server.app.own.encoders.bundle.id]));
  expect(Number(figures[0]!['rows'])).toBeGreaterThan(0);
  await server.data(
    `mutation ($sku: String!) { pinGoldenQuery(input: { name: "Dress", text: "dress", expectedSkus: [$sku] }) { goldenQuery { id } } }`,
    { sku },
  );
  await goldenHistoryOf(server).runDaily({ storeId: DEFAULT_STORE_ID });
  expect(parse((await insights('golden')).stdout, { columns: true })).toEqual([
    expect.objectContaining({ occasion: 'DAILY', queries: '1', passed: '1', losses: '[]' }),
  ]);
  // no process runs the job that draws the map
  expect(await insights('map')).toMatchObject({ status: 2, stderr: expect.stringContaining('map') as string });
});
