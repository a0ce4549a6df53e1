// `models pull`: downloads a published bundle. It stays in a hidden folder until it is complete and runs.
// An interrupted pull resumes there; a wrong checksum deletes the folder.
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
  /** Absolute path of the folder with all bundles. */
  modelsDir: string;
  hub: Hub;
  threads: number;
}

/** Files to download into the folder of the bundle, by file name. */
type RemoteFiles = Map<string, HubFile>;

/**
 * Pulls a recipe of models/published.json, or a repository with a bundle exported by models/training.
 * @param name name of a recipe, or owner/repository
 * @returns name of the bundle and a note about its use
 * @throws CannotRun with a message that says how to fix it
 */
export async function pull(name: string, options: PullOptions): Promise<{ name: string; next: string }> {
  if (name.includes('/')) return pullRepository(name, options);
  const recipes = await readRecipes();
  const recipe = recipes[name];
  if (!recipe) {
    const known = Object.keys(recipes).join(', ');
    throw new CannotRun(`No bundle is published as ${name}. Use one of ${known}, or owner/repository of a bundle.`);
  }
  await assemble(name, options, async (dir) => {
    const hashes = await fetchAll(name, dir, { remoteFiles: await recipeFiles(recipe, options.hub), hub: options.hub });
    await makeBundle(dir, name, { recipe, hashes });
  });
  return { name, next: recipe.next };
}

/** Pulls a complete bundle from a repository. Its manifest verifies its files a second time. */
async function pullRepository(repository: string, options: PullOptions): Promise<{ name: string; next: string }> {
  const { hub } = options;
  const revision = await hub.commitOf(repository, 'main');
  const files = await hub.files(repository, revision);
  const manifestFile = requireFile(files, repository, 'manifest.json');
  const { name } = JSON.parse(await new Response(await hub.read(manifestFile, 0)).text()) as { name?: string };
  if (!name || !BUNDLE_NAME.test(name))
    throw new CannotRun(`${repository} has no bundle: its manifest has no valid name.`);
  await assemble(name, options, async (dir) => {
    await fetchAll(name, dir, { remoteFiles: new Map([['manifest.json', manifestFile]]), hub });
    const named = namedFiles(await readManifest(dir));
    const remoteFiles = new Map([...named.keys()].map((file) => [file, requireFile(files, repository, file)]));
    await fetchAll(name, dir, { remoteFiles, hub });
  });
  return { name, next: `Pulled ${repository} at commit ${revision}.` };
}

async function recipeFiles({ text, image }: Recipe, hub: Hub): Promise<RemoteFiles> {
  const textFiles = await hub.files(text.repository, text.revision);
  const imageFiles = await hub.files(image.repository, image.revision);
  return new Map([
    [FILES.text, requireFile(textFiles, text.repository, text.file)],
    [FILES.image, requireFile(imageFiles, image.repository, image.file)],
    [FILES.tokenizer, requireFile(textFiles, text.repository, text.tokenizer)],
    [TOKENIZER_CONFIG, requireFile(textFiles, text.repository, text.tokenizerConfig)],
  ]);
}

function requireFile(files: ReadonlyMap<string, HubFile>, repository: string, path: string): HubFile {
  const file = files.get(path);
  if (!file) throw new CannotRun(`${repository} has no file ${path} at the requested commit.`);
  return file;
}

/** Downloads files into `dir`. Returns their SHA-256 by file name. */
async function fetchAll(
  name: string,
  dir: string,
  { remoteFiles, hub }: { remoteFiles: RemoteFiles; hub: Hub },
): Promise<Map<string, string>> {
  const total = [...remoteFiles.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  await requireRoom(dir, total);
  const screen = startScreen(name, total, process.stderr);
  const hashes = new Map<string, string>();
  try {
    for (const [file, remote] of remoteFiles) {
      hashes.set(file, await download(hub, remote, { target: join(dir, file), onBytes: (n) => screen.add(n) }));
    }
  } finally {
    screen.stop();
  }
  return hashes;
}

/** Fills a hidden folder, verifies it, and only then renames it to the name of the bundle. */
async function assemble(name: string, options: PullOptions, fill: (dir: string) => Promise<void>): Promise<void> {
  const { modelsDir, threads } = options;
  const target = join(modelsDir, name);
  const dir = join(modelsDir, `.${name}.partial`);
  await mkdir(modelsDir, { recursive: true });
  const unlock = lockPull(join(modelsDir, `.${name}.lock`), name);
  try {
    if (existsSync(target)) {
      throw new CannotRun(
        `${target} already exists. Check it with \`fitroom models verify ${name}\`, or remove it to pull it again.`,
      );
    }
    await mkdir(dir, { recursive: true });
    await fill(dir);
    await requireWorking(dir, threads);
    await rename(dir, target);
  } catch (error) {
    // complete files stay for the next attempt, unless their bytes are wrong
    if (error instanceof ChecksumMismatch || error instanceof BrokenBundle) await rm(dir, { recursive: true });
    throw error;
  } finally {
    unlock();
  }
}

/** Locks the pull of a bundle, because two pulls into one folder would damage the files of each other. */
function lockPull(lockPath: string, name: string): () => void {
  try {
    return lockFolder(
      lockPath,
      (pid) => `Process ${pid} is already pulling ${name}. If it has ended, delete ${lockPath}.`,
    );
  } catch (error) {
    throw new CannotRun((error as Error).message);
  }
}

class BrokenBundle extends CannotRun {
  override readonly name = 'BrokenBundle';
}

async function requireWorking(dir: string, threads: number): Promise<void> {
  for await (const finding of verifyBundle(dir, threads)) {
    if (finding.verdict === 'wrong')
      throw new BrokenBundle(`The pulled bundle does not run:\n${findingLines(finding)}`);
  }
}
