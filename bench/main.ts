// `npm run bench`: overhead of a shopper's request and of an import over the bare models and SQL, as ratios.
// Starts servers in a temporary folder and removes the folder at the end.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { startApp } from '../src/bootstrap/server.js';
import { ApiClient } from '../src/cli/api.client.js';
import { readConfig, type Config } from '../src/config.js';
import { loadBundle } from '../src/inference/bundle.js';
import { startEncoders, type Encoders } from '../src/inference/encoders.js';
import { createLogger } from '../src/observability/logger.js';
import { openDatabase } from '../src/store/database/database.js';
import { BareModel } from './bare.pipeline.js';
import { measureImport, type ImportFigures } from './import.throughput.js';
import { inputMaker } from './input.maker.js';
import { pictureInputs, wordInputs, type Input } from './inputs.js';
import { measureLooks, type LookFigures } from './looks.js';
import { inputsNeeded, measure, type BenchInput, type Scenario, type ScenarioFigures } from './latency.js';
import { machine, tableOf, writeReport, type BenchReport, type ShopperFigures } from './report.js';
import { startServer, type ServerProcess } from './server.process.js';
import { ShopperClient } from './shopper.client.js';
import type { Database } from '../src/store/database/database.types.js';

const SCENARIOS: (Scenario & { kind: Input['kind'] })[] = [
  { name: 'words, 1 at once', kind: 'words', atOnce: 1, wavesPerRound: 20 },
  { name: 'words, 8 at once', kind: 'words', atOnce: 8, wavesPerRound: 5 },
  { name: 'picture, 1 at once', kind: 'picture', atOnce: 1, wavesPerRound: 20 },
  { name: 'picture, 8 at once', kind: 'picture', atOnce: 8, wavesPerRound: 5 },
];
/** Width of a photo that a storefront has scaled down to 384 × 512 pixels, about 25 KB. */
const PICTURE_WIDTH = 384;

interface Bench {
  server: ServerProcess;
  database: Database;
  encoders: Encoders;
  model: BareModel;
}

interface BenchOptions {
  rounds: number;
  garments: number;
  pictureWidth: number;
  /** Database that the import writes to. Null for an embedded database in a temporary folder. */
  databaseUrl: string | null;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '5' },
      garments: { type: 'string', default: '300' },
      'picture-width': { type: 'string', default: '384' },
      database: { type: 'string' },
      only: { type: 'string' },
    },
  });
  const options: BenchOptions = {
    rounds: positive('--rounds', values.rounds),
    garments: positive('--garments', values.garments),
    pictureWidth: positive('--picture-width', values['picture-width']),
    databaseUrl: values.database ?? null,
  };
  const folder = await mkdtemp(join(tmpdir(), 'fitroom-bench-'));
  try {
    const config = { ...readConfig({ ...process.env, DATABASE_URL: '' }), dataDir: folder };
    const includes = (part: string): boolean => values.only === undefined || values.only === part;
    const report: BenchReport = {
      at: new Date().toISOString(),
      machine: machine(),
      model: config.bundleDir.split(sep).at(-1)!,
      inferenceThreads: config.inferenceThreads,
      shopper: includes('shopper') ? await benchShopper(config, options.rounds) : null,
      import: includes('import') ? await benchImport(config, options) : null,
      looks: values.only === 'looks' ? await benchLooks(options) : null,
    };
    console.log(`\n${tableOf(report)}\n\n${await writeReport(report)}`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Measures outfits with twelve requests of each kind per round. */
function benchLooks({ databaseUrl, rounds, garments }: BenchOptions): Promise<LookFigures> {
  if (databaseUrl === null) throw new RangeError('--only looks needs --database, an empty PostgreSQL database');
  console.error(`measuring outfits from ${garments} garments …`);
  return measureLooks(databaseUrl, garments, 12 * rounds);
}

async function benchShopper(config: Config, rounds: number): Promise<ShopperFigures> {
  return withBench(config, async ({ server, database, encoders, model }) => {
    const catalogGarments = await countGarments(server.address);
    const scenarios: ScenarioFigures[] = [];
    const client = new ShopperClient(server.address);
    const makeInput = inputMaker(database, encoders, model);
    for (const [i, scenario] of SCENARIOS.entries()) {
      console.error(`measuring ${scenario.name} …`);
      const inputs = await inputsOf(scenario, i, rounds, makeInput);
      const connection = await database.pool.connect();
      try {
        scenarios.push(await measure(scenario, rounds, inputs, { client, model, connection }));
      } finally {
        connection.release();
      }
    }
    client.close();
    return { database: database.kind, catalogGarments, rounds, scenarios };
  });
}

async function benchImport(config: Config, { databaseUrl, ...plan }: BenchOptions): Promise<ImportFigures> {
  console.error(`measuring imports of ${plan.garments} garments …`);
  const overrides = { port: 0, sampleCatalog: false, execution: 'cpu' as const };
  const app = await startApp({
    config: { ...config, ...overrides, databaseUrl, dataDir: join(config.dataDir, 'import') },
    logger: createLogger('silent'),
  });
  try {
    return await measureImport(app, config.inferenceThreads, plan);
  } finally {
    await app.close();
  }
}

/** Prepares the inputs of a scenario. They are new, because the server caches those of earlier scenarios. */
async function inputsOf(
  scenario: (typeof SCENARIOS)[number],
  position: number,
  rounds: number,
  makeInput: (input: Input) => Promise<BenchInput>,
): Promise<BenchInput[]> {
  const count = inputsNeeded(scenario, rounds);
  const inputs =
    scenario.kind === 'words'
      ? wordInputs(count, position * 5_000)
      : await pictureInputs(count, 1_000 + position, PICTURE_WIDTH);
  const prepared: BenchInput[] = [];
  for (const input of inputs) prepared.push(await makeInput(input));
  return prepared;
}

async function withBench<Result>(baseConfig: Config, work: (bench: Bench) => Promise<Result>): Promise<Result> {
  const config = { ...baseConfig, dataDir: join(baseConfig.dataDir, 'server') };
  const copy = { ...baseConfig, dataDir: join(baseConfig.dataDir, 'bare') };
  console.error('starting a server with the sample catalog …');
  // an embedded database allows only one process, so the bare pipeline gets a copy of the server's
  await (await startServer(config)).stop();
  await cp(config.dataDir, copy.dataDir, { recursive: true });
  const server = await startServer(config);
  const database = await openDatabase(copy);
  const bundle = await loadBundle(config.bundleDir);
  const encoders = await startEncoders(bundle, { execution: 'cpu', threads: config.inferenceThreads });
  const model = await BareModel.open(bundle, config.inferenceThreads);
  try {
    return await work({ server, database, encoders, model });
  } finally {
    await Promise.all([server.stop(), encoders.close(), model.close(), database.close()]);
  }
}

async function countGarments(address: string): Promise<number> {
  const query = '{ garments(filter: { inStockOnly: false }, first: 1) { totalCount } }';
  const { garments } = await new ApiClient(address).call<{ garments: { totalCount: number } }>({ query });
  return garments.totalCount;
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new RangeError(`${name} must be a whole number of at least 1`);
}

await main();
