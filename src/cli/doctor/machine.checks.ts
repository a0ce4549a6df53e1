// Doctor checks of Node, packages, the port and the public data.
import { readFile, readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { PROJECT_ROOT, type Config } from '../../config.js';
import type { Finding } from './finding.js';

/** Minimum version, as in `engines` of package.json. */
const MIN_NODE = [20, 19] as const;

export function checkNode(version = process.versions.node): Finding[] {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isEnough = major > MIN_NODE[0] || (major === MIN_NODE[0] && minor >= MIN_NODE[1]);
  if (isEnough) return [{ subject: 'node', verdict: 'ok', found: version }];
  const advice = `Install Node ${MIN_NODE.join('.')} or newer.`;
  return [{ subject: 'node', verdict: 'wrong', found: `${version} is too old`, advice }];
}

interface Lock {
  packages: Record<string, { version?: string; optional?: boolean; dev?: boolean }>;
}

/** Checks that every package needed at run time is installed in the version of the lock file. */
export async function checkPackages(root = PROJECT_ROOT): Promise<Finding[]> {
  const { packages } = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as Lock;
  const needed = Object.entries(packages).filter(([path, { dev, optional }]) => path !== '' && !dev && !optional);
  const differing = await Promise.all(needed.map(([path, { version }]) => differenceOf(root, path, version)));
  const wrong = differing.filter((difference) => difference !== null);
  if (wrong.length === 0)
    return [{ subject: 'packages', verdict: 'ok', found: `${needed.length} packages match package-lock.json` }];
  const found = `${wrong.length} of ${needed.length} packages differ from package-lock.json: ${wrong.slice(0, 5).join(', ')}`;
  return [{ subject: 'packages', verdict: 'wrong', found, advice: 'npm ci' }];
}

async function differenceOf(root: string, path: string, locked: string | undefined): Promise<string | null> {
  const name = path.replace(/^.*node_modules\//, '');
  try {
    const { version } = JSON.parse(await readFile(join(root, path, 'package.json'), 'utf8')) as { version: string };
    return version === locked ? null : `${name} ${version} instead of ${locked}`;
  } catch {
    return `${name} is missing`;
  }
}

/** Checks that the port is free, or that a fitroom server already listens on it. */
export async function checkPort({ host, port }: Pick<Config, 'host' | 'port'>): Promise<Finding[]> {
  const subject = 'port';
  const failure = await listenOnce(host, port);
  if (failure === null) return [{ subject, verdict: 'ok', found: `${port} on ${host} is free` }];
  if (failure !== 'EADDRINUSE') {
    const advice = 'Set PORT to a port above 1023 and unset HOST.';
    return [{ subject, verdict: 'wrong', found: `${port} on ${host} cannot be used (${failure})`, advice }];
  }
  const health = await healthAt(`http://${host.includes(':') ? `[${host}]` : host}:${port}/health/ready`);
  if (health) return [{ subject, verdict: 'note', found: `${port} on ${host} is used by fitroom: ${health}` }];
  const advice = 'Stop the program that uses it, or start with another port: PORT=4001 npm start';
  return [{ subject, verdict: 'wrong', found: `${port} on ${host} is in use by another program`, advice }];
}

function listenOnce(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => resolve(null)));
  });
}

/** Returns the health of a fitroom server in words, or null if none responds. */
async function healthAt(address: string): Promise<string | null> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(3_000) });
    const health = (await response.json()) as Record<string, unknown>;
    if (!('executionProvider' in health)) return null;
    return response.ok ? 'a server is running and ready' : 'a server is running but not ready';
  } catch {
    return null;
  }
}

/**
 * Checks for the public data. It is needed only for training and for large trial catalogs, so its absence is a note.
 */
export async function checkTrainingData({ trainingDataDir }: Pick<Config, 'trainingDataDir'>): Promise<Finding[]> {
  const files = await readdir(trainingDataDir).catch(() => []);
  const tars = files.filter((name) => name.endsWith('.tar'));
  if (tars.length > 0) return [{ subject: 'public data', verdict: 'ok', found: `${tars.length} archives` }];
  const advice = 'It is needed only for training and for a large trial catalog. Set FITROOM_DATA to its folder.';
  return [{ subject: 'public data', verdict: 'note', found: `none in ${trainingDataDir}`, advice }];
}
