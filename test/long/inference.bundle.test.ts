// Bundles with one thing wrong: each start ends by saying which file, and nothing half open is left behind.
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

/** How the start of a damaged copy of the tiny bundle ends. */
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

/** Puts other bytes in a file's place, and their hash in the manifest: what a broken export looks like. */
const exported =
  (file: string, bytes: Buffer): Damage =>
  async (dir) => {
    await writeFile(join(dir, file), bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await changeManifest(dir, (manifest) => withHash(manifest, file, sha256));
  };

function withHash(manifest: Manifest, file: string, sha256: string): object {
  const json = JSON.parse(JSON.stringify(manifest)) as Manifest;
  for (const model of [json.text, json.image, json.head, json.fusion.attention!]) {
    if ('file' in model && model.file === file) model.sha256 = sha256;
  }
  if (file in json.files) json.files[file] = sha256;
  return json;
}

/** A network with attention's interface, wrong in what is given. */
function attention(wrong: Partial<SmallModel> = {}): Buffer {
  return onnxModel({
    inputs: [
      { name: 'text', width: TINY.dimensions },
      { name: 'image', width: TINY.dimensions },
      { name: 'weights', width: 2 },
    ],
    outputs: [{ name: 'query', width: TINY.dimensions }],
    nodes: [{ operator: 'Identity', from: ['text'], to: ['query'] }],
    ...wrong,
  });
}

describe('a bundle is refused at start by the name of the file', () => {
  it.each(MODELS)('%s, where it is missing', async (file) => {
    expect(await failureOf((dir) => rm(join(dir, file)))).toContain(`${file}: it is missing`);
  });

  it.each(MODELS)('%s, where one of its bytes has changed', async (file) => {
    const failure = await failureOf(async (dir) => {
      const bytes = await readFile(join(dir, file));
      bytes[bytes.length >> 1]! ^= 1;
      await writeFile(join(dir, file), bytes);
    });
    expect(failure).toContain(`${file}: its SHA-256 is not the one in manifest.json`);
  });

  it.each(MODELS)('%s, where it was exported for an opset that the runtime does not know', async (file) => {
    const failure = await failureOf(exported(file, attention({ opset: 99 })));
    expect(failure).toMatch(new RegExp(`does not run on cpu: ${file}: .*[Oo]pset 99`));
  });

  it.each(MODELS)('%s, where it is no model', async (file) => {
    expect(await failureOf(exported(file, Buffer.from('not a model')))).toContain(`does not run on cpu: ${file}: `);
  });

  it.each(MODELS)('%s, where it takes something else', async (file) => {
    const stranger = onnxModel({
      inputs: [{ name: 'stranger', width: 3 }],
      outputs: [{ name: 'answer', width: 3 }],
      nodes: [{ operator: 'Identity', from: ['stranger'], to: ['answer'] }],
    });
    expect(await failureOf(exported(file, stranger))).toContain(`does not run on cpu: ${file}: `);
  });

  it.each<[string, string, (manifest: Manifest) => object]>([
    ['image.onnx', 'takes pictures of another size', (m) => ({ ...m, image: { ...m.image, size: 12 } })],
    [
      'head.onnx',
      'tells another number of colours apart',
      (m) => ({
        ...m,
        head: { ...m.head, labels: { ...m.head.labels, color: [...m.head.labels.color, 'Ultraviolet'] } },
      }),
    ],
  ])('%s, where it %s than the manifest says', async (file, _, change) => {
    expect(await failureOf((dir) => changeManifest(dir, change))).toContain(`does not run on cpu: ${file}`);
  });

  it('tokenizer.json, where it is no tokenizer', async () => {
    const failure = await failureOf(exported('tokenizer.json', Buffer.from('{"model": 1')));
    expect(failure).toContain('does not run on cpu: tokenizer.json: ');
  });
});

describe('a network of attention', () => {
  it('of the right interface is taken', async () => {
    await withTinyCopy(async (dir) => {
      await exported('fusion.onnx', attention())(dir);
      const encoders = await startEncoders(await loadBundle(dir), { execution: 'cpu', threads: 1 });
      await encoders.close();
    });
  });

  it('that gives its answer another name is refused', async () => {
    const nodes = [{ operator: 'Identity', from: ['text'], to: ['answer'] }];
    const failure = await failureOf(
      exported('fusion.onnx', attention({ nodes, outputs: [{ name: 'answer', width: TINY.dimensions }] })),
    );
    expect(failure).toContain('fusion.onnx does not give "query" of 16 numbers a row');
  });

  it('that gives an answer of another width is refused', async () => {
    const nodes = [{ operator: 'Concat', from: ['text', 'image'], to: ['query'], attributes: { axis: 1 } }];
    const failure = await failureOf(
      exported('fusion.onnx', attention({ nodes, outputs: [{ name: 'query', width: 2 * TINY.dimensions }] })),
    );
    expect(failure).toContain('fusion.onnx does not give "query" of 16 numbers a row');
  });

  it('that takes features of another width is refused', async () => {
    const inputs = ['text', 'image'].map((name) => ({ name, width: 24 }));
    const failure = await failureOf(
      exported('fusion.onnx', attention({ inputs: [...inputs, { name: 'weights', width: 2 }] })),
    );
    expect(failure).toMatch(/fusion\.onnx: .*text[^]*24/);
  });

  it('that comes to 0 / 0 where one side has all the weight is refused', async () => {
    const nodes = [
      { operator: 'Split', from: ['weights'], to: ['words', 'picture'], attributes: { axis: 1, num_outputs: 2 } },
      { operator: 'Div', from: ['words', 'words'], to: ['one'] },
      { operator: 'Mul', from: ['text', 'one'], to: ['query'] },
    ];
    expect(await failureOf(exported('fusion.onnx', attention({ nodes })))).toContain(
      'fusion.onnx gave a vector of length NaN',
    );
  });

  it('that the manifest offers but does not describe is missed by name', async () => {
    const failure = await failureOf((dir) =>
      changeManifest(dir, (m) => ({ ...m, fusion: { ...m.fusion, attention: undefined } })),
    );
    expect(failure).toMatch(/manifest\.json: \n {2}fusion\.attention: is missing, but "methods" offers ATTENTION/);
  });

  it('may be absent where the manifest does not offer it', async () => {
    await withTinyCopy(async (dir) => {
      await changeManifest(dir, (m) => ({
        ...m,
        fusion: { ...m.fusion, methods: ['CONCATENATION', 'WEIGHTED_AVERAGE'], attention: undefined },
      }));
      await rm(join(dir, 'fusion.onnx'));
      const encoders = await startEncoders(await loadBundle(dir), { execution: 'cpu', threads: 1 });
      const side = new Float32Array(TINY.dimensions).fill(0.25);
      await expect(encoders.attend({ text: side, image: side }, { text: 1, image: 0 })).rejects.toThrow('no attention');
      await encoders.close();
    });
  });
});

describe('a server on such a bundle', () => {
  it('does not start, and lets go of the database that it had opened', async () => {
    const { database, close } = await openTestDatabase();
    let closed = false;
    await withTinyCopy(async (dir) => {
      await exported('fusion.onnx', attention({ opset: 99 }))(dir);
      const start = startApp({
        config: { ...readConfig({ PORT: '0', FITROOM_EXECUTION: 'cpu' }), bundleDir: dir },
        logger: createLogger('silent'),
        database: Promise.resolve({ ...database, close: () => Promise.resolve(void (closed = true)) }),
      });
      await expect(start).rejects.toThrow(/fusion\.onnx: .*[Oo]pset 99/);
    });
    expect(closed).toBe(true);
    await close();
  }, 60_000);
});
