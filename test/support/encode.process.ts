// Encoding in a separate process with its own environment.
// A GPU driver is found through the environment that a process starts with.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PROJECT_ROOT } from '../../src/config.js';
import type { ProbeReport } from '../../src/inference/execution.probe.js';

export interface EncodeTask {
  /**
   * `encode` uses the encoders and the attention network, `run` encodes one text and one picture with bare sessions,
   * and `probe` measures a provider as `auto` does.
   */
  task: 'encode' | 'run' | 'probe';
  dir: string;
  execution: 'auto' | 'cuda' | 'webgpu' | 'cpu';
  texts: readonly string[];
  /** Shades of the pictures, 0…255, one picture each. */
  shades: readonly number[];
}

export interface EncodeOutcome {
  executionProvider?: string;
  vectors?: number[][];
  report?: ProbeReport;
  error?: string;
  errorName?: string;
  log: Record<string, string>[];
}

/** Environment without an NVIDIA device and a Vulkan driver, whatever the machine has. */
export const NO_GPU = { CUDA_VISIBLE_DEVICES: '', VK_ICD_FILENAMES: '/nowhere.json', VK_DRIVER_FILES: '/nowhere.json' };

const CHROMIUM = '/usr/lib/chromium';
const SWIFTSHADER = join(CHROMIUM, 'vk_swiftshader_icd.json');
const LOADERS = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', CHROMIUM];

/**
 * Returns the environment in which a software driver is the only one. Debian's chromium has a Vulkan driver that needs
 * no GPU. libvulkan1 or chromium itself has the loader. Null if the packages are missing.
 */
export function softwareGpu(): Record<string, string> | null {
  const loader = LOADERS.find((dir) => existsSync(join(dir, 'libvulkan.so.1')));
  if (!loader || !existsSync(SWIFTSHADER)) return null;
  return {
    CUDA_VISIBLE_DEVICES: '',
    VK_ICD_FILENAMES: SWIFTSHADER,
    VK_DRIVER_FILES: SWIFTSHADER,
    LD_LIBRARY_PATH: loader,
  };
}

/** Runs a task with these environment variables added to the usual ones. */
export async function encodeUnder(environment: Record<string, string>, task: EncodeTask): Promise<EncodeOutcome> {
  const child = join(PROJECT_ROOT, 'test', 'support', 'encode.child.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [child, JSON.stringify(task)], {
    env: { ...process.env, ...environment },
    maxBuffer: 64_000_000,
  });
  return JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as EncodeOutcome;
}

/** Time limit. Every shader is compiled for the CPU first and then emulated. */
export const SOFTWARE_GPU_MS = 240_000;

/** Returns the smallest cosine between vectors at the same index. */
export function leastCosine(a: number[][], b: number[][]): number {
  const dot = (x: number[], y: number[]) => x.reduce((sum, value, i) => sum + value * y[i]!, 0);
  return Math.min(...a.map((vector, i) => dot(vector, b[i]!)));
}
