// axe-core in a page of a test's browser.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const source = readFile(createRequire(import.meta.url).resolve('axe-core'), 'utf8');

/** What axe finds serious or critical on a page as it stands, with the rule and the element. */
export async function seriousFindings(page: Page): Promise<string[]> {
  // scripts of its own the page's policy forbids, this is the browser's
  const { violations } = await page.evaluate<AxeResults>(
    `${await source}; axe.run(document, { resultTypes: ['violations'] })`,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
}
