// The default bundle under WebGPU on a software adapter, which compiles and emulates for 20 s; the tiny one is in test/faults/inference.execution.test.ts.
import { join } from 'node:path';
import { DEFAULT_MODEL, PROJECT_ROOT } from '../../src/config.js';
import { encodeUnder, leastCosine, NO_GPU, SOFTWARE_GPU_MS, softwareGpu } from '../support/encode.process.js';

const REAL_ORDER = {
  task: 'run',
  dir: join(PROJECT_ROOT, 'models', DEFAULT_MODEL),
  texts: ['striped red shirt'],
  shades: [20],
} as const;
const gpu = softwareGpu();
const withGpu = gpu ? it : it.skip;
if (!gpu) console.warn('skipped the tests of WebGPU: the Debian packages chromium and libvulkan1 are not installed');

withGpu(
  'the default bundle computes under WebGPU what it does on the CPU',
  async () => {
    const [onGpu, onCpu] = [
      await encodeUnder(gpu!, { ...REAL_ORDER, execution: 'webgpu' }),
      await encodeUnder(NO_GPU, { ...REAL_ORDER, execution: 'cpu' }),
    ];
    expect(onGpu.error).toBeUndefined();
    expect(leastCosine(onGpu.vectors!, onCpu.vectors!)).toBeGreaterThan(0.999);
  },
  SOFTWARE_GPU_MS,
);
