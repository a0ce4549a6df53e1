// Model bundles on disk: reads the manifest and checks every file against its SHA-256.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { StartupError } from '../errors.js';
import { type Manifest, manifestSchema } from './manifest.js';

export type { Manifest } from './manifest.js';

/** The tokenizer library needs this file next to every tokenizer.json. */
export const TOKENIZER_CONFIG = 'tokenizer_config.json';

export interface Bundle {
  readonly manifest: Manifest;
  /** Absolute path of the folder. */
  readonly dir: string;
  readonly name: string;
  /** name@version: marks stored embeddings and cursors. */
  readonly id: string;
}

/**
 * Reads a bundle and checks every file that it names against its SHA-256.
 * @param dir absolute folder with manifest.json
 * @throws StartupError with the file that is missing, malformed or changed, and the remedy
 */
export async function loadBundle(dir: string): Promise<Bundle> {
  const manifest = await readManifest(dir);
  const expected = namedFiles(manifest);
  for (const file of [manifest.text.tokenizer, TOKENIZER_CONFIG]) {
    if (!expected.has(file)) throw damaged(dir, 'manifest.json', `"files" has no SHA-256 for ${file}`);
  }
  await Promise.all([...expected].map(([file, sha256]) => requireHash(dir, file, sha256)));
  return { manifest, dir, name: manifest.name, id: `${manifest.name}@${manifest.version}` };
}

/** Returns every file that a manifest names, with its SHA-256: models, prompts, tokenizer and all others. */
export function namedFiles({ text, image, head, fusion, files }: Manifest): Map<string, string> {
  const named = new Map(Object.entries(files));
  const models = [text, image, head.kind === 'none' ? null : head, fusion.attention];
  for (const model of models) if (model) named.set(model.file, model.sha256);
  return named;
}

/** Reads and checks manifest.json. @throws StartupError if it is missing or malformed, with each invalid field */
export async function readManifest(dir: string): Promise<Manifest> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(join(dir, 'manifest.json'), 'utf8'));
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw damaged(dir, 'manifest.json', missing ? 'it is missing' : (error as Error).message);
  }
  const parsed = manifestSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw damaged(dir, 'manifest.json', `\n${wrong.join('\n')}`);
}

async function requireHash(dir: string, file: string, sha256: string): Promise<void> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(join(dir, file)), hash);
  } catch (error) {
    throw damaged(dir, file, (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'it is missing' : String(error));
  }
  if (hash.digest('hex') !== sha256) throw damaged(dir, file, 'its SHA-256 is not the one in manifest.json');
}

function damaged(dir: string, file: string, reason: string): StartupError {
  return new StartupError(
    `The bundle ${basename(dir)} cannot be used: ${file}: ${reason}\n` +
      'Restore its folder from the repository or pull it again, or name another one under models/ in FITROOM_MODEL.',
  );
}
