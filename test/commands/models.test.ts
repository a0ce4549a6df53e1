// `fitroom models` against a local hub with tiny models of the published architectures and random weights.
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
  it('pull creates a CLIP-like bundle with a zero-shot head', async () => {
    const { status, stdout, stderr } = await models('pull', 'marqo-fashionsiglip');
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: expect.stringMatching(/^marqo-fashionsiglip: 0\.\d MB\n/),
    });
    expect(stdout).toContain('Use it with FITROOM_MODEL=marqo-fashionsiglip');
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

  it('pull creates a bundle of BERT and ViT with concatenation and no head, and says how to train a head', async () => {
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

  it('pull does not touch a bundle that another process is pulling', async () => {
    const unlock = lockFolder(join(folder, '.bert-vit.lock'), String);
    const { status, stderr } = await models('pull', 'bert-vit');
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringContaining(`Process ${process.pid} is already pulling bert-vit.`),
    });
    unlock();
    expect((await models('pull', 'bert-vit')).status).toBe(0);
    expect(await readdir(folder)).toEqual(['bert-vit']);
  }, 60_000);

  it('pull refuses bytes that do not match the checksum of the hub, and leaves no file', async () => {
    hub.corrupted.set(VISION, (bytes) => bytes.fill(0, 100, 110));
    const { status, stderr } = await models('pull', 'marqo-fashionsiglip');
    expect(status).toBe(2);
    expect(stderr).toMatch(/onnx\/vision_model\.onnx of Marqo\/marqo-fashionSigLIP do not match the checksum/);
    expect(stderr).not.toContain('    at ');
    expect(await readdir(folder)).toEqual([]);
  });

  it('pull refuses a small file that does not match its git checksum', async () => {
    hub.corrupted.set('tokenizer.json', (bytes) => bytes.fill('x', 10, 11));
    const { status, stderr } = await models('pull', 'marqo-fashionsiglip');
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining('tokenizer.json') });
    expect(await readdir(folder)).toEqual([]);
  });

  it('pull resumes an interrupted transfer and downloads nothing twice', async () => {
    hub.breaksOff.set(VISION, 50_000);
    const broken = await models('pull', 'marqo-fashionsiglip');
    expect(broken.status).toBe(2);
    expect(broken.stderr).toMatch(/vision_model\.onnx .* stopped at 0\.\d* ?MB of .* to resume/);
    expect(existsSync(join(folder, 'marqo-fashionsiglip'))).toBe(false);
    const { size } = await stat(join(folder, '.marqo-fashionsiglip.partial', 'image.onnx.part'));
    expect(size).toBeGreaterThan(0);

    hub.reset();
    expect(await models('pull', 'marqo-fashionsiglip')).toMatchObject({ status: 0 });
    const visits = hub.visits.filter((visit) => visit.includes('/storage/') && !visit.endsWith('bytes=0-0'));
    expect(visits).toEqual([expect.stringMatching(new RegExp(`${VISION} bytes=${size}-\\d+$`))]);
    expect(await readdir(folder)).toEqual(['marqo-fashionsiglip']);
  }, 60_000);

  it('pull lists the available bundles for an unknown name', async () => {
    const { status, stderr } = await models('pull', 'clip');
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining('bert-vit, marqo-fashionsiglip') });
  });

  it('pull names a repository that the hub does not have', async () => {
    const { status, stderr } = await models('pull', 'nobody/nothing');
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringMatching(/no public repository nobody\/nothing/),
    });
  });

  it('pull says how to fix an unreachable hub', async () => {
    const { status, stderr } = await models('pull', 'bert-vit', '--hub', 'http://127.0.0.1:1');
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringMatching(/127\.0\.0\.1:1 cannot be reached[^]*--hub/),
    });
    expect(stderr).not.toContain('    at ');
  });

  it('pull downloads nothing if the disk has too little room', async () => {
    hub.claims.set(TEXT, 1e17);
    const { status, stderr } = await models('pull', 'marqo-fashionsiglip');
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringMatching(/no room for [\d,]+ MB/) });
    expect(hub.visits.filter((visit) => visit.includes('/storage/'))).toEqual([]);
  });
});

describe('fitroom models list and verify', () => {
  it('list shows installed bundles, marks the configured one, and offers the others', async () => {
    await models('pull', 'bert-vit');
    const { status, stdout } = await models('list', '--server', 'http://127.0.0.1:1');
    expect(status).toBe(0);
    expect(stdout).toContain('no server answers at http://127.0.0.1:1.');
    expect(stdout).toMatch(
      /^▶ fitroom-v2 \(\d+\.\d+\.\d+\) · FITROOM_MODEL\n[^]*256 dimensions · text and pictures aligned · [^]*garmentType\.picture 0\.\d+/m,
    );
    expect(stdout).toMatch(
      /^ {2}bert-vit [^]*16 dimensions · text and pictures not aligned · CONCATENATION · no head/m,
    );
    expect(stdout).toMatch(/models pull NAME`:\n {2}marqo-fashionsiglip\n.*Apache-2\.0/);
  }, 60_000);

  it('verify runs the golden inputs of a pulled bundle, and exits with 1 and names a changed file', async () => {
    await models('pull', 'marqo-fashionsiglip');
    const sound = await models('verify', 'marqo-fashionsiglip');
    expect(sound.status).toBe(0);
    expect(sound.stdout).toMatch(/✓ files[^]*✓ models[^]*✓ golden .*5 golden inputs, lowest cosine 1\.0000/);

    const file = join(folder, 'marqo-fashionsiglip', 'prompts.f32');
    await writeFile(file, (await readFile(file)).fill(1, 0, 1));
    const changed = await models('verify', 'marqo-fashionsiglip');
    expect(changed.status).toBe(1);
    expect(changed.stdout).toMatch(/✗ bundle .*prompts\.f32: its SHA-256/);
  }, 60_000);

  it('verify runs the golden inputs of the default bundle', async () => {
    const { status, stdout } = await models('verify');
    expect(status).toBe(0);
    expect(stdout).toMatch(/✓ golden .*golden inputs, lowest cosine (1|0\.999)/);
  }, 60_000);
});
