// Runs `npm ci` where the installed packages are missing or older than the lock file, so that every npm script works on a fresh clone.
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const installed = join(root, 'node_modules', '.package-lock.json');
const wanted = join(root, 'package-lock.json');

// .npmrc says the same; npm 12 no longer hands unknown settings on to install scripts, the installer's own variable always arrives
const environment = { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' };

if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(wanted).mtimeMs) {
  console.error('fitroom: installing packages (npm ci) …');
  try {
    execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: root,
      stdio: ['ignore', 2, 2],
      env: environment,
    });
  } catch {
    console.error(
      'fitroom: npm ci failed. The packages come from the npm registry: check the network or the npm cache, then try again.',
    );
    process.exit(1);
  }
}
