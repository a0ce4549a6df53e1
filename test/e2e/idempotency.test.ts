// Idempotency keys: calls that arrive twice have one effect.
import { ApiClient } from '../../src/cli/api.client.js';
import { DEFAULT_STORE_ID } from '../../src/domain/access/store.context.js';
import { withApp } from '../support/app.js';
import { startAppProcess } from '../support/app.process.js';
import { createServerDatabase, SERVER_URL } from '../support/database.js';
import { drawnImage, drawnPng, sampleWhere } from '../support/drawn.garments.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';

interface UpsertPayload {
  created: number;
  updated: number;
  garments: { id: string; sku: string; title: string; updatedAt: string }[];
  userErrors: { code: string }[];
}

const UPSERT = `mutation ($garments: [GarmentInput!]!, $key: String, $dryRun: Boolean) {
  upsertGarments(garments: $garments, idempotencyKey: $key, dryRun: $dryRun) {
    created updated garments { id sku title updatedAt } userErrors { field code message } warnings { field code }
  }
}`;
const STORED_KEYS = 'select key, created_at from idempotency_keys order by key';

const server = withApp({ sample: false, config: { bundleDir: TINY_BUNDLE } });
const skirt = sampleWhere(({ garmentType }) => garmentType === 'SKIRT');
const hat = sampleWhere(({ garmentType }) => garmentType === 'HAT');

const upsert = async (key: string | null, garments: object[], dryRun = false): Promise<UpsertPayload> =>
  (await server.data<{ upsertGarments: UpsertPayload }>(UPSERT, { key, garments, dryRun })).upsertGarments;
const codeOf = async (key: string, garments: object[]): Promise<string | undefined> =>
  (await server.ask(UPSERT, { key, garments })).errors?.[0]!.extensions.code;
const titleOf = async (sku: string): Promise<string | undefined> => {
  const query = 'query ($sku: String!) { garment(sku: $sku) { title } }';
  return (await server.data<{ garment: { title: string } | null }>(query, { sku })).garment?.title;
};

afterEach(async () => {
  const store = server.app.database.within({ storeId: DEFAULT_STORE_ID });
  await store.query('delete from idempotency_keys');
  await store.query('delete from garments');
});

