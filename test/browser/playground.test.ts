// The playground in a real browser: nothing from elsewhere, no errors, and what they are for.
import type { Browser, Page } from 'playwright-core';
import { sampleCatalog } from '../../tools/garment-drawing/sample.catalog.js';
import { withApp } from '../support/app.js';
import { startAppProcess } from '../support/app.process.js';
import { openBrowser, visit, withBrowser, type Visit } from '../support/browser.js';
import { drawnImage } from '../support/drawn.garments.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';

const TIMEOUT_MS = 60_000;
/** Editor, answer and examples beside each other. */
const EDITOR = { viewport: { width: 1400, height: 900 } };
const ADMIN_KEY = 'the-deployments-own-key';

withBrowser('in a browser', () => {
  const server = withApp({ sample: false, config: { bundleDir: TINY_BUNDLE } });
  let browser: Browser;

  beforeAll(async () => {
    browser = await openBrowser();
    const chosen = sampleCatalog().filter(({ sku }) =>
      ['FR-DR-001', 'FR-DR-002', 'FR-HA-001', 'FR-SH-001'].includes(sku),
    );
    const garments = await Promise.all(
      chosen.map(async (one) => ({ sku: one.sku, title: one.title, price: one.price, image: await drawnImage(one) })),
    );
    await server.data('mutation ($garments: [GarmentInput!]!) { upsertGarments(garments: $garments) { created } }', {
      garments,
    });
  }, TIMEOUT_MS);
  afterAll(() => browser?.close());

  const visited = (path: string): Promise<Visit> => visit(browser, server.app.url + path, EDITOR);

  const answer = (page: Page) => page.locator('.result-window');

  it(
    'the playground runs its first example and shows the answer with pictures, all from this server',
    async () => {
      const { page, hosts, troubles } = await visited('/playground');
      await answer(page).getByText('"recommendOutfit"').waitFor();
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
    'an example of the menu opens in a tab of its own, with its variables, and runs',
    async () => {
      const { page, troubles } = await visited('/playground');
      await answer(page).getByText('"recommendOutfit"').waitFor();
      await page.getByRole('button', { name: 'A product page' }).click();
      await answer(page).getByText('"similar"').waitFor();
      expect(await page.getByRole('tab').allInnerTexts()).toEqual(['RedDress', 'ProductPage']);
      expect(await page.locator('[aria-label="Variables"] .CodeMirror').innerText()).toContain('FR-DR-002');
      expect(page.url()).toContain('#08-product-page');
      expect(troubles).toEqual([]);
      await page.close();
    },
    TIMEOUT_MS,
  );

  it(
    'a query that the address brings opens with its variables and runs; a mutation waits, and the server sees neither',
    async () => {
      const query = 'query OneGarment($sku: String!) {\n  garment(sku: $sku) {\n    title\n  }\n}\n';
      const fields = { query, variables: '{ "sku": "FR-HA-001" }' };
      const { page, troubles } = await visited('/playground');
      await answer(page).getByText('"recommendOutfit"').waitFor();
      const addresses: string[] = [];
      page.on('request', (request) => void addresses.push(request.url()));
      const follow = async (linked: Record<string, string>): Promise<void> => {
        await page.goto(`about:blank`);
        await page.goto(`${server.app.url}/playground#${new URLSearchParams(linked).toString()}`);
      };
      await follow(fields);
      await answer(page).getByText('"garment"').waitFor();
      expect(await page.locator('[aria-label="Variables"] .CodeMirror').innerText()).toContain('FR-HA-001');
      // the same query with another variable is asked anew
      await follow({ ...fields, variables: '{ "sku": "NOT-THERE" }' });
      await answer(page).getByText('"garment": null').waitFor();
      await follow({ query: 'mutation Forget {\n  forgetShopper(shopper: "s") {\n    forgotten\n  }\n}\n' });
      await page.getByRole('tab', { name: 'Forget' }).waitFor();
      await page.waitForTimeout(500);
      expect(await answer(page).innerText()).not.toContain('forgotten');
      expect(addresses.filter((address) => /FR-HA-001|forgetShopper/.test(decodeURIComponent(address)))).toEqual([]);
      expect(troubles).toEqual([]);
      await page.close();
    },
    TIMEOUT_MS,
  );

  it(
    'each tab shows the pictures of its own answer, and is asked again on a later visit',
    async () => {
      const { page, troubles } = await visited('/playground');
      const example = (name: string) => page.getByRole('button', { name });
      const pictures = page.locator('.pictures img');
      await pictures.first().waitFor();
      await example('The catalog in numbers').click();
      await answer(page).getByText('"embedded"').waitFor();
      expect(await pictures.count()).toBe(0);
      await example('A red dress, in words').click();
      await answer(page).getByText('"recommendOutfit"').waitFor();
      expect(await pictures.count()).toBe(4);
      await page.reload();
      await example('The catalog in numbers').click();
      await answer(page).getByText('"embedded"').waitFor();
      expect(troubles).toEqual([]);
      await page.close();
    },
    TIMEOUT_MS,
  );

  it(
    'examples clicked faster than a slow page renders open in a tab each, and the last of many is in view',
    async () => {
      const { page, troubles } = await visited('/playground');
      await answer(page).getByText('"recommendOutfit"').waitFor();
      // a click every 30 ms of a quarter of the speed: some are rendered before what the one before has set
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
    'an example that is clicked before the editor is there opens behind the first',
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
      await answer(page).getByText('"garmentTypes"').first().waitFor();
      expect(await page.getByRole('tab').allInnerTexts()).toEqual(['RedDress', 'LikeThisPhoto']);
      expect(troubles).toEqual([]);
      await page.close();
    },
    TIMEOUT_MS,
  );

  it(
    'examples stand together by user and by task, and an answer says what it cost',
    async () => {
      const { page, troubles } = await visited('/playground');
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
    'a picture that is dropped asks the open query, or the one that takes a picture',
    async () => {
      const { page, troubles } = await visited('/playground');
      await answer(page).getByText('"recommendOutfit"').waitFor();
      const [garment] = sampleCatalog();
      const { base64 } = await drawnImage(garment!);
      const variables = page.locator('[aria-label="Variables"] .CodeMirror');
      // the open query asks with words: the example that takes a picture opens
      await page.locator('#picture').setInputFiles({
        name: 'photo.png',
        mimeType: 'image/png',
        buffer: Buffer.from(base64, 'base64'),
      });
      await page.getByRole('tab', { name: 'LikeThisPhoto' }).waitFor();
      await answer(page).getByText('"garmentTypes"').first().waitFor();
      expect(await variables.innerText()).toContain('data:image/jpeg;base64,');
      expect(await page.locator('#picture-said').innerText()).toMatch(/photo\.png: \d+ kB/);
      // from here on there is a place for one
      await page.evaluate(`{
        const bytes = Uint8Array.from(atob('${base64}'), (letter) => letter.charCodeAt(0));
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([bytes], 'other.png', { type: 'image/png' }));
        for (const type of ['dragover', 'drop'])
          window.dispatchEvent(new DragEvent(type, { dataTransfer, cancelable: true }));
      }`);
      await page.locator('#picture-said').getByText('other.png').waitFor();
      expect(await page.getByRole('tab').allInnerTexts()).toEqual(['RedDress', 'LikeThisPhoto']);
      expect(await page.locator('body').getAttribute('class')).toBe('');
      expect(troubles).toEqual([]);
      await page.close();
    },
    TIMEOUT_MS,
  );

  it(
    'examples ask about skus that the catalog has, of the same kind where it can be',
    async () => {
      const { page, troubles } = await visited('/playground#11-keep-one-piece');
      await page.getByRole('tab', { name: 'KeepOnePiece' }).waitFor();
      const variables = page.locator('[aria-label="Variables"] .CodeMirror');
      await variables.getByText('keep').waitFor();
      // the sample's shoe FR-FW-016 is not in this catalog, nor any other shoe
      expect(await variables.innerText()).not.toContain('FR-FW-016');
      expect(await variables.innerText()).toMatch(/FR-(DR-001|DR-002|HA-001|SH-001)/);
      expect(troubles).toEqual([]);
      await page.close();
    },
    TIMEOUT_MS,
  );

  it(
    'an address names an example, and one that changes the catalog waits to be run',
    async () => {
      const { page } = await visited('/playground#22-store-a-garment');
      await page.getByRole('tab', { name: 'StoreAGarment' }).waitFor();
      await page.waitForTimeout(500);
      expect(await server.data('{ garment(sku: "MY-0001") { sku } }')).toEqual({ garment: null });
      await page.locator('.graphiql-execute-button').click();
      await answer(page).getByText('"created"').waitFor();
      expect(await server.data('{ garment(sku: "MY-0001") { sku } }')).toEqual({ garment: { sku: 'MY-0001' } });
      await server.data('mutation { deleteGarments(skus: ["MY-0001"]) { deletedSkus } }');
      await page.close();
    },
    TIMEOUT_MS,
  );

  it(
    'the pages ask with the key that they were given, which shows what it may and stays out of addresses',
    async () => {
      const guarded = await startAppProcess({ adminKey: ADMIN_KEY });
      const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
      try {
        const addresses: string[] = [];
        page.on('request', (request) => void addresses.push(request.url()));
        await page.goto(`${guarded.url}/playground#35-how-good-is-the-model`);
        await answer(page).getByText('UNAUTHENTICATED').waitFor();
        await page.getByRole('textbox', { name: 'Key' }).fill(ADMIN_KEY);
        await page.getByRole('textbox', { name: 'Store' }).fill('default');
        const introspection = page.waitForResponse((one) => one.url().endsWith('/graphql') && one.status() === 200);
        await page.getByRole('button', { name: 'Use', exact: true }).click();
        const headers = await (await introspection).request().allHeaders();
        expect(headers).toMatchObject({ authorization: `Bearer ${ADMIN_KEY}`, 'x-fitroom-store': 'default' });
        await page.locator('.graphiql-execute-button').click();
        await answer(page).getByText('"modelReport"').waitFor();
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
