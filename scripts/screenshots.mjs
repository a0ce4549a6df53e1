// Screenshots of the pages for the README, taken from a running server with the sample catalog and a simulated month:
//   node scripts/drawn.month.mjs
//   node scripts/screenshots.mjs [http://127.0.0.1:4000 [insights]]
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import sharp from 'sharp';

const docs = join(dirname(fileURLToPath(import.meta.url)), '..', 'docs');
const [origin = 'http://127.0.0.1:4000', only = ''] = process.argv.slice(2);
const desktop = { viewport: { width: 1280, height: 900 }, locale: 'en-GB' };
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };
const garment = '.garment:not(.waits)';

const shots = [
  { file: 'storefront.png', options: desktop, words: 'striped shirt for men' },
  { file: 'storefront-looks.png', options: desktop, words: 'red dress', prepare: tryOn, clip: '#looks' },
  {
    file: 'storefront-phone.png',
    options: { ...phone, locale: 'zh-CN', colorScheme: 'dark' },
    words: '红色连衣裙',
  },
  { file: 'insights.png', options: { ...desktop, viewport: { width: 1280, height: 1010 } }, insights: 'engagement' },
  {
    file: 'insights-map.png',
    options: { ...desktop, viewport: { width: 1280, height: 990 } },
    insights: 'map',
    prepare: drawRequest,
  },
];

async function tryOn(page) {
  await page.locator('.try-on').nth(1).click();
  await page.locator('.fitting-room').waitFor();
  await page.locator('#looks[aria-busy=false]').waitFor();
}

/** Draws a request with garments of several kinds into the map and points at a garment. */
async function drawRequest(page) {
  const requests = page.getByLabel('Draw in a request');
  await requests.locator('option').nth(1).waitFor({ state: 'attached' });
  const warm = requests.locator('option', { hasText: 'warm' });
  const chosen = (await warm.count()) > 0 ? warm.first() : requests.locator('option').nth(1);
  await requests.selectOption(await chosen.getAttribute('value'));
  await page.locator('.drawn').waitFor();
  await page.waitForTimeout(500);
  const map = page.locator('canvas.map');
  const { width, height } = await map.boundingBox();
  for (let step = 0; step < 300 && (await page.locator('.map-tip').count()) === 0; step++) {
    const [angle, radius] = [step * 0.5, 90 + step];
    const position = { x: width / 2 + radius * Math.cos(angle), y: height / 2 + radius * Math.sin(angle) };
    if (position.y > 20 && position.y < height - 20) await map.hover({ position });
  }
  await page.waitForTimeout(500);
}

async function take(browser, { file, options, words, insights, prepare, clip }) {
  const page = await browser.newPage(options);
  await page.goto(insights ? `${origin}/insights#${insights}` : `${origin}/?q=${encodeURIComponent(words)}`);
  await page
    .locator(insights ? '.figure canvas' : garment)
    .first()
    .waitFor();
  await prepare?.(page);
  if (clip) await page.locator(clip).scrollIntoViewIfNeeded();
  // outfit pictures are drawn on their first request
  const allLoaded = (images) => images.every(({ complete, loading }) => complete || loading === 'lazy');
  while (!(await page.locator(clip ? `${clip} img` : 'img').evaluateAll(allLoaded))) await page.waitForTimeout(200);
  if (clip) await page.waitForLoadState('networkidle');
  await page.waitForTimeout(1500);
  const png = clip ? await page.locator(clip).screenshot() : await page.screenshot();
  await sharp(png)
    .resize({ width: 1100, withoutEnlargement: true })
    .png({ palette: true, colours: 192, effort: 10 })
    .toFile(join(docs, file));
  await page.close();
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
for (const shot of shots.filter(({ file }) => file.startsWith(only))) await take(browser, shot);
await browser.close();
