// `scripts/prepare.mjs`, which `npm start` and `npm run fitroom` run first.
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { PROJECT_ROOT } from '../../src/config.js';

let checkout: string;

/** Creates a checkout with two small sources and the packages of this one. */
beforeAll(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'fitroom-prepare-'));
  for (const name of [
    'scripts',
    'src/http/pages',
    'src/client',
    'package.json',
    'package-lock.json',
    'vite.config.js',
    'tsconfig.json',
  ]) {
    await cp(join(PROJECT_ROOT, name), join(checkout, name), { recursive: true });
  }
  await symlink(join(PROJECT_ROOT, 'node_modules'), join(checkout, 'node_modules'));
  // Copies are new. The packages must not be older than the copied lock file.
  const { atime, mtime } = await stat(join(PROJECT_ROOT, 'package-lock.json'));
  await utimes(join(checkout, 'package-lock.json'), atime, mtime);
  await writeFile(join(checkout, 'src', 'one.ts'), 'export const one: number = 1;\n');
  await writeFile(join(checkout, 'src', 'two.ts'), "import { one } from './one.js';\nexport const two = one + one;\n");
});
afterAll(() => rm(checkout, { recursive: true, force: true }));

interface PrepareResult {
  status: number | null;
  stderr: string;
  seconds: number;
}

async function prepare(...nodeOptions: string[]): Promise<PrepareResult> {
  const start = Date.now();
  const child = spawn(process.execPath, [...nodeOptions, join(checkout, 'scripts', 'prepare.mjs')], {
    cwd: checkout,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const [stderr, [status]] = await Promise.all([text(child.stderr), once(child, 'exit') as Promise<[number | null]>]);
  return { status, stderr, seconds: (Date.now() - start) / 1000 };
}

const outputPath = (name: string): string => join(checkout, 'dist', name);

describe('scripts/prepare.mjs', () => {
  it('builds the server and the pages, prints that, and does nothing the next time', async () => {
    const first = await prepare();
    expect(first).toMatchObject({ status: 0 });
    expect(first.stderr).toMatch(/building the server: done in [\d.]+ s/);
    expect(first.stderr).toMatch(/building the pages: done in [\d.]+ s/);
    expect(await readFile(outputPath('two.js'), 'utf8')).toContain('one + one');
    expect(existsSync(outputPath('pages/storefront/index.html'))).toBe(true);

    const second = await prepare();
    expect(second).toMatchObject({ status: 0, stderr: '' });
    // It takes 0.1 s on an idle machine.
    expect(second.seconds).toBeLessThan(Math.max(1, first.seconds / 2));
  }, 60_000);

  it('rebuilds a source that changed, and removes the output of a deleted one', async () => {
    await prepare();
    await writeFile(join(checkout, 'src', 'one.ts'), 'export const one = 3;\n');
    const changed = await prepare();
    expect(changed.stderr).toMatch(/^fitroom: building the server …\n/);
    expect(changed.stderr).not.toContain('pages');
    expect(await readFile(outputPath('one.js'), 'utf8')).toContain('one = 3');

    await rm(join(checkout, 'src', 'two.ts'));
    await prepare();
    expect(existsSync(outputPath('two.js'))).toBe(false);
    expect(existsSync(outputPath('one.js'))).toBe(true);
  }, 60_000);

  it.each(['18.20.4', '20.18.3', '16.0.0'])(
    'refuses Node %s in one sentence before it installs anything',
    async (version) => {
      const older = join(checkout, 'older.cjs');
      await writeFile(older, `Object.defineProperty(process.versions, 'node', { value: '${version}' });`);
      const { status, stderr, seconds } = await prepare('--require', older);
      expect({ status, stderr }).toEqual({
        status: 1,
        stderr: `fitroom needs Node 20.19 or newer, and this is Node ${version}. Install a newer one: https://nodejs.org\n`,
      });
      expect(seconds).toBeLessThan(2);
    },
  );

  it('reports the error in a source that cannot be built', async () => {
    await writeFile(join(checkout, 'src', 'broken.ts'), 'export const = 1;\n');
    const { status, stderr } = await prepare();
    expect(status).toBe(1);
    expect(stderr).toContain('broken.ts');
    await rm(join(checkout, 'src', 'broken.ts'));
    expect(await prepare()).toMatchObject({ status: 0 });
  }, 30_000);
});
