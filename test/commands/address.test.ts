// Server URL of commands, and commands whose output is not read.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { PROJECT_ROOT } from '../../src/config.js';
import { fitroom } from '../support/command.line.js';

const NONE = { FITROOM_SERVER: '', PORT: '' };

describe('the server URL of a command', () => {
  it.each([
    ['FITROOM_SERVER', { FITROOM_SERVER: 'http://127.0.0.1:1', PORT: '2' }, 'http://127.0.0.1:1 '],
    ['PORT, if FITROOM_SERVER is not set', { FITROOM_SERVER: '', PORT: '2' }, 'http://127.0.0.1:2 '],
  ])('the server URL comes from %s', async (_name, environment, address) => {
    const { status, stderr } = await fitroom(['stores', 'list'], environment);
    expect({ status, stderr }).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(`No server answers at ${address}`),
    });
  });

  it('the option --server overrides the environment', async () => {
    const environment = { FITROOM_SERVER: 'http://127.0.0.1:1' };
    const { stderr } = await fitroom(['stores', 'list', '--server', 'http://127.0.0.1:3'], environment);
    expect(stderr).toContain('http://127.0.0.1:3 ');
  });

  it('an invalid server URL is refused', async () => {
    const { status, stderr } = await fitroom(['stores', 'list'], { ...NONE, FITROOM_SERVER: 'shop.example' });
    expect({ status, stderr }).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('shop.example is not an http or https URL'),
    });
  });
});

describe('a command whose output is not read', () => {
  it.each([['--help'], ['models', 'list', '--server', 'http://127.0.0.1:1'], ['draw', '--help']])(
    'the command ends without an error: %s',
    async (...args) => {
      const child = spawn(process.execPath, [join(PROJECT_ROOT, 'dist/cli/fitroom.js'), ...args]);
      // `head` closes its input in the same way, before the command has written
      child.stdout.destroy();
      const [stderr, [status]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    },
    30_000,
  );
});
