import { createHash } from 'node:crypto';
import { garmentOf, RACKS } from '../../tools/garment-drawing/assortment.js';
import type { Pattern } from '../../tools/garment-drawing/cloth.js';
import { drawGarment, STUDIO, type GarmentDrawing } from '../../tools/garment-drawing/garment.drawing.js';
import { COLOR_LABELS, PALETTE, rgbOf, type ColorLabel, type Rgb } from '../../tools/garment-drawing/palette.js';
import { seededRandom } from '../../src/domain/shared/random.js';
import { sampleCatalog } from '../../tools/garment-drawing/sample.catalog.js';
import type { DrawnType } from '../../tools/garment-drawing/style.js';
import { distance, garmentPixels, medianColor, rasterize, type Pixels } from '../unit/tools/raster.js';

const CLEAR_COLORS: readonly ColorLabel[] = [
  'Black',
  'White',
  'Grey',
  'Navy Blue',
  'Blue',
  'Red',
  'Green',
  'Yellow',
  'Orange',
  'Pink',
  'Purple',
  'Brown',
];

function drawingOf(type: DrawnType, styleName: string, change: Partial<GarmentDrawing>): GarmentDrawing {
  const rack = RACKS.find(({ garmentType }) => garmentType === type)!;
  const style = rack.styles.find(({ name }) => name === styleName)!;
  return { ...garmentOf(type, style, { color: 'Red', pattern: 'plain' }, seededRandom(1)), patternScale: 1, ...change };
}

/** Returns opponent colors. Shade and light change the lightness but not the hue, so lightness has half the weight. */
function opponent([red, green, blue]: Rgb): Rgb {
  return [(red + green + blue) / 6, red - green, (red + green) / 2 - blue];
}

function nearestFamily(color: Rgb): string {
  const far = (label: ColorLabel): number => distance(opponent(rgbOf(label)), opponent(color));
  return PALETTE[[...COLOR_LABELS].sort((a, b) => far(a) - far(b))[0]!].family;
}

describe('a drawn garment', () => {
  test('has the same SVG every time it is drawn', () => {
    const digest = (): string => {
      const hash = createHash('sha256');
      for (const { drawing } of sampleCatalog()) hash.update(drawGarment(drawing));
      return hash.digest('hex');
    };
    expect(digest()).toBe(digest());
  });

  test('stays under 40 KB of SVG in every garment of the catalog', () => {
    const largest = Math.max(...sampleCatalog().map(({ drawing }) => Buffer.byteLength(drawGarment(drawing))));
    expect(largest).toBeLessThan(40 * 1024);
  });

  test('contains no NaN, undefined or infinite number', () => {
    for (const { drawing } of sampleCatalog()) expect(drawGarment(drawing)).not.toMatch(/NaN|undefined|Infinity/);
  });

  test('can be rasterized in every style and lies inside the canvas', async () => {
    for (const { garmentType, styles } of RACKS)
      for (const style of styles) {
        const choice = { color: style.colors[0]!, pattern: style.patterns[0]! };
        const wall: Rgb = [0, 255, 0];
        const drawing = garmentOf(garmentType, style, choice, seededRandom(4));
        const pixels = await rasterize(drawGarment(drawing, { ...STUDIO, backdrop: [wall, wall] }));
        expect([style.name, offCanvas(pixels, wall)]).toEqual([style.name, 0]);
        expect(inked(pixels, wall)).toBeGreaterThan(0.06);
      }
  });

  test.each(
    RACKS.map(
      ({ garmentType, styles }) => [garmentType, garmentType === 'SHOES' ? 'Chelsea boots' : styles[0]!.name] as const,
    ),
  )('of type %s shows its color more than any other', async (type, styleName) => {
    for (const color of CLEAR_COLORS) {
      const secondColor = color === 'White' ? 'Navy Blue' : 'White';
      const drawing = drawingOf(type, styleName, { color, secondColor, pattern: 'plain', material: 'Cotton' });
      const shown = medianColor(await garmentPixels(drawing));
      expect([color, nearestFamily(shown)]).toEqual([color, PALETTE[color].family]);
    }
  });

  test('looks different in every pattern', async () => {
    const patterns: Pattern[] = ['plain', 'striped', 'pinstriped', 'checked', 'tartan', 'dotted', 'floral'];
    const pictures = await Promise.all(
      patterns.map((pattern) =>
        rasterize(drawGarment(drawingOf('T_SHIRT', 'crew-neck T-shirt', { pattern, secondColor: 'White' }))),
      ),
    );
    pictures.forEach((one, index) =>
      pictures.slice(index + 1).forEach((other) => expect(changedShare(one, other)).toBeGreaterThan(0.02)),
    );
  });

  test('has horizontal stripes, or vertical ones if `upright` is set', async () => {
    const stripes = (upright: boolean): Promise<Pixels> =>
      rasterize(
        drawGarment(drawingOf('T_SHIRT', 'crew-neck T-shirt', { pattern: 'striped', secondColor: 'White', upright })),
        300,
      );
    const [across, upright] = await Promise.all([stripes(false), stripes(true)]);
    expect(colorChanges(across, 'down')).toBeGreaterThan(4 * colorChanges(across, 'right'));
    expect(colorChanges(upright, 'right')).toBeGreaterThan(4 * colorChanges(upright, 'down'));
  });

  test('differs between men, women and children', () => {
    const cut = (gender: GarmentDrawing['gender']): string =>
      drawGarment(drawingOf('T_SHIRT', 'crew-neck T-shirt', { gender }));
    expect(new Set([cut('MEN'), cut('WOMEN'), cut('KIDS')]).size).toBe(3);
  });
});

function offCanvas({ width, height, at }: Pixels, wall: Rgb): number {
  let count = 0;
  for (let y = 0; y < height; y += 1)
    for (const x of y === 0 || y === height - 1 ? Array.from({ length: width }, (_, index) => index) : [0, width - 1])
      if (distance(at(x, y), wall) > 60) count += 1;
  return count;
}

function inked({ width, height, at }: Pixels, wall: Rgb): number {
  let count = 0;
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) if (distance(at(x, y), wall) > 60) count += 1;
  return count / (width * height);
}

function changedShare(one: Pixels, other: Pixels): number {
  let count = 0;
  for (let y = 0; y < one.height; y += 1)
    for (let x = 0; x < one.width; x += 1) if (distance(one.at(x, y), other.at(x, y)) > 40) count += 1;
  return count / (one.width * one.height);
}

/** Counts the color changes between neighboring pixels in the middle of the picture, in one direction. */
function colorChanges({ width, height, at }: Pixels, direction: 'down' | 'right'): number {
  let count = 0;
  for (let y = Math.round(height * 0.45); y < height * 0.65; y += 1)
    for (let x = Math.round(width * 0.4); x < width * 0.6; x += 1)
      if (distance(at(x, y), direction === 'down' ? at(x, y + 1) : at(x + 1, y)) > 60) count += 1;
  return count;
}
