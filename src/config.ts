// The one reader of process.env. Every setting has its default and its bounds here; a wrong one ends the start by name.
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { StartupError } from './errors.js';

/** The folder that holds package.json, models/, migrations/ and schema/. */
export const PROJECT_ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/** The bundle of the repository, which runs where no other is named. */
export const DEFAULT_MODEL = 'fitroom-v2';
export const BUNDLE_NAME = /^[a-z0-9][a-z0-9._-]*$/;
/** The bundles of the repository, and the list of what can be pulled. */
export const SHIPPED_MODELS = join(PROJECT_ROOT, 'models');

const LOOPBACK = ['127.0.0.1', 'localhost', '::1'];
/** A load balancer probes every few seconds. */
const DRAIN_SECONDS = 5;

const settings = z.object({
  PORT: integer(0, 65_535).default(4000),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:_%-]+$/, 'is an address or a name of this machine')
    .default('127.0.0.1'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'is a postgres:// address')
    .refine((address) => URL.canParse(address), 'is a postgres:// address')
    .optional(),
  DATABASE_POOL_SIZE: integer(1, 200).default(10),
  FITROOM_WORKERS: integer(0, 32).default(2),
  FITROOM_DRAIN_SECONDS: integer(0, 600).optional(),
  FITROOM_MAX_IMPORT_MB: integer(1, 100_000).default(1024),
  FITROOM_DATA_DIR: z.string().min(1).default('.fitroom'),
  FITROOM_SAMPLE_CATALOG: z.enum(['on', 'off']).default('on'),
  FITROOM_MODEL: z.string().regex(BUNDLE_NAME, 'is the name of a folder under models/').default(DEFAULT_MODEL),
  FITROOM_MODELS_DIR: z.string().min(1).default('models'),
  HF_ENDPOINT: z
    .string()
    .regex(/^https?:\/\/[^?#]+$/, 'is the address of a hub such as https://hub.example')
    .refine((address) => URL.canParse(address), 'is the address of a hub such as https://hub.example')
    .optional(),
  FITROOM_EXECUTION: z.enum(['auto', 'cuda', 'webgpu', 'cpu']).default('auto'),
  FITROOM_THREADS: integer(1, 256).default(Math.min(8, availableParallelism())),
  FITROOM_ADMIN_KEY: z
    .string()
    .regex(/^[\x21-\x7e]{16,200}$/, 'has 16 to 200 visible ASCII characters, no spaces')
    .optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'is the http(s) address of a collector' })
    .optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'is the http(s) address that takes traces' })
    .optional(),
  FITROOM_LOG_DAYS: integer(1, 3650).default(30),
  FITROOM_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  FITROOM_CORS_ORIGINS: z
    .string()
    .transform((list) =>
      list
        .split(',')
        .map((text) => text.trim())
        .filter(Boolean),
    )
    .pipe(z.array(origin('lists origins such as https://shop.example, comma-separated, without a path')))
    .optional(),
  FITROOM_PUBLIC_URL: origin('is an origin such as https://try.example, without a path').optional(),
  FITROOM_DATA: z.string().min(1).default('../shared/data'),
});

