// Builds the pages into dist/pages, from where http/page.route.ts serves them; what both need is one file. Nothing is
// inlined: the pages' security policy lets them run files of this server only.
import { fileURLToPath } from 'node:url';

const pages = fileURLToPath(new URL('src/http/pages', import.meta.url));

export default {
  root: pages,
  base: '/pages/',
  publicDir: false,
  build: {
    outDir: fileURLToPath(new URL('dist/pages', import.meta.url)),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rollupOptions: {
      // on a busy machine it would print six lines of advice to whoever starts a server
      checks: { pluginTimings: false },
      input: { storefront: `${pages}/storefront/index.html`, insights: `${pages}/insights/index.html` },
    },
  },
  logLevel: 'warn',
};
