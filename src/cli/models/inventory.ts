// Which bundles there are and what they say of themselves, and what else could be pulled.
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { bundleFolder, SHIPPED_MODELS, type Config } from '../../config.js';
import { StartupError } from '../../errors.js';
import { readManifest, type Manifest } from '../../inference/bundle.js';
import { megabytes } from './download.js';
import { readRecipes } from './recipe.js';

/** The figures that a bundle is first asked for, where it was measured. */
const HEADLINES = ['garmentType.picture', 'garmentType.both', 'categoryWords.p10.en', 'composed.np10.en'];

/** One paragraph a bundle, then one line for each that can be pulled. */
export async function inventory({ modelsDir, bundleDir }: Pick<Config, 'modelsDir' | 'bundleDir'>): Promise<string> {
  const names = await bundleNames(modelsDir);
  const bundles = await Promise.all(names.map((name) => paragraph(bundleFolder(modelsDir, name), bundleDir)));
  const missing = Object.entries(await readRecipes()).filter(([name]) => !names.includes(name));
  const published = missing.map(([name, { describe, license }]) => `  ${name}\n    ${describe} (${license})`);
  const offer = published.length === 0 ? [] : [`\nTo be had with \`fitroom models pull NAME\`:\n${published.join('\n')}`];
  return [...bundles, ...offer].join('\n');
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

async function paragraph(dir: string, running: string): Promise<string> {
  const mark = dir === running ? '▶' : ' ';
  try {
    const manifest = await readManifest(dir);
    const lines = [`${manifest.text.encoder} + ${manifest.image.encoder}`, await facts(dir, manifest), figures(manifest)];
    return [`${mark} ${basename(dir)} (${manifest.version})`, ...lines].join('\n    ');
  } catch (error) {
    if (!(error instanceof StartupError)) throw error;
    return `${mark} ${basename(dir)}\n    ${error.message.replaceAll('\n', '\n    ')}`;
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
