// Traces as a collector receives them, and the values that they must not contain.
import { readConfig } from '../../src/config.js';
import { sampleCatalog } from '../../tools/garment-drawing/sample.catalog.js';
import { createLogger } from '../../src/observability/logger.js';
import { startTelemetry } from '../../src/observability/telemetry.js';
import { withApp } from '../support/app.js';
import { drawnImage } from '../support/drawn.garments.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';
import { startTraceCollector, type CollectedSpan, type TraceCollector } from '../support/trace.collector.js';

const ADMIN_KEY = 'the-deployments-own-secret';
const TEXT = 'crimson evening gown for aunt Philippa';
const AVOID = 'sequins of any sort';
const SHOPPER = 'shopper-8812-by-name';
const PARENT = { trace: '0af7651916cd43dd8448eb211c80319c', span: 'b7ad6b7169203331' };
const RECOMMEND = `query AskForGarments($input: RecommendOutfitInput!) {
  recommendOutfit(input: $input) { id garments(first: 3) { nodes { sku } } }
}`;

let collector: TraceCollector;
let stopTelemetry: () => Promise<void>;
const lines: string[] = [];
beforeAll(async () => {
  collector = await startTraceCollector();
  const { tracesUrl } = readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/` });
  stopTelemetry = await startTelemetry({ tracesUrl }, createLogger('silent'));
});
const server = withApp({
  sample: false,
  config: { bundleDir: TINY_BUNDLE, adminKey: ADMIN_KEY },
  logger: createLogger('info', { write: (line: string) => void lines.push(line) }),
});
afterAll(() => collector.close());

/** Sends an operation with extra headers. */
async function send(query: string, variables: object, headers: Record<string, string> = {}) {
  const response = await fetch(`${server.app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${ADMIN_KEY}`, ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as { data: object | null; errors?: { extensions: Record<string, unknown> }[] };
}

const attribute = (span: CollectedSpan, key: string): unknown =>
  Object.values(span.attributes.find((entry) => entry.key === key)?.value ?? {})[0];

let picture: string;
let storeKey: string;
let recommendationId: string;
let failureExtensions: Record<string, unknown>;
beforeAll(async () => {
  const garment = sampleCatalog()[0]!;
  picture = (await drawnImage(garment)).base64;
  const garments = [{ sku: 'SECRET-SKU-1', title: 'A title that stays here', image: { base64: picture } }];
  await send('mutation ($g: [GarmentInput!]!) { upsertGarments(garments: $g) { created } }', { g: garments });
  const created = await send('mutation { createApiKey(role: ANALYST, name: "n") { key } }', {});
  storeKey = (created.data as { createApiKey: { key: string } }).createApiKey.key;
  const input = { text: TEXT, avoid: AVOID, shopper: SHOPPER, image: { base64: picture } };
  const response = await send(RECOMMEND, { input }, { traceparent: `00-${PARENT.trace}-${PARENT.span}-01` });
  recommendationId = (response.data as { recommendOutfit: { id: string } }).recommendOutfit.id;
  // A client may send a key where it does not belong.
  await send(`query ${storeKey.replace(/-/g, '_')} { model { id } }`, {}, { 'x-request-id': storeKey });
  const failed = await send(RECOMMEND, { input: { text: TEXT, diversity: 7 } });
  failureExtensions = failed.errors![0]!.extensions;
  const upload = new FormData();
  const startImport = 'mutation ($f: Upload!) { importCatalog(input: { upload: $f }) { catalogImport { id } } }';
  upload.append('operations', JSON.stringify({ query: startImport, variables: { f: null } }));
  upload.append('map', '{"0":["variables.f"]}');
  upload.append('0', new Blob([JSON.stringify({ sku: 'SECRET-SKU-2', title: 'Another title' })]), 'a.jsonl');
  const headers = { authorization: `Bearer ${ADMIN_KEY}`, 'x-apollo-operation-name': 'import' };
  await fetch(`${server.app.url}/graphql`, { method: 'POST', headers, body: upload });
  await collector.until('job import-read');
  await stopTelemetry();
}, 60_000);

it("a request is one trace that continues its caller's trace, with a span for each stage of the recommendation", () => {
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
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const statements = spans.filter(({ name }) => name.startsWith('database '));
  expect(statements.length).toBeGreaterThan(2);
  for (const statement of statements) expect(byId.has(statement.parentSpanId!)).toBe(true);
  expect(statements.map((span) => attribute(span, 'db.query.text')).join()).toMatch(/garment_embeddings[^]*\$1/);
});

it('a job is a trace of its own, and an idle process sends no trace', () => {
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

it('a failure has its code, and its response and log line lead to its trace', () => {
  const failedSpan = collector.spans().find(({ name, status }) => name === 'recommend' && status.code === 2)!;
  expect(attribute(failedSpan, 'error.type')).toBe('DIVERSITY_INVALID');
  expect(failedSpan.status.message ?? '').toBe('');
  expect(failureExtensions).toMatchObject({ code: 'DIVERSITY_INVALID', traceId: failedSpan.traceId });
  const line = lines.find((candidate) => candidate.includes('DIVERSITY_INVALID'))!;
  expect(JSON.parse(line)).toMatchObject({ msg: 'request', errors: ['DIVERSITY_INVALID'] });
});

it('a trace contains no text, picture, shopper, SKU or key', () => {
  const text = collector.text();
  expect(collector.spans().length).toBeGreaterThan(30);
  expect(text).toContain('a key');
  for (const secret of [TEXT, 'Philippa', AVOID, 'sequins', SHOPPER, 'SECRET-SKU', 'A title that', 'Another title'])
    expect([secret, text.includes(secret)]).toEqual([secret, false]);
  for (const key of [ADMIN_KEY, storeKey, storeKey.slice(-20)]) expect(text.includes(key)).toBe(false);
  for (let at = 0; at < picture.length - 40; at += 997) expect(text.includes(picture.slice(at, at + 40))).toBe(false);
});

it('log lines and metrics contain no such value, and the recommendation log has the text but no picture, key or plain shopper id', async () => {
  await server.ask(
    'mutation ($events: [FeedbackInput!]!) { recordFeedback(events: $events) { recorded } }',
    { events: [{ recommendationId, sku: 'SECRET-SKU-1', kind: 'CART', shopper: SHOPPER }] },
    { key: ADMIN_KEY },
  );
  const metrics = await fetch(`${server.app.url}/metrics`, { headers: { authorization: `Bearer ${ADMIN_KEY}` } });
  const metricsText = await metrics.text();
  expect(metricsText).toContain('fitroom_');
  const tables = await server.app.database.query<{ name: string }>(
    "select table_schema || '.' || table_name as name from information_schema.tables where table_type = 'BASE TABLE' and table_schema in (current_schema(), 'pgboss')",
  );
  const tableRows: Record<string, string> = {};
  for (const { name } of tables) {
    const rows = await server.app.database.query<{ row: string }>(`select row_to_json(t)::text as row from ${name} t`);
    tableRows[name] = rows.map(({ row }) => row).join('\n');
  }
  const recommendations = Object.entries(tableRows).find(([name]) => name.endsWith('.recommendations'))![1];
  expect(recommendations).toContain(TEXT);
  expect(Object.entries(tableRows).find(([name]) => name.endsWith('.feedback'))![1]).toContain('CART');
  const texts = { lines: lines.join('\n'), metrics: metricsText, ...tableRows };
  for (const [where, text] of Object.entries(texts)) {
    for (const secret of [SHOPPER, ADMIN_KEY, storeKey])
      expect([where, secret, text.includes(secret)]).toEqual([where, secret, false]);
  }
  for (const text of [texts.lines, metricsText]) expect(text).not.toMatch(/Philippa|sequins/);
  const hex = Buffer.from(picture, 'base64').toString('hex');
  // Stored garments contain the merchant's own picture, so their tables are skipped.
  const shopperTexts = Object.entries(texts).filter(([where]) => !/garment_images|import_files/.test(where));
  expect(shopperTexts.length).toBeGreaterThan(10);
  for (const [where, text] of shopperTexts) {
    for (let at = 0; at < picture.length - 40; at += 997)
      expect([where, text.includes(picture.slice(at, at + 40))]).toEqual([where, false]);
    for (let at = 0; at < hex.length - 60; at += 1499)
      expect([where, text.includes(hex.slice(at, at + 60))]).toEqual([where, false]);
  }
});
