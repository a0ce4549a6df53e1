import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FigureSheet } from '../../../tools/evaluate/figure.sheet.js';
import { tableOf } from '../../../tools/evaluate/figure.screen.js';
import { confusionsOf, type ClassifiedProduct } from '../../../tools/evaluate/head.outputs.js';
import { noteRelease, storeFigures } from '../../../tools/evaluate/manifest.figures.js';
import { colorHistogram } from '../../../tools/evaluate/color.histogram.js';
import { loadBundle } from '../../../src/inference/bundle.js';
import { HISTORY_FILE, readReleases, type Confusion } from '../../../src/inference/release.history.js';
import { dot } from '../../../src/domain/recommend/fusion.js';
import { rasterize } from '../../../tools/draw/rasterize.js';
import { changeManifest, withTinyCopy } from '../../support/tiny.bundle.js';

describe('FigureSheet', () => {
  it('adds a note instead of a figure without rows', () => {
    const sheet = new FigureSheet('Anything?');
    sheet.mean(['nothing', 'nothing at all'], []);
    expect(sheet.figures).toEqual([]);
    expect(tableOf(sheet)).toContain('nothing at all: left out');
  });

  it('marks the names of figures that are not of the test split', () => {
    const sheet = new FigureSheet('Val?', '.val');
    sheet.mean(['garmentType.picture', 'types'], [1, 0]);
    expect(sheet.figures[0]).toMatchObject({ name: 'garmentType.picture.val', value: 0.5, rows: 2 });
  });

  it('shows figures with a row and a column as a table with empty cells for missing figures', () => {
    const sheet = new FigureSheet('Which?');
    sheet.mean(['a.x', ''], [1, 1], ['first', 'x']);
    sheet.mean(['a.y', ''], [0, 0], ['first', 'y']);
    sheet.gain(['b.y', ''], [1, 1], [0, 0], ['second', 'y']);
    const [, head, first, second] = tableOf(sheet).split('\n');
    expect(head!.trim().split(/\s+/)).toEqual(['x', 'y']);
    expect(first).toMatch(/first +1\.000 ± 0\.000 +0\.000 ± 0\.000/);
    expect(second).toMatch(/second {10,}1\.000 ± 0\.000/);
  });
});

describe('storeFigures', () => {
  it('replaces metrics of the same name, keeps the others, and changes what the bundle reports', async () => {
    await withTinyCopy(async (dir) => {
      const old = [
        { name: 'title.r10', value: 0.1, rows: 3 },
        { name: 'int8.title.r10', value: 0.09, rows: 3 },
      ];
      await changeManifest(dir, (manifest) => ({ ...manifest, metrics: old }));
      const before = (await loadBundle(dir)).manifest;
      const sheet = new FigureSheet('Words?');
      sheet.mean(['title.r10', 'title'], [1, 1, 0]);
      await storeFigures(dir, sheet.figures);
      const after = (await loadBundle(dir)).manifest;
      expect(after.metrics.map(({ name }) => name)).toEqual(['title.r10', 'int8.title.r10']);
      expect(after.metrics[0]).toMatchObject({ value: 0.6667, rows: 3, high: 1 });
      expect({ ...after, metrics: [] }).toEqual({ ...before, metrics: [] });
    });
  });
});

describe('the release history', () => {
  it('has one entry per version, which a new entry replaces except for confusions that were not counted again', async () => {
    await withTinyCopy(async (dir) => {
      const release = (model: string, value: number) => ({
        model,
        trainedAt: null,
        evaluatedAt: '2026-01-02T03:04:05Z',
        metrics: [{ name: 'title.r10', value, rows: 3 }],
        confusions: [] as Confusion[],
      });
      const clogs = { output: 'category', label: 'Clogs', takenFor: 'Sandals', count: 2, rows: 5 };
      expect(await readReleases(dir)).toEqual([]);
      await noteRelease(dir, release('tiny@1.0.0', 0.1));
      await noteRelease(dir, { ...release('tiny@1.1.0', 0.2), confusions: [clogs] });
      await noteRelease(dir, release('tiny@1.1.0', 0.3));
      expect(await readReleases(dir)).toEqual([
        release('tiny@1.0.0', 0.1),
        { ...release('tiny@1.1.0', 0.3), confusions: [clogs] },
      ]);
    });
  });

  it('is named in the error if it is malformed', async () => {
    await withTinyCopy(async (dir) => {
      await writeFile(join(dir, HISTORY_FILE), '[{"model":1}]');
      await expect(readReleases(dir)).rejects.toThrow(HISTORY_FILE);
    });
  });
});

describe('confusionsOf', () => {
  it('counts confusions against the rows of their label, without correct rows and rows without a label', () => {
    const classified = (category: string | null, guess: string) =>
      ({
        product: { category },
        classification: { categories: [{ label: guess, probability: 1 }] },
      }) as unknown as ClassifiedProduct;
    const rows = [
      classified('Clogs', 'Sandals'),
      classified('Clogs', 'Sandals'),
      classified('Clogs', 'Clogs'),
      classified(null, 'Hats'),
    ];
    expect(confusionsOf([...rows, classified('Hats', 'Caps')], 'category')).toEqual([
      { output: 'category', label: 'Clogs', takenFor: 'Sandals', count: 2, rows: 3 },
      { output: 'category', label: 'Hats', takenFor: 'Caps', count: 1, rows: 1 },
    ]);
  });
});

describe('colorHistogram', () => {
  const plain = (color: string) =>
    rasterize(
      `<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8" fill="${color}"/></svg>`,
      8,
    );

  it('distinguishes colors and ignores small differences', async () => {
    const [red, alsoRed, blue] = await Promise.all(
      ['#f01010', '#e02020', '#1010f0'].map(async (c) => colorHistogram(await plain(c))),
    );
    expect(dot(red!, alsoRed!)).toBeCloseTo(1);
    expect(dot(red!, blue!)).toBe(0);
  });
});
