// Execution providers of the encoders: the CPU, and WebGPU on a software adapter.
// The software adapter compiles and emulates for 20 s.
import { join } from 'node:path';
import { DEFAULT_MODEL, PROJECT_ROOT } from '../../src/config.js';
import { refusalOf } from '../../src/inference/execution.js';
import { encodeUnder, leastCosine, NO_GPU, SOFTWARE_GPU_MS, softwareGpu } from '../support/encode.process.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';

const TINY_TASK = {
  task: 'encode',
  dir: TINY_BUNDLE,
  texts: ['red dress', '蓝色衬衫', ''],
  shades: [20, 200],
} as const;
const DEFAULT_TASK = {
  task: 'run',
  dir: join(PROJECT_ROOT, 'models', DEFAULT_MODEL),
  texts: ['striped red shirt'],
  shades: [20],
} as const;
const gpu = softwareGpu();
const withGpu = gpu ? it : it.skip;
if (!gpu) console.warn('skipped the tests of WebGPU: the Debian packages chromium and libvulkan1 are not installed');

const encodeOnBoth = async (task: typeof TINY_TASK | typeof DEFAULT_TASK) => ({
  onGpu: await encodeUnder(gpu!, { ...task, execution: 'webgpu' }),
  onCpu: await encodeUnder(NO_GPU, { ...task, execution: 'cpu' }),
});

describe('without a GPU,', () => {
  it.each([
    ['cuda', /CUDA 12.*\n.*onnxruntime-node-install=cuda12/],
    ['webgpu', /Failed to get a WebGPU adapter[^]*Vulkan/],
  ] as const)('a start that requires %s fails with the reason and advice', async (execution, advice) => {
    const outcome = await encodeUnder(NO_GPU, { ...TINY_TASK, execution });
    expect(outcome.errorName).toBe('StartupError');
    expect(outcome.error).toContain(`FITROOM_EXECUTION=${execution} does not work here: `);
    expect(outcome.error).toMatch(advice);
    expect(outcome.error).toContain('FITROOM_EXECUTION=auto');
  });

  it('a start with auto uses the CPU and logs the reason', async () => {
    const outcome = await encodeUnder(NO_GPU, { ...TINY_TASK, execution: 'auto' });
    expect(outcome.executionProvider).toBe('cpu');
    expect(outcome.log.at(-1)).toMatchObject({ executionProvider: 'cpu', message: 'encoders are warm' });
    // On a machine with a GPU, each provider is tried and fails because its driver is missing.
    expect(outcome.log[0]!['message']).toMatch(/no GPU found|skipped/);
  });
});

describe('with WebGPU on a software adapter,', () => {
  withGpu(
    'the encoders return the same vectors as on the CPU',
    async () => {
      const { onGpu, onCpu } = await encodeOnBoth(TINY_TASK);
      expect(onGpu).toMatchObject({ executionProvider: 'webgpu' });
      // Three texts, two pictures, and the attention of one text and one picture.
      expect(onGpu.vectors).toHaveLength(6);
      expect(leastCosine(onGpu.vectors!, onCpu.vectors!)).toBeGreaterThan(0.999);
    },
    SOFTWARE_GPU_MS,
  );

  withGpu(
    'auto measures that it is slower than the CPU and skips it',
    async () => {
      const { report } = await encodeUnder(gpu!, { ...TINY_TASK, execution: 'webgpu', task: 'probe' });
      expect(report).toMatchObject({ slower: true });
      expect(refusalOf(report!)).toMatch(/^it takes [\d.]+ ms where the CPU takes [\d.]+ ms$/);
    },
    SOFTWARE_GPU_MS,
  );

  withGpu(
    'the default bundle returns the same vectors as on the CPU',
    async () => {
      const { onGpu, onCpu } = await encodeOnBoth(DEFAULT_TASK);
      expect(onGpu.error).toBeUndefined();
      expect(leastCosine(onGpu.vectors!, onCpu.vectors!)).toBeGreaterThan(0.999);
    },
    SOFTWARE_GPU_MS,
  );
});
