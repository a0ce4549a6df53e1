// The queries of docs/examples.md, compared with the responses on the page.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../src/config.js';
import { withApp } from '../support/app.js';

const server = withApp({ sample: true, config: { workers: 0 } });
const page = readFileSync(join(PROJECT_ROOT, 'docs/examples.md'), 'utf8');
const examples = [...page.matchAll(/\n## (.+)\n[^]*?```graphql\n([^]*?)```\n(?:\n```json\n([^]*?)```)?/g)].map(
  ([, title, query, answer]) => ({ title: title!, query: query!, answer }),
);

/**
 * Returns the response with as much detail as the page has: numbers rounded to 2 decimals, and lists as long as those
 * before "…".
 */
function asOnPage(actual: unknown, shown: unknown): unknown {
  if (typeof actual === 'number') return Math.round(actual * 100) / 100;
  if (Array.isArray(actual) && Array.isArray(shown)) {
    const isShortened = shown.at(-1) === '…';
    const length = isShortened ? shown.length - 1 : actual.length;
    const items = actual.slice(0, length).map((item, i) => asOnPage(item, shown[i]));
    return isShortened ? [...items, '…'] : items;
  }
  if (actual === null || typeof actual !== 'object') return actual;
  return Object.fromEntries(
    Object.entries(actual).map(([key, value]) => [
      key,
      asOnPage(value, (shown as Record<string, unknown> | null)?.[key]),
    ]),
  );
}

it('docs/examples.md has an example for each user', () => {
  expect(examples.map(({ title }) => title.split(':')[0])).toEqual([
    'A storefront',
    'A storefront',
    'A merchant',
    'An analyst',
  ]);
});

it.each(examples)('$title: the query returns the response on the page', async ({ query, answer }) => {
  const data = await server.data<Record<string, unknown>>(query);
  const [field] = Object.values(data);
  if (answer === undefined) expect(field).toBeTruthy();
  else expect(asOnPage(field, JSON.parse(answer))).toEqual(JSON.parse(answer));
});
