// The insights page in a real browser.
// The tests create the recommendations and the feedback through the API.
import type { Browser, BrowserContextOptions, Locator, Page, Route } from 'playwright-core';
import { GARMENT_TYPES } from '../../src/domain/catalog/garment.js';
import { DEFAULT_STORE_ID } from '../../src/domain/access/store.context.js';
import { sampleCatalog } from '../../tools/garment-drawing/sample.catalog.js';
import { startAppProcess } from '../support/app.process.js';
import { seriousFindings } from '../support/axe.js';
import { withApp } from '../support/app.js';
import { openBrowser, visit, withBrowser, type Visit } from '../support/browser.js';
import { drawnImage } from '../support/drawn.garments.js';

const TIMEOUT_MS = 120_000;
const ADMIN_KEY = 'the-deployments-own-key';
const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const SECTIONS = [
  'overview',
  'engagement',
  'gaps',
  'coverage',
  'doubts',
  'drift',
  'experiments',
  'map',
  'answers',
  'model',
];
const EXPERIMENT = '0b6f5c1e-4d0a-4f6e-9c55-1f2f7c55a071';
const REQUESTS = ['red dress', 'striped shirt', 'white sneakers', 'dinosaur costume', 'ski goggles', 'ski goggles'];
const MANY_POINTS = 50_000;
/** Equals 30 frames per second. An idle machine reaches several times that. */
const SLOWEST_DRAW_MS = 33;

/** Three garments of every type. storeCatalog() adds a near-duplicate and a mislabeled garment. */
const CATALOG = GARMENT_TYPES.flatMap((type) =>
  sampleCatalog()
    .filter(({ garmentType, inStock }) => garmentType === type && inStock)
    .slice(0, 3),
);

interface Numbers {
  engagement: { day: string; recommendations: number; clicks: number; purchases: number }[];
  engagementByRank: { rank: number; shown: number; clicks: number; clickRate: { value: number } }[];
  coverage: { garments: number; shown: number; gini: number };
  searchGaps: { text: string; count: number }[];
  embeddingMap: { sku: string; title: string }[];
}

