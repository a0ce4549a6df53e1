import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartupError } from '../../../src/errors.js';
import { loadBundle, namedFiles, readManifest, type Manifest } from '../../../src/inference/bundle.js';
import { changeManifest, TINY_BUNDLE, withTinyCopy } from '../../support/tiny.bundle.js';

/** Returns the failure of loading a copy of the tiny bundle after `damage`. */
async function failureAfter(damage: (dir: string) => Promise<void>): Promise<Error> {
  return withTinyCopy(async (dir) => {
    await damage(dir);
    return loadBundle(dir).then(
      () => new Error('it loaded'),
      (error: Error) => error,
    );
  });
}

const withManifest = (change: (manifest: Manifest) => object) => failureAfter((dir) => changeManifest(dir, change));

describe('loadBundle', () => {
  it('builds the id of a bundle from its name and version', async () => {
    const bundle = await loadBundle(TINY_BUNDLE);
    expect(bundle).toMatchObject({ name: 'tiny-bundle', id: 'tiny-bundle@1.0.0', dir: TINY_BUNDLE });
    expect(bundle.manifest.dimensions).toBe(16);
  });

  it('finds every model file of the folder named in the manifest, the attention network included', async () => {
    const named = namedFiles(await readManifest(TINY_BUNDLE));
    expect(named.has('fusion.onnx')).toBe(true);
    const models = (await readdir(TINY_BUNDLE)).filter((file) => file.endsWith('.onnx'));
    expect([...named.keys()]).toEqual(expect.arrayContaining(models));
  });

  it.each(['text.onnx', 'image.onnx', 'head.onnx', 'fusion.onnx', 'tokenizer.json', 'tokenizer_config.json'])(
    'refuses a %s with one changed byte and names the file',
    async (file) => {
      const failure = await failureAfter(async (dir) => {
        const bytes = await readFile(join(dir, file));
        bytes[bytes.length - 2]! ^= 1;
        await writeFile(join(dir, file), bytes);
      });
      expect(failure).toBeInstanceOf(StartupError);
      expect(failure.message).toContain(`${file}: its SHA-256 is not the one in manifest.json`);
    },
  );

  it('names a missing file and the remedy', async () => {
    const failure = await failureAfter((dir) => rm(join(dir, 'image.onnx')));
    expect(failure).toBeInstanceOf(StartupError);
    expect(failure.message).toMatch(/image\.onnx: it is missing\n.*FITROOM_MODEL/);
  });

  it('reports a missing manifest', async () => {
    const failure = await failureAfter((dir) => rm(join(dir, 'manifest.json')));
    expect(failure.message).toContain('manifest.json: it is missing');
  });

  it('refuses a truncated manifest', async () => {
    const failure = await failureAfter((dir) => writeFile(join(dir, 'manifest.json'), '{"name":'));
    expect(failure).toBeInstanceOf(StartupError);
    expect(failure.message).toContain('manifest.json');
  });

  it('lists every invalid field', async () => {
    const failure = await withManifest((manifest) => ({ ...manifest, dimensions: 0, aligned: 'yes' }));
    expect(failure.message).toMatch(/dimensions: .*\n.*aligned: /);
  });

  it('refuses garment types in another order, since stored probabilities use that order', async () => {
    const failure = await withManifest((manifest) => {
      const labels = { ...manifest.head.labels, garmentType: [...manifest.head.labels.garmentType].reverse() };
      return { ...manifest, head: { ...manifest.head, labels } };
    });
    expect(failure.message).toContain('head.labels.garmentType.0');
  });

  it('refuses a file name outside the folder', async () => {
    const failure = await withManifest((manifest) => ({
      ...manifest,
      text: { ...manifest.text, file: '../text.onnx' },
    }));
    expect(failure.message).toContain('text.file: is not a plain file name');
  });

  it('refuses a tokenizer without a hash', async () => {
    const failure = await withManifest((manifest) => ({
      ...manifest,
      files: { 'tokenizer.json': manifest.files['tokenizer.json'] },
    }));
    expect(failure.message).toContain('"files" has no SHA-256 for tokenizer_config.json');
  });

  it('refuses to average text and pictures that share no space', async () => {
    const failure = await withManifest((manifest) => ({ ...manifest, aligned: false }));
    expect(failure.message).toContain('fusion.methods: text and pictures that share no space can only be concatenated');
  });

  it('refuses a zero-shot head if text and pictures share no space', async () => {
    const failure = await withManifest((manifest) => ({
      ...manifest,
      aligned: false,
      fusion: { ...manifest.fusion, methods: ['CONCATENATION'], default: 'CONCATENATION' },
      head: {
        ...manifest.head,
        kind: 'zero-shot',
        scale: 100,
        prompts: { garmentType: '{label}', category: '{label}', color: '{label}', gender: '{label}', usage: '{label}' },
      },
    }));
    expect(failure.message).toContain('head.kind: zero-shot needs text and pictures in one space');
  });

  it('refuses a picture encoder without a resize rule', async () => {
    const failure = await withManifest((manifest) => ({
      ...manifest,
      image: { ...manifest.image, letterbox: undefined },
    }));
    expect(failure.message).toContain('image: has either "letterbox" or "resize"');
  });

  it('refuses a default fusion method that the bundle does not offer', async () => {
    const failure = await withManifest((manifest) => ({
      ...manifest,
      fusion: { ...manifest.fusion, methods: ['CONCATENATION'] },
    }));
    expect(failure.message).toContain('fusion: has a default that is not among its methods');
  });
});
