import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findingLines } from '../../../src/cli/doctor/finding.js';
import { checkNode, checkPackages, checkPort, checkTrainingData } from '../../../src/cli/doctor/machine.checks.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fitroom-doctor-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the doctor', () => {
  it.each([
    ['20.19.0', 'ok'],
    ['24.1.0', 'ok'],
    ['20.18.9', 'wrong'],
    ['18.20.0', 'wrong'],
  ])('for Node %s the verdict is %s', (version, verdict) => {
    expect(checkNode(version)).toMatchObject([{ verdict }]);
  });

  it('the packages of this project match the lock file', async () => {
    expect(await checkPackages()).toMatchObject([{ verdict: 'ok' }]);
  });

  it('missing and differing packages are named; development and optional packages are ignored', async () => {
    const packages = {
      '': {},
      'node_modules/a': { version: '2.0.0' },
      'node_modules/a/node_modules/b': { version: '1.0.0' },
      'node_modules/c': { version: '1.0.0', dev: true },
      'node_modules/d': { version: '1.0.0', optional: true },
    };
    await writeFile(join(folder, 'package-lock.json'), JSON.stringify({ packages }));
    await mkdir(join(folder, 'node_modules/a'), { recursive: true });
    await writeFile(join(folder, 'node_modules/a/package.json'), '{"version": "1.0.0"}');
    const [finding] = await checkPackages(folder);
    expect(finding).toMatchObject({ verdict: 'wrong', advice: 'npm ci' });
    expect(finding!.found).toMatch(/^2 of 2 packages differ .*: a 1\.0\.0 instead of 2\.0\.0, b is missing$/);
  });

  it('the port check distinguishes a free port, a fitroom server and another program', async () => {
    let body = '{"executionProvider": "cpu"}';
    const server = createServer((_, response) => response.end(body));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
    expect(await checkPort(address)).toMatchObject([
      { verdict: 'note', found: expect.stringContaining('used by fitroom') },
    ]);
    body = '<html>';
    expect(await checkPort(address)).toMatchObject([{ verdict: 'wrong', advice: expect.stringContaining('PORT=') }]);
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
    expect(await checkPort(address)).toMatchObject([{ verdict: 'ok' }]);
  });

  it('missing public data is reported as a note, not as an error', async () => {
    expect(await checkTrainingData({ trainingDataDir: join(folder, 'none') })).toMatchObject([{ verdict: 'note' }]);
    await writeFile(join(folder, 'some.tar'), '');
    expect(await checkTrainingData({ trainingDataDir: folder })).toMatchObject([
      { verdict: 'ok', found: '1 archives' },
    ]);
  });

  it('the advice is printed on a separate line', () => {
    const lines = findingLines({ subject: 'node', verdict: 'wrong', found: '18 is too old', advice: 'Install 20.' });
    expect(lines.split('\n')).toEqual(['✗ node         18 is too old', '               → Install 20.']);
  });
});
