// Whose catalog a call is about. Every service and repository method takes it first, so that no query can forget its store.

/** The store of a deployment that has only one. */
export const DEFAULT_STORE_ID = 'default';

export interface StoreContext {
  readonly storeId: string;
}
