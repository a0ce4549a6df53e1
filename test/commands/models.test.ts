// `fitroom models` against a hub on loopback that serves tiny models of the published architectures, weights random.
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadBundle } from '../../src/inference/bundle.js';
import { lockFolder } from '../../src/store/database/folder.lock.js';
import { fitroom, type CommandResult } from '../support/command.line.js';
import { TestHub } from '../support/hub.js';

const TEXT = 'onnx/text_model.onnx';
const VISION = 'onnx/vision_model.onnx';

let hub: TestHub;
let folder: string;
beforeAll(async () => {
  hub = await TestHub.start();
});
afterAll(() => hub.stop());
beforeEach(async () => {
  hub.reset();
  folder = await mkdtemp(join(tmpdir(), 'fitroom-models-'));
});
afterEach(() => rm(folder, { recursive: true }));

const models = (...args: string[]): Promise<CommandResult> =>
  fitroom(['models', ...args], { FITROOM_MODELS_DIR: folder, HF_ENDPOINT: hub.url, FITROOM_THREADS: '1' });

describe('fitroom models pull', () => {
  it('makes a CLIP-like bundle whose head is made of prompts', async () => {
    const { status, stdout, stderr } = await models('pull', 'marqo-fashionsiglip');
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: expect.stringMatching(/^marqo-fashionsiglip: 0\.\d MB\n/),
    });
    expect(stdout).toContain('runs with FITROOM_MODEL=marqo-fashionsiglip');
    const { manifest } = await loadBundle(join(folder, 'marqo-fashionsiglip'));
    expect(manifest).toMatchObject({
      dimensions: 16,
      aligned: true,
      license: 'Apache-2.0',
      text: { inputs: ['input_ids'], paddedWith: 1, output: { name: 'text_embeds', pooling: 'none', normalize: true } },
      image: { size: 224, resize: { fit: 'squash', kernel: 'cubic' }, tensor: { name: 'pixel_values' } },
      head: { kind: 'zero-shot', scale: 100 },
    });
    expect(manifest.source?.[0]).toMatchObject({
      repository: 'Marqo/marqo-fashionSigLIP',
      revision: expect.stringMatching(/^[0-9a-f]{40}$/),
    });
    expect(await readdir(folder)).toEqual(['marqo-fashionsiglip']);
  }, 60_000);

  it('makes a bundle of BERT and ViT that only concatenates and has no head, and says how to train one', async () => {
    const { status, stdout } = await models('pull', 'bert-vit');
    expect(status).toBe(0);
    expect(stdout).toContain('fitroom_training.bert_vit');
    const { manifest } = await loadBundle(join(folder, 'bert-vit'));
    expect(manifest).toMatchObject({
      aligned: false,
      text: { inputs: ['input_ids', 'attention_mask', 'token_type_ids'], output: { pooling: 'mean' } },
      image: { output: { pooling: 'cls' } },
      head: { kind: 'none' },
      fusion: { methods: ['CONCATENATION'] },
    });
  }, 60_000);

  it('leaves a bundle alone that another process is pulling', async () => {
    const unlock = lockFolder(join(folder, '.bert-vit.lock'), String);
    const { status, stderr } = await models('pull', 'bert-vit');
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringContaining(`Process ${process.pid} is pulling bert-vit.`),
    });
    unlock();
    expect((await models('pull', 'bert-vit')).status).toBe(0);
    expect(await readdir(folder)).toEqual(['bert-vit']);
  }, 60_000);

  it('refuses bytes that the hub does not vouch for, and leaves nothing behind', async () => {
    hub.corrupted.set(VISION, (bytes) => bytes.fill(0, 100, 110));
    const { status, stderr } = await models('pull', 'marqo-fashionsiglip');
    expect(status).toBe(2);
    expect(stderr).toMatch(/onnx\/vision_model\.onnx of Marqo\/marqo-fashionSigLIP came with other bytes/);
    expect(stderr).not.toContain('    at ');
    expect(await readdir(folder)).toEqual([]);
  });

  it('refuses a small file with other bytes too, by what git calls it', async () => {
    hub.corrupted.set('tokenizer.json', (bytes) => bytes.fill('x', 10, 11));
    const { status, stderr } = await models('pull', 'marqo-fashionsiglip');
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining('tokenizer.json') });
    expect(await readdir(folder)).toEqual([]);
  });

  it('goes on where a transfer broke off, and fetches nothing twice', async () => {
    hub.breaksOff.set(VISION, 50_000);
    const broken = await models('pull', 'marqo-fashionsiglip');
    expect(broken.status).toBe(2);
    expect(broken.stderr).toMatch(/vision_model\.onnx .* broke off at 0\.\d* ?MB of .* goes on from there/);
    expect(existsSync(join(folder, 'marqo-fashionsiglip'))).toBe(false);
    const { size } = await stat(join(folder, '.marqo-fashionsiglip.partial', 'image.onnx.part'));
    expect(size).toBeGreaterThan(0);

    hub.reset();
    expect(await models('pull', 'marqo-fashionsiglip')).toMatchObject({ status: 0 });
    const visits = hub.visits.filter((visit) => visit.includes('/storage/') && !visit.endsWith('bytes=0-0'));
    expect(visits).toEqual([expect.stringMatching(new RegExp(`${VISION} bytes=${size}-\\d+$`))]);
    expect(await readdir(folder)).toEqual(['marqo-fashionsiglip']);
  }, 60_000);

  it('says what can be pulled where a name is unknown', async () => {
    const { status, stderr } = await models('pull', 'clip');
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining('bert-vit, marqo-fashionsiglip') });
  });

  it('names a repository that the hub does not have', async () => {
    const { status, stderr } = await models('pull', 'nobody/nothing');
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringMatching(/no public repository nobody\/nothing/),
    });
  });

  it('says what to do where the hub cannot be reached', async () => {
    const { status, stderr } = await models('pull', 'bert-vit', '--hub', 'http://127.0.0.1:1');
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringMatching(/127\.0\.0\.1:1 cannot be reached[^]*--hub/),
    });
    expect(stderr).not.toContain('    at ');
  });

  it('fetches nothing that the disk has no room for', async () => {
    hub.claims.set(TEXT, 1e17);
    const { status, stderr } = await models('pull', 'marqo-fashionsiglip');
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringMatching(/no room for [\d,]+ MB/) });
    expect(hub.visits.filter((visit) => visit.includes('/storage/'))).toEqual([]);
  });
});

