// Traces as a collector gets them: what they tell of a request and of a job, and what they never say.
import { readConfig } from '../../src/config.js';
import { sampleCatalog } from '../../tools/garment-drawing/sample.catalog.js';
import { createLogger } from '../../src/observability/logger.js';
import { startTelemetry } from '../../src/observability/telemetry.js';
import { withApp } from '../support/app.js';
import { drawnImage } from '../support/drawn.garments.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';
import { startTraceCollector, type CollectedSpan, type TraceCollector } from '../support/trace.collector.js';

const ADMIN_KEY = 'the-deployments-own-secret';
const WORDS = 'crimson evening gown for aunt Philippa';
const UNWANTED = 'sequins of any sort';
const SHOPPER = 'shopper-8812-by-name';
const PARENT = { trace: '0af7651916cd43dd8448eb211c80319c', span: 'b7ad6b7169203331' };
const ASK = `query AskForGarments($input: RecommendOutfitInput!) {
  recommendOutfit(input: $input) { id garments(first: 3) { nodes { sku } } }
}`;

let collector: TraceCollector;
let end: () => Promise<void>;
const lines: string[] = [];
beforeAll(async () => {
  collector = await startTraceCollector();
  const { tracesUrl } = readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/` });
  end = await startTelemetry({ tracesUrl }, createLogger('silent'));
});
const server = withApp({
  sample: false,
  config: { bundleDir: TINY_BUNDLE, adminKey: ADMIN_KEY },
  logger: createLogger('info', { write: (line: string) => void lines.push(line) }),
});
afterAll(() => collector.close());

/** Sends with headers of its own. */
async function send(query: string, variables: object, headers: Record<string, string> = {}) {
  const response = await fetch(`${server.app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${ADMIN_KEY}`, ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as { data: object | null; errors?: { extensions: Record<string, unknown> }[] };
}

const attribute = (span: CollectedSpan, key: string): unknown =>
  Object.values(span.attributes.find((one) => one.key === key)?.value ?? {})[0];

let picture: string;
let storeKey: string;
let answerId: string;
let failedWith: Record<string, unknown>;
beforeAll(async () => {
  const one = sampleCatalog()[0]!;
  picture = (await drawnImage(one)).base64;
  const garments = [{ sku: 'SECRET-SKU-1', title: 'A title that stays here', image: { base64: picture } }];
  await send('mutation ($g: [GarmentInput!]!) { upsertGarments(garments: $g) { created } }', { g: garments });
  const made = await send('mutation { createApiKey(role: ANALYST, name: "n") { key } }', {});
  storeKey = (made.data as { createApiKey: { key: string } }).createApiKey.key;
  const input = { text: WORDS, avoid: UNWANTED, shopper: SHOPPER, image: { base64: picture } };
  const answered = await send(ASK, { input }, { traceparent: `00-${PARENT.trace}-${PARENT.span}-01` });
  answerId = (answered.data as { recommendOutfit: { id: string } }).recommendOutfit.id;
  // a client that brings a key where none belongs
  await send(`query ${storeKey.replace(/-/g, '_')} { model { id } }`, {}, { 'x-request-id': storeKey });
  const refused = await send(ASK, { input: { text: WORDS, diversity: 7 } });
  failedWith = refused.errors![0]!.extensions;
  const upload = new FormData();
  const begin = 'mutation ($f: Upload!) { importCatalog(input: { upload: $f }) { catalogImport { id } } }';
  upload.append('operations', JSON.stringify({ query: begin, variables: { f: null } }));
  upload.append('map', '{"0":["variables.f"]}');
  upload.append('0', new Blob([JSON.stringify({ sku: 'SECRET-SKU-2', title: 'Another title' })]), 'a.jsonl');
  const headers = { authorization: `Bearer ${ADMIN_KEY}`, 'x-apollo-operation-name': 'import' };
  await fetch(`${server.app.url}/graphql`, { method: 'POST', headers, body: upload });
  await collector.until('job import-read');
  await end();
}, 60_000);

it('a request is one trace, continued from its caller’s, with a span for each stage within the recommendation', () => {
  const spans = collector.spans().filter(({ traceId }) => traceId === PARENT.trace);
  const byName = new Map(spans.map((span) => [span.name, span]));
  const root = byName.get('POST /graphql')!;
  expect(root).toMatchObject({ parentSpanId: PARENT.span, kind: 2 });
  expect(attribute(root, 'graphql.operation.name')).toBe('AskForGarments');
  expect(attribute(root, 'fitroom.store')).toBe('default');
  const recommend = byName.get('recommend')!;
  expect(recommend.parentSpanId).toBe(root.spanId);
  for (const stage of ['encode', 'understand', 'search', 'rank'])
    expect([stage, byName.get(stage)?.parentSpanId]).toEqual([stage, recommend.spanId]);
  expect(byName.get('page')?.parentSpanId).toBe(root.spanId);
  const within = new Map(spans.map((span) => [span.spanId, span]));
  const statements = spans.filter(({ name }) => name.startsWith('database '));
  expect(statements.length).toBeGreaterThan(2);
  for (const statement of statements) expect(within.has(statement.parentSpanId!)).toBe(true);
  expect(statements.map((span) => attribute(span, 'db.query.text')).join()).toMatch(/garment_embeddings[^]*\$1/);
});

it('a job is a trace of its own, and an idle process makes none', () => {
  const jobs = collector.spans().filter(({ name }) => name === 'job import-read');
  expect(jobs).toHaveLength(1);
  expect(jobs[0]!.parentSpanId ?? '').toBe('');
  const roots = new Set(
    collector
      .spans()
      .filter(({ parentSpanId }) => !parentSpanId)
      .map(({ name }) => name.split(' ')[0]),
  );
  expect([...roots].sort()).toEqual(['POST', 'job']);
});

it('a failure says its code, and leads from its answer and its line of the log to its trace', () => {
  const failed = collector.spans().find(({ name, status }) => name === 'recommend' && status.code === 2)!;
  expect(attribute(failed, 'error.type')).toBe('DIVERSITY_INVALID');
  expect(failed.status.message ?? '').toBe('');
  expect(failedWith).toMatchObject({ code: 'DIVERSITY_INVALID', traceId: failed.traceId });
  const line = lines.find((one) => one.includes('DIVERSITY_INVALID'))!;
  expect(JSON.parse(line)).toMatchObject({ msg: 'request', errors: ['DIVERSITY_INVALID'] });
});

it('says nothing of what was asked, stored or brought along: words, pictures, shoppers, skus, keys', () => {
  const text = collector.text();
  expect(collector.spans().length).toBeGreaterThan(30);
  expect(text).toContain('a key');
  for (const secret of [WORDS, 'Philippa', UNWANTED, 'sequins', SHOPPER, 'SECRET-SKU', 'A title that', 'Another title'])
    expect([secret, text.includes(secret)]).toEqual([secret, false]);
  for (const key of [ADMIN_KEY, storeKey, storeKey.slice(-20)]) expect(text.includes(key)).toBe(false);
  for (let at = 0; at < picture.length - 40; at += 997) expect(text.includes(picture.slice(at, at + 40))).toBe(false);
});

it('no more do lines of the log and metrics, and the answers that are kept have words, but no picture, key or raw shopper', async () => {
  await server.ask(
    'mutation ($events: [FeedbackInput!]!) { recordFeedback(events: $events) { recorded } }',
    { events: [{ recommendationId: answerId, sku: 'SECRET-SKU-1', kind: 'CART', shopper: SHOPPER }] },
    { key: ADMIN_KEY },
  );
  const metrics = await fetch(`${server.app.url}/metrics`, { headers: { authorization: `Bearer ${ADMIN_KEY}` } });
  const metricsText = await metrics.text();
  expect(metricsText).toContain('fitroom_');
  const tables = await server.app.database.query<{ name: string }>(
    "select table_schema || '.' || table_name as name from information_schema.tables where table_type = 'BASE TABLE' and table_schema in (current_schema(), 'pgboss')",
  );
  const kept: Record<string, string> = {};
  for (const { name } of tables) {
    const rows = await server.app.database.query<{ row: string }>(`select row_to_json(t)::text as row from ${name} t`);
    kept[name] = rows.map(({ row }) => row).join('\n');
  }
  const log = Object.entries(kept).find(([name]) => name.endsWith('.recommendations'))![1];
  expect(log).toContain(WORDS);
  expect(Object.entries(kept).find(([name]) => name.endsWith('.feedback'))![1]).toContain('CART');
  const everywhere = { lines: lines.join('\n'), metrics: metricsText, ...kept };
  for (const [where, text] of Object.entries(everywhere)) {
    for (const secret of [SHOPPER, ADMIN_KEY, storeKey])
      expect([where, secret, text.includes(secret)]).toEqual([where, secret, false]);
  }
  for (const text of [everywhere.lines, metricsText]) expect(text).not.toMatch(/Philippa|sequins/);
  const hex = Buffer.from(picture, 'base64').toString('hex');
  // what garments are stored with is the merchant's own
  const ofShoppers = Object.entries(everywhere).filter(([where]) => !/garment_images|import_files/.test(where));
  expect(ofShoppers.length).toBeGreaterThan(10);
  for (const [where, text] of ofShoppers) {
    for (let at = 0; at < picture.length - 40; at += 997)
      expect([where, text.includes(picture.slice(at, at + 40))]).toEqual([where, false]);
    for (let at = 0; at < hex.length - 60; at += 1499)
      expect([where, text.includes(hex.slice(at, at + 60))]).toEqual([where, false]);
  }
});
