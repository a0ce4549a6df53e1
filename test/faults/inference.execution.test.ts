import { refusalOf } from '../../src/inference/execution.js';
import { encodeUnder, leastCosine, NO_GPU, SOFTWARE_GPU_MS, softwareGpu } from '../support/encode.process.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';

const gpu = softwareGpu();
const withGpu = gpu ? it : it.skip;
if (!gpu) console.warn('skipped the tests of WebGPU: the Debian packages chromium and libvulkan1 are not installed');

const TINY_ORDER = {
  task: 'encode',
  dir: TINY_BUNDLE,
  texts: ['red dress', '蓝色衬衫', ''],
  shades: [20, 200],
} as const;
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
      const [onGpu, onCpu] = [
        await encodeUnder(gpu!, { ...TINY_ORDER, execution: 'webgpu' }),
        await encodeUnder(NO_GPU, { ...TINY_ORDER, execution: 'cpu' }),
      ];
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
});

describe('refusalOf', () => {
  it('lets a provider pass that computes some of the nodes and the same vectors', () => {
    expect(refusalOf({ slower: false, cosine: 0.9999, nodeShare: 0.4 })).toBeNull();
  });

  it.each([
    ['that left every node to the CPU', { slower: false as const, cosine: 1, nodeShare: 0 }, /no kernel/],
    ['that computes something else', { slower: false as const, cosine: 0.9, nodeShare: 1 }, /cosine 0.9/],
    ['that gives NaN', { slower: false as const, cosine: null as unknown as number, nodeShare: 1 }, /something else/],
    ['that crashes', { failure: 'it was ended by SIGSEGV' }, /SIGSEGV/],
  ])('refuses one %s', (_, report, reason) => {
    expect(refusalOf(report)).toMatch(reason);
  });
});
