// Installation of missing or outdated packages by `npm ci`, so that every npm script works on a fresh clone.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { expected, inProject, step } from './project.mjs';

/** Runs `npm ci` if needed. @param development true to include development packages: 620 of 1,090, half of the time */
export async function installPackages({ development }) {
  if (isInstalled(development)) return;
  await step('installing packages (npm ci)', async () => {
    const args = ['ci', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
    const omitted = development ? [] : ['--omit=dev'];
    const npm = spawn('npm', [...args, ...omitted], { cwd: inProject(), stdio: ['ignore', 2, 2], shell: isWindows() });
    const [status] = await once(npm, 'exit');
    if (status === 0) return;
    throw expected(
      'fitroom: npm ci failed. The packages come from the npm registry: check the network, then try again.',
    );
  });
}

function isInstalled(development) {
  const installed = statSync(inProject('node_modules', '.package-lock.json'), { throwIfNoEntry: false });
  if (!installed || installed.mtimeMs < statSync(inProject('package-lock.json')).mtimeMs) return false;
  const { dependencies, devDependencies } = JSON.parse(readFileSync(inProject('package.json'), 'utf8'));
  const needed = development ? { ...dependencies, ...devDependencies } : dependencies;
  return Object.keys(needed).every((name) => existsSync(inProject('node_modules', name)));
}

/** Returns true on Windows, where npm is a .cmd file that only a shell can start. */
function isWindows() {
  return process.platform === 'win32';
}
