// Hashes of what the pictures of the documentation show: the default bundle and the sample catalog.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = ['models/fitroom-v2/manifest.json', 'models/sample/catalog.tar'];

/** File with the hashes at the time when the pictures were taken. */
export const STAMP_FILE = 'docs/pictures.json';

/** Returns the SHA-256 of each source, by its path. */
export function stampOf(root: string): Record<string, string> {
  const hash = (path: string): string =>
    createHash('sha256')
      .update(readFileSync(join(root, path)))
      .digest('hex');
  return Object.fromEntries(SOURCES.map((path) => [path, hash(path)]));
}
