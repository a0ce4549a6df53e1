// The store that a call accesses.
// It is the first parameter of every service and repository method, so that no query omits the store.

/** The only store of a deployment with a single store. */
export const DEFAULT_STORE_ID = 'default';

export interface StoreContext {
  readonly storeId: string;
}

export interface Store {
  /** Part of URLs and headers. */
  id: string;
  name: string;
  createdAt: Date;
}

/** Matches the check of the database column. Lower case, because the id is part of picture URLs. */
export const STORE_ID = /^[a-z0-9][a-z0-9-]{0,62}$/;
