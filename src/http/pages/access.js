// The key that pages ask with and the store that they name: kept for this tab, as long as it is open, and sent in headers
// only. Both pages share them, since a key that was given on one is good on the other.
'use strict';

{
  const KEPT_AS = 'fitroom.access';
  let given = { key: '', store: '' };
  try {
    given = { ...given, ...JSON.parse(window.sessionStorage.getItem(KEPT_AS) ?? '{}') };
  } catch {
    // a browser that keeps nothing for pages: until this one is left
  }

  window.access = {
    /** What was given; empty texts where nothing was. */
    given: () => given,
    keep(access) {
      given = access;
      try {
        window.sessionStorage.setItem(KEPT_AS, JSON.stringify(access));
      } catch {
        // as above
      }
    },
    headers: () => ({
      ...(given.key && { authorization: `Bearer ${given.key}` }),
      ...(given.store && { 'x-fitroom-store': given.store }),
    }),
  };
}
