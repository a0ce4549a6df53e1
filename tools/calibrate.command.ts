// `fitroom calibrate`: fits the confidence model on the validation split, stores it in the manifest.
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommandModule } from 'yargs';
import { readConfig } from '../src/config.js';
import type { ConfidenceModel } from '../src/domain/recommend/confidence.js';
import type { RequestKind } from '../src/domain/recommend/fusion.js';

interface CalibrateArguments {
  limit: number | undefined;
}

export const calibrateCommand: CommandModule<object, CalibrateArguments> = {
  command: 'calibrate',
  describe: "Fit the bundle's confidence on the validation split, and store it in its manifest",
  builder: (yargs) =>
    yargs
      .option('limit', { type: 'number', describe: 'Use at most this many products of the split, for a weak machine' })
      .example('$0 calibrate', 'then: $0 evaluate --only confidence --write'),
  handler: runCalibration,
};

async function runCalibration({ limit = Infinity }: CalibrateArguments): Promise<void> {
  const { bundleDir, trainingDataDir } = readConfig();
  // Imported here because loading a whole server would slow down every other command.
  const { ProductIndex } = await import('./evaluate/product.index.js');
  const { readProducts, requireDataFile } = await import('./evaluate/split.reader.js');
  const { assessedRequests, REQUEST_KINDS } = await import('./evaluate/confidence.figures.js');
  const { fitConfidence } = await import('./evaluate/confidence.fit.js');
  const products = await readProducts(requireDataFile(trainingDataDir, 'fashion-products-val.tar'), limit);
  const requests = await assessedRequests({ index: new ProductIndex(products), sample: Infinity, split: 'val' });
  const models = REQUEST_KINDS.map(
    (kind) => [kind, fitConfidence(requests.filter((request) => request.kind === kind))] as const,
  );
  await storeConfidence(bundleDir, Object.fromEntries(models) as Record<RequestKind, ConfidenceModel>);
  console.log(`fitted on ${requests.length} requests, stored in ${bundleDir}/manifest.json`);
}

async function storeConfidence(dir: string, confidence: Record<RequestKind, ConfidenceModel>): Promise<void> {
  const file = join(dir, 'manifest.json');
  // Reads the file itself, not the parsed manifest, so that fields unknown to this server are preserved.
  const { metrics, ...manifest } = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  const partial = join(dir, 'manifest.partial');
  await writeFile(partial, `${JSON.stringify({ ...manifest, confidence, metrics }, null, 2)}\n`);
  await rename(partial, file);
}
