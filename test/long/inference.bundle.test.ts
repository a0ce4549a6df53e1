// Starts with bundles that have one defect each.
import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startApp } from '../../src/bootstrap/server.js';
import { readConfig } from '../../src/config.js';
import { StartupError } from '../../src/errors.js';
import { loadBundle, type Manifest } from '../../src/inference/bundle.js';
import { startEncoders } from '../../src/inference/encoders.js';
import { createLogger } from '../../src/observability/logger.js';
import { openTestDatabase } from '../support/database.js';
import { onnxModel, type SmallModel } from '../support/onnx.model.js';
import { changeManifest, TINY, withTinyCopy } from '../support/tiny.bundle.js';

type Damage = (dir: string) => Promise<void>;
const MODELS = ['text.onnx', 'image.onnx', 'head.onnx', 'fusion.onnx'];

/** Returns the message with which the start of a damaged copy of the tiny bundle fails. */
async function failureOf(damage: Damage): Promise<string> {
  return withTinyCopy(async (dir) => {
    await damage(dir);
    const failure = await loadBundle(dir)
      .then((bundle) => startEncoders(bundle, { execution: 'cpu', threads: 1 }))
      .then(
        async (encoders) => (await encoders.close(), new Error('it started')),
        (error: Error) => error,
      );
    expect(failure.message).not.toBe('it started');
    expect(failure).toBeInstanceOf(StartupError);
    return failure.message;
  });
}

