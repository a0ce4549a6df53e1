import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkDatabase } from '../../src/cli/doctor/database.check.js';
import { checkModel } from '../../src/cli/doctor/model.checks.js';
import { PROJECT_ROOT } from '../../src/config.js';
import { openDatabase } from '../../src/store/database/database.js';
import { fitroom } from '../support/command.line.js';

const TINY_BUNDLE = join(PROJECT_ROOT, 'test', 'fixtures', 'tiny-bundle');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fitroom-doctor-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('fitroom doctor', () => {
  it('doctor exits with 1, says how to fix a problem, and creates nothing', async () => {
    const environment = { FITROOM_MODEL: 'no-such-bundle', FITROOM_DATA_DIR: join(folder, 'data'), PORT: '0' };
    const { status, stdout, stderr } = await fitroom(['doctor'], { DATABASE_URL: '', ...environment });
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout).toMatch(/^✓ node /m);
    expect(stdout).toMatch(/^✓ packages /m);
    expect(stdout).toMatch(/^✓ database +none in .*data yet/m);
    expect(stdout).toMatch(/^✗ model +The bundle no-such-bundle cannot be used[^]*FITROOM_MODEL/m);
    expect(stdout).toMatch(/Problems to fix first: 1\.\n$/);
    expect(await fitroom(['doctor'], { DATABASE_URL: '', ...environment })).toMatchObject({ stdout });
  });

  it('doctor exits with 2 and names an invalid setting', async () => {
    const { status, stderr } = await fitroom(['doctor'], { PORT: 'seventy' });
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringMatching(/PORT/) });
    expect(stderr).not.toContain('    at ');
  });

  it('doctor runs both encoders on every execution provider, and reports an unavailable provider as a note', async () => {
    const config = { bundleDir: TINY_BUNDLE, execution: 'auto' as const, inferenceThreads: 1 };
    const findings = await checkModel(config);
    expect(findings.map(({ subject }) => subject)).toEqual(['model', 'cpu', 'webgpu', 'cuda']);
    expect(findings.slice(0, 2)).toMatchObject([{ verdict: 'ok' }, { verdict: 'ok' }]);
    expect(findings.filter(({ verdict }) => verdict === 'wrong')).toEqual([]);
  }, 60_000);

  it('doctor reports a bundle with a changed file', async () => {
    const bundleDir = join(folder, 'changed');
    await cp(TINY_BUNDLE, bundleDir, { recursive: true });
    await writeFile(join(bundleDir, 'head.onnx'), 'other bytes');
    expect(await checkModel({ bundleDir, execution: 'cpu', inferenceThreads: 1 })).toMatchObject([
      { verdict: 'wrong', found: expect.stringMatching(/head\.onnx.*SHA-256/) },
    ]);
  });

  it('doctor distinguishes a closed embedded database from one that a server uses', async () => {
    const config = { databaseUrl: null, dataDir: folder, databasePoolSize: 1 };
    const database = await openDatabase(config);
    try {
      const [inUse] = await checkDatabase(config);
      expect(inUse).toMatchObject({
        verdict: 'note',
        found: expect.stringContaining(`Process ${process.pid} already uses`),
      });
    } finally {
      await database.close();
    }
    const [closed] = await checkDatabase(config);
    expect(closed).toMatchObject({
      verdict: 'ok',
      found: expect.stringMatching(/^embedded, PostgreSQL \d+.*pgvector 0\.\d/),
    });
  }, 60_000);

  it('doctor reports a PostgreSQL server that does not respond', async () => {
    const config = { databaseUrl: 'postgres://user:secret@127.0.0.1:1/shop', dataDir: folder };
    const [finding] = await checkDatabase(config);
    expect(finding).toMatchObject({ verdict: 'wrong', found: expect.stringMatching(/127\.0\.0\.1:1/) });
    expect(finding!.found).not.toContain('secret');
  });
});
