// Owns the checks of what fitroom stands on: Node, packages, the port, the public data. Opens no model and no database.
import { readFile, readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { PROJECT_ROOT, type Config } from '../../config.js';
import type { Finding } from './finding.js';

/** package.json's engines. */
const NODE_AT_LEAST = [20, 19] as const;

export function checkNode(version = process.versions.node): Finding[] {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isEnough = major > NODE_AT_LEAST[0] || (major === NODE_AT_LEAST[0] && minor >= NODE_AT_LEAST[1]);
  if (isEnough) return [{ subject: 'node', verdict: 'ok', found: version }];
  const advice = `Install Node ${NODE_AT_LEAST.join('.')} or newer.`;
  return [{ subject: 'node', verdict: 'wrong', found: `${version} is too old`, advice }];
}

interface Lock {
  packages: Record<string, { version?: string; optional?: boolean; dev?: boolean }>;
}

/** Every package that the lock file asks for at run time is there in that version. */
export async function checkPackages(root = PROJECT_ROOT): Promise<Finding[]> {
  const { packages } = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as Lock;
  const needed = Object.entries(packages).filter(([path, { dev, optional }]) => path !== '' && !dev && !optional);
  const differing = await Promise.all(needed.map(([path, { version }]) => differenceOf(root, path, version)));
  const wrong = differing.filter((difference) => difference !== null);
  if (wrong.length === 0) return [{ subject: 'packages', verdict: 'ok', found: `${needed.length} as locked` }];
  const found = `${wrong.length} of ${needed.length} differ from package-lock.json: ${wrong.slice(0, 5).join(', ')}`;
  return [{ subject: 'packages', verdict: 'wrong', found, advice: 'npm ci' }];
}

async function differenceOf(root: string, path: string, locked: string | undefined): Promise<string | null> {
  const name = path.replace(/^.*node_modules\//, '');
  try {
    const { version } = JSON.parse(await readFile(join(root, path, 'package.json'), 'utf8')) as { version: string };
    return version === locked ? null : `${name} ${version} for ${locked}`;
  } catch {
    return `${name} is missing`;
  }
}

/** The port is free, or this very program listens there. */
export async function checkPort({ host, port }: Pick<Config, 'host' | 'port'>): Promise<Finding[]> {
  const subject = 'port';
  const failure = await listenOnce(host, port);
  if (failure === null) return [{ subject, verdict: 'ok', found: `${port} on ${host} is free` }];
  if (failure !== 'EADDRINUSE') {
    const advice = 'Set PORT to a port above 1023 and leave HOST unset.';
    return [{ subject, verdict: 'wrong', found: `${port} on ${host} cannot be used (${failure})`, advice }];
  }
  const health = await healthAt(`http://${host.includes(':') ? `[${host}]` : host}:${port}/health/ready`);
  if (health) return [{ subject, verdict: 'note', found: `${port} on ${host} is fitroom's own: ${health}` }];
  const advice = 'Stop what listens there, or start with another one: PORT=4001 npm start';
  return [{ subject, verdict: 'wrong', found: `${port} on ${host} is in use by another program`, advice }];
}

function listenOnce(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => resolve(null)));
  });
}

/** In words, or null where no fitroom answers. */
async function healthAt(address: string): Promise<string | null> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(3_000) });
    const health = (await response.json()) as Record<string, unknown>;
    if (!('executionProvider' in health)) return null;
    return response.ok ? 'a server runs here and is ready' : 'a server runs here and is not ready';
  } catch {
    return null;
  }
}

/** The public data is a help for training and trying out, and nothing needs it to run. */
export async function checkTrainingData({ trainingDataDir }: Pick<Config, 'trainingDataDir'>): Promise<Finding[]> {
  const files = await readdir(trainingDataDir).catch(() => []);
  const tars = files.filter((name) => name.endsWith('.tar'));
  if (tars.length > 0) return [{ subject: 'public data', verdict: 'ok', found: `${tars.length} archives` }];
  const advice = 'Only training and trying out a large catalog want it: set FITROOM_DATA to its folder.';
  return [{ subject: 'public data', verdict: 'note', found: `none in ${trainingDataDir}`, advice }];
}
