// The active model of a store: looked up once a second, and known while the database is unavailable.
import { FitroomError, StartupError } from '../../../../src/errors.js';
import type { ModelRegistry } from '../../../../src/services/models/model.registry.js';
import type { OpenModel } from '../../../../src/services/models/open.model.js';
import { StoreModels } from '../../../../src/services/models/store.models.js';
import type { StoreBundles } from '../../../../src/store/bundle.repository.js';
import { OTHER_STORE, STORE } from '../../../support/catalog.rows.js';

const own = { bundle: 'own' } as OpenModel;
let stored: StoreBundles | Error;
let lookups: number;
let warmed: string[];
let models: StoreModels;

beforeEach(() => {
  stored = { serving: null, beside: null };
  lookups = 0;
  warmed = [];
  const registry = {
    own,
    warm: (bundle: string) => void warmed.push(bundle),
    using: <T>(bundle: string, work: (model: OpenModel) => Promise<T>) =>
      bundle === 'broken' ? Promise.reject(new StartupError('damaged')) : work({ bundle } as OpenModel),
  };
  const ofStore = (): Promise<StoreBundles> => {
    lookups += 1;
    return stored instanceof Error ? Promise.reject(stored) : Promise.resolve(stored);
  };
  models = new StoreModels({ registry: registry as unknown as ModelRegistry, bundles: { ofStore } });
});

const servingBundle = (store = STORE): Promise<string> => models.serve(store, ({ bundle }) => Promise.resolve(bundle));

it('serves with the deployment’s own model until the store has its own', async () => {
  expect(await servingBundle()).toBe('own');
  stored = { serving: 'new', beside: 'own' };
  models.forget(STORE);
  expect(await servingBundle()).toBe('new');
});

it('looks up the model once per second and store', async () => {
  await Promise.all(Array.from({ length: 50 }, () => servingBundle()));
  expect(lookups).toBe(1);
  await servingBundle(OTHER_STORE);
  expect(lookups).toBe(2);
});

it('opens the standby model in advance', async () => {
  stored = { serving: 'new', beside: 'old' };
  await servingBundle();
  expect(warmed).toEqual(['old']);
});

it('serves with the last known model while the database is unavailable, and fails if none is known', async () => {
  stored = { serving: 'new', beside: null };
  await servingBundle();
  stored = new FitroomError('SERVICE_UNAVAILABLE');
  models.forget(STORE);
  expect(await servingBundle()).toBe('new');
  await expect(servingBundle(OTHER_STORE)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
});

it('reports an outage if this machine cannot open the store’s bundle', async () => {
  stored = { serving: 'broken', beside: null };
  await expect(servingBundle()).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
});
