// Builds the pages into dist/pages. http/page.route.ts serves them from there. Code that pages share becomes one file.
// Nothing is inlined because the pages' security policy only allows files of this server.
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
      // on a busy machine Vite would print six lines of advice at every server start
      checks: { pluginTimings: false },
      input: {
        storefront: `${pages}/storefront/index.html`,
        insights: `${pages}/insights/index.html`,
        playground: `${pages}/playground/index.html`,
      },
    },
  },
  logLevel: 'warn',
};
