// Features of published graphs, compared to those of transformers with the same tiny weights.
// test/fixtures/hub/make.py covers tokens and padding, pixels and scaling, pooling and length.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../../src/config.js';
import { HEAD_OUTPUTS } from '../../../src/domain/recommend/classification.js';
import { loadBundle, readManifest } from '../../../src/inference/bundle.js';
import { startEncoders, type Encoders } from '../../../src/inference/encoders.js';
import { openPicture } from '../../../src/pictures/picture.js';
import { squareOf } from '../../../src/pictures/letterbox.js';
import { TINY_BUNDLE } from '../../support/tiny.bundle.js';

const HUB = join(PROJECT_ROOT, 'test', 'fixtures', 'hub');
interface Golden {
  text: string;
  picture: string;
  [bundle: string]: string | { text: number[]; image: number[] };
}
const golden = JSON.parse(await readFile(join(HUB, 'features.json'), 'utf8')) as Golden;
const recipes = JSON.parse(await readFile(join(PROJECT_ROOT, 'models', 'published.json'), 'utf8'));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fitroom-features-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Opens a bundle of a recipe's tiny repositories without a head, with only the parts that the encoders need. */
async function openEncoders(name: string, inputs: string[]): Promise<Encoders> {
  const { text, image, ...recipe } = recipes[name];
  const files = {
    'text.onnx': join(text.repository, text.file),
    'image.onnx': join(image.repository, image.file),
    'tokenizer.json': join(text.repository, text.tokenizer),
    'tokenizer_config.json': join(text.repository, text.tokenizerConfig),
  };
  const hashes: Record<string, string> = {};
  for (const [file, from] of Object.entries(files)) {
    await cp(join(HUB, from), join(folder, file));
    hashes[file] = createHash('sha256')
      .update(await readFile(join(HUB, from)))
      .digest('hex');
  }
  const { 'text.onnx': textHash, 'image.onnx': imageHash, ...further } = hashes;
  const tiny = await readManifest(TINY_BUNDLE);
  const output = (part: { outputs: object[] }) => ({ ...part.outputs[0], normalize: true });
  const manifest = {
    ...tiny,
    ...recipe,
    name,
    text: { ...text, file: 'text.onnx', sha256: textHash, tokenizer: 'tokenizer.json', inputs, output: output(text) },
    image: { ...image, file: 'image.onnx', sha256: imageHash, output: output(image) },
    head: { kind: 'none', labels: tiny.head.labels, temperatures: tiny.head.temperatures },
    files: further,
  };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return startEncoders(await loadBundle(folder), { execution: 'cpu', threads: 1 });
}

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const dot = (x: ArrayLike<number>, y: ArrayLike<number>) =>
    Array.from(x).reduce((sum, value, i) => sum + value * y[i]!, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

describe.each([
  ['marqo-fashionsiglip', ['input_ids']],
  ['bert-vit', ['input_ids', 'attention_mask', 'token_type_ids']],
])('the encoders of %s', (name, inputs) => {
  it('return the same features as transformers, alone and in a batch', async () => {
    const encoders = await openEncoders(name, inputs);
    try {
      const { text, image } = golden[name] as { text: number[]; image: number[] };
      const others = ['hat', 'a photo of black shoes and a blue garment'].map((text) => encoders.encodeWords(text));
      const words = encoders.encodeWords(golden.text);
      await Promise.all(others);
      const picture = await openPicture(await readFile(join(PROJECT_ROOT, 'models', 'golden', golden.picture)));
      const pixels = await squareOf(picture, encoders.bundle.manifest.image);
      expect(cosine(await words, text)).toBeGreaterThan(0.9999);
      expect(cosine(await encoders.encodePixels(pixels), image)).toBeGreaterThan(0.999);
    } finally {
      await encoders.close();
    }
  });

  it('return equal probabilities without a head', async () => {
    const encoders = await openEncoders(name, inputs);
    try {
      const classification = await encoders.readHead({ text: await encoders.encodeWords('red dress'), image: null });
      for (const output of HEAD_OUTPUTS) expect(new Set(classification[output]).size).toBe(1);
    } finally {
      await encoders.close();
    }
  });

  it('fail to start if the graph has another output than the manifest, and name both', async () => {
    const [first] = recipes[name].text.outputs;
    const originalName = first.name;
    first.name = 'logits';
    try {
      await expect(openEncoders(name, inputs)).rejects.toThrow(
        new RegExp(`text\\.onnx has the outputs ${originalName}, but no "logits"`),
      );
    } finally {
      first.name = originalName;
    }
  });
});
