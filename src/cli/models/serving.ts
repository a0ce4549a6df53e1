// Which bundle serves which store, as a running server says it.
import pLimit from 'p-limit';
import { CallRefused, ServerUnreachable, type ApiClient } from '../api.client.js';

export interface Serving {
  server: string;
  /** Null: no server answers there. */
  stores: ServedStore[] | null;
  /** Why the server did not say it, in its own words; null where it did. */
  refusal: string | null;
}

export interface ServedStore {
  /** Null: the store of the caller's key, whose name the caller may not ask for. */
  store: string | null;
  /** name@version of the bundle. */
  bundle: string;
}

const STORES_AT_ONCE = 4;

/** @param clientFor a client that asks about a store; absent: about the caller's own */
export async function fetchServingModels(clientFor: (store?: string) => ApiClient): Promise<Serving> {
  const own = clientFor();
  const server = own.endpoint.origin;
  try {
    const limit = pLimit(STORES_AT_ONCE);
    const asked = (await storeIds(own)).map((store) =>
      limit(async () => ({ store, bundle: await bundleOf(store === null ? own : clientFor(store)) })),
    );
    return { server, stores: await Promise.all(asked), refusal: null };
  } catch (error) {
    if (error instanceof CallRefused) return { server, stores: null, refusal: error.message };
    if (error instanceof ServerUnreachable) return { server, stores: null, refusal: null };
    throw error;
  }
}

/** Lists all stores if the caller may list them. */
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
