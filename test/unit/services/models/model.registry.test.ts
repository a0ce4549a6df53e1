// Which models are open, when, and for how long: with models that are only counted.
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

it('opens a model once for all who ask at the same time, and not again for those after', async () => {
  const asked = await Promise.all(Array.from({ length: 5 }, () => registry.using('a', nameOf)));
  expect(asked).toEqual(['a', 'a', 'a', 'a', 'a']);
  expect(await registry.using('a', nameOf)).toBe('a');
  expect(log).toEqual(['open a']);
});

it('closes a model that nobody has used for a while, but neither the deployment’s own nor one that a store needs', async () => {
  needed = new Set(['b']);
  await Promise.all(['own', 'a', 'b'].map((bundle) => registry.using(bundle, nameOf)));
  await sleep(200);
  expect(registry.openBundles()).toEqual(['own', 'b']);
  expect(log.at(-1)).toBe('close a');
  expect(await registry.using('a', nameOf)).toBe('a');
});

it('never closes a model under who uses it', async () => {
  await registry.using('a', async () => {
    await sleep(200);
    expect(log).toEqual(['open a']);
  });
  await sleep(200);
  expect(log).toEqual(['open a', 'close a']);
});

it('tries again to open what could not be opened', async () => {
  await expect(registry.using('broken', nameOf)).rejects.toThrow(StartupError);
  registry.warm('broken');
  await sleep(50);
  expect(log).toEqual(['open broken', 'open broken']);
  expect(registry.openBundles()).toEqual(['own']);
});

it('has a warmed model ready for the first who asks', async () => {
  registry.warm('a');
  registry.warm('a');
  expect(await registry.using('a', nameOf)).toBe('a');
  expect(log).toEqual(['open a']);
});

it('closes all of them at the end', async () => {
  await registry.using('a', nameOf);
  await registry.close();
  expect(log.slice(1).sort()).toEqual(['close a', 'close own']);
});
