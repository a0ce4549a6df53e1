// The API key and the store of this browser tab, shared by all pages.
// The key is sent in headers only, never in a URL.

export interface Access {
  /** Empty while no key is entered. */
  key: string;
  /** Empty for the store that the key belongs to. */
  store: string;
}

const STORAGE_KEY = 'fitroom.access';

let current: Access = { key: '', store: '', ...storedAccess() };

/** Returns the key and the store that are in use. */
export function currentAccess(): Access {
  return current;
}

/** Uses this key and store from now on. sessionStorage keeps them until the tab is closed. */
export function setAccess(access: Access): void {
  current = access;
  try {
    window.sessionStorage.setItem(STORAGE_KEY, JSON.stringify(access));
  } catch {
    // the browser blocks storage: the key is lost when the user leaves the page
  }
}

/** Returns the request headers for the current key and store. */
export function accessHeaders(): Record<string, string> {
  return {
    ...(current.key && { authorization: `Bearer ${current.key}` }),
    ...(current.store && { 'x-fitroom-store': current.store }),
  };
}

function storedAccess(): Partial<Access> {
  try {
    return JSON.parse(window.sessionStorage.getItem(STORAGE_KEY) ?? '{}') as Partial<Access>;
  } catch {
    // the browser blocks storage
    return {};
  }
}
