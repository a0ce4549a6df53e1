// The public training data in the folder FITROOM_DATA, or null where it is missing.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../../src/config.js';

/** Returns the path of a file of the data. Null if it is missing. */
export function dataFile(name: string): string | null {
  const path = join(readConfig(process.env).trainingDataDir, name);
  return existsSync(path) ? path : null;
}

/**
 * Returns the first rows of a tar of the data, and the files that they name. A tar is a sequence of 512-byte headers,
 * each followed by its content.
 */
export function tarEntries(
  tar: Buffer,
  rows: number,
): {
  rows: { id: string; title: string; articleType: string; baseColour: string; image: string }[];
  files: Map<string, Buffer>;
} {
  const files = new Map<string, Buffer>();
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0;) {
    const name = tar.toString('utf8', at, at + 100).replace(/\0.*$/s, '');
    const size = Number.parseInt(tar.toString('ascii', at + 124, at + 136), 8);
    files.set(name.replace(/^\.\//, ''), tar.subarray(at + 512, at + 512 + size));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  const lines = files.get('metadata.jsonl')!.toString().split('\n').filter(Boolean).slice(0, rows);
  return { rows: lines.map((line) => JSON.parse(line)), files };
}
