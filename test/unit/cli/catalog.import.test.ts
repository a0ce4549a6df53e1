import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient, ServerUnreachable } from '../../../src/cli/api.client.js';
import { importCatalog } from '../../../src/cli/import/catalog.import.js';
import type { CatalogSource } from '../../../src/cli/import/catalog.source.js';
import { ImportTally, type ImportCount } from '../../../src/cli/import/import.tally.js';
import { summaryOf } from '../../../src/cli/import/import.screen.js';
import { refused, startUpsertServer, stored, type UpsertServer } from '../../support/upsert.server.js';

let server: UpsertServer;
afterEach(() => server?.close());

function sourceOf(count: number, pictureBytes = 4): CatalogSource & { taken: number } {
  const source = {
    total: count,
    taken: 0,
    async *items() {
      for (let row = 1; row <= count; row++) {
        source.taken = await Promise.resolve(row);
        const picture = Buffer.alloc(pictureBytes, `${row}.`);
        yield { row, garment: { sku: `s${row}`, title: `Garment ${row}` }, image: `${row}.jpg`, picture };
      }
    },
  };
  return source;
}

async function run(source: CatalogSource, more: { concurrency?: number; dryRun?: boolean; signal?: AbortSignal } = {}) {
  const tally = new ImportTally();
  await importCatalog(new ApiClient(server.address), source, {
    concurrency: 3,
    dryRun: false,
    signal: new AbortController().signal,
    onOutcome: (outcome) => tally.add(outcome),
    ...more,
  });
  return tally.count();
}

describe('an import', () => {
  it('an import sends every row once with its picture, at most 100 in a call, and the header against CSRF', async () => {
    server = await startUpsertServer((call) => stored(call));
    const count = await run(sourceOf(250));
    expect(count).toMatchObject({ created: 250, updated: 0, failed: 0 });
    expect(server.calls.map(({ skus }) => skus.length).sort((a, b) => a - b)).toEqual([50, 100, 100]);
    const all = server.calls.flatMap(({ skus }) => skus);
    expect(new Set(all).size).toBe(250);
    expect(server.calls.flatMap(({ pictures }) => Object.entries(pictures))).toHaveLength(250);
    expect(Object.assign({}, ...server.calls.map(({ pictures }) => pictures))).toMatchObject({
      s1: '1.1.',
      s250: '250.',
    });
    expect(server.calls.every(({ headers }) => headers['apollo-require-preflight'] === 'true')).toBe(true);
  });

  it('an import runs exactly the requested number of parallel calls', async () => {
    server = await startUpsertServer(async (call) => {
      await sleep(20);
      return stored(call);
    });
    await run(sourceOf(800), { concurrency: 2 });
    expect(server.mostAtOnce).toBe(2);
  });

  it('an import does not read ahead, so that a large catalog does not fill the memory', async () => {
    const source = sourceOf(2_000);
    let takenAtFirstCall = 0;
    server = await startUpsertServer(async (call, number) => {
      if (number === 0) {
        await sleep(100);
        takenAtFirstCall = source.taken;
        return refused('INTERNAL_SERVER_ERROR');
      }
      await new Promise((resolve) => setTimeout(resolve, number < 3 ? 200 : 0));
      return stored(call);
    });
    await run(source, { concurrency: 2 });
    expect(takenAtFirstCall).toBeLessThanOrEqual(301);
  });

  it('an import ends a batch at 8 MB of pictures', async () => {
    server = await startUpsertServer((call) => stored(call));
    await run(sourceOf(5, 3 * 1024 * 1024));
    expect(server.calls.map(({ skus }) => skus.length).sort()).toEqual([1, 2, 2]);
  });

  it('an import maps the errors and warnings of the response to row and SKU', async () => {
    server = await startUpsertServer((call) =>
      stored(call, {
        created: 1,
        updated: 1,
        userErrors: [
          { field: ['garments', '1', 'image', 'upload'], code: 'IMAGE_UNREADABLE', message: 'No whole picture.' },
          { field: ['garments', '1', 'title'], code: 'TITLE_INVALID', message: 'Too long.' },
        ],
        warnings: [{ field: ['garments', '2', 'image'], code: 'NEAR_DUPLICATE', message: 'Like s1.' }],
      }),
    );
    const count = await run(sourceOf(3));
    expect(count).toMatchObject({
      created: 1,
      updated: 1,
      failed: 1,
      failuresByCode: { IMAGE_UNREADABLE: 1, TITLE_INVALID: 1 },
      warningsByCode: { NEAR_DUPLICATE: 1 },
      firstWarnings: [{ row: 3, sku: 's3', code: 'NEAR_DUPLICATE', message: 'image: Like s1.' }],
    });
    expect(count.firstFailures[0]).toEqual({
      row: 2,
      sku: 's2',
      code: 'IMAGE_UNREADABLE',
      message: 'image.upload: No whole picture.',
    });
  });

  it('an import finds the single row for which the server refuses a whole call, and stores all others', async () => {
    server = await startUpsertServer((call) =>
      call.skus.includes('s37') ? refused('QUERY_TOO_COMPLEX', 'too much') : stored(call),
    );
    const count = await run(sourceOf(100));
    expect(count).toMatchObject({ created: 99, failed: 1 });
    expect(count.firstFailures).toEqual([{ row: 37, sku: 's37', code: 'QUERY_TOO_COMPLEX', message: 'too much' }]);
  });

  it('an import waits for an unavailable server, without losing or repeating a row', async () => {
    server = await startUpsertServer((call, number) => {
      if (number === 0)
        return {
          status: 503,
          body: { errors: [{ message: 'starting', extensions: { code: 'SERVICE_UNAVAILABLE' } }] },
        };
      return number === 1 ? 'hang up' : stored(call);
    });
    expect(await run(sourceOf(10))).toMatchObject({ created: 10, failed: 0 });
    expect(server.calls).toHaveLength(3);
  });

  it('an import passes the dry run option to the server', async () => {
    server = await startUpsertServer((call) => stored(call));
    await run(sourceOf(1), { dryRun: true });
    expect(server.calls[0]!.dryRun).toBe(true);
  });

  it('an interrupted import sends no further batch and counts the batches already sent', async () => {
    const stop = new AbortController();
    server = await startUpsertServer(async (call) => {
      stop.abort();
      await sleep(50);
      return stored(call);
    });
    const count = await run(sourceOf(2_000), { concurrency: 2, signal: stop.signal });
    expect(count.created).toBe(server.calls.length * 100);
    expect(server.calls.length).toBeLessThanOrEqual(3);
  });
});

