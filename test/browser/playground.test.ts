// The playground in a real browser.
import type { Browser, Page } from 'playwright-core';
import { sampleCatalog } from '../../tools/garment-drawing/sample.catalog.js';
import { withApp } from '../support/app.js';
import { startAppProcess } from '../support/app.process.js';
import { openBrowser, visit, withBrowser, type Visit } from '../support/browser.js';
import { drawnImage } from '../support/drawn.garments.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';

const TIMEOUT_MS = 60_000;
/** Wide enough for editor, response and examples side by side. */
const EDITOR = { viewport: { width: 1400, height: 900 } };
const ADMIN_KEY = 'the-deployments-own-key';

withBrowser('the playground', () => {
  const server = withApp({ sample: false, config: { bundleDir: TINY_BUNDLE } });
  let browser: Browser;

  beforeAll(async () => {
    browser = await openBrowser();
    const samples = sampleCatalog().filter(({ sku }) =>
      ['FR-DR-001', 'FR-DR-002', 'FR-HA-001', 'FR-SH-001'].includes(sku),
    );
    const garments = await Promise.all(
      samples.map(async (sample) => {
        const { sku, title, price } = sample;
        return { sku, title, price, image: await drawnImage(sample) };
      }),
    );
    await server.data('mutation ($garments: [GarmentInput!]!) { upsertGarments(garments: $garments) { created } }', {
      garments,
    });
  }, TIMEOUT_MS);
  afterAll(() => browser?.close());

  const open = (path: string): Promise<Visit> => visit(browser, server.app.url + path, EDITOR);

  const response = (page: Page) => page.locator('.result-window');

  it(
    'runs the first example and shows the response with pictures, with requests to this server only',
    async () => {
      const { page, hosts, troubles } = await open('/playground');
      await response(page).getByText('"recommendOutfit"').waitFor();
      await page.locator('.pictures img').first().waitFor();
      const widths = await page.locator('.pictures img').evaluateAll(async (images) => {
        await Promise.all(images.map((image) => (image as unknown as { decode(): Promise<void> }).decode()));
        return images.map((image) => (image as unknown as { naturalWidth: number }).naturalWidth);
      });
      expect(widths.length).toBe(4);
      expect(Math.min(...widths)).toBeGreaterThan(0);
      expect(hosts()).toEqual([server.app.url]);
      expect(troubles).toEqual([]);
      await page.close();
    },
    TIMEOUT_MS,
  );

  it(
    'opens an example of the menu in its own tab with its variables, and runs it',
    async () => {
      const { page, troubles } = await open('/playground');
      await response(page).getByText('"recommendOutfit"').waitFor();
      await page.getByRole('button', { name: 'A product page' }).click();
      await response(page).getByText('"similar"').waitFor();
      expect(await page.getByRole('tab').allInnerTexts()).toEqual(['RedDress', 'ProductPage']);
      expect(await page.locator('[aria-label="Variables"] .CodeMirror').innerText()).toContain('FR-DR-002');
      expect(page.url()).toContain('#08-product-page');
      expect(troubles).toEqual([]);
      await page.close();
    },
    TIMEOUT_MS,
  );

  it(
    'opens and runs a linked query, opens but does not run a linked mutation, and sends neither of them in a URL',
    async () => {
      const query = 'query OneGarment($sku: String!) {\n  garment(sku: $sku) {\n    title\n  }\n}\n';
      const link = { query, variables: '{ "sku": "FR-HA-001" }' };
      const { page, troubles } = await open('/playground');
      await response(page).getByText('"recommendOutfit"').waitFor();
      const addresses: string[] = [];
      page.on('request', (request) => void addresses.push(request.url()));
      const follow = async (linked: Record<string, string>): Promise<void> => {
        await page.goto(`about:blank`);
        await page.goto(`${server.app.url}/playground#${new URLSearchParams(linked).toString()}`);
      };
      await follow(link);
      await response(page).getByText('"garment"').waitFor();
      expect(await page.locator('[aria-label="Variables"] .CodeMirror').innerText()).toContain('FR-HA-001');
      // the same query with another variable runs again
      await follow({ ...link, variables: '{ "sku": "NOT-THERE" }' });
      await response(page).getByText('"garment": null').waitFor();
      await follow({ query: 'mutation Forget {\n  forgetShopper(shopper: "s") {\n    forgotten\n  }\n}\n' });
      await page.getByRole('tab', { name: 'Forget' }).waitFor();
      await page.waitForTimeout(500);
      expect(await response(page).innerText()).not.toContain('forgotten');
      expect(addresses.filter((address) => /FR-HA-001|forgetShopper/.test(decodeURIComponent(address)))).toEqual([]);
      expect(troubles).toEqual([]);
      await page.close();
    },
    TIMEOUT_MS,
  );

  it(
    'shows the pictures of each tab’s own response, and runs a tab’s query again on the next visit',
    async () => {
      const { page, troubles } = await open('/playground');
      const example = (name: string) => page.getByRole('button', { name });
      const pictures = page.locator('.pictures img');
      await pictures.first().waitFor();
      await example('Catalog statistics').click();
      await response(page).getByText('"embedded"').waitFor();
      expect(await pictures.count()).toBe(0);
      await example('Search by text').click();
      await response(page).getByText('"recommendOutfit"').waitFor();
      expect(await pictures.count()).toBe(4);
      await page.reload();
      await example('Catalog statistics').click();
      await response(page).getByText('"embedded"').waitFor();
      expect(troubles).toEqual([]);
      await page.close();
    },
    TIMEOUT_MS,
  );

  it(
    'opens one tab per example when examples are clicked faster than a slow page renders, and scrolls to the last',
    async () => {
      const { page, troubles } = await open('/playground');
      await response(page).getByText('"recommendOutfit"').waitFor();
      // A click every 30 ms at a quarter of the speed: some clicks come before the previous one is rendered.
      const devtools = await page.context().newCDPSession(page);
      await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
      await page.evaluate(`(async () => {
        for (const example of [...document.querySelectorAll('[data-example]')].slice(1, 12)) {
          example.click();
          await new Promise((resolve) => setTimeout(resolve, 30));
        }
      })()`);
      const tabs = page.getByRole('tab');
      await tabs.nth(11).getByRole('button', { name: /^\w+$/ }).waitFor();
      const names = await tabs.allInnerTexts();
      expect(names.filter((name, i) => /^\w+$/.test(name) && names.indexOf(name) === i)).toHaveLength(12);
      await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
      const tab = tabs.nth(11);
      expect(await tab.getAttribute('aria-selected')).toBe('true');
      const [shown, all] = [await tab.boundingBox(), await page.getByRole('tablist').boundingBox()];
      expect(shown!.x).toBeGreaterThanOrEqual(all!.x);
      expect(shown!.x + shown!.width).toBeLessThanOrEqual(all!.x + all!.width + 1);
      expect(troubles).toEqual([]);
      await page.close();
    },
    TIMEOUT_MS,
  );

  it(
    'opens an example that is clicked before the editor is ready, after the first example',
    async () => {
      const clickAtOnce = `new MutationObserver((_, observer) => {
        const example = document.querySelector('[data-example^="02-"]');
        if (!example || document.querySelector('.CodeMirror')) return;
        observer.disconnect();
        example.click();
      }).observe(document, { childList: true, subtree: true })`;
      const { page, troubles } = await visit(browser, `${server.app.url}/playground`, EDITOR, (page) =>
        page.addInitScript(clickAtOnce),
      );
      await response(page).getByText('"garmentTypes"').first().waitFor();
      expect(await page.getByRole('tab').allInnerTexts()).toEqual(['RedDress', 'LikeThisPhoto']);
      expect(troubles).toEqual([]);
      await page.close();
    },
    TIMEOUT_MS,
  );

  it(
    'groups the examples by user and task, and shows the cost of a response',
    async () => {
      const { page, troubles } = await open('/playground');
      const cost = page.locator('.cost');
      await cost.waitFor();
      expect(await cost.innerText()).toMatch(/^Cost: \d+ of 8,000 points/);
      const sections = await page.locator('nav section').all();
      const groups = await Promise.all(sections.map((section) => section.locator('h2, h3').allTextContents()));
      expect(groups.map(([user]) => user)).toEqual(['Storefronts', 'Merchants', 'Analysts', 'Administrators']);
      expect(groups[1]).toEqual(expect.arrayContaining(['Storing garments', 'Importing', 'Merchandising']));
      expect(troubles).toEqual([]);
      await page.close();
    },
    TIMEOUT_MS,
  );

  it(
    'puts a picture into the open query, or opens the picture example if the query has no picture field',
    async () => {
      const { page, troubles } = await open('/playground');
      await response(page).getByText('"recommendOutfit"').waitFor();
      const [garment] = sampleCatalog();
      const { base64 } = await drawnImage(garment!);
      const variables = page.locator('[aria-label="Variables"] .CodeMirror');
      // the open query has text only, so the picture example opens
      await page.locator('#picture').setInputFiles({
        name: 'photo.png',
        mimeType: 'image/png',
        buffer: Buffer.from(base64, 'base64'),
      });
      await page.getByRole('tab', { name: 'LikeThisPhoto' }).waitFor();
      await response(page).getByText('"garmentTypes"').first().waitFor();
      expect(await variables.innerText()).toContain('data:image/jpeg;base64,');
      expect(await page.locator('#picture-status').innerText()).toMatch(/photo\.png: sending \d+ kB/);
      // the open query now has a picture field
      await page.evaluate(`{
        const bytes = Uint8Array.from(atob('${base64}'), (letter) => letter.charCodeAt(0));
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([bytes], 'other.png', { type: 'image/png' }));
        for (const type of ['dragover', 'drop'])
          window.dispatchEvent(new DragEvent(type, { dataTransfer, cancelable: true }));
      }`);
      await page.locator('#picture-status').getByText('other.png').waitFor();
      expect(await page.getByRole('tab').allInnerTexts()).toEqual(['RedDress', 'LikeThisPhoto']);
      expect(await page.locator('body').getAttribute('class')).toBe('');
      expect(troubles).toEqual([]);
      await page.close();
    },
    TIMEOUT_MS,
  );

  it(
    'replaces the SKUs of the examples with SKUs of the catalog, of the same type if possible',
    async () => {
      const { page, troubles } = await open('/playground#11-keep-one-piece');
      await page.getByRole('tab', { name: 'KeepOnePiece' }).waitFor();
      const variables = page.locator('[aria-label="Variables"] .CodeMirror');
      await variables.getByText('keep').waitFor();
      // this catalog has neither the sample shoe FR-FW-016 nor any other shoe
      expect(await variables.innerText()).not.toContain('FR-FW-016');
      expect(await variables.innerText()).toMatch(/FR-(DR-001|DR-002|HA-001|SH-001)/);
      expect(troubles).toEqual([]);
      await page.close();
    },
    TIMEOUT_MS,
  );

  it(
    'opens the example that the URL names, and does not run a mutation by itself',
    async () => {
      const { page } = await open('/playground#22-store-a-garment');
      await page.getByRole('tab', { name: 'StoreAGarment' }).waitFor();
      await page.waitForTimeout(500);
      expect(await server.data('{ garment(sku: "MY-0001") { sku } }')).toEqual({ garment: null });
      await page.locator('.graphiql-execute-button').click();
      await response(page).getByText('"created"').waitFor();
      expect(await server.data('{ garment(sku: "MY-0001") { sku } }')).toEqual({ garment: { sku: 'MY-0001' } });
      await server.data('mutation { deleteGarments(skus: ["MY-0001"]) { deletedSkus } }');
      await page.close();
    },
    TIMEOUT_MS,
  );

  it(
    'sends the entered key in headers only, loads the schema of its role, and shares it with the storefront',
    async () => {
      const guarded = await startAppProcess({ adminKey: ADMIN_KEY });
      const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
      try {
        const addresses: string[] = [];
        page.on('request', (request) => void addresses.push(request.url()));
        await page.goto(`${guarded.url}/playground#35-how-good-is-the-model`);
        await response(page).getByText('UNAUTHENTICATED').waitFor();
        await page.getByRole('textbox', { name: 'Key' }).fill(ADMIN_KEY);
        await page.getByRole('textbox', { name: 'Store' }).fill('default');
        const introspection = page.waitForResponse(
          (candidate) => candidate.url().endsWith('/graphql') && candidate.status() === 200,
        );
        await page.getByRole('button', { name: 'Use', exact: true }).click();
        const headers = await (await introspection).request().allHeaders();
        expect(headers).toMatchObject({ authorization: `Bearer ${ADMIN_KEY}`, 'x-fitroom-store': 'default' });
        await page.locator('.graphiql-execute-button').click();
        await response(page).getByText('"modelReport"').waitFor();
        await page.goto(`${guarded.url}/`);
        await page.getByRole('heading', { name: 'Nothing found' }).waitFor();
        expect(addresses.filter((address) => address.includes(ADMIN_KEY))).toEqual([]);
        expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain(ADMIN_KEY);
      } finally {
        await page.close();
        await guarded.stop();
      }
    },
    TIMEOUT_MS,
  );
});
