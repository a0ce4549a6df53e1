// `npm run bench`: what everything around the models and the database costs a shopper, as one ratio per way of asking.
// Starts a server of its own with the sample catalog in a temporary folder, and removes both.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ApiClient } from '../src/cli/api.client.js';
import { readConfig, type Config } from '../src/config.js';
import { loadBundle } from '../src/inference/bundle.js';
import { startEncoders, type Encoders } from '../src/inference/encoders.js';
import { openDatabase, type Database } from '../src/store/database.js';
import { BareModel } from './bare.pipeline.js';
import { measureImport } from './import.throughput.js';
import { inputMaker } from './input.maker.js';
import { pictureInputs, wordInputs, type Input } from './inputs.js';
import { inputsNeeded, measure, type BenchInput, type Scenario, type ScenarioFigures } from './latency.js';
import { machine, tableOf, writeReport, type BenchReport } from './report.js';
import { startServer, type ServerProcess } from './server.process.js';
import { ShopperClient } from './shopper.client.js';

const SCENARIOS: (Scenario & { kind: Input['kind'] })[] = [
  { name: 'words, 1 at once', kind: 'words', atOnce: 1, wavesPerRound: 20 },
  { name: 'words, 8 at once', kind: 'words', atOnce: 8, wavesPerRound: 5 },
  { name: 'picture, 1 at once', kind: 'picture', atOnce: 1, wavesPerRound: 20 },
  { name: 'picture, 8 at once', kind: 'picture', atOnce: 8, wavesPerRound: 5 },
];
/** A photo as a storefront sends it: scaled down in the browser to 384 × 512, some 25 KB. */
const PICTURE_WIDTH = 384;

interface Bench {
  config: Config;
  server: ServerProcess;
  database: Database;
  encoders: Encoders;
  model: BareModel;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { rounds: { type: 'string', default: '5' }, garments: { type: 'string', default: '300' } },
  });
  const rounds = positive('--rounds', values.rounds);
  const garments = positive('--garments', values.garments);
  const folder = await mkdtemp(join(tmpdir(), 'fitroom-bench-'));
  try {
    const report = await withBench(folder, (bench) => run(bench, rounds, garments));
    console.log(`\n${tableOf(report)}\n\n${await writeReport(report)}`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function run(bench: Bench, rounds: number, garments: number): Promise<BenchReport> {
  const { config, server, database, encoders, model } = bench;
  const catalogGarments = await countGarments(server.address);
  const scenarios: ScenarioFigures[] = [];
  const client = new ShopperClient(server.address);
  const makeInput = inputMaker(database, encoders, model);
  for (const [i, scenario] of SCENARIOS.entries()) {
    console.error(`measuring ${scenario.name} …`);
    const inputs = await inputsOf(scenario, i, rounds, makeInput);
    const own = await database.pool.connect();
    try {
      scenarios.push(await measure(scenario, rounds, inputs, { client, model, connection: own }));
    } finally {
      own.release();
    }
  }
  client.close();
  console.error(`measuring an import of ${garments} garments …`);
  return {
    at: new Date().toISOString(),
    machine: machine(),
    model: encoders.bundle.id,
    database: database.kind,
    catalogGarments,
    inferenceThreads: config.inferenceThreads,
    rounds,
    scenarios,
    import: await measureImport(server.address, model, garments),
  };
}

/** Each scenario has inputs of its own: what one has asked must not wait in a cache for the next. */
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
  const made: BenchInput[] = [];
  for (const input of inputs) made.push(await makeInput(input));
  return made;
}

async function withBench<Result>(folder: string, work: (bench: Bench) => Promise<Result>): Promise<Result> {
  const config = { ...readConfig({ ...process.env, DATABASE_URL: '' }), dataDir: join(folder, 'server') };
  console.error('starting a server with the sample catalog …');
  // one process per embedded database: the bare pipeline gets a copy of the server's
  await (await startServer(config)).stop();
  await cp(config.dataDir, join(folder, 'bare'), { recursive: true });
  const server = await startServer(config);
  const database = await openDatabase({ ...config, dataDir: join(folder, 'bare') });
  const bundle = await loadBundle(config.bundleDir);
  const encoders = await startEncoders(bundle, { execution: 'cpu', threads: config.inferenceThreads });
  const model = await BareModel.open(bundle, config.inferenceThreads);
  try {
    return await work({ config, server, database, encoders, model });
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
  throw new RangeError(`${name} is a whole number of at least 1`);
}

await main();
