// The built command line in its own process, without a terminal.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { PROJECT_ROOT } from '../../src/config.js';

export interface CommandResult {
  status: number | null;
  stdout: string;
  stderr: string;
}

export async function fitroom(args: string[], environment: Record<string, string> = {}): Promise<CommandResult> {
  const child = spawn(process.execPath, [join(PROJECT_ROOT, 'dist', 'cli', 'fitroom.js'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { status, stdout, stderr };
}
