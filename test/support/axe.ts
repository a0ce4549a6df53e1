// axe-core in a page of a test browser.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const source = readFile(createRequire(import.meta.url).resolve('axe-core'), 'utf8');

/** Returns the serious and critical findings of axe on a page, each with its rule and element. */
export async function seriousFindings(page: Page): Promise<string[]> {
  // The page's policy forbids injected scripts. `page.evaluate` is not subject to it.
  const { violations } = await page.evaluate<AxeResults>(
    `${await source}; axe.run(document, { resultTypes: ['violations'] })`,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
}
