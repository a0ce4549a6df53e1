// The model registry with fake models: which models are open, and when they close.
import { setTimeout as sleep } from 'node:timers/promises';
import { StartupError } from '../../../../src/errors.js';
import { createLogger } from '../../../../src/observability/logger.js';
import { ModelRegistry } from '../../../../src/services/models/model.registry.js';
import type { OpenModel } from '../../../../src/services/models/open.model.js';

const log: string[] = [];
let needed = new Set<string>();
let registry: ModelRegistry;

function model(bundle: string): OpenModel {
  const close = (): Promise<void> => Promise.resolve(void log.push(`close ${bundle}`));
  return { bundle, encoders: { close } } as unknown as OpenModel;
}

beforeEach(() => {
  log.length = 0;
  needed = new Set();
  registry = new ModelRegistry({
    open: async (bundle) => {
      log.push(`open ${bundle}`);
      await sleep(20);
      if (bundle === 'broken') throw new StartupError('it is damaged');
      return model(bundle);
    },
    needed: () => Promise.resolve(needed),
    logger: createLogger('silent'),
    closeAfterMs: 50,
    lookEveryMs: 10,
  });
  registry.adopt(model('own'));
});
afterEach(() => registry.close());

const nameOf = ({ bundle }: OpenModel): Promise<string> => Promise.resolve(bundle);

it('opens a model once for concurrent and later callers', async () => {
  const bundles = await Promise.all(Array.from({ length: 5 }, () => registry.using('a', nameOf)));
  expect(bundles).toEqual(['a', 'a', 'a', 'a', 'a']);
  expect(await registry.using('a', nameOf)).toBe('a');
  expect(log).toEqual(['open a']);
});

it('closes an idle model unless it is the deployment’s own or a store needs it', async () => {
  needed = new Set(['b']);
  await Promise.all(['own', 'a', 'b'].map((bundle) => registry.using(bundle, nameOf)));
  await sleep(200);
  expect(registry.openBundles()).toEqual(['own', 'b']);
  expect(log.at(-1)).toBe('close a');
  expect(await registry.using('a', nameOf)).toBe('a');
});

it('does not close a model while it is in use', async () => {
  await registry.using('a', async () => {
    await sleep(200);
    expect(log).toEqual(['open a']);
  });
  await sleep(200);
  expect(log).toEqual(['open a', 'close a']);
});

it('tries again to open a model after a failure', async () => {
  await expect(registry.using('broken', nameOf)).rejects.toThrow(StartupError);
  registry.warm('broken');
  await sleep(50);
  expect(log).toEqual(['open broken', 'open broken']);
  expect(registry.openBundles()).toEqual(['own']);
});

it('opens a warmed model only once', async () => {
  registry.warm('a');
  registry.warm('a');
  expect(await registry.using('a', nameOf)).toBe('a');
  expect(log).toEqual(['open a']);
});

it('closes all models when the registry closes', async () => {
  await registry.using('a', nameOf);
  await registry.close();
  expect(log.slice(1).sort()).toEqual(['close a', 'close own']);
});
