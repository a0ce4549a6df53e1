// Settings from environment variables, with defaults and bounds. No other file reads process.env.
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { StartupError } from './errors.js';

/** The folder that holds package.json, models/, migrations/ and schema/. */
export const PROJECT_ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Bundle of the repository, used unless FITROOM_MODEL names another one. */
export const DEFAULT_MODEL = 'fitroom-v2';
export const BUNDLE_NAME = /^[a-z0-9][a-z0-9._-]*$/;
/** Folder of the repository's bundles and of the list of bundles that can be pulled. */
export const SHIPPED_MODELS = join(PROJECT_ROOT, 'models');

const LOOPBACK = ['127.0.0.1', 'localhost', '::1'];
/** Default drain time. A load balancer probes every few seconds. */
const DRAIN_SECONDS = 5;

const settings = z.object({
  PORT: integer(0, 65_535).default(4000),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:_%-]+$/, 'must be an address or a name of this machine')
    .default('127.0.0.1'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must be a postgres:// URL')
    .refine((address) => URL.canParse(address), 'must be a postgres:// URL')
    .optional(),
  DATABASE_POOL_SIZE: integer(1, 200).default(10),
  FITROOM_WORKERS: integer(0, 32).default(2),
  FITROOM_DRAIN_SECONDS: integer(0, 600).optional(),
  FITROOM_MAX_IMPORT_MB: integer(1, 100_000).default(1024),
  FITROOM_DATA_DIR: z.string().min(1).default('.fitroom'),
  FITROOM_SAMPLE_CATALOG: z.enum(['on', 'off']).default('on'),
  FITROOM_MODEL: z.string().regex(BUNDLE_NAME, 'must be the name of a folder under models/').default(DEFAULT_MODEL),
  FITROOM_MODELS_DIR: z.string().min(1).default('models'),
  HF_ENDPOINT: z
    .string()
    .regex(/^https?:\/\/[^?#]+$/, 'must be the URL of a hub such as https://hub.example')
    .refine((address) => URL.canParse(address), 'must be the URL of a hub such as https://hub.example')
    .optional(),
  FITROOM_EXECUTION: z.enum(['auto', 'cuda', 'webgpu', 'cpu']).default('auto'),
  FITROOM_THREADS: integer(1, 256).default(Math.min(8, availableParallelism())),
  FITROOM_ADMIN_KEY: z
    .string()
    .regex(/^[\x21-\x7e]{16,200}$/, 'must have 16 to 200 visible ASCII characters, no spaces')
    .optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be the http or https URL of a collector' })
    .optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be the http or https URL that receives traces' })
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
    .pipe(z.array(origin('must list origins such as https://shop.example, comma-separated, without a path')))
    .optional(),
  FITROOM_PUBLIC_URL: origin('must be an origin such as https://try.example, without a path').optional(),
  FITROOM_DATA: z.string().min(1).default('../shared/data'),
});

/** Parses a whole number in decimal digits. A blank, `0x10` and `1e3` are refused. */
function integer(min: number, max: number) {
  const bounds = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, bounds)
    .transform(Number)
    .pipe(z.number().min(min, bounds).max(max, bounds));
}

/** Parses an origin, and returns it as browsers send it: lower case, without default port and trailing slash. */
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
  /** Null for the embedded database in `dataDir`. */
  databaseUrl: string | null;
  databasePoolSize: number;
  /** Maximum number of running jobs in this process. */
  workers: number;
  /** Seconds for which a stopping server still serves while it reports not ready. */
  drainSeconds: number;
  /** Maximum size of a catalog file. */
  maxImportBytes: number;
  /** Absolute folder of the embedded database and other data. */
  dataDir: string;
  /** True: an empty catalog is filled with the sample. */
  sampleCatalog: boolean;
  /** Absolute folder of the bundle. */
  bundleDir: string;
  /** Absolute folder of pulled bundles. */
  modelsDir: string;
  /** Origin of the hub from which bundles are pulled. Null for the default of the hub client. */
  hubUrl: string | null;
  execution: ExecutionChoice;
  /** Threads of one inference session. */
  inferenceThreads: number;
  /** Key of the deployment, sent as `Authorization: Bearer …`. Null: everyone on this machine has full access. */
  adminKey: string | null;
  /** Days after which logged recommendations and their feedback are deleted. */
  logRetentionDays: number;
  logLevel: string;
  /** Public origin of the server, used in picture URLs. Null for the origin of each request. */
  publicUrl: string | null;
  /** URL that receives traces, OTLP over HTTP. Null: no traces are sent. */
  tracesUrl: string | null;
  /** Origins from which browsers may call. Empty for the same origin only. */
  corsOrigins: string[];
  /** Absolute folder of the public training data. It may not exist. */
  trainingDataDir: string;
}

/**
 * Reads the settings.
 * @param environment defaults to process.env
 * @throws StartupError with the name of each invalid setting
 */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  // shells and compose files pass an unset variable as an empty string
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = settings.safeParse(present);
  if (!parsed.success) {
    const problems = new Set(parsed.error.issues.map(({ path, message }) => `  ${String(path[0])} ${message}`));
    throw new StartupError(
      `These settings are invalid:\n${[...problems].join('\n')}\ndocs/operations.md lists all settings.`,
    );
  }
  const value = parsed.data;
  const modelsDir = resolve(PROJECT_ROOT, value.FITROOM_MODELS_DIR);
  return {
    port: value.PORT,
    host: requireProtectedHost(value.HOST, value.FITROOM_ADMIN_KEY),
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
    logRetentionDays: value.FITROOM_LOG_DAYS,
    logLevel: value.FITROOM_LOG_LEVEL,
    publicUrl: value.FITROOM_PUBLIC_URL ?? null,
    tracesUrl: tracesUrl(value),
    corsOrigins: value.FITROOM_CORS_ORIGINS ?? [],
    trainingDataDir: resolve(PROJECT_ROOT, value.FITROOM_DATA),
  };
}

/** Returns the key of the command line, from FITROOM_KEY. Null if it is not set. */
export function readClientKey(environment: Record<string, string | undefined> = process.env): string | null {
  return environment['FITROOM_KEY'] || null;
}

/** Returns the server URL of the command line: FITROOM_SERVER, else this machine at PORT. */
export function readServerAddress(environment: Record<string, string | undefined> = process.env): string {
  return environment['FITROOM_SERVER'] || `http://127.0.0.1:${environment['PORT'] || 4000}`;
}

/** Returns the folder of a bundle: a pulled one if it exists, else the one of the repository. */
export function bundleFolder(modelsDir: string, name: string): string {
  const pulled = join(modelsDir, name);
  return existsSync(pulled) ? pulled : join(SHIPPED_MODELS, name);
}

/**
 * Returns the URL for traces. By the OTLP specification, the general endpoint needs the path of the signal, and the
 * endpoint of traces is used as it is.
 */
function tracesUrl(values: z.infer<typeof settings>): string | null {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: traces } = values;
  return traces ?? (endpoint ? `${endpoint.replace(/\/+$/, '')}/v1/traces` : null);
}

/** Refuses to listen on other interfaces without a key, because then every caller has full access. */
function requireProtectedHost(host: string, adminKey: string | undefined): string {
  if (adminKey !== undefined || LOOPBACK.includes(host)) return host;
  throw new StartupError(
    `HOST=${host} would let other machines change the catalog without a key.\n` +
      'Set FITROOM_ADMIN_KEY to a secret of at least 16 characters, or leave HOST unset to listen on this machine only.',
  );
}
