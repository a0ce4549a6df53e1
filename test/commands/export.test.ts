// A store that is exported, restored into an empty store, and exported again.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createReadStream, existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ApiClient } from '../../src/cli/api.client.js';
import { DEFAULT_STORE_ID } from '../../src/domain/access/store.context.js';
import { dot } from '../../src/domain/recommend/fusion.js';
import { unpacked } from '../../src/feeds/byte.stream.js';
import { entriesOf } from '../../src/feeds/tar.entries.js';
import { EmbeddingRepository } from '../../src/store/embedding.repository.js';
import { GarmentRepository } from '../../src/store/garment.repository.js';
import { withApp, type TestApp } from '../support/app.js';
import { writeCatalogFolder } from '../support/catalog.archive.js';
import { fitroom } from '../support/command.line.js';
import { drawnImage, drawnPng, sampleWhere } from '../support/drawn.garments.js';
import { encodeScene, paintScene } from '../support/picture.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';

const STORE = { storeId: DEFAULT_STORE_ID };
const GARMENTS = `{ garments(first: 100, filter: { inStockOnly: false }) { nodes {
  sku title description brand category garmentType color material gender usage tags sizes
  price { amount currency } inStock productUrl inferredFields
} } }`;
const SETTINGS = `{
  merchandisingRules { id name action skus filter { brands tags maxPrice currency } strength startsAt endsAt forTypes forWords }
  goldenQueries { id name text avoid imageSku filter { garmentTypes inStockOnly } expectedSkus within }
}`;

const source = withApp({ sample: false, config: { bundleDir: TINY_BUNDLE } });
const target = withApp({ sample: false, config: { bundleDir: TINY_BUNDLE } });
let folder: string;

const UPSERT = 'mutation ($g: [GarmentInput!]!) { upsertGarments(garments: $g) { created userErrors { code } } }';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fitroom-export-'));
  const dress = sampleWhere(({ garmentType, color }) => garmentType === 'DRESS' && color === 'Red');
  const shoes = sampleWhere(({ garmentType }) => garmentType === 'SHOES');
  const everything = {
    sku: 'A-1/ü "quoted"',
    title: '红色连衣裙 🌹 with a line\nbreak',
    description: 'Long.',
    brand: 'Acme',
    category: 'Gowns',
    garmentType: 'DRESS',
    color: 'Cherry',
    material: 'silk',
    gender: 'WOMEN',
    usage: 'Party',
    tags: ['new', 'Summer'],
    sizes: ['M', 'S'],
    price: { amount: '49.90', currency: 'EUR' },
    inStock: false,
    productUrl: 'https://shop.example/a?b=1#c',
  };
  // larger than stored pictures, so that the server has to reduce it
  const photo = { base64: (await encodeScene(paintScene(900, 1200), 'jpeg')).toString('base64') };
  const garments = [
    { ...everything, image: await drawnImage(dress) },
    { sku: 'B-2', title: 'Only a title', image: await drawnImage(shoes) },
    { sku: 'C-3', title: 'A photo', image: photo },
  ];
  const { upsertGarments } = await source.data<{ upsertGarments: object }>(UPSERT, { g: garments });
  expect(upsertGarments).toEqual({ created: 3, userErrors: [] });
  const rules = [
    { name: 'Hide', action: 'HIDE', skus: ['C-3'], startsAt: '2036-01-01T00:00:00Z', endsAt: '2036-02-01T00:00:00Z' },
    { name: 'Boost', action: 'BOOST', filter: { tags: ['new'], maxPrice: '50' }, strength: 0.35, forTypes: ['DRESS'] },
    { name: 'Pin', action: 'PIN', skus: ['B-2', 'C-3'], forWords: ['wedding', '婚礼'] },
  ];
  for (const input of rules) {
    await source.data(
      'mutation ($input: MerchandisingRuleInput!) { saveMerchandisingRule(input: $input) { rule { id } } }',
      { input },
    );
  }
  const golden = [
    {
      name: 'Words',
      text: 'red dress',
      avoid: 'black',
      expectedSkus: ['A-1/ü "quoted"'],
      filter: { inStockOnly: false },
    },
    { name: 'Picture', imageSku: 'B-2', expectedSkus: ['B-2'], within: 1, filter: { garmentTypes: ['SHOES'] } },
  ];
  for (const input of golden) {
    await source.data('mutation ($input: GoldenQueryInput!) { pinGoldenQuery(input: $input) { goldenQuery { id } } }', {
      input,
    });
  }
}, 120_000);
afterAll(() => rm(folder, { recursive: true }));

const exporting = (app: TestApp, name: string) => fitroom(['export', join(folder, name), '--server', app.app.url]);
const importing = (name: string, ...more: string[]) =>
  fitroom(['import', join(folder, name), '--server', target.app.url, ...more]);

