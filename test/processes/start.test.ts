// `npm start` from outside: the process, its output and its signals.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { PROJECT_ROOT } from '../../src/config.js';

const folder = mkdtempSync(join(tmpdir(), 'fitroom-start-'));
const running: ChildProcess[] = [];

interface ServerProcess {
  process: ChildProcess;
  output(): string;
  ended: Promise<number | null>;
}

/** Starts main on a free port, with the embedded database of this file unless overridden. */
function start(environment: Record<string, string> = {}, openFiles?: number): ServerProcess {
  // The environment of a user, without the variable that jest sets.
  const { NODE_ENV: _nodeEnv, ...inherited } = process.env;
  const main = join(PROJECT_ROOT, 'dist/main.js');
  const [command, args] =
    openFiles === undefined
      ? [process.execPath, [main]]
      : ['sh', ['-c', `ulimit -n ${openFiles} && exec "$0" "$1"`, process.execPath, main]];
  const child = spawn(command, args, {
    cwd: PROJECT_ROOT,
    env: {
      ...inherited,
      NODE_OPTIONS: '',
      DATABASE_URL: '',
      PORT: '0',
      FITROOM_DATA_DIR: folder,
      FITROOM_SAMPLE_CATALOG: 'off',
      FITROOM_EXECUTION: 'cpu',
      ...environment,
    },
  });
  running.push(child);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  return { process: child, output: () => output, ended };
}

