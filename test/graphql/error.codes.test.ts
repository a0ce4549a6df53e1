// The table of error codes and its documentation, held to each other both ways.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../src/config.js';
import { ERROR_CODES } from '../../src/errors.js';
import { GRAPHQL_CODES } from '../../src/graphql/server/error.format.js';

const documented = [
  ...readFileSync(join(PROJECT_ROOT, 'docs/errors.md'), 'utf8').matchAll(/^\| `(\w+)` +\| (.+?) +\|$/gm),
];

describe('docs/errors.md', () => {
  it('lists every code with its meaning, and none that is not there', () => {
    const listed = Object.fromEntries(documented.map(([, code, meaning]) => [code!, meaning!]));
    expect(listed).toEqual({ ...ERROR_CODES, ...GRAPHQL_CODES });
  });

  it('lists no code twice', () => {
    expect(new Set(documented.map(([, code]) => code)).size).toBe(documented.length);
  });
});