/** A whole number, in digits only: a blank, `0x10` and `1e3` are mistakes here. */
function integer(min: number, max: number) {
  const bounds = `is a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, bounds)
    .transform(Number)
    .pipe(z.number().min(min, bounds).max(max, bounds));
}

/** Scheme, host and port as browsers write them: in lower case, without a default port or a slash at the end. */
function origin(message: string) {
  const parsed = (text: string): URL | null =>
    /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : null;
  return z
    .string()
    .refine((text) => {
      const url = parsed(text);
      return url !== null && url.href === `${url.origin}/` && !/[?#]/.test(text);
    }, message)
    .transform((text) => parsed(text)!.origin);
}

export type ExecutionChoice = 'auto' | 'cuda' | 'webgpu' | 'cpu';

export interface Config {
  port: number;
  host: string;
  /** Null: the embedded database in `dataDir`. */
  databaseUrl: string | null;
  databasePoolSize: number;
  /** Jobs that this process runs at once; 0: none. */
  workers: number;
  /** How long a server that is told to stop still serves while it reports not ready. */
  drainSeconds: number;
  /** Largest catalog file. */
  maxImportBytes: number;
  /** Absolute. */
  dataDir: string;
  sampleCatalog: boolean;
  /** Absolute folder of the bundle. */
  bundleDir: string;
  /** Absolute folder of pulled bundles. */
  modelsDir: string;
  /** Origin of the hub that bundles are pulled from; null: the client's own. */
  hubUrl: string | null;
  execution: ExecutionChoice;
  /** Threads that one inference session computes with. */
  inferenceThreads: number;
  /** What callers bring as `Authorization: Bearer …`; null: everyone on this machine may do everything. */
  adminKey: string | null;
  /** How long answers and what came of them are kept. */
  answersKeptForDays: number;
  logLevel: string;
  /** Origin that clients reach the server by, for the addresses of pictures; null: the one of each request. */
  publicUrl: string | null;
  /** Where traces go, OTLP over HTTP; null: nowhere. */
  tracesUrl: string | null;
  /** Origins that browsers may call from; empty: same origin only. */
  corsOrigins: string[];
  /** Absolute folder of the public training data; may be missing. */
  trainingDataDir: string;
}

/**
 * Reads the settings.
 * @param environment defaults to process.env
 * @throws StartupError naming each setting that is out of bounds
 */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  // an empty variable means "not set", as shells and compose files write it
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = settings.safeParse(given);
  if (!parsed.success) {
    const wrong = new Set(parsed.error.issues.map(({ path, message }) => `  ${String(path[0])} ${message}`));
    throw new StartupError(`These settings are wrong:\n${[...wrong].join('\n')}\nREADME.md lists all settings.`);
  }
  const value = parsed.data;
  const modelsDir = resolve(PROJECT_ROOT, value.FITROOM_MODELS_DIR);
  return {
    port: value.PORT,
    host: requireGuarded(value.HOST, value.FITROOM_ADMIN_KEY),
    databaseUrl: value.DATABASE_URL ?? null,
    databasePoolSize: value.DATABASE_POOL_SIZE,
    workers: value.FITROOM_WORKERS,
    drainSeconds: value.FITROOM_DRAIN_SECONDS ?? (LOOPBACK.includes(value.HOST) ? 0 : DRAIN_SECONDS),
    maxImportBytes: value.FITROOM_MAX_IMPORT_MB * 1_000_000,
    dataDir: resolve(PROJECT_ROOT, value.FITROOM_DATA_DIR),
    sampleCatalog: value.FITROOM_SAMPLE_CATALOG === 'on',
    bundleDir: bundleFolder(modelsDir, value.FITROOM_MODEL),
    modelsDir,
    hubUrl: value.HF_ENDPOINT?.replace(/\/+$/, '') ?? null,
    execution: value.FITROOM_EXECUTION,
    inferenceThreads: value.FITROOM_THREADS,
    adminKey: value.FITROOM_ADMIN_KEY ?? null,
    answersKeptForDays: value.FITROOM_LOG_DAYS,
    logLevel: value.FITROOM_LOG_LEVEL,
    publicUrl: value.FITROOM_PUBLIC_URL ?? null,
    tracesUrl: tracesUrl(value),
    corsOrigins: value.FITROOM_CORS_ORIGINS ?? [],
    trainingDataDir: resolve(PROJECT_ROOT, value.FITROOM_DATA),
  };
}

/** The key that the command line brings to a server where no option names one; null: none. */
export function readClientKey(environment: Record<string, string | undefined> = process.env): string | null {
  return environment['FITROOM_KEY'] || null;
}

/** The server that the command line talks to where no option names one: FITROOM_SERVER, else this machine at PORT. */
export function readServerAddress(environment: Record<string, string | undefined> = process.env): string {
  return environment['FITROOM_SERVER'] || `http://127.0.0.1:${environment['PORT'] || 4000}`;
}

/** A bundle's folder: among the pulled ones, else among those of the repository. */
export function bundleFolder(modelsDir: string, name: string): string {
  const pulled = join(modelsDir, name);
  return existsSync(pulled) ? pulled : join(SHIPPED_MODELS, name);
}

/** As the OTLP specification says: the address of all signals has a path below it for each, the one of traces is whole. */
function tracesUrl(given: z.infer<typeof settings>): string | null {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: traces } = given;
  return traces ?? (endpoint ? `${endpoint.replace(/\/+$/, '')}/v1/traces` : null);
}

/** Without a key every caller may do everything, so nothing beyond this machine may call. */
function requireGuarded(host: string, adminKey: string | undefined): string {
  if (adminKey !== undefined || LOOPBACK.includes(host)) return host;
  throw new StartupError(
    `HOST=${host} would let other machines change the catalog without a key.\n` +
      'Set FITROOM_ADMIN_KEY to a secret of at least 16 characters, or leave HOST unset to listen on this machine only.',
  );
}
