// All doctor checks in their order: quick checks first, and each after the checks it depends on.
import type { Config } from '../../config.js';
import { checkDatabase } from './database.check.js';
import type { Finding } from './finding.js';
import { checkNode, checkPackages, checkPort, checkTrainingData } from './machine.checks.js';
import { checkModel } from './model.checks.js';

/**
 * Runs the checks one after the other, so that the first results show at once and two models never run at the same
 * time.
 */
export async function* examine(config: Config): AsyncGenerator<Finding> {
  yield* checkNode();
  yield* await checkPackages();
  yield* await checkPort(config);
  yield* await checkDatabase(config);
  yield* await checkModel(config);
  yield* await checkTrainingData(config);
}
