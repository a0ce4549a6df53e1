// Error codes compared with their documentation.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../src/config.js';
import { ERROR_CODES } from '../../src/errors.js';
import { GRAPHQL_CODES } from '../../src/graphql/server/error.format.js';

const documented = [
  ...readFileSync(join(PROJECT_ROOT, 'docs/errors.md'), 'utf8').matchAll(/^\| `(\w+)` +\| (.+?) +\|$/gm),
];

describe('docs/errors.md', () => {
  it('docs/errors.md lists exactly the existing codes with their messages', () => {
    const listed = Object.fromEntries(documented.map(([, code, meaning]) => [code!, meaning!]));
    expect(listed).toEqual({ ...ERROR_CODES, ...GRAPHQL_CODES });
  });

  it('docs/errors.md lists no code twice', () => {
    expect(new Set(documented.map(([, code]) => code)).size).toBe(documented.length);
  });
});
