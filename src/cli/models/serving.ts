// Bundle that each store of a running server uses.
import pLimit from 'p-limit';
import { CallRefused, ServerUnreachable, type ApiClient } from '../api.client.js';

export interface Serving {
  server: string;
  /** Null if no server responds. */
  stores: ServedStore[] | null;
  /** Reason why the server refused to answer, in its own words. Null if it answered. */
  refusal: string | null;
}

export interface ServedStore {
  /** Null for the store of the key, if the caller may not read its name. */
  store: string | null;
  /** Bundle as name@version. */
  bundle: string;
}

const STORES_AT_ONCE = 4;

/**
 * Returns the bundle of each store that the caller may list, or of its own store.
 * @param clientFor returns a client for a store; without an argument, for the store of the caller
 */
export async function fetchServingModels(clientFor: (store?: string) => ApiClient): Promise<Serving> {
  const ownClient = clientFor();
  const server = ownClient.endpoint.origin;
  try {
    const limit = pLimit(STORES_AT_ONCE);
    const requests = (await storeIds(ownClient)).map((store) =>
      limit(async () => ({ store, bundle: await bundleOf(store === null ? ownClient : clientFor(store)) })),
    );
    return { server, stores: await Promise.all(requests), refusal: null };
  } catch (error) {
    if (error instanceof CallRefused) return { server, stores: null, refusal: error.message };
    if (error instanceof ServerUnreachable) return { server, stores: null, refusal: null };
    throw error;
  }
}

/** Returns the IDs of all stores, or [null] if the caller may not list them. */
async function storeIds(api: ApiClient): Promise<(string | null)[]> {
  try {
    const { stores } = await api.call<{ stores: { id: string }[] }>({ query: '{ stores { id } }' });
    return stores.map(({ id }) => id);
  } catch (error) {
    if (error instanceof CallRefused) return [null];
    throw error;
  }
}

async function bundleOf(api: ApiClient): Promise<string> {
  const { model } = await api.call<{ model: { id: string } }>({ query: '{ model { id } }' });
  return model.id;
}
