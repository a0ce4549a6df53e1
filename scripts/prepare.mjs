// Prepares a checkout for running: checks Node, installs missing packages, builds what has changed.
//   node scripts/prepare.mjs                  for `npm start` and `npm run fitroom`: only packages of the release
//   node scripts/prepare.mjs --development    for tests and tools: all packages
// Imports only Node's own modules until the packages are installed. Takes 0.1 s if nothing has changed.
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
