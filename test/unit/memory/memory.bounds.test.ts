// The table of memory bounds: its documentation and its use.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../../src/config.js';
import { MEMORY_BOUNDS, type MemoryBound } from '../../../src/memory/bounds.js';
import { boundText } from '../../support/memory.table.js';

const operations = readFileSync(join(PROJECT_ROOT, 'docs/operations.md'), 'utf8');
const section = operations.split('\n## Memory bounds\n')[1]!.split('\n## ')[0]!;

/** Returns the text of every source file outside src/memory, by path. */
function sources(): Map<string, string> {
  const files = readdirSync(join(PROJECT_ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  const code = files.filter((file) => /\.tsx?$/.test(file) && !file.startsWith('memory/'));
  return new Map(code.map((file) => [file, readFileSync(join(PROJECT_ROOT, 'src', file), 'utf8')]));
}

it('docs/operations.md lists exactly the rows of the table', () => {
  const rows = section.split('\n').filter((line) => line.startsWith('| '));
  const cells = rows.slice(2).map((row) => row.split('|').map((cell) => cell.trim()));
  const listed = cells.map(([, name, kind, holds, bound]) => ({ name, kind, holds, bound }));
  const held = Object.values<MemoryBound>(MEMORY_BOUNDS).map((bound) => ({
    name: bound.name,
    kind: bound.kind,
    holds: bound.holds,
    bound: boundText(bound),
  }));
  expect(listed).toEqual(held);
});

it('code outside the table uses every bound', () => {
  const code = [...sources().values()].join('\n');
  const unused = Object.keys(MEMORY_BOUNDS).filter((key) => !new RegExp(`MEMORY_BOUNDS\\.${key}\\b`).test(code));
  expect(unused).toEqual([]);
});

it('only the bounded cache imports lru-cache', () => {
  const others = [...sources()].filter(([, text]) => /from 'lru-cache'/.test(text)).map(([file]) => file);
  expect(others).toEqual([]);
});
