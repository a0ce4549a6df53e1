// How the models of this process are opened, and the services around each of them made.
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { bundleFolder, type Config } from './config.js';
import type { CoreParts } from './core.js';
import { loadBundle, readManifest } from './inference/bundle.js';
import { startEncoders, type EncoderOptions, type Encoders } from './inference/encoders.js';
import { createModelServices, type ModelServicesParts } from './model.services.js';
import { CatalogPictureFetcher } from './pictures/catalog.picture.fetcher.js';
import { ModelRegistry } from './services/model.registry.js';
import type { OpenModel } from './services/open.model.js';
import type { RecentRequests } from './services/recent.requests.js';
import type { RuleService } from './services/rule.service.js';
import { StoreModels } from './services/store.models.js';
import { BundleRepository } from './store/bundle.repository.js';
import type { Database } from './store/database.js';

export function encoderOptions({ config, logger, observeInference }: CoreParts): EncoderOptions {
  return { execution: config.execution, threads: config.inferenceThreads, logger, observe: observeInference };
}

/** The registry with the deployment's own model in it, and which of its models answers for which store. */
export function openModels(
  parts: CoreParts,
  database: Database,
  own: { encoders: Encoders; recent: RecentRequests; rules: RuleService } & Pick<
    ModelServicesParts,
    'log' | 'circumstances'
  >,
): { registry: ModelRegistry; models: StoreModels } {
  const { config, logger, fetchOptions, observeStage } = parts;
  const bundles = new BundleRepository(database);
  const registry = new ModelRegistry({
    open: async (name) =>
      around(name, await startEncoders(await loadBundle(folderOf(config, name)), encoderOptions(parts))),
    needed: async () => new Set((await bundles.all()).flatMap(({ serving, beside }) => [serving ?? '', beside ?? ''])),
    logger,
  });
  const models = new StoreModels({ registry, bundles });
  const remember: RecentRequests['note'] = (ctx, words) => own.recent.note(ctx, words);
  const fetcher = new CatalogPictureFetcher(fetchOptions);
  const { rules, log, circumstances } = own;
  const answering = { rules, observeStage, remember, log, circumstances };
  const shared = { database, registry, models, fetcher, fetchOptions, logger, ...answering };
  const around = (name: string, encoders: Encoders): OpenModel => createModelServices(shared, name, encoders);
  registry.adopt(around(basename(config.bundleDir), own.encoders));
  return { registry, models };
}

/** name@version of a bundle by its folder, null where there is none. @throws StartupError where its manifest is malformed */
export async function identifyBundle(config: Config, name: string): Promise<string | null> {
  const dir = folderOf(config, name);
  if (!existsSync(join(dir, 'manifest.json'))) return null;
  const manifest = await readManifest(dir);
  return `${manifest.name}@${manifest.version}`;
}

/** The deployment's own bundle may lie anywhere. */
function folderOf({ bundleDir, modelsDir }: Config, name: string): string {
  return name === basename(bundleDir) ? bundleDir : bundleFolder(modelsDir, name);
}