describe('a call with an idempotency key', () => {
  it('returns the first response again, even if its garments have changed since', async () => {
    const garments = [
      { sku: 'A', title: 'First', price: { amount: '49.90', currency: 'EUR' }, image: await drawnImage(skirt) },
      { sku: 'B', title: 'Without a picture' },
    ];
    const first = await upsert('k', garments);
    expect(first).toMatchObject({ created: 1, userErrors: [{ code: 'IMAGE_REQUIRED' }] });
    await upsert(null, [{ sku: 'A', title: 'Second' }]);
    expect(await upsert('k', garments)).toEqual(first);
    expect(await titleOf('A')).toBe('Second');
  });

  it('is refused without effect if its key was used for other garments or another picture', async () => {
    const garment = { sku: 'A', title: 'First', image: await drawnImage(skirt) };
    await upsert('k', [garment]);
    expect(await codeOf('k', [{ ...garment, title: 'Second' }])).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(await codeOf('k', [{ ...garment, image: await drawnImage(hat) }])).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(await codeOf('k', [{ ...garment, color: null }])).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(await titleOf('A')).toBe('First');
  });

  it('distinguishes uploads by their bytes', async () => {
    const api = new ApiClient(server.app.url);
    const send = async (picture: Uint8Array): Promise<unknown> =>
      api.call({
        query: UPSERT,
        variables: { key: 'k', garments: [{ sku: 'A', title: 'Uploaded', image: { upload: null } }] },
        files: new Map([['variables.garments.0.image.upload', picture]]),
      });
    const first = await send(await drawnPng(skirt));
    expect(first).toMatchObject({ upsertGarments: { created: 1 } });
    expect(await send(await drawnPng(skirt))).toEqual(first);
    await expect(send(await drawnPng(hat))).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('has one effect and one response when it arrives fifty times at once', async () => {
    const garments = [{ sku: 'A', title: 'Once', image: await drawnImage(skirt) }];
    const payloads = await Promise.all(Array.from({ length: 50 }, () => upsert('k', garments)));
    expect(payloads[0]).toMatchObject({ created: 1, updated: 0 });
    for (const payload of payloads) expect(payload).toEqual(payloads[0]);
    expect(await server.app.database.query(STORED_KEYS)).toHaveLength(1);
  });

  it('succeeds once when different calls use the key at the same time, and the other calls are refused', async () => {
    const image = await drawnImage(skirt);
    const titles = Array.from({ length: 10 }, (_, i) => `Title ${i}`);
    const codes = await Promise.all(titles.map((title) => codeOf('k', [{ sku: 'A', title, image }])));
    expect(codes.filter((code) => code === undefined)).toHaveLength(1);
    expect(codes.filter((code) => code === 'IDEMPOTENCY_KEY_REUSED')).toHaveLength(9);
    expect(await titleOf('A')).toBe(titles[codes.indexOf(undefined)]);
  });

  it('does not use up its key if it stored nothing, so that the client can correct the call', async () => {
    expect(await upsert('k', [{ sku: 'A', title: 'No picture' }])).toMatchObject({
      userErrors: [{ code: 'IMAGE_REQUIRED' }],
    });
    expect(await codeOf('k', [])).toBe('TOO_MANY_GARMENTS');
    const garments = [{ sku: 'A', title: 'With one', image: await drawnImage(skirt) }];
    expect(await upsert('k', garments, true)).toMatchObject({ created: 1 });
    expect(await server.app.database.query(STORED_KEYS)).toEqual([]);
    expect(await upsert('k', garments)).toMatchObject({ created: 1 });
  });

  it('does not use up its key if storing the garments fails', async () => {
    const { pool } = server.app.database;
    await pool.query('alter table idempotency_keys add constraint refusing check (key <> $$k$$)');
    const garments = [{ sku: 'A', title: 'Rolled back', image: await drawnImage(skirt) }];
    expect(await codeOf('k', garments)).toBe('INTERNAL_SERVER_ERROR');
    expect(await titleOf('A')).toBeUndefined();
    await pool.query('alter table idempotency_keys drop constraint refusing');
    expect(await upsert('k', garments)).toMatchObject({ created: 1 });
  });

  it('is executed again after a day, when old keys are deleted', async () => {
    const garments = [{ sku: 'A', title: 'Day by day', image: await drawnImage(skirt) }];
    for (const key of ['k', 'old', 'young']) await upsert(key, garments);
    const age = (key: string, hours: number): Promise<unknown> =>
      server.app.database.query(
        'update idempotency_keys set created_at = now() - make_interval(hours => $2) where key = $1',
        [key, hours],
      );
    await Promise.all([age('k', 25), age('old', 25), age('young', 23)]);
    expect(await upsert('young', garments)).toMatchObject({ updated: 1 });
    expect(await server.app.database.query(STORED_KEYS)).toHaveLength(3);
    expect(await upsert('k', garments)).toMatchObject({ created: 0, updated: 1 });
    expect(await server.app.database.query(STORED_KEYS)).toMatchObject([{ key: 'k' }, { key: 'young' }]);
  });

  it.each([
    ['an empty key', ''],
    ['a key of 256 characters', 'x'.repeat(256)],
    ['a key with a control character', 'a\0b'],
  ])('is refused with %s', async (_, key) => {
    expect(await codeOf(key, [{ sku: 'A', title: 'T' }])).toBe('IDEMPOTENCY_KEY_INVALID');
  });
});

// The embedded database supports one process only.
(SERVER_URL ? describe : describe.skip)('a call to two processes on one database', () => {
  it('has one effect and one response', async () => {
    const { url, drop } = await createServerDatabase(SERVER_URL!);
    const apps = [await startAppProcess({ databaseUrl: url }), await startAppProcess({ databaseUrl: url })];
    try {
      const garments = [{ sku: 'A', title: 'Once', image: await drawnImage(skirt) }];
      const payloads = await Promise.all(
        Array.from({ length: 50 }, (_, i) =>
          new ApiClient(apps[i % 2]!.url).call<{ upsertGarments: UpsertPayload }>({
            query: UPSERT,
            variables: { key: 'k', garments },
          }),
        ),
      );
      expect(payloads[0]!.upsertGarments).toMatchObject({ created: 1, updated: 0 });
      for (const payload of payloads) expect(payload).toEqual(payloads[0]);
    } finally {
      await Promise.all(apps.map((app) => app.stop()));
      await drop();
    }
  }, 120_000);
});
