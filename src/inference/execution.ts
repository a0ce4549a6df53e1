// Decides where the models run: tries execution providers in a process of their own, since a broken GPU driver ends
// the process that touches it. Knows no vectors' meaning.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import type { Logger } from 'pino';
import { type ExecutionChoice, PROJECT_ROOT } from '../config.js';
import { StartupError } from '../errors.js';
import type { Bundle } from './bundle.js';
import type { ProbeReport, ProbeRequest } from './execution.probe.js';
import type { ExecutionProvider } from './session.js';

type Accelerator = Exclude<ExecutionProvider, 'cpu'>;

/** Always the compiled file, also where the tests run the sources. */
const PROBE_FILE = join(PROJECT_ROOT, 'dist', 'inference', 'execution.probe.js');
/** Compiling shaders for a first run takes seconds on a cold driver. */
const PROBE_LIMIT_MS = 60_000;
/** An accelerator computes in another order and partly in less than float32: this is the least that still agrees. */
const LEAST_COSINE = 0.999;

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
export async function chooseExecution(
  bundle: Bundle,
  options: { execution: ExecutionChoice; threads: number; logger?: Logger },
): Promise<ExecutionProvider> {
  const { execution, threads, logger } = options;
  if (execution === 'cpu') return 'cpu';
  if (execution !== 'auto') {
    const { refusal } = judge(await probe(bundle, execution, threads));
    if (refusal === null) return execution;
    throw new StartupError(
      `FITROOM_EXECUTION=${execution} does not work here: ${refusal}\n${REMEDIES[execution]}\n` +
        'FITROOM_EXECUTION=auto takes the CPU where nothing else works.',
    );
  }
  for (const provider of ['cuda', 'webgpu'] as const) {
    const report = await probe(bundle, provider, threads);
    const { refusal, slower } = judge(report);
    if (refusal === null && slower === null) return provider;
    logger?.info({ executionProvider: provider, reason: refusal ?? slower }, 'execution provider passed over');
  }
  return 'cpu';
}

/** Why a provider is of no use, and why it is of no advantage; null where it is. */
function judge(report: ProbeReport): { refusal: string | null; slower: string | null } {
  if ('failure' in report) return { refusal: report.failure, slower: null };
  const { cosine, nodeShare, providerMs, cpuMs } = report;
  const ms = (value: number) => value.toFixed(1);
  if (!(nodeShare > 0)) return { refusal: 'it has no kernel for any part of the models', slower: null };
  if (!(cosine >= LEAST_COSINE))
    return { refusal: `it computes something else than the CPU (cosine ${cosine})`, slower: null };
  return {
    refusal: null,
    slower: providerMs > cpuMs ? `${ms(providerMs)} ms where the CPU takes ${ms(cpuMs)} ms` : null,
  };
}

async function probe(bundle: Bundle, executionProvider: Accelerator, threads: number): Promise<ProbeReport> {
  const { text, image } = bundle.manifest;
  const request: ProbeRequest = { dir: bundle.dir, text, image, executionProvider, threads };
  const child = spawn(process.execPath, [PROBE_FILE, JSON.stringify(request)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: PROBE_LIMIT_MS,
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
