// `fitroom keys` and `fitroom stores` against a guarded server: what is printed where, and the exit status.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiClient } from '../../src/cli/api.client.js';
import { sampleCatalog } from '../../tools/garment-drawing/sample.catalog.js';
import { drawnPng } from '../support/drawn.garments.js';
import { startAppProcess, type AppProcess } from '../support/app.process.js';
import { writeCatalogFolder } from '../support/catalog.archive.js';
import { fitroom, type CommandResult } from '../support/command.line.js';

const ADMIN_KEY = 'the-deployments-own-key';
let app: AppProcess;
beforeAll(async () => {
  app = await startAppProcess({ adminKey: ADMIN_KEY });
}, 60_000);
afterAll(() => app?.stop());

const run = (args: string[], key = ADMIN_KEY): Promise<CommandResult> =>
  fitroom([...args, '--server', app.url], { FITROOM_KEY: key });

it('makes a store and its keys, lists and revokes them', async () => {
  expect(await run(['stores', 'create', 'autumn', 'Autumn & Co.'])).toEqual({
    status: 0,
    stdout: 'The store autumn is there. It has no keys yet.\n',
    stderr: '',
  });
  expect((await run(['stores', 'list'])).stdout).toMatch(
    /^ID +MADE +NAME\nautumn +\d{4}-\d\d-\d\d +Autumn & Co\.\ndefault /,
  );

  const admin = await run(['keys', 'create', 'admin', 'their own', '--store', 'autumn']);
  // the key alone goes where a script catches it
  expect(admin).toMatchObject({ status: 0, stdout: expect.stringMatching(/^fr_admin_[\w-]{43}\n$/) });
  expect(admin.stderr).toMatch(/^Key [0-9a-f-]{36}\./);
  const adminKey = admin.stdout.trim();

  const merchant = await run(['keys', 'create', 'merchant', 'nightly feed'], adminKey);
  const id = /[0-9a-f-]{36}/.exec(merchant.stderr)![0];
  const listed = await run(['keys', 'list'], adminKey);
  expect(listed.stdout.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
    ['ID', 'ROLE', 'MADE', 'LAST USED', 'STATE', 'NAME'],
    [id, 'merchant', expect.any(String), 'never', 'good', 'nightly feed'],
    [expect.any(String), 'admin', expect.any(String), expect.stringMatching(/^\d{4}-/), 'good', 'their own'],
    [''],
  ]);
  expect(listed.stdout).not.toContain('fr_');

  expect(await run(['keys', 'revoke', id], adminKey)).toMatchObject({ status: 0, stderr: '' });
  expect((await run(['keys', 'list'], adminKey)).stdout).toMatch(
    new RegExp(`${id} +merchant .* revoked \\d{4}-\\d\\d-\\d\\d +nightly feed`),
  );
}, 120_000);

it('deletes a store where that is really meant', async () => {
  await run(['stores', 'create', 'short-lived', 'Pop-up']);
  expect(await run(['stores', 'delete', 'short-lived'])).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining('--yes'),
  });
  expect(await run(['stores', 'delete', 'short-lived', '--yes'])).toEqual({
    status: 0,
    stdout: 'Nothing is left of the store short-lived.\n',
    stderr: '',
  });
  expect((await run(['stores', 'list'])).stdout).not.toContain('short-lived');
  expect(await run(['stores', 'delete', 'default', '--yes'])).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('STORE_IS_DEFAULT'),
  });
}, 60_000);

it('ends with 1 where the server took the call and refused what was in it', async () => {
  expect(await run(['keys', 'revoke', 'none'])).toEqual({
    status: 1,
    stdout: '',
    stderr: 'The store has no key of this id. (API_KEY_NOT_FOUND)\n',
  });
  expect(await run(['stores', 'create', 'default', 'Again'])).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('STORE_EXISTS'),
  });
}, 60_000);

it('ends with 2 without a key that is good, with one that may not, and for a role that is none', async () => {
  expect(await run(['keys', 'list'], '')).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining('no key that is good'),
  });
  const storefront = (await run(['keys', 'create', 'storefront', 'shop'])).stdout.trim();
  expect(await run(['keys', 'list'], storefront)).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('may not ask for'),
  });
  expect(await run(['keys', 'create', 'emperor', 'x'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('emperor'),
  });
  expect(await run(['keys', 'list', '--store', 'nowhere'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('no store'),
  });
}, 120_000);

it('an import goes into the store of the key that it brings', async () => {
  const key = (await run(['keys', 'create', 'merchant', 'feed', '--store', 'autumn'])).stdout.trim();
  const folder = await mkdtemp(join(tmpdir(), 'fitroom-keys-'));
  try {
    const picture = await drawnPng(sampleCatalog()[0]!);
    await writeCatalogFolder(folder, {
      rows: [{ id: 'A1', title: 'Red dress', image: '1.png' }],
      pictures: { '1.png': picture },
    });
    expect(await run(['import', folder, '--key', key], 'not this one')).toMatchObject({ status: 0 });
    const garmentIn = async (store: string) => {
      const api = new ApiClient(app.url, { key: ADMIN_KEY, store });
      return (await api.call<{ garment: unknown }>({ query: '{ garment(sku: "A1") { sku } }' })).garment;
    };
    expect(await Promise.all(['autumn', 'default'].map(garmentIn))).toEqual([{ sku: 'A1' }, null]);
    expect(await run(['import', folder, '--key', key, '--store', 'default'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('another store'),
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}, 60_000);
