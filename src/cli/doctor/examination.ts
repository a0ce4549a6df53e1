// Owns the order of the doctor's checks: what is quick and what others stand on comes first.
import type { Config } from '../../config.js';
import { checkDatabase } from './database.check.js';
import type { Finding } from './finding.js';
import { checkNode, checkPackages, checkPort, checkTrainingData } from './machine.checks.js';
import { checkModel } from './model.checks.js';

/** One after the other, so that the first answers show at once and two models never run side by side. */
export async function* examine(config: Config): AsyncGenerator<Finding> {
  yield* checkNode();
  yield* await checkPackages();
  yield* await checkPort(config);
  yield* await checkDatabase(config);
  yield* await checkModel(config);
  yield* await checkTrainingData(config);
}
