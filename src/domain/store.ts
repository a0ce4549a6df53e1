// A store: one merchant's shop in a deployment that may have several.

export interface Store {
  /** Stands in addresses and headers. */
  id: string;
  name: string;
  createdAt: Date;
}

/** As the table has it: lower case, since it stands in the addresses of pictures. */
export const STORE_ID = /^[a-z0-9][a-z0-9-]{0,62}$/;
