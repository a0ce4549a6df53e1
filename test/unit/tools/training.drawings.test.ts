import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COLOR_LABELS } from '../../../tools/garment-drawing/palette.js';
import { trainingDrawings, type TrainingLabels } from '../../../tools/garment-drawing/training.drawings.js';
import { drawTrainingSet } from '../../../tools/garment-drawing/training.set.js';

const TYPES_DRAWN = [
  'Tshirts',
  'Shirts',
  'Dresses',
  'Skirts',
  'Shorts',
  'Jeans',
  'Trousers',
  'Track Pants',
  'Leggings',
  'Capris',
  'Casual Shoes',
  'Sports Shoes',
  'Formal Shoes',
  'Heels',
  'Flats',
  'Sandals',
  'Flip Flops',
  'Caps',
  'Hat',
  'Jackets',
  'Blazers',
  'Rain Jacket',
  'Sweaters',
  'Sweatshirts',
];

describe('drawn training pictures', () => {
  test('are the same for the same seed and different for another', () => {
    const drawn = (seed: number): string => JSON.stringify([...trainingDrawings(30, seed)]);
    expect(drawn(5)).toBe(drawn(5));
    expect(drawn(5)).not.toBe(drawn(6));
  });

  test('cover every article type of the ten garment types', () => {
    const seen = new Set([...trainingDrawings(900, 2)].map(({ labels }) => labels.articleType));
    expect([...seen].sort()).toEqual([...TYPES_DRAWN].sort());
  });

  test('have labels in the spelling of the data, and titles that name the color', () => {
    for (const { labels } of trainingDrawings(300, 3)) {
      expect(COLOR_LABELS).toContain(labels.baseColour);
      expect(labels.title).toContain(labels.baseColour);
      expect(['Men', 'Women', 'Boys', 'Girls', 'Kids', 'Unisex']).toContain(labels.gender);
      expect(labels.masterCategory).toBe(masterOf(labels.articleType));
    }
  });

  test('vary in position, size and backdrop', () => {
    const drawings = [...trainingDrawings(200, 4)];
    const transforms = drawings.map(({ svg }) => /<\/defs>.*?<g transform="([^"]*)"/.exec(svg)![1]);
    const walls = drawings.map(({ svg }) => /id="wall"[^>]*><stop stop-color="([^"]*)"/.exec(svg)![1]);
    expect(new Set(transforms).size).toBeGreaterThan(195);
    expect(new Set(walls).size).toBeGreaterThan(20);
  });
});

describe('a drawn training set', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'drawn-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('is a folder whose metadata names every picture', async () => {
    const rasterize = (svg: string, width: number): Promise<Uint8Array> =>
      Promise.resolve(Buffer.from(`${width}:${svg.length}`));
    await drawTrainingSet({ folder, count: 25, seed: 1, width: 168, rasterize });
    const lines = (await readFile(join(folder, 'metadata.jsonl'), 'utf8')).trim().split('\n');
    const rows = lines.map((line) => JSON.parse(line) as TrainingLabels);
    const pictures = await readdir(join(folder, 'images'));
    expect(rows.map(({ image }) => image).sort()).toEqual(pictures.map((name) => `images/${name}`).sort());
    expect(await readFile(join(folder, rows[0]!.image), 'utf8')).toMatch(/^168:\d+$/);
  });

  test('has no metadata if a picture cannot be rasterized', async () => {
    const rasterize = (): Promise<Uint8Array> => Promise.reject(new Error('no ink'));
    await expect(drawTrainingSet({ folder, count: 3, seed: 1, width: 168, rasterize })).rejects.toThrow('no ink');
    expect(await readdir(folder)).not.toContain('metadata.jsonl');
  });
});

function masterOf(articleType: string): TrainingLabels['masterCategory'] {
  if (articleType === 'Caps' || articleType === 'Hat') return 'Accessories';
  return /Shoes|Heels|Flats|Sandals|Flip Flops/.test(articleType) ? 'Footwear' : 'Apparel';
}
