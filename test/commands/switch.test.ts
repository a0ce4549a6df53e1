// `fitroom models switch` and `rollback` against a separate server.
import { mkdtempSync, rmSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiClient } from '../../src/cli/api.client.js';
import { startAppProcess, type AppProcess } from '../support/app.process.js';
import { fitroom, type CommandResult } from '../support/command.line.js';
import { drawnInputs } from '../support/model.switch.js';
import { withTinyCopy, changeManifest } from '../support/tiny.bundle.js';

const folder = mkdtempSync(join(tmpdir(), 'fitroom-cli-switch-'));
let server: AppProcess;

beforeAll(async () => {
  await withTinyCopy(async (dir) => {
    await changeManifest(dir, (manifest) => ({ ...manifest, name: 'twin' }));
    await cp(dir, join(folder, 'twin'), { recursive: true });
  });
  server = await startAppProcess({ modelsDir: folder, sampleCatalog: false });
  const query = 'mutation ($garments: [GarmentInput!]!) { upsertGarments(garments: $garments) { created } }';
  await new ApiClient(server.url).call({ query, variables: { garments: await drawnInputs(20) } });
}, 120_000);
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const models = (...args: string[]): Promise<CommandResult> => fitroom(['models', ...args, '--server', server.url]);

it('a switch prints how much the recommendations change and how to roll back, and the rollback works', async () => {
  const input = { name: 'watched', text: 'dress', expectedSkus: ['nothing'] };
  const pin = 'mutation ($input: GoldenQueryInput!) { pinGoldenQuery(input: $input) { userErrors { code } } }';
  await new ApiClient(server.url).call({ query: pin, variables: { input } });
  const switched = await models('switch', 'twin', '--min-overlap', '0.9');
  expect(switched).toMatchObject({ status: 0, stderr: expect.stringContaining('twin@1.0.0: 20 rows') });
  // the twin bundle has the same weights
  expect(switched.stdout).toMatch(/catalogPictures +\d+ requests +overlap@10 (1\.000|0\.9\d\d) +rank correlation/);
  expect(switched.stdout).toContain('\ngolden queries: 1, won 0, lost 0\n');
  const id = /fitroom models rollback (\S+)/.exec(switched.stdout)![1]!;
  expect(await models('rollback', id)).toEqual({
    status: 0,
    stdout: 'tiny-bundle@1.0.0 is active again.\n',
    stderr: '',
  });
  expect(await models('rollback', id)).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/\(REEMBEDDING_OVER\)\n$/),
  });
}, 120_000);

it('list shows the model of each store, as reported by the server', async () => {
  await new ApiClient(server.url).call({
    query: 'mutation { createStore(id: "autumn", name: "Autumn") { userErrors { code } } }',
  });
  const listed = await fitroom(['models', 'list'], { FITROOM_SERVER: server.url, FITROOM_MODELS_DIR: folder });
  expect(listed).toMatchObject({ status: 0, stderr: '' });
  expect(listed.stdout).toMatch(/^▶ tiny-bundle@1\.0\.0 · serves (autumn, default|default, autumn)$/m);
  expect(listed.stdout).toContain(`according to the server at ${server.url}`);
  expect(listed.stdout).toMatch(/^ {2}fitroom-v2 /m);
}, 30_000);

it('a switch to an unknown bundle exits with 1 and prints the reason', async () => {
  expect(await models('switch', 'none')).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/\(MODEL_UNKNOWN\)\n$/),
  });
}, 30_000);
