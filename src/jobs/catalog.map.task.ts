// Brings the map of a store's catalog up to date. Given up it does no harm: the map stays as it is, and is looked at again.
import type { StoreContext } from '../domain/store.context.js';
import type { Task } from './task.js';

/** @param keepUp with the model that answers for the store */
export function catalogMapTask(keepUp: (ctx: StoreContext, signal: AbortSignal) => Promise<void>): Task {
  return {
    name: 'catalog-map',
    run: (ctx, _data, signal) => keepUp(ctx, signal),
    giveUp: () => Promise.resolve(),
  };
}
