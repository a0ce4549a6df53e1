// Makes a checkout ready to run: checks Node, installs packages that are missing, builds what has changed.
//   node scripts/prepare.mjs                  for `npm start` and `npm run fitroom`: packages of the release only
//   node scripts/prepare.mjs --development    for tests and tools: all packages
// Imports nothing but Node's own modules until the packages are there, and takes 0.1 s when nothing has changed.
import { requireNode } from './prepare/node.version.mjs';
import { installPackages } from './prepare/packages.mjs';
import { buildPages } from './prepare/pages.mjs';
import { buildServer } from './prepare/server.mjs';

async function prepare() {
  requireNode();
  await installPackages({ development: process.argv.includes('--development') });
  await Promise.all([buildServer(), buildPages()]);
}

prepare().catch((error) => {
  console.error(error.isExpected ? error.message : error);
  process.exit(1);
});