async function filesOf(name: string): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for await (const entry of entriesOf(unpacked(createReadStream(join(folder, name)), Infinity))) {
    files.set(entry.header.name, await buffer(entry as AsyncIterable<unknown> as AsyncIterable<Buffer>));
  }
  return files;
}

async function storedPictures({ app }: TestApp): Promise<Map<string, Buffer>> {
  const rows = await app.database.query<{ sku: string; bytes: Buffer }>(
    'select g.sku, i.bytes from garments g join garment_images i on i.garment_id = g.id order by g.sku',
  );
  return new Map(rows.map(({ sku, bytes }) => [sku, Buffer.from(bytes)]));
}

async function pictureFeatures({ app }: TestApp): Promise<Float32Array[]> {
  const found = await new GarmentRepository(app.database).browse(STORE, { filter: { inStockOnly: false }, first: 10 });
  const ids = found.edges.map(({ garment }) => garment.id);
  const stored = await new EmbeddingRepository(app.database).featuresOf(STORE, app.own.encoders.bundle.id, ids);
  return ids.map((id) => stored.get(id)!.features.image!);
}

describe('fitroom export', () => {
  it('an export contains the data of the merchant without inferred values, and the stored pictures', async () => {
    const { status, stdout } = await exporting(source, 'first.tar.gz');
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: 'garments       3\npictures       3\nanswers        0\nrules          3\ngolden queries 2\n',
    });
    const files = await filesOf('first.tar.gz');
    expect([...files.keys()]).toEqual([
      'rules.jsonl',
      'golden-queries.jsonl',
      'pictures/000001.jpeg',
      'pictures/000002.jpeg',
      'pictures/000003.jpeg',
      'metadata.jsonl',
    ]);
    const rows = files
      .get('metadata.jsonl')!
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(rows[0]).toMatchObject({
      sku: 'A-1/ü "quoted"',
      color: 'Cherry',
      price: { amount: '49.90', currency: 'EUR' },
    });
    expect(rows[1]).toEqual({ sku: 'B-2', title: 'Only a title', inStock: true, image: 'pictures/000002.jpeg' });
    expect(
      [...(await storedPictures(source)).values()].map((bytes, i) =>
        files.get(`pictures/00000${i + 1}.jpeg`)!.equals(bytes),
      ),
    ).toEqual([true, true, true]);
    expect((await readdir(folder)).filter((name) => name.includes('partial'))).toEqual([]);
  });

  it('an import of the export creates an equal catalog with identical pictures, rules and golden queries', async () => {
    const dry = await importing('first.tar.gz', '--dry-run');
    expect(dry).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('rules: 3 to restore\ngolden queries: 2 to'),
    });
    expect(await target.data(SETTINGS)).toEqual({ merchandisingRules: [], goldenQueries: [] });
    const { status, stdout } = await importing('first.tar.gz');
    expect({ status, stdout }).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('rules: 3 restored\ngolden queries: 2 restored\n'),
    });
    expect(stdout).toMatch(/created +3\n/);
    expect(await target.data(GARMENTS)).toEqual(await source.data(GARMENTS));
    expect(await target.data(SETTINGS)).toEqual(await source.data(SETTINGS));
    expect(await storedPictures(target)).toEqual(await storedPictures(source));
    // the embedding is computed again, from the stored picture instead of the picture that was sent
    const [before, after] = [await pictureFeatures(source), await pictureFeatures(target)];
    for (const [i, features] of after.entries()) expect(dot(features, before[i]!)).toBeGreaterThan(0.98);
  });

  it('a second import changes nothing, and a second export has the same files', async () => {
    expect(await importing('first.tar.gz')).toMatchObject({ status: 0, stdout: expect.stringMatching(/updated +3\n/) });
    expect(await target.data(SETTINGS)).toEqual(await source.data(SETTINGS));
    expect(await exporting(target, 'second.tar')).toMatchObject({ status: 0 });
    expect(await filesOf('second.tar')).toEqual(await filesOf('first.tar.gz'));
  });

  it('an export contains logged recommendations and their feedback, which an import ignores', async () => {
    const { recommendOutfit } = await source.data<{ recommendOutfit: { id: string } }>(
      '{ recommendOutfit(input: { text: "a dress", shopper: "one" }) { id garments(first: 3) { nodes { sku } } } }',
    );
    const event = `{ recommendationId: "${recommendOutfit.id}", sku: "B-2", kind: CART }`;
    await source.data(`mutation { recordFeedback(events: [${event}]) { recorded } }`);
    expect((await exporting(source, 'answers.tar')).stdout).toMatch(/^answers +1$/m);
    const lines = (await filesOf('answers.tar')).get('answers.jsonl')!.toString().trim().split('\n');
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      {
        id: recommendOutfit.id,
        text: 'a dress',
        shownSkus: expect.arrayContaining(['B-2']),
        feedback: [{ sku: 'B-2', kind: 'CART' }],
      },
    ]);
    expect(lines[0]).not.toMatch(/one"/);
    expect(await importing('answers.tar')).toMatchObject({ status: 0 });
  });

  it('an import reports each rule that cannot be restored, restores the others, and exits with 1', async () => {
    const path = join(folder, 'folder');
    const row = { sku: 'F-1', title: 'Folder', image: 'f.png' };
    const picture = await drawnPng(sampleWhere(({ garmentType }) => garmentType === 'HAT'));
    const rules = [{ name: 'no target', action: 'HIDE' }, { name: 'fine', action: 'HIDE', skus: ['F-1'] }, '{'];
    await writeCatalogFolder(path, {
      rows: [row],
      pictures: {
        'f.png': picture,
        'rules.jsonl': Buffer.from(
          rules.map((rule) => `${typeof rule === 'string' ? rule : JSON.stringify(rule)}\n`).join(''),
        ),
      },
    });
    const { status, stdout } = await importing('folder');
    expect(status).toBe(1);
    expect(stdout).toMatch(/created +1\n/);
    expect(stdout).toContain('rules: 1 restored\n  rules.jsonl, line 1: RULE_TARGET_INVALID: skus: ');
    expect(stdout).toMatch(/ {2}rules\.jsonl, line 3: .*JSON/);
  });

  it('an export does not overwrite a file and refuses a name without .tar', async () => {
    expect(await exporting(source, 'first.tar.gz')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('already exists'),
    });
    expect(await exporting(source, 'first.zip')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('must end with .tar'),
    });
  });

  it('an export leaves no file if the server fails halfway', async () => {
    const broken = await serverWithoutPictures();
    const name = 'broken.tar';
    const { status, stderr } = await fitroom(['export', join(folder, name), '--server', broken.url]);
    broken.server.close();
    expect(status).toBe(2);
    expect(stderr).toContain('cannot be fetched from the server');
    expect(existsSync(join(folder, name))).toBe(false);
    expect((await readdir(folder)).filter((file) => file.startsWith(basename(name)))).toEqual([]);
  }, 60_000);
});

