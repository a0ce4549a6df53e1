// Builds the storefront page into dist/storefront, from where http/storefront.route.ts serves it. Nothing is inlined: the
// page's security policy lets it run files of this server only.
import { fileURLToPath } from 'node:url';

export default {
  root: fileURLToPath(new URL('src/http/pages/storefront', import.meta.url)),
  base: '/storefront/',
  publicDir: false,
  build: {
    outDir: fileURLToPath(new URL('dist/storefront', import.meta.url)),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  logLevel: 'warn',
};
