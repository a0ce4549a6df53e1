// Owns the measuring of one scenario: waves of requests to the server and the same inputs on the bare pipeline, turn by turn,
// so that whatever else the machine does meets both alike.
import type { PoolClient } from 'pg';
import { replay, type BareModel, type ModelInput } from './bare.pipeline.js';
import { median, quantile } from './figures.js';
import type { PreparedRequest, ShopperClient } from './shopper.client.js';
import type { Statement } from './statement.recorder.js';

export interface Scenario {
  name: string;
  /** Requests of a wave: they are sent together, and the wave lasts until the last answer is there. */
  atOnce: number;
  wavesPerRound: number;
}

/** One request in the three forms that it is measured in. */
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
  /** Milliseconds of a wave from the first byte sent to the last one received. */
  endToEndMs: { median: number; p95: number };
  /** The same wave's inputs as one batch through encoder and head. */
  onnxMs: number;
  /** The same wave's statements on one connection. */
  sqlMs: number;
  /** Median over rounds of: median end to end / (median ONNX Runtime + median SQL) of the round. */
  ratio: number;
  /** Lowest and highest round. */
  ratioRange: [number, number];
}

interface Wave {
  endToEndMs: number;
  onnxMs: number;
  sqlMs: number;
}

/** Requests before the clock runs: both processes compile their code on the way through it. */
const WARM_UP_REQUESTS = 40;

/** @param inputs as many as `inputsNeeded`; each is asked once */
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

/** Inputs that a scenario uses up. */
export function inputsNeeded(scenario: Scenario, rounds: number): number {
  return scenario.atOnce * (warmUpWaves(scenario) + rounds * scenario.wavesPerRound);
}

function warmUpWaves({ atOnce }: Scenario): number {
  return Math.ceil(WARM_UP_REQUESTS / atOnce);
}

async function runWave(inputs: BenchInput[], { client, model, connection }: Contestants): Promise<Wave> {
  const endToEndMs = await timed(() => Promise.all(inputs.map(({ request }) => client.ask(request))));
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
