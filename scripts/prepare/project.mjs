// Common functions of the preparation steps: paths, fingerprints of sources, progress.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

export function inProject(...path) {
  return join(ROOT, ...path);
}

/** Returns an error whose message is shown without a stack trace. */
export function expected(message) {
  return Object.assign(new Error(message), { isExpected: true });
}

/** Returns the files below a path of the project, as paths relative to the project. */
export function filesBelow(path) {
  const stats = statSync(inProject(path), { throwIfNoEntry: false });
  if (!stats) return [];
  return stats.isDirectory() ? readdirSync(inProject(path)).flatMap((name) => filesBelow(join(path, name))) : [path];
}

/** Runs a slow step and prints its name and duration. */
export async function step(name, work) {
  const start = Date.now();
  console.error(`fitroom: ${name} …`);
  await work();
  console.error(`fitroom: ${name}: done in ${((Date.now() - start) / 1000).toFixed(1)} s`);
}

/** Runs `work` if a file below one of the paths was added, removed or changed since the last success. */
export async function whenChanged(stamp, paths, work) {
  const before = fingerprint(paths);
  if (readStamp(stamp) === before) return;
  await work();
  mkdirSync(dirname(inProject(stamp)), { recursive: true });
  writeFileSync(inProject(stamp), before);
}

/** Returns names, sizes and modification times. Reading 600 files would take longer than the whole check may. */
function fingerprint(paths) {
  const hash = createHash('sha256').update(process.versions.node);
  for (const file of paths.flatMap(filesBelow)) {
    const { size, mtimeMs } = statSync(inProject(file));
    hash.update(`${file}\n${size}\n${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function readStamp(stamp) {
  try {
    return readFileSync(inProject(stamp), 'utf8');
  } catch {
    return null;
  }
}
