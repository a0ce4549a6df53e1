// List of installed bundles with their properties, and of bundles available for pull.
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { bundleFolder, SHIPPED_MODELS, type Config } from '../../config.js';
import { StartupError } from '../../errors.js';
import { readManifest, type Manifest } from '../../inference/bundle.js';
import { megabytes } from './download.js';
import { readRecipes } from './recipe.js';
import type { Serving } from './serving.js';

/** Metrics shown for a bundle, if they were measured. */
const HEADLINES = ['garmentType.picture', 'garmentType.both', 'categoryWords.p10.en', 'composed.np10.en'];

/** Returns one paragraph for each bundle, then one entry for each bundle that can be pulled. */
export async function inventory(
  { modelsDir, bundleDir }: Pick<Config, 'modelsDir' | 'bundleDir'>,
  serving: Serving,
): Promise<string> {
  const names = await bundleNames(modelsDir);
  const uses = usesOf(serving, bundleDir);
  const bundles = await Promise.all(names.map((name) => paragraph(bundleFolder(modelsDir, name), uses)));
  const missing = Object.entries(await readRecipes()).filter(([name]) => !names.includes(name));
  const published = missing.map(([name, { describe, license }]) => `  ${name}\n    ${describe} (${license})`);
  const available =
    published.length === 0 ? [] : [`\nAvailable with \`fitroom models pull NAME\`:\n${published.join('\n')}`];
  return [...bundles, ...elsewhere(bundles, serving), `\n${sourceOf(serving)}`, ...available].join('\n');
}

/** Returns one line for each bundle that the server uses and that is in no folder of this machine. */
function elsewhere(paragraphs: readonly string[], { stores }: Serving): string[] {
  const used = new Set((stores ?? []).map(({ bundle }) => bundle));
  return [...used]
    .map((bundle) => ({ bundle, use: servedBy(stores ?? [], bundle) }))
    .filter(({ use }) => use !== null && !paragraphs.some((paragraph) => paragraph.split('\n', 1)[0]!.endsWith(use)))
    .map(({ bundle, use }) => `▶ ${bundle} · ${use}\n    This bundle is not in a folder of this machine.`);
}

/** Returns which stores a bundle serves, in words, or null for none. */
function servedBy(stores: NonNullable<Serving['stores']>, id: string | null): string | null {
  const served = stores.filter(({ bundle }) => bundle === id).map(({ store }) => store ?? 'your store');
  return served.length === 0 ? null : `serves ${served.join(', ')}`;
}

/** Returns the names of all folders with a manifest, both pulled bundles and those of the repository. */
async function bundleNames(modelsDir: string): Promise<string[]> {
  const found = new Set<string>();
  for (const folder of new Set([modelsDir, SHIPPED_MODELS])) {
    for (const name of await readdir(folder).catch(() => [])) {
      const isBundle = await stat(join(folder, name, 'manifest.json')).catch(() => null);
      if (isBundle && !name.startsWith('.')) found.add(name);
    }
  }
  return [...found].sort();
}

/**
 * Returns the use of a bundle in words, or null if it is not used.
 * @param id name@version, or null for a damaged manifest
 */
type Uses = (dir: string, id: string | null) => string | null;

function usesOf({ stores }: Serving, configured: string): Uses {
  if (stores === null) return (dir) => (dir === configured ? 'FITROOM_MODEL' : null);
  return (_dir, id) => servedBy(stores, id);
}

function sourceOf({ server, stores, refusal }: Serving): string {
  if (stores !== null) return `▶ in use, according to the server at ${server}.`;
  if (refusal === null) return `▶ used by the next start: no server answers at ${server}.`;
  return `▶ used by the next start: the server at ${server} did not say what it uses (${refusal}).`;
}

async function paragraph(dir: string, uses: Uses): Promise<string> {
  const titleOf = (name: string, use: string | null): string => (use === null ? `  ${name}` : `▶ ${name} · ${use}`);
  try {
    const manifest = await readManifest(dir);
    const lines = [
      `${manifest.text.encoder} + ${manifest.image.encoder}`,
      await facts(dir, manifest),
      figures(manifest),
    ];
    const use = uses(dir, `${manifest.name}@${manifest.version}`);
    return [titleOf(`${basename(dir)} (${manifest.version})`, use), ...lines].join('\n    ');
  } catch (error) {
    if (!(error instanceof StartupError)) throw error;
    return `${titleOf(basename(dir), uses(dir, null))}\n    ${error.message.replaceAll('\n', '\n    ')}`;
  }
}

async function facts(dir: string, manifest: Manifest): Promise<string> {
  const files = await readdir(dir);
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(dir, file))).size));
  const heads = { trained: 'trained head', 'zero-shot': 'zero-shot head', none: 'no head' };
  return [
    megabytes(sizes.reduce((a, b) => a + b, 0)),
    `${manifest.dimensions} dimensions`,
    manifest.aligned ? 'text and pictures aligned' : 'text and pictures not aligned',
    manifest.fusion.methods.join(', '),
    heads[manifest.head.kind],
    manifest.license,
  ].join(' · ');
}

function figures({ metrics }: Manifest): string {
  const shown = metrics.filter(({ name }) => HEADLINES.includes(name));
  return shown.length === 0 ? 'not measured' : shown.map(({ name, value }) => `${name} ${value}`).join(' · ');
}
