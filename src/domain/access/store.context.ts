// Whose catalog a call is about. Every service and repository method takes it first, so that no query can forget its store.

/** The store of a deployment that has only one. */
export const DEFAULT_STORE_ID = 'default';

export interface StoreContext {
  readonly storeId: string;
}

export interface Store {
  /** Stands in addresses and headers. */
  id: string;
  name: string;
  createdAt: Date;
}

/** As the table has it: lower case, since it stands in the addresses of pictures. */
export const STORE_ID = /^[a-z0-9][a-z0-9-]{0,62}$/;
