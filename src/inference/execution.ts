// Decides where the models run: tries execution providers in a process of their own, since a broken GPU driver ends
// the process that touches it. Knows no vectors' meaning.
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

/** Always the compiled file, also where the tests run the sources. */
const PROBE_FILE = join(PROJECT_ROOT, 'dist', 'inference', 'execution.probe.js');
/** Compiling shaders for a first run takes seconds on a GPU and minutes on a software adapter. */
const AUTO_LIMIT_MS = 15_000;
const STRICT_LIMIT_MS = 300_000;
/** An accelerator computes in another order and partly in less than float32: this is the least that still agrees. */
const LEAST_COSINE = 0.999;
/** Where Linux shows a GPU: NVIDIA's own driver, every other one, and Windows' GPU inside WSL. */
const GPU_DEVICES = ['/dev/nvidiactl', '/dev/dri', '/dev/dxg'];

const REMEDIES: Record<Accelerator, string> = {
  cuda:
    "It needs an NVIDIA driver, CUDA 12 with cuDNN 9, and ONNX Runtime's CUDA files, which this fetches:\n" +
    '  node node_modules/onnxruntime-node/script/install.js --onnxruntime-node-install=cuda12',
  webgpu:
    'It needs a GPU driver: Vulkan (libvulkan1 and a vendor driver) on Linux, Direct3D 12 on Windows, Metal on macOS.',
};

/**
 * The execution provider to run with. A strict choice is tried and taken or refused; `auto` takes the first of cuda and
 * webgpu that works, agrees with the CPU and is not slower than it (a software adapter is), else cpu.
 * @throws StartupError where a strict choice does not work, with the reason and what to do
 */
export async function chooseExecution(bundle: Bundle, options: ExecutionOptions): Promise<ExecutionProvider> {
  const { execution, threads } = options;
  if (execution === 'cpu') return 'cpu';
  if (execution === 'auto') return firstThatHelps(bundle, options);
  const refusal = refusalOf(await probe(bundle, { execution, threads, race: false }));
  if (refusal === null) return execution;
  throw new StartupError(
    `FITROOM_EXECUTION=${execution} does not work here: ${refusal}\n${REMEDIES[execution]}\n` +
      'FITROOM_EXECUTION=auto takes the CPU where nothing else works.',
  );
}

async function firstThatHelps(bundle: Bundle, { threads, logger }: ExecutionOptions): Promise<ExecutionProvider> {
  if (process.platform === 'linux' && !GPU_DEVICES.some((device) => existsSync(device))) {
    logger?.info('the machine shows no GPU: the models run on the CPU');
    return 'cpu';
  }
  for (const execution of ['cuda', 'webgpu'] as const) {
    const refusal = refusalOf(await probe(bundle, { execution, threads, race: true }));
    if (refusal === null) return execution;
    logger?.info({ executionProvider: execution, reason: refusal }, 'execution provider passed over');
  }
  return 'cpu';
}

/** Why a provider is of no use; null where it is. */
export function refusalOf(report: ProbeReport): string | null {
  if ('failure' in report) return report.failure;
  if (report.slower) {
    return `it takes ${report.providerMs.toFixed(1)} ms where the CPU takes ${report.cpuMs.toFixed(1)} ms`;
  }
  if (!(report.nodeShare > 0)) return 'it has no kernel for any part of the models';
  // NaN too
  if (!(report.cosine >= LEAST_COSINE)) return `it computes something else than the CPU (cosine ${report.cosine})`;
  return null;
}

/** @param trial `race`: whether being slower than the CPU already settles it, and quickly */
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
  // the runtime writes its own coloured log to stderr; the report says the same in one sentence
  const [reported, reason] = await Promise.all([readText(child.stdout), ended, readText(child.stderr)]);
  const line = reported.trimEnd().split('\n').at(-1) ?? '';
  return line.startsWith('{') ? (JSON.parse(line) as ProbeReport) : { failure: `its trial run failed: ${reason}` };
}