withBrowser('the insights page', () => {
  const server = withApp({ sample: false, config: { workers: 0 } });
  let browser: Browser;
  let opened: Visit[] = [];

  beforeAll(async () => {
    browser = await openBrowser();
    await storeCatalog();
    await createRecommendations();
    await server.app.own.map.keepUp({ storeId: DEFAULT_STORE_ID });
  }, TIMEOUT_MS);
  afterEach(async () => {
    const visits = opened;
    opened = [];
    for (const { page } of visits) await page.context().close();
    expect(visits.flatMap(({ troubles }) => troubles)).toEqual([]);
    for (const { hosts } of visits) expect(hosts()).toEqual([server.app.url]);
  });
  afterAll(() => browser?.close());

  async function storeCatalog(): Promise<void> {
    const garments = await Promise.all(
      CATALOG.map(async (sample) => {
        const { sku, title, garmentType, category, color, gender, price } = sample;
        return { sku, title, garmentType, category, color, gender, price, image: await drawnImage(sample) };
      }),
    );
    const [dress, hat] = ['DRESS', 'HAT'].map((type) => garments.find(({ garmentType }) => garmentType === type)!);
    await server.data('mutation ($garments: [GarmentInput!]!) { upsertGarments(garments: $garments) { created } }', {
      garments: [
        ...garments,
        { ...dress!, sku: 'TWIN' },
        { sku: 'MISLABELLED', title: 'Leather shoes', garmentType: 'SHOES', image: hat!.image },
      ],
    });
  }

  async function createRecommendations(): Promise<void> {
    const variants = [{ name: 'as before' }, { name: 'varied', settings: { diversity: 0.3 } }];
    const { saveExperiment } = await server.data<{ saveExperiment: { userErrors: object[] } }>(
      'mutation ($input: ExperimentInput!) { saveExperiment(input: $input) { userErrors { code message } } }',
      { input: { id: EXPERIMENT, name: 'Variety', variants } },
    );
    expect(saveExperiment.userErrors).toEqual([]);
    for (const [i, text] of REQUESTS.entries()) {
      const { recommendOutfit } = await server.data<{
        recommendOutfit: { id: string; garments: { nodes: { sku: string }[] } };
      }>(
        'query ($input: RecommendOutfitInput!) { recommendOutfit(input: $input) { id garments(first: 6) { nodes { sku } } } }',
        { input: { text, shopper: `shopper-${i}` } },
      );
      const { id, garments } = recommendOutfit;
      const event = (rank: number, kind: string) => ({ recommendationId: id, sku: garments.nodes[rank]!.sku, kind });
      await server.data('mutation ($events: [FeedbackInput!]!) { recordFeedback(events: $events) { recorded } }', {
        events: [event(0, 'VIEW'), event(0, 'CLICK'), event(1, 'VIEW'), event(i % 3, 'PURCHASE')],
      });
    }
  }

  async function open(place: string, options: BrowserContextOptions = {}, prepare?: (page: Page) => Promise<unknown>) {
    const visited = await visit(browser, `${server.app.url}/insights#${place}`, options, prepare);
    opened.push(visited);
    await settled(visited.page);
    return visited.page;
  }

  const settled = async (page: Page): Promise<void> => {
    await page.locator('main section').first().waitFor();
    await page.waitForLoadState('networkidle');
    await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
  };
  const figure = (page: Page, title: string): Locator => page.getByRole('region', { name: title, exact: true });
  const rowsOf = (table: Locator): Promise<string[][]> =>
    table
      .locator('tbody tr')
      .evaluateAll((rows) =>
        rows.map((row) =>
          [...(row as unknown as { cells: { textContent: string }[] }).cells].map((c) => c.textContent),
        ),
      );
  async function tableOf(page: Page, title: string): Promise<string[][]> {
    await page.getByText(`Show as table: ${title}`).click();
    return rowsOf(figure(page, title).first().locator('table').first());
  }
  const numbers = async (fields: string): Promise<Numbers> =>
    (await server.data<{ insights: Numbers }>(`{ insights { ${fields} } }`)).insights;
  const percent = (share: number): string =>
    new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 }).format(share);

  it(
    'shows the API’s numbers for days and ranks',
    async () => {
      const page = await open('engagement');
      const { engagement, engagementByRank } = await numbers(
        `engagement { day recommendations clicks purchases }
         engagementByRank { rank shown clicks clickRate { value } }`,
      );
      const days = await tableOf(page, 'By day');
      const today = engagement.at(-1)!;
      expect(today).toMatchObject({ recommendations: REQUESTS.length, clicks: REQUESTS.length });
      expect(days).toHaveLength(30);
      expect(days.at(-1)).toEqual([today.day, '6', '12', '6', '0', '0', String(today.purchases), '0']);
      const ranks = await tableOf(page, 'By rank');
      expect(ranks.map(([rank, shown, , clicks, , , , , rate]) => [rank, shown, clicks, rate])).toEqual(
        engagementByRank.map(({ rank, shown, clicks, clickRate }) =>
          [rank, shown, clicks].map(String).concat(percent(clickRate.value)),
        ),
      );
      expect(await page.locator('canvas[role=img]').count()).toBe(3);
    },
    TIMEOUT_MS,
  );

  it(
    'opens the query of a figure in the playground with its variables, and runs it',
    async () => {
      const page = await open('engagement?from=2026-01-05&to=2026-01-11');
      expect(await figure(page, 'By rank').textContent()).toContain('recommendOutfit was not called in this period');
      await page.getByRole('link', { name: 'Open this query in the playground: By day' }).click();
      const answer = page.locator('.result-window');
      await answer.getByText('"2026-01-05"').waitFor();
      expect(await page.getByRole('tab').allInnerTexts()).toEqual(['Engagement']);
      const variables = await page.locator('[aria-label="Variables"] .CodeMirror').innerText();
      expect(variables).toContain('"from": "2026-01-05T00:00:00.000Z"');
      expect(variables).toContain('"to": "2026-01-12T00:00:00.000Z"');
      await page.goBack();
      await page.getByRole('heading', { name: 'Engagement', level: 1 }).waitFor();
    },
    TIMEOUT_MS,
  );

  it(
    'lists search gaps with links to the latest recommendation and to the playground',
    async () => {
      const page = await open('gaps');
      const { searchGaps } = await numbers('searchGaps { text count }');
      const rows = await rowsOf(page.locator('table'));
      expect(rows.map(([text, times]) => ({ text, count: Number(times) }))).toEqual(searchGaps);
      expect(searchGaps).toContainEqual({ text: 'ski goggles', count: 2 });
      await page.getByRole('link', { name: 'Latest recommendation for ski goggles' }).click();
      await page.getByText('“ski goggles”').waitFor();
      await page.goBack();
      await page.getByRole('link', { name: 'Run in the playground: ski goggles' }).click();
      await page.locator('.result-window').getByText('"WEAK"').waitFor();
      await page.locator('.pictures img').first().waitFor();
    },
    TIMEOUT_MS,
  );

  it(
    'shows one recommendation: query understanding, score contributions, feedback, latency, replay and what-if',
    async () => {
      const page = await open('answers');
      const { insights } = await server.data<{ insights: { recommendations: { nodes: { text: string }[] } } }>(
        '{ insights { recommendations(first: 25) { nodes { text } } } }',
      );
      const listed = (await rowsOf(page.locator('table'))).map(([, text]) => text);
      expect(listed).toEqual(insights.recommendations.nodes.map(({ text }) => text));
      await page.getByRole('link', { name: 'red dress' }).click();
      await page.getByRole('heading', { name: 'Score contributions' }).waitFor();
      expect(await page.locator('.facts').textContent()).toContain('ColorsRed');
      expect(await page.locator('.tile').first().locator('.feedback-kind').allTextContents()).toEqual([
        'View',
        'Click',
        'Purchase',
      ]);
      expect(await page.getByRole('img', { name: /^Total \d.* ms: .*encode/i }).count()).toBe(1);
      const rows = await tableOf(page, 'Recommendation');
      for (const row of rows) {
        const values = row.slice(2).map(Number);
        const sum = values.slice(0, -1).reduce((total, value) => total + value, 0);
        // each value is rounded to a thousandth
        expect(Math.abs(sum - values.at(-1)!)).toBeLessThan(0.0006 * values.length);
      }
      await page.getByRole('button', { name: 'Run the replay' }).click();
      await page.getByText('Identical: the same garments at the same ranks').waitFor();
      await page.getByLabel('Diversity, 0 to 1').fill('1');
      await page.getByLabel('Fusion').selectOption('Concatenation');
      await page.getByRole('button', { name: 'Compare' }).click();
      const comparison = figure(page, 'Result with these settings');
      await comparison.getByText('Garments in both results').waitFor();
      await comparison.getByText('Text and picture: 100% and 0%, concatenation').waitFor();
      const { insights: other } = await server.data<{
        insights: { recommendations: { nodes: { text: string; whatIf: { edges: { node: { sku: string } }[] } }[] } };
      }>(
        `{ insights { recommendations(first: 25) { nodes { text whatIf(settings: { diversity: 1, fusion: { method: CONCATENATION } }) { edges { node { sku } } } } } } }`,
      );
      const { edges } = other.recommendations.nodes.find(({ text }) => text === 'red dress')!.whatIf;
      const shown = comparison.locator('.tiles').first().locator('.tile');
      expect(
        await shown.evaluateAll((all) =>
          all.map((tile) => (tile as unknown as { dataset: { sku: string } }).dataset.sku),
        ),
      ).toEqual(edges.map(({ node }) => node.sku));
      await page.getByRole('link', { name: '← All recommendations' }).click();
      await page.getByLabel('before (UTC)').fill('2000-01-01T00:00');
      await page.getByText('recommendOutfit was not called in this period').waitFor();
    },
    TIMEOUT_MS,
  );

  it(
    'draws every garment on the map, shows a tooltip, opens a garment, and shows a request',
    async () => {
      const { embeddingMap } = await numbers('embeddingMap { sku title }');
      const page = await open('map');
      const map = page.locator('canvas.map[data-drawn]');
      expect(await map.getAttribute('data-points')).toBe(String(embeddingMap.length));
      expect(await map.getAttribute('data-drawn')).toBe(String(embeddingMap.length));
      expect(embeddingMap).toHaveLength(CATALOG.length + 2);

      const { sku, title } = CATALOG.find(({ garmentType }) => garmentType === 'SKIRT')!;
      await page.getByLabel('Find a garment').fill(sku);
      await page.getByRole('button', { name: `${title} (${sku})` }).click();
      await page.getByLabel('Find a garment').fill('');
      await page.mouse.move(5, 5);
      const { width, height } = (await map.boundingBox())!;
      await map.hover({ position: { x: width / 2 + 2, y: height / 2 + 1 } });
      const tip = page.locator('.map-tip');
      await tip.getByText(title).waitFor();
      await tip.locator('img[src*="/images/"], img[src*="/pictures/"]').waitFor();
      await map.click({ position: { x: width / 2 + 2, y: height / 2 + 1 } });
      await page.getByRole('dialog').getByRole('heading', { name: title }).waitFor();
      await page.keyboard.press('Escape');

      await page.getByLabel('Color by').selectOption('color');
      const legend = page.getByRole('list', { name: /^Colors of the map/ });
      await legend.getByRole('button', { name: /^Red/ }).waitFor();
      await page.getByRole('button', { name: 'Show the whole map' }).click();
      await legend.getByRole('button').first().click();
      const hidden = Number(await legend.locator('.count').first().textContent());
      await page.locator(`canvas.map[data-drawn="${embeddingMap.length - hidden}"]`).waitFor();

      const requests = page.getByLabel('Show a request');
      const dress = requests.locator('option', { hasText: 'red dress' });
      await requests.selectOption(await dress.getAttribute('value'));
      await page.locator('.drawn[data-shown="6"]').waitFor();
      expect(page.url()).toContain('#map?answer=');
    },
    TIMEOUT_MS,
  );

  it(
    'moves 50,000 points at more than 30 frames a second, without a GPU',
    async () => {
      const multiply = async (route: Route): Promise<void> => {
        const request = decodeURIComponent(route.request().url()) + (route.request().postData() ?? '');
        if (!request.includes('"sample"')) return route.continue();
        const response = await route.fetch();
        const body = (await response.json()) as { data?: { insights: { embeddingMap: { x: number; y: number }[] } } };
        const points = body.data?.insights.embeddingMap;
        if (!points) return route.fulfill({ response });
        body.data!.insights.embeddingMap = Array.from({ length: MANY_POINTS }, (_, i) => {
          const point = points[i % points.length]!;
          return { ...point, x: point.x + Math.sin(i), y: point.y + Math.cos(i * 1.7) };
        });
        return route.fulfill({ response, json: body });
      };
      const page = await open('map', {}, (newPage) => newPage.route('**/graphql**', multiply));
      const map = page.locator(`canvas.map[data-points="${MANY_POINTS}"][data-drawn="${MANY_POINTS}"]`);
      await map.waitFor();
      const [draws, gaps] = await page.evaluate<[number[], number[]]>(
        `(${DRAG})(document.querySelector('canvas.map'))`,
      );
      const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!;
      console.info(
        `50,000 points: drawn in ${median(draws)} ms, a frame every ${median(gaps).toFixed(1)} ms (medians)`,
      );
      expect(draws).toHaveLength(60);
      expect(median(draws)).toBeLessThan(SLOWEST_DRAW_MS);
    },
    TIMEOUT_MS,
  );

  it(
    'shows near-duplicates side by side, mislabeled garments, garments never shown, experiments and the model',
    async () => {
      const page = await open('doubts');
      await page.getByText('The whole catalog is checked.').waitFor();
      const pairs = figure(page, 'Near-duplicates').locator('.pair');
      const twins = pairs.filter({ has: page.locator('[data-sku=TWIN]') });
      expect(await twins.locator('.tile').count()).toBe(2);
      await twins.locator('img[src*="images"]').nth(1).waitFor();
      // the other pair is the hat and the mislabeled shoes, which have the hat's picture
      expect(await pairs.count()).toBe(2);
      expect(await figure(page, 'Mislabeled').locator('[data-sku=MISLABELLED]').count()).toBe(1);

      await page.getByRole('link', { name: 'Coverage' }).click();
      await settled(page);
      const { coverage } = await numbers('coverage { garments shown gini }');
      expect(await page.locator('.stats').textContent()).toContain(
        `${coverage.shown} of ${coverage.garments} in stock`,
      );
      expect(await page.locator('.tile').count()).toBe(Math.min(24, coverage.garments - coverage.shown));

      await page.getByRole('link', { name: 'Experiments' }).click();
      await page.getByRole('heading', { name: 'Variety' }).waitFor();
      const rows = await rowsOf(page.locator('table'));
      expect(rows).toHaveLength(12);
      const viewed = rows.filter(([kind]) => kind === 'View').map(([, , shoppers]) => Number(shoppers));
      expect(viewed.reduce((sum, shoppers) => sum + shoppers, 0)).toBe(REQUESTS.length);

      await page.getByRole('link', { name: 'Model' }).click();
      await page.getByText('fitroom-v2@', { exact: false }).first().waitFor();
      await page.getByRole('img', { name: /^Classification of garments: \d+ metrics/ }).waitFor();
      await page.getByRole('img', { name: /^garmentType\.picture: fitroom-v1@/ }).waitFor();
    },
    TIMEOUT_MS,
  );

  it(
    'has no serious axe findings in any section, in light mode and in dark mode on a phone, without horizontal scrolling',
    async () => {
      // elements that fade in have too little contrast meanwhile
      const still = { reducedMotion: 'reduce' as const };
      for (const options of [still, { ...still, ...PHONE, colorScheme: 'dark' as const }]) {
        const page = await open('overview', options);
        for (const section of SECTIONS) {
          await page.evaluate(`location.hash = '${section}'`);
          await settled(page);
          expect([section, await seriousFindings(page)]).toEqual([section, []]);
          if (!('isMobile' in options)) continue;
          const width = await page.evaluate('document.documentElement.scrollWidth');
          expect([section, width]).toEqual([section, 390]);
        }
      }
    },
    TIMEOUT_MS,
  );

  it(
    'works by keyboard alone, and has a URL for every view',
    async () => {
      const page = await open('overview');
      const focused = (): Promise<string> => page.evaluate('document.activeElement.textContent.trim()');
      await page.keyboard.press('Tab');
      expect(await focused()).toBe('Skip to the charts');
      while ((await focused()) !== 'Drift') await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Drift', level: 1 }).waitFor();
      expect(await focused()).toBe('Drift');
      expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
      await page.getByLabel('From').fill('2026-02-01');
      await settled(page);
      expect(page.url()).toContain('#drift?from=2026-02-01&to=');
      await page.reload();
      expect(await page.getByLabel('From').inputValue()).toBe('2026-02-01');
      expect(await page.title()).toBe('Drift – fitroom insights');
    },
    TIMEOUT_MS,
  );
});

