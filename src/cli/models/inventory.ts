// Which bundles there are and what they say of themselves, and what else could be pulled.
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { bundleFolder, SHIPPED_MODELS, type Config } from '../../config.js';
import { StartupError } from '../../errors.js';
import { readManifest, type Manifest } from '../../inference/bundle.js';
import { megabytes } from './download.js';
import { readRecipes } from './recipe.js';
import type { Serving } from './serving.js';

/** The figures that a bundle is first asked for, where it was measured. */
const HEADLINES = ['garmentType.picture', 'garmentType.both', 'categoryWords.p10.en', 'composed.np10.en'];

/** One paragraph per bundle, then one line for each that can be pulled. */
export async function inventory(
  { modelsDir, bundleDir }: Pick<Config, 'modelsDir' | 'bundleDir'>,
  serving: Serving,
): Promise<string> {
  const names = await bundleNames(modelsDir);
  const uses = usesOf(serving, bundleDir);
  const bundles = await Promise.all(names.map((name) => paragraph(bundleFolder(modelsDir, name), uses)));
  const missing = Object.entries(await readRecipes()).filter(([name]) => !names.includes(name));
  const published = missing.map(([name, { describe, license }]) => `  ${name}\n    ${describe} (${license})`);
  const offer = published.length === 0 ? [] : [`\nTo be had with \`fitroom models pull NAME\`:\n${published.join('\n')}`];
  return [...bundles, `\n${sourceOf(serving)}`, ...offer].join('\n');
}

/** Folders with a manifest, pulled ones and those of the repository. */
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

/** How a bundle is in use, in words; null where it is not. @param id name@version; null: its manifest is damaged */
type Uses = (dir: string, id: string | null) => string | null;

function usesOf({ stores }: Serving, configured: string): Uses {
  if (stores === null) return (dir) => (dir === configured ? 'FITROOM_MODEL' : null);
  return (_dir, id) => {
    const served = stores.filter(({ bundle }) => bundle === id).map(({ store }) => store ?? 'your store');
    return served.length === 0 ? null : `serves ${served.join(', ')}`;
  };
}

function sourceOf({ server, stores, refusal }: Serving): string {
  if (stores !== null) return `▶ in use, as the server at ${server} says.`;
  if (refusal === null) return `▶ what a start would use: no server answers at ${server}.`;
  return `▶ what a start would use: the server at ${server} does not say what it uses (${refusal}).`;
}

async function paragraph(dir: string, uses: Uses): Promise<string> {
  const headOf = (name: string, use: string | null): string => (use === null ? `  ${name}` : `▶ ${name} · ${use}`);
  try {
    const manifest = await readManifest(dir);
    const lines = [`${manifest.text.encoder} + ${manifest.image.encoder}`, await facts(dir, manifest), figures(manifest)];
    const use = uses(dir, `${manifest.name}@${manifest.version}`);
    return [headOf(`${basename(dir)} (${manifest.version})`, use), ...lines].join('\n    ');
  } catch (error) {
    if (!(error instanceof StartupError)) throw error;
    return `${headOf(basename(dir), uses(dir, null))}\n    ${error.message.replaceAll('\n', '\n    ')}`;
  }
}

async function facts(dir: string, manifest: Manifest): Promise<string> {
  const files = await readdir(dir);
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(dir, file))).size));
  const heads = { trained: 'trained head', 'zero-shot': 'head of prompts', none: 'no head' };
  return [
    megabytes(sizes.reduce((a, b) => a + b, 0)),
    `${manifest.dimensions} dimensions`,
    manifest.aligned ? 'words and pictures aligned' : 'words and pictures not aligned',
    manifest.fusion.methods.join(', '),
    heads[manifest.head.kind],
    manifest.license,
  ].join(' · ');
}

function figures({ metrics }: Manifest): string {
  const shown = metrics.filter(({ name }) => HEADLINES.includes(name));
  return shown.length === 0 ? 'not measured' : shown.map(({ name, value }) => `${name} ${value}`).join(' · ');
}