describe('a URL without a fitroom server', () => {
  const call = { query: '{ model { id } }' };

  it('the error names the URL and the remedy if no server listens', async () => {
    server = await startUpsertServer((received) => stored(received));
    await server.close();
    const client = new ApiClient(server.address);
    await expect(client.call(call)).rejects.toThrow(ServerUnreachable);
    await expect(client.call(call)).rejects.toThrow(
      /No server answers at http:\/\/127\.0\.0\.1:\d+ \(ECONNREFUSED\)[^]*npm start/,
    );
  });

  it('the error says that another kind of server responds', async () => {
    server = await startUpsertServer(() => ({ status: 404, body: '<html>not here</html>' }));
    await expect(new ApiClient(server.address).call(call)).rejects.toThrow(
      /like a fitroom server \(HTTP 404, not JSON\)/,
    );
  });

  it.each(['127.0.0.1:4000', 'ftp://127.0.0.1', 'http://'])('%s is refused as a server URL', (address) => {
    expect(() => new ApiClient(address)).toThrow(/is not an http or https URL/);
  });

  it.each([
    ['http://shop.example', 'http://shop.example/graphql'],
    ['http://shop.example/graphql/', 'http://shop.example/graphql'],
    ['https://shop.example/try-on/', 'https://shop.example/try-on/graphql'],
  ])('%s leads to the endpoint %s', (address, endpoint) => {
    expect(new ApiClient(address).endpoint.href).toBe(endpoint);
  });
});

describe('the summary', () => {
  it('the summary lists failures in the order of their rows, whichever call ended first', () => {
    const tally = new ImportTally();
    const failing = (row: number) => ({ row, sku: `s${row}`, code: 'TITLE_INVALID', message: 'Too long.' });
    tally.add({ created: 0, updated: 0, failures: [failing(603), failing(604)], warnings: [] });
    tally.add({ created: 0, updated: 0, failures: [failing(2)], warnings: [] });
    expect(tally.count().firstFailures.map(({ row }) => row)).toEqual([2, 603, 604]);
  });

  const count: ImportCount = {
    created: 1_999,
    updated: 1,
    failed: 40,
    failuresByCode: { IMAGE_UNREADABLE: 39, TITLE_INVALID: 1 },
    warningsByCode: { NEAR_DUPLICATE: 3 },
    firstFailures: [{ row: 2, sku: null, code: 'ARGUMENT_INVALID', message: 'broken' }],
    firstWarnings: [],
    golden: [
      {
        queries: 3,
        wins: [],
        losses: [{ queryId: 'q', name: 'red dresses', sku: 'A', before: 2, after: null }],
      },
    ],
    seconds: 40.8,
  };

  it('the summary has the stored and failed garments, the reasons and the speed', () => {
    const summary = summaryOf(count, false);
    expect(summary).toMatch(/created +1,999\n/);
    expect(summary).toMatch(/updated +1\n/);
    expect(summary).toMatch(/failed +40 \(IMAGE_UNREADABLE 39, TITLE_INVALID 1\)\n/);
    expect(summary).toMatch(/warnings +3 \(NEAR_DUPLICATE 3\)\n/);
    expect(summary).toContain('40.8 s · 50.0 garments/s');
    expect(summary).toContain('golden queries: 3, won 0, lost 1\n  lost red dresses: A from 2 to unranked\n');
    expect(summary).toContain('row 2, sku unknown: ARGUMENT_INVALID: broken');
  });

  it('the summary of a dry run says that nothing was stored', () => {
    expect(summaryOf(count, true)).toMatch(/nothing was stored[^]*would be created +1,999/);
  });
});