/** Drags the map for 60 frames. Returns the time to draw each frame, and the time between frames, in ms. */
const DRAG = `async (canvas) => {
  const dispatch = (target, type, x, y) =>
    target.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true, view: window, clientX: x, clientY: y, buttons: 1 }));
  const { left, top } = canvas.getBoundingClientRect();
  dispatch(canvas, 'mousedown', left + 300, top + 200);
  const [draws, gaps] = [[], []];
  let last = performance.now();
  for (let i = 0; i < 60; i++) {
    dispatch(window, 'mousemove', left + 300 + 120 * Math.sin(i / 8), top + 200 + 60 * Math.cos(i / 8));
    await new Promise(requestAnimationFrame);
    draws.push(Number(canvas.dataset.drawMs));
    gaps.push(performance.now() - last);
    last = performance.now();
  }
  dispatch(window, 'mouseup', left + 300, top + 200);
  return [draws, gaps];
}`;

withBrowser('the insights page of a server that requires a key', () => {
  it(
    'shows the key form, refuses a storefront key, accepts an analyst key, and does not leak keys',
    async () => {
      const [browser, guarded] = await Promise.all([openBrowser(), startAppProcess({ adminKey: ADMIN_KEY })]);
      try {
        const { page, troubles } = await visit(browser, `${guarded.url}/insights`);
        const addresses: string[] = [];
        page.on('request', (request) => void addresses.push(request.url()));
        const keyOf = async (role: string): Promise<string> => {
          const response = await fetch(`${guarded.url}/graphql`, {
            method: 'POST',
            headers: { 'content-type': 'application/json', authorization: `Bearer ${ADMIN_KEY}` },
            body: JSON.stringify({ query: `mutation { createApiKey(role: ${role}, name: "page") { key } }` }),
          });
          return ((await response.json()) as { data: { createApiKey: { key: string } } }).data.createApiKey.key;
        };
        const use = async (key: string): Promise<void> => {
          await page.getByLabel('Key', { exact: true }).fill(key);
          await page.getByRole('button', { name: 'Use key' }).click();
        };
        await page.getByRole('heading', { name: 'Insights require an API key' }).waitFor();
        await use(await keyOf('STOREFRONT'));
        await page.getByRole('alert').getByText('may not read insights').waitFor();
        const key = await keyOf('ANALYST');
        await use(key);
        await page.getByText('recommendOutfit was not called in this period').first().waitFor();
        await page.getByText('The catalog is empty.').waitFor();
        await page.getByRole('link', { name: 'Map', exact: true }).click();
        await page.getByText('There is no map yet.').waitFor();
        expect(addresses.filter((address) => address.includes(key))).toEqual([]);
        expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain(key);
        // the browser's console reports refused requests by their HTTP status
        expect(troubles.filter((trouble) => !/40[013]/.test(trouble))).toEqual([]);
      } finally {
        await browser.close();
        await guarded.stop();
      }
    },
    TIMEOUT_MS,
  );
});
