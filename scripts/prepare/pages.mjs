// Builds the storefront and the analysts' page into dist/pages where a file that they are made of has changed.
import { inProject, step, whenChanged } from './project.mjs';

const SOURCES = [
  'src/http/pages',
  'src/client',
  'vite.config.js',
  'tsconfig.json',
  'package-lock.json',
  'scripts/prepare',
];

export function buildPages() {
  return whenChanged('dist/.pages.stamp', SOURCES, () =>
    step('building the pages', async () => {
      const { build } = await import('vite');
      await build({ configFile: inProject('vite.config.js') });
    }),
  );
}