describe('fitroom models list and verify', () => {
  it('lists what is here, marks what runs, and offers the rest', async () => {
    await models('pull', 'bert-vit');
    const { status, stdout } = await models('list', '--server', 'http://127.0.0.1:1');
    expect(status).toBe(0);
    expect(stdout).toContain('no server answers at http://127.0.0.1:1.');
    expect(stdout).toMatch(
      /^▶ fitroom-v2 \(\d+\.\d+\.\d+\) · FITROOM_MODEL\n[^]*256 dimensions · words and pictures aligned · [^]*garmentType\.picture 0\.\d+/m,
    );
    expect(stdout).toMatch(
      /^ {2}bert-vit [^]*16 dimensions · words and pictures not aligned · CONCATENATION · no head/m,
    );
    expect(stdout).toMatch(/models pull NAME`:\n {2}marqo-fashionsiglip\n.*Apache-2\.0/);
  }, 60_000);

  it('runs the golden inputs of a pulled bundle, and exits 1 naming a file that changed', async () => {
    await models('pull', 'marqo-fashionsiglip');
    const sound = await models('verify', 'marqo-fashionsiglip');
    expect(sound.status).toBe(0);
    expect(sound.stdout).toMatch(/✓ files[^]*✓ models[^]*✓ golden .*5 golden inputs, least cosine 1\.0000/);

    const file = join(folder, 'marqo-fashionsiglip', 'prompts.f32');
    await writeFile(file, (await readFile(file)).fill(1, 0, 1));
    const changed = await models('verify', 'marqo-fashionsiglip');
    expect(changed.status).toBe(1);
    expect(changed.stdout).toMatch(/✗ bundle .*prompts\.f32: its SHA-256/);
  }, 60_000);

  it('runs the golden inputs of the default bundle', async () => {
    const { status, stdout } = await models('verify');
    expect(status).toBe(0);
    expect(stdout).toMatch(/✓ golden .*golden inputs, least cosine (1|0\.999)/);
  }, 60_000);
});