/** Replaces the bytes of a file and its hash in the manifest, like a broken export. */
const replaceFile =
  (file: string, bytes: Buffer): Damage =>
  async (dir) => {
    await writeFile(join(dir, file), bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await changeManifest(dir, (manifest) => withHash(manifest, file, sha256));
  };

function withHash(manifest: Manifest, file: string, sha256: string): object {
  const copy = JSON.parse(JSON.stringify(manifest)) as Manifest;
  for (const model of [copy.text, copy.image, copy.head, copy.fusion.attention!]) {
    if ('file' in model && model.file === file) model.sha256 = sha256;
  }
  if (file in copy.files) copy.files[file] = sha256;
  return copy;
}

/** Returns a network with the interface of attention and the given deviations. */
function attention(deviations: Partial<SmallModel> = {}): Buffer {
  return onnxModel({
    inputs: [
      { name: 'text', width: TINY.dimensions },
      { name: 'image', width: TINY.dimensions },
      { name: 'weights', width: 2 },
    ],
    outputs: [{ name: 'query', width: TINY.dimensions }],
    nodes: [{ operator: 'Identity', from: ['text'], to: ['query'] }],
    ...deviations,
  });
}

describe('the start refuses a bundle and names the file', () => {
  it.each(MODELS)('%s if it is missing', async (file) => {
    expect(await failureOf((dir) => rm(join(dir, file)))).toContain(`${file}: it is missing`);
  });

  it.each(MODELS)('%s if one of its bytes has changed', async (file) => {
    const failure = await failureOf(async (dir) => {
      const bytes = await readFile(join(dir, file));
      bytes[bytes.length >> 1]! ^= 1;
      await writeFile(join(dir, file), bytes);
    });
    expect(failure).toContain(`${file}: its SHA-256 is not the one in manifest.json`);
  });

  it.each(MODELS)('%s if it was exported for an opset that the runtime does not support', async (file) => {
    const failure = await failureOf(replaceFile(file, attention({ opset: 99 })));
    expect(failure).toMatch(new RegExp(`does not run on cpu: ${file}: .*[Oo]pset 99`));
  });

  it.each(MODELS)('%s if it is not a model', async (file) => {
    expect(await failureOf(replaceFile(file, Buffer.from('not a model')))).toContain(`does not run on cpu: ${file}: `);
  });

  it.each(MODELS)('%s if it has other inputs', async (file) => {
    const otherModel = onnxModel({
      inputs: [{ name: 'stranger', width: 3 }],
      outputs: [{ name: 'answer', width: 3 }],
      nodes: [{ operator: 'Identity', from: ['stranger'], to: ['answer'] }],
    });
    expect(await failureOf(replaceFile(file, otherModel))).toContain(`does not run on cpu: ${file}: `);
  });

  it.each<[string, string, (manifest: Manifest) => object]>([
    ['image.onnx', 'takes pictures of another size', (m) => ({ ...m, image: { ...m.image, size: 12 } })],
    [
      'head.onnx',
      'classifies another number of colors',
      (m) => ({
        ...m,
        head: { ...m.head, labels: { ...m.head.labels, color: [...m.head.labels.color, 'Ultraviolet'] } },
      }),
    ],
  ])('%s if it %s than the manifest declares', async (file, _, change) => {
    expect(await failureOf((dir) => changeManifest(dir, change))).toContain(`does not run on cpu: ${file}`);
  });

  it('tokenizer.json if it is not a tokenizer', async () => {
    const failure = await failureOf(replaceFile('tokenizer.json', Buffer.from('{"model": 1')));
    expect(failure).toContain('does not run on cpu: tokenizer.json: ');
  });
});

describe('an attention network', () => {
  it('with the right interface is accepted', async () => {
    await withTinyCopy(async (dir) => {
      await replaceFile('fusion.onnx', attention())(dir);
      const encoders = await startEncoders(await loadBundle(dir), { execution: 'cpu', threads: 1 });
      await encoders.close();
    });
  });

  it('whose output has another name is refused', async () => {
    const nodes = [{ operator: 'Identity', from: ['text'], to: ['answer'] }];
    const failure = await failureOf(
      replaceFile('fusion.onnx', attention({ nodes, outputs: [{ name: 'answer', width: TINY.dimensions }] })),
    );
    expect(failure).toContain('fusion.onnx has no output "query" with 16 numbers per row');
  });

  it('whose output has another width is refused', async () => {
    const nodes = [{ operator: 'Concat', from: ['text', 'image'], to: ['query'], attributes: { axis: 1 } }];
    const failure = await failureOf(
      replaceFile('fusion.onnx', attention({ nodes, outputs: [{ name: 'query', width: 2 * TINY.dimensions }] })),
    );
    expect(failure).toContain('fusion.onnx has no output "query" with 16 numbers per row');
  });

  it('with inputs of another width is refused', async () => {
    const inputs = ['text', 'image'].map((name) => ({ name, width: 24 }));
    const failure = await failureOf(
      replaceFile('fusion.onnx', attention({ inputs: [...inputs, { name: 'weights', width: 2 }] })),
    );
    expect(failure).toMatch(/fusion\.onnx: .*text[^]*24/);
  });

  it('that computes 0 / 0 when one modality has all the weight is refused', async () => {
    const nodes = [
      { operator: 'Split', from: ['weights'], to: ['words', 'picture'], attributes: { axis: 1, num_outputs: 2 } },
      { operator: 'Div', from: ['words', 'words'], to: ['one'] },
      { operator: 'Mul', from: ['text', 'one'], to: ['query'] },
    ];
    expect(await failureOf(replaceFile('fusion.onnx', attention({ nodes })))).toContain(
      'fusion.onnx returned a vector of length NaN',
    );
  });

  it('that the manifest offers but does not describe is reported as missing', async () => {
    const failure = await failureOf((dir) =>
      changeManifest(dir, (m) => ({ ...m, fusion: { ...m.fusion, attention: undefined } })),
    );
    expect(failure).toMatch(/manifest\.json: \n {2}fusion\.attention: is missing, but "methods" offers ATTENTION/);
  });

  it('may be absent if the manifest does not offer it', async () => {
    await withTinyCopy(async (dir) => {
      await changeManifest(dir, (m) => ({
        ...m,
        fusion: { ...m.fusion, methods: ['CONCATENATION', 'WEIGHTED_AVERAGE'], attention: undefined },
      }));
      await rm(join(dir, 'fusion.onnx'));
      const encoders = await startEncoders(await loadBundle(dir), { execution: 'cpu', threads: 1 });
      const features = new Float32Array(TINY.dimensions).fill(0.25);
      await expect(encoders.attend({ text: features, image: features }, { text: 1, image: 0 })).rejects.toThrow(
        'no attention',
      );
      await encoders.close();
    });
  });
});

describe('a server with a broken bundle', () => {
  it('does not start, and closes the database that it had opened', async () => {
    const { database, close } = await openTestDatabase();
    let isClosed = false;
    await withTinyCopy(async (dir) => {
      await replaceFile('fusion.onnx', attention({ opset: 99 }))(dir);
      const start = startApp({
        config: { ...readConfig({ PORT: '0', FITROOM_EXECUTION: 'cpu' }), bundleDir: dir },
        logger: createLogger('silent'),
        database: Promise.resolve({ ...database, close: () => Promise.resolve(void (isClosed = true)) }),
      });
      await expect(start).rejects.toThrow(/fusion\.onnx: .*[Oo]pset 99/);
    });
    expect(isClosed).toBe(true);
    await close();
  }, 60_000);
});