async function untilReady(started: ServerProcess): Promise<string> {
  for (;;) {
    const url = /start page +(http:\S+)\//.exec(started.output())?.[1];
    if (url) return url;
    if (started.process.exitCode !== null) throw new Error(started.output());
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

afterAll(() => {
  for (const child of running) if (child.exitCode === null) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

describe('a start', () => {
  it('prints the URLs, serves requests, refuses a second process with the same folder, and stops on SIGTERM', async () => {
    const first = start();
    const url = await untilReady(first);
    for (const page of ['/playground', '/graphql', '/health/ready']) expect(first.output()).toContain(url + page);
    const health = await fetch(`${url}/health/ready`);
    expect(health.status).toBe(200);
    const schema = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ __schema { queryType { name } } }"}',
    });
    expect(await schema.json()).toMatchObject({ data: { __schema: { queryType: { name: 'Query' } } } });
    expect(await health.json()).toMatchObject({
      ready: true,
      executionProvider: 'cpu',
      database: { kind: 'embedded' },
    });

    const second = start();
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(String(first.process.pid));
    expect(second.output()).not.toMatch(/\n\s+at /);

    first.process.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    await expect(fetch(`${url}/health/live`)).rejects.toThrow();
  }, 60_000);

  it('stops at once although a browser holds unused and idle connections', async () => {
    const started = start({ FITROOM_DATA_DIR: join(folder, 'silent') });
    const url = await untilReady(started);
    const silent = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => undefined);
    await once(silent, 'connect');
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    const signaledAt = Date.now();
    started.process.kill('SIGTERM');
    expect(await started.ended).toBe(0);
    expect(Date.now() - signaledAt).toBeLessThan(5000);
  }, 60_000);

  it('keeps serving after SIGTERM while it reports that it is not ready, and ends at once on a second signal', async () => {
    const model = { FITROOM_MODELS_DIR: 'test/fixtures', FITROOM_MODEL: 'tiny-bundle' };
    const started = start({ FITROOM_DATA_DIR: join(folder, 'drained'), FITROOM_DRAIN_SECONDS: '60', ...model });
    const url = await untilReady(started);
    started.process.kill('SIGTERM');
    let health = await fetch(`${url}/health/ready`);
    for (let i = 0; i < 50 && health.status === 200; i++) health = await fetch(`${url}/health/ready`);
    expect(health.status).toBe(503);
    expect(await health.json()).toMatchObject({ ready: false, draining: true });
    expect(health.headers.get('connection')).toBe('close');
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ __typename }"}',
    });
    expect(await response.json()).toMatchObject({ data: { __typename: 'Query' } });
    expect(started.process.exitCode).toBeNull();
    const signaledAt = Date.now();
    started.process.kill('SIGTERM');
    expect(await started.ended).toBe(1);
    expect(Date.now() - signaledAt).toBeLessThan(2000);
  }, 60_000);

  it('ends within seconds if the port is in use, before it opens the database', async () => {
    const occupant = createServer().listen(0, '127.0.0.1');
    await once(occupant, 'listening');
    const { port } = occupant.address() as AddressInfo;
    const dataDir = join(folder, 'never');
    const started = start({ FITROOM_DATA_DIR: dataDir, PORT: String(port) });
    expect(await started.ended).toBe(1);
    expect(started.output()).toBe(
      `fitroom did not start.\nPort ${port} of 127.0.0.1 is in use: stop the process that has it, or set PORT to another.\n`,
    );
    expect(existsSync(dataDir)).toBe(false);
    occupant.close();
  }, 60_000);

  it('ends with the required number if too few files may be open', async () => {
    const started = start({ FITROOM_DATA_DIR: join(folder, 'files') }, 620);
    expect(await started.ended).toBe(1);
    expect(started.output()).toBe(
      'fitroom did not start.\nThe system lets this process open 620 files; with the embedded database it needs 1000: `ulimit -n 4096` raises the limit.\n',
    );
  }, 60_000);

  it.each<[string, Record<string, string>, RegExp]>([
    ['an invalid port', { PORT: 'http' }, /PORT/],
    ['an invalid origin', { FITROOM_CORS_ORIGINS: 'foo' }, /FITROOM_CORS_ORIGINS .*https:\/\/shop\.example/],
    [
      'an address of another machine',
      { HOST: '192.0.2.1', FITROOM_ADMIN_KEY: 'sixteen-characters' },
      /HOST=192\.0\.2\.1/,
    ],
    [
      'a host without an address',
      { HOST: 'nowhere.invalid', FITROOM_ADMIN_KEY: 'sixteen-characters' },
      /nowhere\.invalid/,
    ],
    ['a missing bundle', { FITROOM_MODEL: 'no-such-bundle' }, /no-such-bundle/],
    ['an unreachable database', { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }, /DATABASE_URL|127\.0\.0\.1/],
    ['a public host without a key', { HOST: '0.0.0.0' }, /HOST=0\.0\.0\.0/],
    ['CUDA on a machine without it', { FITROOM_EXECUTION: 'cuda' }, /cuda/i],
  ])(
    'with %s ends with advice and without a stack trace',
    async (_name, environment, reason) => {
      const started = start({ FITROOM_DATA_DIR: join(folder, 'other'), ...environment });
      expect(await started.ended).toBe(1);
      expect(started.output()).toMatch(reason);
      expect(started.output()).toContain('fitroom did not start');
      expect(started.output()).not.toMatch(/\n\s+at /);
    },
    60_000,
  );

  it.each<[string, () => Promise<Record<string, string>>, RegExp]>([
    [
      'a data folder that cannot be created',
      () => Promise.resolve({ FITROOM_DATA_DIR: '/proc/x/y' }),
      /FITROOM_DATA_DIR: the folder \/proc\/x\/y cannot be used/,
    ],
    [
      'a data folder that is a file',
      () => Promise.resolve({ FITROOM_DATA_DIR: join(PROJECT_ROOT, 'package.json') }),
      /package\.json cannot be used .*is not a folder/,
    ],
    [
      'a port that is taken',
      async () => ({ PORT: String(await occupiedPort()) }),
      /^Port \d+ of 127\.0\.0\.1 is in use: /m,
    ],
  ])(
    'with %s ends with advice before it opens models and the database',
    async (_name, environment, reason) => {
      const started = start({ FITROOM_DATA_DIR: join(folder, 'preflight'), ...(await environment()) });
      expect(await started.ended).toBe(1);
      expect(started.output()).toMatch(reason);
      expect(started.output()).not.toMatch(/loading the models|\n\s+at /);
      expect(existsSync(join(folder, 'preflight', 'database'))).toBe(false);
    },
    10_000,
  );

  it('writes a readable log on a terminal, and JSON elsewhere', async () => {
    const settings = { FITROOM_DATA_DIR: '/proc/x', PORT: '0', FITROOM_ADMIN_KEY: '' };
    const main = `${process.execPath} ${join(PROJECT_ROOT, 'dist/main.js')}`;
    const runWith = async (command: string, args: string[]): Promise<string> => {
      const child = spawn(command, args, {
        env: { ...process.env, ...settings, DATABASE_URL: 'postgres://x@127.0.0.1:1/x' },
      });
      return text(child.stdout);
    };
    // The command `script` runs a program on a pseudo-terminal.
    const colored = await runWith('script', ['-qec', main, '/dev/null']);
    // eslint-disable-next-line no-control-regex -- the color codes of a terminal
    const terminal = colored.replace(/\u001b\[\d+m/g, '');
    expect(terminal).toMatch(/\[\d\d:\d\d:\d\d\].* no admin key is set/);
    expect(terminal).not.toContain('"level"');
    const piped = await runWith('sh', ['-c', main]);
    expect(JSON.parse(piped.split('\n')[0]!)).toMatchObject({
      level: 30,
      msg: expect.stringContaining('no admin key'),
    });
  }, 60_000);
});

const holders: Server[] = [];
afterAll(() => holders.forEach((holder) => holder.close()));

async function occupiedPort(): Promise<number> {
  const holder = createServer().listen(0, '127.0.0.1');
  holders.push(holder);
  await once(holder, 'listening');
  return (holder.address() as AddressInfo).port;
}
