// The pictures of the storefront page in the README, taken of a server with the drawn sample catalog that runs already:
//   npm start
//   node scripts/screenshots.mjs [http://127.0.0.1:4000]
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import sharp from 'sharp';

const docs = join(dirname(fileURLToPath(import.meta.url)), '..', 'docs');
const origin = process.argv[2] ?? 'http://127.0.0.1:4000';
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
];

async function tryOn(page) {
  await page.locator('.try-on').nth(1).click();
  await page.locator('.fitting-room').waitFor();
  await page.locator('#looks[aria-busy=false]').waitFor();
}

async function take(browser, { file, options, words, prepare, clip }) {
  const page = await browser.newPage(options);
  await page.goto(`${origin}/?q=${encodeURIComponent(words)}`);
  await page.locator(garment).first().waitFor();
  await prepare?.(page);
  if (clip) await page.locator(clip).scrollIntoViewIfNeeded();
  // looks are drawn when they are first asked for
  const whole = (images) => images.every(({ complete, loading }) => complete || loading === 'lazy');
  while (!(await page.locator(clip ? `${clip} img` : 'img').evaluateAll(whole))) await page.waitForTimeout(200);
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
for (const shot of shots) await take(browser, shot);
await browser.close();
