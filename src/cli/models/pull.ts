// `models pull`: a published bundle into the folder of bundles. Everything lies in a hidden folder until it is whole and has
// computed; a pull that was cut off goes on there, wrong bytes leave nothing behind.
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BUNDLE_NAME } from '../../config.js';
import { namedFiles, readManifest, TOKENIZER_CONFIG } from '../../inference/bundle.js';
import { findingLines } from '../doctor/finding.js';
import { lockFolder } from '../../store/database/folder.lock.js';
import { CannotRun } from '../exit.js';
import { FILES, makeBundle } from './bundle.maker.js';
import { download, requireRoom, ChecksumMismatch } from './download.js';
import type { Hub, HubFile } from './hub.js';
import { startScreen } from './pull.screen.js';
import { readRecipes, type Recipe } from './recipe.js';
import { verifyBundle } from './verification.js';

export interface PullOptions {
  /** Absolute folder of bundles. */
  modelsDir: string;
  hub: Hub;
  threads: number;
}

/** What is to lie in the bundle's folder, by file name. */
type Wanted = Map<string, HubFile>;

/**
 * Pulls a recipe of models/published.json, or a repository that holds a bundle as models/training exports it.
 * @param name of a recipe, or owner/repository
 * @returns the bundle's name and what to know of it
 * @throws CannotRun saying what to do
 */
export async function pull(name: string, options: PullOptions): Promise<{ name: string; next: string }> {
  if (name.includes('/')) return pullRepository(name, options);
  const recipes = await readRecipes();
  const recipe = recipes[name];
  if (!recipe) {
    const known = Object.keys(recipes).join(', ');
    throw new CannotRun(`Nothing is published as ${name}. There are: ${known}; or owner/repository of a bundle.`);
  }
  await assemble(name, options, async (dir) => {
    const hashes = await fetchAll(name, dir, { wanted: await wantedOf(recipe, options.hub), hub: options.hub });
    await makeBundle(dir, name, { recipe, hashes });
  });
  return { name, next: recipe.next };
}

/** A bundle that lies whole in a repository: its own manifest vouches for its files once more. */
async function pullRepository(repository: string, options: PullOptions): Promise<{ name: string; next: string }> {
  const { hub } = options;
  const revision = await hub.commitOf(repository, 'main');
  const files = await hub.files(repository, revision);
  const manifestFile = requireFile(files, repository, 'manifest.json');
  const { name } = JSON.parse(await new Response(await hub.read(manifestFile, 0)).text()) as { name?: string };
  if (!name || !BUNDLE_NAME.test(name)) throw new CannotRun(`${repository} holds no bundle: its manifest names none.`);
  await assemble(name, options, async (dir) => {
    await fetchAll(name, dir, { wanted: new Map([['manifest.json', manifestFile]]), hub });
    const named = namedFiles(await readManifest(dir));
    const wanted = new Map([...named.keys()].map((file) => [file, requireFile(files, repository, file)]));
    await fetchAll(name, dir, { wanted, hub });
  });
  return { name, next: `Pulled ${repository} as it stood at ${revision}.` };
}

async function wantedOf({ text, image }: Recipe, hub: Hub): Promise<Wanted> {
  const words = await hub.files(text.repository, text.revision);
  const pictures = await hub.files(image.repository, image.revision);
  return new Map([
    [FILES.text, requireFile(words, text.repository, text.file)],
    [FILES.image, requireFile(pictures, image.repository, image.file)],
    [FILES.tokenizer, requireFile(words, text.repository, text.tokenizer)],
    [TOKENIZER_CONFIG, requireFile(words, text.repository, text.tokenizerConfig)],
  ]);
}

function requireFile(files: ReadonlyMap<string, HubFile>, repository: string, path: string): HubFile {
  const file = files.get(path);
  if (!file) throw new CannotRun(`${repository} has no file ${path} at the commit that is asked for.`);
  return file;
}

/** @returns SHA-256 by file name */
async function fetchAll(
  name: string,
  dir: string,
  { wanted, hub }: { wanted: Wanted; hub: Hub },
): Promise<Map<string, string>> {
  const total = [...wanted.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  await requireRoom(dir, total);
  const screen = startScreen(name, total, process.stderr);
  const hashes = new Map<string, string>();
  try {
    for (const [file, remote] of wanted) {
      hashes.set(file, await download(hub, remote, { target: join(dir, file), onBytes: (n) => screen.add(n) }));
    }
  } finally {
    screen.stop();
  }
  return hashes;
}

/** Fills a hidden folder, tries what is in it, and only then gives it the bundle's name. */
async function assemble(name: string, options: PullOptions, fill: (dir: string) => Promise<void>): Promise<void> {
  const { modelsDir, threads } = options;
  const target = join(modelsDir, name);
  const dir = join(modelsDir, `.${name}.partial`);
  await mkdir(modelsDir, { recursive: true });
  const unlock = lockPull(join(modelsDir, `.${name}.lock`), name);
  try {
    if (existsSync(target)) {
      throw new CannotRun(
        `${target} is there already. \`fitroom models verify ${name}\` tries it; to pull it anew, remove it.`,
      );
    }
    await mkdir(dir, { recursive: true });
    await fill(dir);
    await requireSound(dir, threads);
    await rename(dir, target);
  } catch (error) {
    // what was transferred whole stays for the next try, unless the bytes themselves are wrong
    if (error instanceof ChecksumMismatch || error instanceof Unsound) await rm(dir, { recursive: true });
    throw error;
  } finally {
    unlock();
  }
}

/** Two that write into one folder would spoil each other's files. */
function lockPull(lockPath: string, name: string): () => void {
  try {
    return lockFolder(lockPath, (pid) => `Process ${pid} is pulling ${name}. If it is not, delete ${lockPath}.`);
  } catch (error) {
    throw new CannotRun((error as Error).message);
  }
}

class Unsound extends CannotRun {
  override readonly name = 'Unsound';
}

async function requireSound(dir: string, threads: number): Promise<void> {
  for await (const finding of verifyBundle(dir, threads)) {
    if (finding.verdict === 'wrong') throw new Unsound(`What was pulled does not run:\n${findingLines(finding)}`);
  }
}
