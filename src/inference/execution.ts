// The choice of the execution provider.
// Providers are tried in a separate process, since a broken GPU driver ends the process that uses it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import type { Logger } from 'pino';
import { type ExecutionChoice, PROJECT_ROOT } from '../config.js';
import { StartupError } from '../errors.js';
import type { Bundle } from './bundle.js';
import type { ProbeReport, ProbeRequest } from './execution.probe.js';
import type { ExecutionProvider } from './session.js';

type Accelerator = Exclude<ExecutionProvider, 'cpu'>;

interface ExecutionOptions {
  execution: ExecutionChoice;
  threads: number;
  logger?: Logger;
}

/** The compiled file, also when the tests run the sources. */
const PROBE_FILE = join(PROJECT_ROOT, 'dist', 'inference', 'execution.probe.js');
/**
 * Time limits of a trial. Compiling shaders for a first run takes seconds on a GPU and minutes on a software adapter.
 */
const AUTO_LIMIT_MS = 15_000;
const STRICT_LIMIT_MS = 300_000;
/** Lowest cosine to the CPU's results. An accelerator computes in another order and partly below float32 precision. */
const LEAST_COSINE = 0.999;
/** Paths under which Linux shows a GPU: NVIDIA's driver, all other drivers, and the GPU of Windows inside WSL. */
const GPU_DEVICES = ['/dev/nvidiactl', '/dev/dri', '/dev/dxg'];

const REMEDIES: Record<Accelerator, string> = {
  cuda:
    "It needs an NVIDIA driver, CUDA 12 with cuDNN 9, and ONNX Runtime's CUDA files, which this fetches:\n" +
    '  node node_modules/onnxruntime-node/script/install.js --onnxruntime-node-install=cuda12',
  webgpu:
    'It needs a GPU driver: Vulkan (libvulkan1 and a vendor driver) on Linux, Direct3D 12 on Windows, Metal on macOS.',
};

/**
 * Returns the execution provider to use. An explicit choice is tested and either used or refused. `auto` takes the
 * first of cuda and webgpu that works, agrees with the CPU and is at least as fast as the CPU (a software adapter is
 * slower). Otherwise it takes cpu.
 * @throws StartupError if an explicit choice does not work, with the reason and the remedy
 */
export async function chooseExecution(bundle: Bundle, options: ExecutionOptions): Promise<ExecutionProvider> {
  const { execution, threads } = options;
  if (execution === 'cpu') return 'cpu';
  if (execution === 'auto') return firstUsable(bundle, options);
  const refusal = refusalOf(await probe(bundle, { execution, threads, race: false }));
  if (refusal === null) return execution;
  throw new StartupError(
    `FITROOM_EXECUTION=${execution} does not work here: ${refusal}\n${REMEDIES[execution]}\n` +
      'FITROOM_EXECUTION=auto uses the CPU if no accelerator works.',
  );
}

async function firstUsable(bundle: Bundle, { threads, logger }: ExecutionOptions): Promise<ExecutionProvider> {
  if (process.platform === 'linux' && !GPU_DEVICES.some((device) => existsSync(device))) {
    logger?.info('no GPU found: the models run on the CPU');
    return 'cpu';
  }
  for (const execution of ['cuda', 'webgpu'] as const) {
    const refusal = refusalOf(await probe(bundle, { execution, threads, race: true }));
    if (refusal === null) return execution;
    logger?.info({ executionProvider: execution, reason: refusal }, 'execution provider skipped');
  }
  return 'cpu';
}

/** Returns why a provider is not usable, or null if it is. */
export function refusalOf(report: ProbeReport): string | null {
  if ('failure' in report) return report.failure;
  if (report.slower) {
    return `it takes ${report.providerMs.toFixed(1)} ms where the CPU takes ${report.cpuMs.toFixed(1)} ms`;
  }
  if (!(report.nodeShare > 0)) return 'it has no kernel for any part of the models';
  // true for NaN as well
  if (!(report.cosine >= LEAST_COSINE)) return `its results differ from those of the CPU (cosine ${report.cosine})`;
  return null;
}

/**
 * Runs the probe process. @param trial.race true: a provider slower than the CPU is refused, within a short time limit
 */
export async function probe(
  bundle: Bundle,
  trial: { execution: Accelerator; threads: number; race: boolean },
): Promise<ProbeReport> {
  const { text, image } = bundle.manifest;
  const { execution: executionProvider, threads, race } = trial;
  const request: ProbeRequest = { dir: bundle.dir, text, image, executionProvider, threads, race };
  const child = spawn(process.execPath, [PROBE_FILE, JSON.stringify(request)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: race ? AUTO_LIMIT_MS : STRICT_LIMIT_MS,
    killSignal: 'SIGKILL',
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(signal ? `it was ended by ${signal}` : `it ended with code ${code}`));
  });
  // The runtime also writes a colored log to stderr, which is dropped: the report says the same in one sentence.
  const [reported, reason] = await Promise.all([readText(child.stdout), ended, readText(child.stderr)]);
  const line = reported.trimEnd().split('\n').at(-1) ?? '';
  return line.startsWith('{') ? (JSON.parse(line) as ProbeReport) : { failure: `its trial run failed: ${reason}` };
}
