import { encodeUnder, NO_GPU, softwareGpu } from '../support/encode.process.js';
import { TINY_BUNDLE, tinyPixels } from '../support/tiny.bundle.js';

const order = {
  dir: TINY_BUNDLE,
  texts: ['red dress', '蓝色衬衫', ''],
  pictures: [[...tinyPixels(20)], [...tinyPixels(200)]],
};
// every shader is compiled for the CPU first
const SOFTWARE_GPU_MS = 180_000;
const gpu = softwareGpu();
const withGpu = gpu ? it : it.skip;
if (!gpu) console.warn('skipped the tests of WebGPU: the Debian packages chromium and libvulkan1 are not installed');

/** Least cosine between vectors at the same place. */
function leastCosine(a: number[][], b: number[][]): number {
  const dot = (x: number[], y: number[]) => x.reduce((sum, value, i) => sum + value * y[i]!, 0);
  return Math.min(...a.map((vector, i) => dot(vector, b[i]!)));
}

describe('without a GPU', () => {
  it.each([
    ['cuda', /CUDA 12.*\n.*onnxruntime-node-install=cuda12/],
    ['webgpu', /Failed to get a WebGPU adapter[^]*Vulkan/],
  ] as const)('a start that insists on %s ends with the reason and what to do', async (execution, advice) => {
    const outcome = await encodeUnder(NO_GPU, { ...order, execution });
    expect(outcome.errorName).toBe('StartupError');
    expect(outcome.error).toContain(`FITROOM_EXECUTION=${execution} does not work here: `);
    expect(outcome.error).toMatch(advice);
    expect(outcome.error).toContain('FITROOM_EXECUTION=auto');
  });

  it('auto takes the CPU and logs why it passed the others over', async () => {
    const outcome = await encodeUnder(NO_GPU, { ...order, execution: 'auto' });
    expect(outcome.executionProvider).toBe('cpu');
    expect(outcome.log.map(({ executionProvider, message }) => [executionProvider, message])).toEqual([
      ['cuda', 'execution provider passed over'],
      ['webgpu', 'execution provider passed over'],
      ['cpu', 'encoders are warm'],
    ]);
    expect(outcome.log[1]!['reason']).toContain('WebGPU adapter');
  });
});

describe('with WebGPU on a software adapter', () => {
  withGpu(
    'words and pictures come out as on the CPU',
    async () => {
      const [onGpu, onCpu] = [
        await encodeUnder(gpu!, { ...order, execution: 'webgpu' }),
        await encodeUnder(NO_GPU, { ...order, execution: 'cpu' }),
      ];
      expect(onGpu).toMatchObject({ executionProvider: 'webgpu' });
      expect(onGpu.vectors).toHaveLength(5);
      expect(leastCosine(onGpu.vectors!, onCpu.vectors!)).toBeGreaterThan(0.999);
    },
    SOFTWARE_GPU_MS,
  );

  withGpu('auto takes the CPU all the same, which is faster', async () => {
    const outcome = await encodeUnder(gpu!, { ...order, execution: 'auto' });
    expect(outcome.executionProvider).toBe('cpu');
    expect(outcome.log).toContainEqual(
      expect.objectContaining({
        executionProvider: 'webgpu',
        reason: expect.stringMatching(/ms where the CPU takes/) as string,
      }),
    );
  });
});
