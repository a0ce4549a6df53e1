// Latency of a scenario: waves of requests to the server alternate with the same inputs on the bare pipeline.
// Other load on the machine therefore affects both equally.
import type { PoolClient } from 'pg';
import { replay, type BareModel, type ModelInput } from './bare.pipeline.js';
import { median, quantile } from './figures.js';
import type { PreparedRequest, ShopperClient } from './shopper.client.js';
import type { Statement } from './statement.recorder.js';

export interface Scenario {
  name: string;
  /** Number of requests in a wave. They are sent together, and the wave ends with the last response. */
  atOnce: number;
  wavesPerRound: number;
}

/** One request in the three forms in which it is measured. */
export interface BenchInput {
  request: PreparedRequest;
  model: ModelInput;
  statements: Statement[];
}

export interface Contestants {
  client: ShopperClient;
  model: BareModel;
  connection: PoolClient;
}

export interface ScenarioFigures {
  name: string;
  atOnce: number;
  waves: number;
  /** Milliseconds of a wave from the first byte sent to the last byte received. */
  endToEndMs: { median: number; p95: number };
  /** Milliseconds of the same inputs as one batch through encoder and head. */
  onnxMs: number;
  /** Milliseconds of the same statements on one connection. */
  sqlMs: number;
  /** Median end to end / (median ONNX Runtime + median SQL) of a round, the median over rounds. */
  ratio: number;
  /** Lowest and highest round. */
  ratioRange: [number, number];
}

interface Wave {
  endToEndMs: number;
  onnxMs: number;
  sqlMs: number;
}

/** Requests before the measurement, in which both processes compile their code. */
const WARM_UP_REQUESTS = 40;

/** Measures a scenario. @param inputs `inputsNeeded` inputs; each is used once */
export async function measure(
  scenario: Scenario,
  rounds: number,
  inputs: BenchInput[],
  contestants: Contestants,
): Promise<ScenarioFigures> {
  const { atOnce, wavesPerRound } = scenario;
  const nextWave = () => runWave(inputs.splice(0, atOnce), contestants);
  for (let wave = 0; wave < warmUpWaves(scenario); wave++) await nextWave();
  const perRound: Wave[][] = [];
  for (let round = 0; round < rounds; round++) {
    const waves: Wave[] = [];
    for (let wave = 0; wave < wavesPerRound; wave++) waves.push(await nextWave());
    perRound.push(waves);
  }
  return figuresOf(scenario, perRound);
}

/** Returns the number of inputs that a scenario uses. */
export function inputsNeeded(scenario: Scenario, rounds: number): number {
  return scenario.atOnce * (warmUpWaves(scenario) + rounds * scenario.wavesPerRound);
}

function warmUpWaves({ atOnce }: Scenario): number {
  return Math.ceil(WARM_UP_REQUESTS / atOnce);
}

async function runWave(inputs: BenchInput[], { client, model, connection }: Contestants): Promise<Wave> {
  const endToEndMs = await timed(() => Promise.all(inputs.map(({ request }) => client.send(request))));
  const onnxMs = await timed(() => model.run(inputs.map((input) => input.model)));
  const sqlMs = await timed(() =>
    replay(
      connection,
      inputs.flatMap(({ statements }) => statements),
    ),
  );
  return { endToEndMs, onnxMs, sqlMs };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function figuresOf({ name, atOnce }: Scenario, rounds: Wave[][]): ScenarioFigures {
  const all = rounds.flat();
  const of = (waves: Wave[], key: keyof Wave) => waves.map((wave) => wave[key]);
  const ratios = rounds.map(
    (waves) => median(of(waves, 'endToEndMs')) / (median(of(waves, 'onnxMs')) + median(of(waves, 'sqlMs'))),
  );
  return {
    name,
    atOnce,
    waves: all.length,
    endToEndMs: { median: median(of(all, 'endToEndMs')), p95: quantile(of(all, 'endToEndMs'), 0.95) },
    onnxMs: median(of(all, 'onnxMs')),
    sqlMs: median(of(all, 'sqlMs')),
    ratio: median(ratios),
    ratioRange: [Math.min(...ratios), Math.max(...ratios)],
  };
}
