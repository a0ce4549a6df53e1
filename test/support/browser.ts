// A real browser for tests, and pages that record errors.
import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
if (!existsSync(CHROMIUM)) console.warn(`skipped: no browser at ${CHROMIUM} (CHROMIUM names another)`);

/** `describe` if a browser is installed, otherwise `describe.skip`. */
export const withBrowser = existsSync(CHROMIUM) ? describe : describe.skip;

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
}

export interface Visit {
  page: Page;
  /** Errors and warnings on the console, uncaught script errors, and responses with status 400 or above. */
  troubles: string[];
  /** Returns the origins of all requests. */
  hosts: () => string[];
}

/** Opens a page. @param prepare runs on the page before it loads */
export async function visit(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
  prepare: (page: Page) => Promise<unknown> = async () => {},
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB', ...options });
  const page = await context.newPage();
  const addresses: string[] = [];
  const troubles: string[] = [];
  page.on('request', (request) => void addresses.push(request.url()));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) troubles.push(message.text());
  });
  page.on('pageerror', (error) => void troubles.push(error.message));
  page.on('response', (response) => {
    if (response.status() >= 400) troubles.push(`${response.status()} ${response.url()}`);
  });
  await page.addInitScript(WATCH_SHIFTS);
  await prepare(page);
  await page.goto(url);
  const hosts = (): string[] => [
    ...new Set(addresses.filter((address) => !address.startsWith('data:')).map((address) => new URL(address).origin)),
  ];
  return { page, troubles, hosts };
}

/** Sums up unexpected layout shifts as browsers measure them. Users begin to notice at 0.1. */
const WATCH_SHIFTS = `
  window.layoutShift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.layoutShift += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
`;

export function layoutShift(page: Page): Promise<number> {
  return page.evaluate('window.layoutShift');
}