it('an export leaves out garments deleted meanwhile and contains the new picture of replaced garments', async () => {
  const red = await drawnPng(sampleWhere(({ garmentType }) => garmentType === 'SKIRT'));
  const changing = await serverWhoseCatalogChanges(red);
  const { status, stdout } = await fitroom(['export', join(folder, 'changing.tar'), '--server', changing.url]);
  changing.server.close();
  expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringMatching(/garments +1\npictures +1\n/) });
  const files = await filesOf('changing.tar');
  expect(files.get('pictures/000001.png')!.equals(red)).toBe(true);
  expect(files.get('metadata.jsonl')!.toString()).toBe(
    '{"sku":"replaced","title":"After","image":"pictures/000001.png"}\n',
  );
});

/** Starts a server that forwards operations to the source and returns no picture. */
function serverWithoutPictures(): Promise<{ server: Server; url: string }> {
  return listening((path, body) =>
    path === '/graphql'
      ? new ApiClient(source.app.url).call(body).then((data) => ({ json: { data } }))
      : Promise.resolve({ status: 500 }),
  );
}

/** Starts a server whose page has two garments whose pictures are deleted before they are downloaded. */
function serverWhoseCatalogChanges(picture: Buffer): Promise<{ server: Server; url: string }> {
  const node = (sku: string, title: string, file: string): object => ({
    sku,
    title,
    inferredFields: [],
    imageUrl: `http://elsewhere.example/images/${file}`,
  });
  const reply = (path: string, { query, variables }: Operation): Reply => {
    if (path === '/images/new.webp') return { bytes: picture };
    if (path !== '/graphql') return { status: 404 };
    if (query.includes('all:')) return { json: { data: { all: [] } } };
    // response for a merchant key, which may not read logged recommendations
    if (query.includes('insights'))
      return { json: { errors: [{ message: 'no', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] } };
    if (query.includes('garment(sku')) {
      const garment = variables?.['sku'] === 'replaced' ? node('replaced', 'After', 'new.webp') : null;
      return { json: { data: { garment } } };
    }
    const nodes = [node('deleted', 'Gone', 'old.webp'), node('replaced', 'Before', 'old.webp')];
    return {
      json: { data: { garments: { totalCount: 2, nodes, pageInfo: { hasNextPage: false, endCursor: null } } } },
    };
  };
  return listening((path, operation) => Promise.resolve(reply(path, operation)));
}

interface Operation {
  query: string;
  variables?: Record<string, unknown>;
}

interface Reply {
  status?: number;
  json?: object;
  bytes?: Buffer;
}

async function listening(
  reply: (path: string, operation: Operation) => Promise<Reply>,
): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    void buffer(request).then(async (body) => {
      const {
        status = 200,
        json,
        bytes,
      } = await reply(
        request.url!,
        body.length > 0 ? (JSON.parse(body.toString()) as { query: string }) : { query: '' },
      );
      response.writeHead(status).end(json ? JSON.stringify(json) : bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
