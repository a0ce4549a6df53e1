// Build of the pages into dist/pages if a source has changed. Each file is also compressed.
import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { filesBelow, inProject, step, whenChanged } from './project.mjs';

const SOURCES = [
  'src/http/pages',
  'src/client',
  'vite.config.js',
  'tsconfig.json',
  'package-lock.json',
  'scripts/prepare',
];
/** Fonts are already compressed. */
const COMPRESSED = /\.(woff2|gz)$/;

export function buildPages() {
  return whenChanged('dist/.pages.stamp', SOURCES, () =>
    step('building the pages', async () => {
      const { build } = await import('vite');
      await build({ configFile: inProject('vite.config.js') });
      // the server sends these to browsers that accept gzip
      for (const file of filesBelow('dist/pages').filter((name) => !COMPRESSED.test(name)))
        writeFileSync(inProject(`${file}.gz`), gzipSync(readFileSync(inProject(file)), { level: 9 }));
    }),
  );
}
