// Takes the pictures of the documentation and writes the figures of the README: `npm run docs`.
// Starts a server with the sample catalog and a simulated month of requests, and drives a browser. Takes two minutes.
// Needs Chromium and a font with Chinese characters (Debian: fonts-wqy-microhei).
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { chromium, type Browser, type Page } from 'playwright-core';
import sharp from 'sharp';
import { PROJECT_ROOT as ROOT } from '../src/config.js';
import { readFigures, withFigures } from './docs/figures.js';
import { STAMP_FILE, stampOf } from './docs/stamp.js';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const PORT = process.env['PORT'] ?? '4123';

interface Picture {
  path: string;
  /** Width and height of the window in CSS pixels. */
  size: readonly [number, number];
  /** Image pixels per CSS pixel. Absent: 1. */
  scale?: number;
  /** Resolves when the page shows what the picture is about. */
  ready: (page: Page) => Promise<void>;
}

/** Pictures by their file in docs/. */
const PICTURES: Readonly<Record<string, Picture>> = {
  'storefront.png': {
    path: '/?q=striped%20shirt%20for%20men',
    size: [1100, 960],
    ready: (page) => page.locator('main img').first().waitFor(),
  },
  'storefront-phone.png': {
    path: '/?q=red%20dress',
    size: [390, 844],
    scale: 2,
    ready: (page) => page.locator('main img').first().waitFor(),
  },
  'storefront-looks.png': {
    path: '/?q=red%20dress',
    size: [976, 903],
    ready: async (page) => {
      await page.locator('.outfit img').first().waitFor();
      await page.evaluate(`scrollTo(0, document.querySelector('.outfit').getBoundingClientRect().top + scrollY - 180)`);
    },
  },
  'insights.png': {
    path: '/insights#engagement',
    size: [1100, 868],
    ready: (page) => page.locator('canvas').first().waitFor(),
  },
  'insights-map.png': {
    path: '/insights#map',
    size: [1100, 851],
    ready: async (page) => {
      await page.locator('canvas').first().waitFor();
      await page.getByLabel('Show a request').selectOption({ index: 1 });
    },
  },
  'playground.png': {
    path: '/playground',
    size: [1440, 900],
    ready: (page) => page.locator('.graphiql-container').waitFor(),
  },
};
/** Time for images and charts to be drawn after the page is ready, in milliseconds. */
const SETTLE_MS = 3_000;

const server = spawn(process.execPath, [join(ROOT, 'scripts', 'drawn.month.mjs')], {
  env: { ...process.env, PORT },
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const url = new URL(await firstLine(server.stdout)).origin;
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
  for (const [file, picture] of Object.entries(PICTURES)) await take(browser, url, file, picture);
  await browser.close();
} finally {
  server.kill('SIGINT');
}
const readme = join(ROOT, 'README.md');
const figures = readFigures(join(ROOT, 'models', 'fitroom-v2', 'manifest.json'));
writeFileSync(readme, withFigures(readFileSync(readme, 'utf8'), figures));
writeFileSync(join(ROOT, STAMP_FILE), `${JSON.stringify(stampOf(ROOT), null, 2)}\n`);

async function take(browser: Browser, url: string, file: string, picture: Picture): Promise<void> {
  const { path, size, scale = 1, ready } = picture;
  const [width, height] = size;
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale,
    locale: 'en-GB',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(url + path);
  await ready(page);
  await page.waitForTimeout(SETTLE_MS);
  // 256 colors are enough for pages and take a third of the bytes
  const image = sharp(await page.screenshot()).png({ palette: true, quality: 90 });
  await image.toFile(join(ROOT, 'docs', file));
  console.log(`docs/${file}`);
  await context.close();
}

/** Returns the first line of a stream. The server prints its address when everything is stored. */
async function firstLine(stream: Readable): Promise<string> {
  for await (const line of createInterface({ input: stream })) if (line.startsWith('http')) return line;
  throw new Error('the server ended before it was ready');
}
