// Builds the pages if one of their sources is newer, so that commands that build first do not wait each time, and packs them.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const sources = ['src/http/pages', 'src/client', 'vite.config.js', 'package-lock.json'];
const pages = join(root, 'dist/pages');
/** Fonts are packed already. */
const PACKED = /\.(woff2|gz)$/;

function newest(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

const built = newest(join(pages, 'insights/index.html'));
if (sources.some((source) => newest(join(root, source)) > built))
  await build({ configFile: join(root, 'vite.config.js') });

// the server sends these to browsers that can unpack them
for (const name of readdirSync(pages, { recursive: true })) {
  const file = join(pages, name);
  if (PACKED.test(name) || statSync(file).isDirectory() || existsSync(`${file}.gz`)) continue;
  writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
}
