// The tiny bundle of test/fixtures for tests of mechanics, whole or as a copy that a test may damage.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../src/config.js';
import { loadBundle, type Manifest } from '../../src/inference/bundle.js';
import { type EncoderOptions, startEncoders, type ThreadedEncoders } from '../../src/inference/encoders.js';

export const TINY_BUNDLE = join(PROJECT_ROOT, 'test', 'fixtures', 'tiny-bundle');
/** Sizes of the tiny bundle, as make.py writes them. */
export const TINY = { dimensions: 16, size: 8, maxTokens: 12 };

/** Starts encoders on the tiny bundle and the CPU. The test closes them. */
export async function startTinyEncoders(options: Partial<EncoderOptions> = {}): Promise<ThreadedEncoders> {
  return startEncoders(await loadBundle(TINY_BUNDLE), { execution: 'cpu', threads: 1, ...options });
}

/** Returns a picture of one shade as input of the tiny image encoder. Shade 0 yields a zero vector. */
export function tinyPixels(shade: number): Uint8Array {
  return Uint8Array.from({ length: TINY.size ** 2 * 3 }, (_, i) => (shade === 0 ? 0 : (shade + i * 5) % 256));
}

/** Runs `work` on a copy of the tiny bundle and deletes the copy. */
export async function withTinyCopy<T>(work: (dir: string) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'fitroom-tiny-'));
  try {
    await cp(TINY_BUNDLE, dir, { recursive: true });
    return await work(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Rewrites the manifest of a copy. */
export async function changeManifest(dir: string, change: (manifest: Manifest) => object): Promise<void> {
  const file = join(dir, 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as Manifest;
  await writeFile(file, JSON.stringify(change(manifest)));
}
