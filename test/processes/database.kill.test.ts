// The embedded database under kill -9 and under a second process.
// FITROOM_KILLS sets the number of kills.
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../src/config.js';
import { openDatabase } from '../../src/store/database/database.js';
import { GarmentRepository } from '../../src/store/garment.repository.js';
import { STORE } from '../support/catalog.rows.js';

const KILLS = Number(process.env['FITROOM_KILLS'] ?? 3);
const WRITER = join(PROJECT_ROOT, 'test/support/database.writer.ts');

interface Writer {
  process: ChildProcess;
  lines: string[];
  errors: string[];
  ended: Promise<number | null>;
}

let dataDir: string;
const writers: Writer[] = [];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'fitroom-kill-'));
});

afterEach(async () => {
  for (const writer of writers.splice(0)) {
    writer.process.kill('SIGKILL');
    await writer.ended;
  }
  rmSync(dataDir, { recursive: true, force: true });
});

function startWriter(prefix: string): Writer {
  const child = spawn(process.execPath, ['--import', 'tsx', WRITER, dataDir, prefix], { cwd: PROJECT_ROOT });
  const writer: Writer = {
    process: child,
    lines: [],
    errors: [],
    ended: new Promise((resolve) => child.on('close', (code) => resolve(code))),
  };
  let rest = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split('\n');
    rest = parts.pop()!;
    writer.lines.push(...parts);
  });
  child.stderr.on('data', (chunk: Buffer) => writer.errors.push(chunk.toString()));
  writers.push(writer);
  return writer;
}

async function until(condition: () => boolean, failure: string, writer: Writer): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!condition()) {
    if (Date.now() > deadline || writer.process.exitCode !== null)
      throw new Error(`${failure}: ${writer.errors.join('')}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

async function expectRefused(second: Writer): Promise<void> {
  expect(await second.ended).toBe(1);
  const message = second.errors.join('');
  expect(message).toContain(`Process ${process.pid} already uses the embedded database in ${dataDir}`);
  expect(Number(/ended after (\d+) ms/.exec(message)![1])).toBeLessThan(2_000);
  expect(second.lines).toEqual([]);
}

it(
  'the embedded database keeps every acknowledged garment after each kill, reopens without repair, and refuses a second process',
  async () => {
    const acknowledged: string[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      const writer = startWriter(`k${kill}`);
      // Each kill interrupts the work at another point.
      await until(() => writer.lines.length > 3 + 4 * kill, 'the writer printed no line', writer);
      await new Promise((resolve) => setTimeout(resolve, 7 * kill));
      writer.process.kill('SIGKILL');
      await writer.ended;
      acknowledged.push(...writer.lines.slice(1).flatMap((line) => line.split(' ')));
    }
    const database = await openDatabase({ databaseUrl: null, databasePoolSize: 1, dataDir });
    await expectRefused(startWriter('second'));
    const stored = await new GarmentRepository(database).findBySkus(STORE, acknowledged);
    const [orphans] = await database.query<{ count: number }>(
      `select count(*)::int as count from garments g
     where not exists (select from garment_embeddings e where e.store_id = g.store_id and e.garment_id = g.id)`,
    );
    await database.close();
    expect(acknowledged.length).toBeGreaterThan(10 * KILLS);
    expect(stored.map(({ sku }) => sku)).toEqual(acknowledged);
    // Garments, pictures and embeddings of a batch are stored together or not at all.
    expect(orphans).toEqual({ count: 0 });
  },
  180_000 + KILLS * 20_000,
);

it('the embedded database is created again if its creation was killed', async () => {
  const writer = startWriter('first');
  await until(() => existsSync(join(dataDir, 'database', 'PG_VERSION')), 'the database was not created', writer);
  expect(existsSync(join(dataDir, 'database.unfinished'))).toBe(true);
  writer.process.kill('SIGKILL');
  await writer.ended;
  const database = await openDatabase({ databaseUrl: null, databasePoolSize: 1, dataDir });
  expect((await new GarmentRepository(database).browse(STORE, { first: 1 })).totalCount).toBe(0);
  expect(existsSync(join(dataDir, 'database.unfinished'))).toBe(false);
  await database.close();
}, 120_000);
