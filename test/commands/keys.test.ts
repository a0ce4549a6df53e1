// `fitroom keys` and `fitroom stores` against a server with authentication: output and exit status.
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

it('the commands create a store and its keys, list them and revoke them', async () => {
  expect(await run(['stores', 'create', 'autumn', 'Autumn & Co.'])).toEqual({
    status: 0,
    stdout: 'Created the store autumn. It has no keys yet.\n',
    stderr: '',
  });
  expect((await run(['stores', 'list'])).stdout).toMatch(
    /^ID +CREATED +NAME\nautumn +\d{4}-\d\d-\d\d +Autumn & Co\.\ndefault /,
  );

  const admin = await run(['keys', 'create', 'admin', 'their own', '--store', 'autumn']);
  // only the key is written to standard output, where a script can read it
  expect(admin).toMatchObject({ status: 0, stdout: expect.stringMatching(/^fr_admin_[\w-]{43}\n$/) });
  expect(admin.stderr).toMatch(/^Key [0-9a-f-]{36}\./);
  const adminKey = admin.stdout.trim();

  const merchant = await run(['keys', 'create', 'merchant', 'nightly feed'], adminKey);
  const id = /[0-9a-f-]{36}/.exec(merchant.stderr)![0];
  const listed = await run(['keys', 'list'], adminKey);
  expect(listed.stdout.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
    ['ID', 'ROLE', 'CREATED', 'LAST USED', 'STATE', 'NAME'],
    [id, 'merchant', expect.any(String), 'never', 'valid', 'nightly feed'],
    [expect.any(String), 'admin', expect.any(String), expect.stringMatching(/^\d{4}-/), 'valid', 'their own'],
    [''],
  ]);
  expect(listed.stdout).not.toContain('fr_');

  expect(await run(['keys', 'revoke', id], adminKey)).toMatchObject({ status: 0, stderr: '' });
  expect((await run(['keys', 'list'], adminKey)).stdout).toMatch(
    new RegExp(`${id} +merchant .* revoked \\d{4}-\\d\\d-\\d\\d +nightly feed`),
  );
}, 120_000);

it('a store is deleted only with --yes', async () => {
  await run(['stores', 'create', 'short-lived', 'Pop-up']);
  expect(await run(['stores', 'delete', 'short-lived'])).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining('--yes'),
  });
  expect(await run(['stores', 'delete', 'short-lived', '--yes'])).toEqual({
    status: 0,
    stdout: 'Deleted the store short-lived and all its data.\n',
    stderr: '',
  });
  expect((await run(['stores', 'list'])).stdout).not.toContain('short-lived');
  expect(await run(['stores', 'delete', 'default', '--yes'])).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('STORE_IS_DEFAULT'),
  });
}, 60_000);

it('a command exits with 1 if the server accepts the call and refuses its input', async () => {
  expect(await run(['keys', 'revoke', 'none'])).toEqual({
    status: 1,
    stdout: '',
    stderr: 'The store has no API key with this ID. (API_KEY_NOT_FOUND)\n',
  });
  expect(await run(['stores', 'create', 'default', 'Again'])).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('STORE_EXISTS'),
  });
}, 60_000);

it('a command exits with 2 for a missing key, a key without permission, and an unknown role or store', async () => {
  expect(await run(['keys', 'list'], '')).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining('no valid API key'),
  });
  const storefront = (await run(['keys', 'create', 'storefront', 'shop'])).stdout.trim();
  expect(await run(['keys', 'list'], storefront)).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('Cannot query field'),
  });
  expect(await run(['keys', 'create', 'emperor', 'x'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('emperor'),
  });
  expect(await run(['keys', 'list', '--store', 'nowhere'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('No store has the ID'),
  });
}, 120_000);

it('an import writes to the store of its key', async () => {
  const key = (await run(['keys', 'create', 'merchant', 'feed', '--store', 'autumn'])).stdout.trim();
  const folder = await mkdtemp(join(tmpdir(), 'fitroom-keys-'));
  try {
    const picture = await drawnPng(sampleCatalog()[0]!);
    await writeCatalogFolder(folder, {
      rows: [{ id: 'A1', title: 'Red dress', image: '1.png' }],
      pictures: { '1.png': picture },
    });
    expect(await run(['import', folder, '--key', key], 'a key that is not used')).toMatchObject({ status: 0 });
    const garmentIn = async (store: string) => {
      const api = new ApiClient(app.url, { key: ADMIN_KEY, store });
      return (await api.call<{ garment: unknown }>({ query: '{ garment(sku: "A1") { sku } }' })).garment;
    };
    expect(await Promise.all(['autumn', 'default'].map(garmentIn))).toEqual([{ sku: 'A1' }, null]);
    expect(await run(['import', folder, '--key', key, '--store', 'default'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('belongs to another one'),
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}, 60_000);
