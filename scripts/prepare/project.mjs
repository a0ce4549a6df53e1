// What the steps of a preparation share: paths, fingerprints of sources, progress.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

export function inProject(...path) {
  return join(ROOT, ...path);
}

/** An error whose message is all that its reader needs. */
export function expected(message) {
  return Object.assign(new Error(message), { isExpected: true });
}

/** Files below a path of the project, by their paths in it. */
export function filesBelow(path) {
  const stats = statSync(inProject(path), { throwIfNoEntry: false });
  if (!stats) return [];
  return stats.isDirectory() ? readdirSync(inProject(path)).flatMap((name) => filesBelow(join(path, name))) : [path];
}

/** Says what takes a while, and then how long it took. */
export async function step(name, work) {
  const start = Date.now();
  console.error(`fitroom: ${name} …`);
  await work();
  console.error(`fitroom: ${name}: done in ${((Date.now() - start) / 1000).toFixed(1)} s`);
}

/** Runs `work` where a file below one of the paths was added, removed or written since it last succeeded. */
export async function whenChanged(stamp, paths, work) {
  const before = fingerprint(paths);
  if (readStamp(stamp) === before) return;
  await work();
  mkdirSync(dirname(inProject(stamp)), { recursive: true });
  writeFileSync(inProject(stamp), before);
}

/** Names, sizes and times: reading 600 files would take longer than the whole check may. */
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
