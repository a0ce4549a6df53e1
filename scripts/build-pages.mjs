// Builds the storefront and the analysts' page where a file that they are made of is newer than what was built of it, so that commands which
// build first do not wait for it each time.
import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const sources = ['src/http/pages', 'src/client', 'vite.config.js', 'package-lock.json'];

function newest(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

const built = newest(join(root, 'dist/pages/insights/index.html'));
if (sources.some((source) => newest(join(root, source)) > built))
  await build({ configFile: join(root, 'vite.config.js') });
