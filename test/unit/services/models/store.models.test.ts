// Which model a store is answered with: asked seldom, known while the database is away, and never another one instead.
import { FitroomError, StartupError } from '../../../../src/errors.js';
import type { ModelRegistry } from '../../../../src/services/models/model.registry.js';
import type { OpenModel } from '../../../../src/services/models/open.model.js';
import { StoreModels } from '../../../../src/services/models/store.models.js';
import type { StoreBundles } from '../../../../src/store/bundle.repository.js';
import { OTHER_STORE, STORE } from '../../../support/catalog.rows.js';

const own = { bundle: 'own' } as OpenModel;
let stored: StoreBundles | Error;
let asked: number;
let warmed: string[];
let models: StoreModels;

beforeEach(() => {
  stored = { serving: null, beside: null };
  asked = 0;
  warmed = [];
  const registry = {
    own,
    warm: (bundle: string) => void warmed.push(bundle),
    using: <T>(bundle: string, work: (model: OpenModel) => Promise<T>) =>
      bundle === 'broken' ? Promise.reject(new StartupError('damaged')) : work({ bundle } as OpenModel),
  };
  const ofStore = (): Promise<StoreBundles> => {
    asked += 1;
    return stored instanceof Error ? Promise.reject(stored) : Promise.resolve(stored);
  };
  models = new StoreModels({ registry: registry as unknown as ModelRegistry, bundles: { ofStore } });
});

const served = (store = STORE): Promise<string> => models.serve(store, ({ bundle }) => Promise.resolve(bundle));

it('is the deployment’s own until the store has one of its own', async () => {
  expect(await served()).toBe('own');
  stored = { serving: 'new', beside: 'own' };
  models.forget(STORE);
  expect(await served()).toBe('new');
});

it('is asked for once, however many requests come within a second, and by each store', async () => {
  await Promise.all(Array.from({ length: 50 }, () => served()));
  expect(asked).toBe(1);
  await served(OTHER_STORE);
  expect(asked).toBe(2);
});

it('opens what is kept up beside it before anybody needs it', async () => {
  stored = { serving: 'new', beside: 'old' };
  await served();
  expect(warmed).toEqual(['old']);
});

it('stays what it was while the database is away, and is unknown to a process that never knew it', async () => {
  stored = { serving: 'new', beside: null };
  await served();
  stored = new FitroomError('SERVICE_UNAVAILABLE');
  models.forget(STORE);
  expect(await served()).toBe('new');
  await expect(served(OTHER_STORE)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
});

it('is no other where this machine lacks its bundle', async () => {
  stored = { serving: 'broken', beside: null };
  await expect(served()).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
});
