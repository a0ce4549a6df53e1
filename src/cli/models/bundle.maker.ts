// Creation of a bundle from hub files: completes the recipe from the graphs, encodes head prompts, records golden
// features.
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_MODEL, SHIPPED_MODELS } from '../../config.js';
import { HEAD_OUTPUTS, type HeadOutput } from '../../domain/recommend/classification.js';
import { loadBundle, readManifest, TOKENIZER_CONFIG, type Manifest } from '../../inference/bundle.js';
import { startEncoders, type Encoders } from '../../inference/encoders.js';
import { manifestSchema } from '../../inference/manifest.js';
import { imageModel, type Head } from '../../inference/manifest.models.js';
import { GOLDEN_FILE, recordGoldenFeatures } from './golden.js';
import { inspectImage, inspectText, measureDimensions } from './graph.js';
import type { Recipe } from './recipe.js';

/** File names in every pulled bundle. */
export const FILES = { text: 'text.onnx', image: 'image.onnx', tokenizer: 'tokenizer.json', config: TOKENIZER_CONFIG };
const PROMPTS_FILE = 'prompts.f32';
const EVEN_TEMPERATURES = { garmentType: 1, category: 1, color: 1, gender: 1, usage: 1 };

/**
 * Writes a bundle into `dir`; manifest.json is written last.
 * @param hashes SHA-256 of the files in `dir`, by file name
 * @throws CannotRun, StartupError if a graph does not match the recipe
 */
export async function makeBundle(dir: string, name: string, parts: MakeParts): Promise<void> {
  const draft = await draftManifest(dir, name, parts);
  await writeManifest(dir, draft);
  const encoders = await startEncoders(await loadBundle(dir), { execution: 'cpu', threads: 2 });
  try {
    const golden = Buffer.from(JSON.stringify(await recordGoldenFeatures(encoders)));
    const files = { ...draft.files, [GOLDEN_FILE]: await writeHashed(join(dir, GOLDEN_FILE), golden) };
    const { head: headRecipe } = parts.recipe;
    const head = headRecipe.kind === 'none' ? draft.head : await promptHead(dir, draft, { ...headRecipe, encoders });
    await writeManifest(dir, { ...draft, files, head });
  } finally {
    await encoders.close();
  }
}

interface MakeParts {
  recipe: Recipe;
  hashes: ReadonlyMap<string, string>;
}

/**
 * Returns the manifest without the head. The labels are those of the default bundle, so that a catalog keeps its
 * vocabulary.
 */
async function draftManifest(dir: string, name: string, { recipe, hashes }: MakeParts): Promise<Manifest> {
  const shipped = await readManifest(join(SHIPPED_MODELS, DEFAULT_MODEL));
  const { text, image } = recipe;
  const sha256 = (file: string): string => hashes.get(file)!;
  const pictures = imageModel.parse({
    ...image,
    file: FILES.image,
    sha256: sha256(FILES.image),
    output: await inspectImage(join(dir, FILES.image), image),
  });
  return manifestSchema.parse({
    name,
    ...recipe,
    source: [text, image].map(({ repository, revision, license }) => ({ repository, revision, license })),
    trainedAt: new Date().toISOString(),
    dimensions: await measureDimensions(join(dir, FILES.image), pictures),
    text: {
      ...text,
      ...(await inspectText(join(dir, FILES.text), text.outputs)),
      file: FILES.text,
      sha256: sha256(FILES.text),
      tokenizer: FILES.tokenizer,
    },
    image: pictures,
    head: { kind: 'none', labels: shipped.head.labels, temperatures: EVEN_TEMPERATURES },
    files: Object.fromEntries([FILES.tokenizer, FILES.config].map((file) => [file, sha256(file)])),
    categoryToGarmentType: shipped.categoryToGarmentType,
    colorFamilies: shipped.colorFamilies,
    metrics: [],
  });
}

/** Encodes the prompt of every label and writes the vectors. Returns the head. */
async function promptHead(
  dir: string,
  { head: { labels } }: Manifest,
  { prompts, scale, encoders }: { prompts: Record<HeadOutput, string>; scale: number; encoders: Encoders },
): Promise<Head> {
  const texts = HEAD_OUTPUTS.flatMap((output) =>
    labels[output].map((label: string) => prompts[output].replace('{label}', labelWords(label))),
  );
  const vectors = await Promise.all(texts.map((text) => encoders.encodeWords(text)));
  const bytes = Buffer.concat(vectors.map((vector) => Buffer.from(new Float32Array(vector).buffer)));
  const sha256 = await writeHashed(join(dir, PROMPTS_FILE), bytes);
  return { kind: 'zero-shot', file: PROMPTS_FILE, sha256, labels, temperatures: EVEN_TEMPERATURES, scale, prompts };
}

/**
 * Returns a label as words, for example "long sleeve" for LONG_SLEEVE. Types are constants of the API; categories are
 * words already.
 */
function labelWords(label: string): string {
  return label.toLowerCase().replaceAll('_', ' ');
}

async function writeHashed(path: string, bytes: Uint8Array): Promise<string> {
  await writeFile(path, bytes);
  return createHash('sha256').update(bytes).digest('hex');
}

async function writeManifest(dir: string, manifest: Manifest): Promise<void> {
  await writeFile(join(dir, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}
