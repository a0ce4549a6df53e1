// Throughput of an import against ONNX Runtime alone on the same texts and pictures, alternating in one process.
// The import includes decoding, near-duplicate search and writing. Other load on the machine affects both equally.
import type { App } from '../src/bootstrap/server.js';
import { DEFAULT_STORE_ID } from '../src/domain/access/store.context.js';
import { mergeFacts, type GarmentInput } from '../src/domain/catalog/garment.input.js';
import { garmentWords } from '../src/domain/text/garment.text.js';
import { trainingDrawings } from '../tools/garment-drawing/training.drawings.js';
import { rasterize } from '../tools/draw/rasterize.js';
import { BareEncoders } from './bare.encoders.js';
import { median } from './figures.js';

export interface ImportPlan {
  rounds: number;
  /** Garments of one round. All garments of a run are different. */
  garments: number;
  /** Width in pixels; the height is 4/3 of it. */
  pictureWidth: number;
}

export interface ImportFigures extends ImportPlan {
  database: string;
  callsAtOnce: number;
  garmentsPerSecond: number;
  bareGarmentsPerSecond: number;
  /** Time of the bare encoders / time of the import, the median over rounds. */
  ratio: number;
  /** Lowest and highest round. */
  ratioRange: [number, number];
  /** CPU time of the process per garment, summed over all cores. */
  cpuMs: number;
  bareCpuMs: number;
}

interface Round {
  seconds: number;
  bareSeconds: number;
  cpuMs: number;
  bareCpuMs: number;
}

const GARMENTS_PER_CALL = 50;
/** One call decodes and writes while batches of the others are computed. */
const CALLS_AT_ONCE = 3;
const CONTEXT = { storeId: DEFAULT_STORE_ID };

/**
 * Measures the imports and deletes the garments afterwards.
 * @param app runs on the CPU, with a database that may be changed
 */
export async function measureImport(app: App, threads: number, plan: ImportPlan): Promise<ImportFigures> {
  const bare = await BareEncoders.open(app.own.encoders.bundle, threads);
  const rounds: Round[] = [];
  try {
    // the first round is a warm-up and does not count
    for (let round = 0; round <= plan.rounds; round++) {
      const measured = await measureRound(app, bare, await drawnGarments(plan, round));
      if (round > 0) rounds.push(measured);
    }
  } finally {
    await bare.close();
  }
  return { ...figuresOf(plan, rounds), database: app.database.kind };
}

async function measureRound(app: App, bare: BareEncoders, inputs: GarmentInput[]): Promise<Round> {
  await bare.prepare(
    inputs.map((input) => garmentWords(mergeFacts(null, input))),
    inputs.map(({ image }) => (image as { bytes: Uint8Array }).bytes),
  );
  const [seconds, cpuMs] = await measuredTimes(() => importAll(app, inputs));
  const [bareSeconds, bareCpuMs] = await measuredTimes(() => bare.run());
  for (let start = 0; start < inputs.length; start += 1_000) {
    const skus = inputs.slice(start, start + 1_000).map(({ sku }) => sku);
    await app.own.catalog.delete(CONTEXT, skus);
  }
  return { seconds, bareSeconds, cpuMs: cpuMs / inputs.length, bareCpuMs: bareCpuMs / inputs.length };
}

async function importAll(app: App, inputs: GarmentInput[]): Promise<void> {
  const remaining = [...inputs];
  const importRemaining = async (): Promise<void> => {
    while (remaining.length > 0) {
      const call = remaining.splice(0, GARMENTS_PER_CALL);
      const { created, userErrors } = await app.own.upserts.upsert(CONTEXT, call, { dryRun: false });
      if (created !== call.length) throw new Error(`not all garments were created: ${JSON.stringify(userErrors[0])}`);
    }
  };
  await Promise.all(Array.from({ length: CALLS_AT_ONCE }, importRemaining));
}

async function measuredTimes(work: () => Promise<unknown>): Promise<[seconds: number, cpuMs: number]> {
  const [startedAt, cpuBefore] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(cpuBefore);
  return [(performance.now() - startedAt) / 1000, (user + system) / 1000];
}

async function drawnGarments({ garments, pictureWidth }: ImportPlan, round: number): Promise<GarmentInput[]> {
  const inputs: GarmentInput[] = [];
  for (const { svg, labels } of trainingDrawings(garments, 20_261 + round)) {
    inputs.push({
      sku: `bench-${round}-${labels.id}`,
      // a unique number, so that the server's cache has no embedding for the title
      title: `${labels.title} ${round}${String(inputs.length).padStart(4, '0')}`,
      category: labels.articleType,
      color: labels.baseColour,
      image: { kind: 'bytes', bytes: await rasterize(svg, pictureWidth, 'jpeg') },
    });
  }
  return inputs;
}

function figuresOf(plan: ImportPlan, rounds: Round[]): Omit<ImportFigures, 'database'> {
  const of = (key: keyof Round): number => median(rounds.map((round) => round[key]));
  const ratios = rounds.map(({ seconds, bareSeconds }) => bareSeconds / seconds);
  return {
    ...plan,
    callsAtOnce: CALLS_AT_ONCE,
    garmentsPerSecond: plan.garments / of('seconds'),
    bareGarmentsPerSecond: plan.garments / of('bareSeconds'),
    ratio: median(ratios),
    ratioRange: [Math.min(...ratios), Math.max(...ratios)],
    cpuMs: of('cpuMs'),
    bareCpuMs: of('bareCpuMs'),
  };
}
