// The API as the page asks it: this server's, with the key that was given in this tab.
import { createClient } from '../../../client/client.js';

declare global {
  interface Window {
    /** pages/access.js, which all pages share. */
    access: {
      given(): { key: string; store: string };
      keep(access: { key: string; store: string }): void;
      headers(): Record<string, string>;
    };
  }
}

export const api = createClient({ url: '/graphql', headers: () => window.access.headers() });
