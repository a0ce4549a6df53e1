// Where the encoders run: without a GPU, and under WebGPU on a software adapter, which compiles and emulates for 20 s.
import { join } from 'node:path';
import { DEFAULT_MODEL, PROJECT_ROOT } from '../../src/config.js';
import { refusalOf } from '../../src/inference/execution.js';
import { encodeUnder, leastCosine, NO_GPU, SOFTWARE_GPU_MS, softwareGpu } from '../support/encode.process.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';

const TINY_ORDER = {
  task: 'encode',
  dir: TINY_BUNDLE,
  texts: ['red dress', '蓝色衬衫', ''],
  shades: [20, 200],
} as const;
const REAL_ORDER = {
  task: 'run',
  dir: join(PROJECT_ROOT, 'models', DEFAULT_MODEL),
  texts: ['striped red shirt'],
  shades: [20],
} as const;
const gpu = softwareGpu();
const withGpu = gpu ? it : it.skip;
if (!gpu) console.warn('skipped the tests of WebGPU: the Debian packages chromium and libvulkan1 are not installed');

const encodedOnBoth = async (order: typeof TINY_ORDER | typeof REAL_ORDER) => ({
  onGpu: await encodeUnder(gpu!, { ...order, execution: 'webgpu' }),
  onCpu: await encodeUnder(NO_GPU, { ...order, execution: 'cpu' }),
});

describe('without a GPU', () => {
  it.each([
    ['cuda', /CUDA 12.*\n.*onnxruntime-node-install=cuda12/],
    ['webgpu', /Failed to get a WebGPU adapter[^]*Vulkan/],
  ] as const)('a start that insists on %s ends with the reason and what to do', async (execution, advice) => {
    const outcome = await encodeUnder(NO_GPU, { ...TINY_ORDER, execution });
    expect(outcome.errorName).toBe('StartupError');
    expect(outcome.error).toContain(`FITROOM_EXECUTION=${execution} does not work here: `);
    expect(outcome.error).toMatch(advice);
    expect(outcome.error).toContain('FITROOM_EXECUTION=auto');
  });

  it('auto takes the CPU and logs why', async () => {
    const outcome = await encodeUnder(NO_GPU, { ...TINY_ORDER, execution: 'auto' });
    expect(outcome.executionProvider).toBe('cpu');
    expect(outcome.log.at(-1)).toMatchObject({ executionProvider: 'cpu', message: 'encoders are warm' });
    // where the machine has a GPU, each provider is tried and fails for want of its driver
    expect(outcome.log[0]!['message']).toMatch(/shows no GPU|passed over/);
  });
});

describe('with WebGPU on a software adapter', () => {
  withGpu(
    'words and pictures go through the encoders and come out as on the CPU',
    async () => {
      const { onGpu, onCpu } = await encodedOnBoth(TINY_ORDER);
      expect(onGpu).toMatchObject({ executionProvider: 'webgpu' });
      // three texts, two pictures, and attention to one of each
      expect(onGpu.vectors).toHaveLength(6);
      expect(leastCosine(onGpu.vectors!, onCpu.vectors!)).toBeGreaterThan(0.999);
    },
    SOFTWARE_GPU_MS,
  );

  withGpu(
    'auto finds it slower than the CPU and passes it over',
    async () => {
      const { report } = await encodeUnder(gpu!, { ...TINY_ORDER, execution: 'webgpu', task: 'probe' });
      expect(report).toMatchObject({ slower: true });
      expect(refusalOf(report!)).toMatch(/^it takes [\d.]+ ms where the CPU takes [\d.]+ ms$/);
    },
    SOFTWARE_GPU_MS,
  );

  withGpu(
    'the default bundle computes under WebGPU what it does on the CPU',
    async () => {
      const { onGpu, onCpu } = await encodedOnBoth(REAL_ORDER);
      expect(onGpu.error).toBeUndefined();
      expect(leastCosine(onGpu.vectors!, onCpu.vectors!)).toBeGreaterThan(0.999);
    },
    SOFTWARE_GPU_MS,
  );
});
