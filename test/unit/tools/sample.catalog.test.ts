import { RACKS } from '../../../tools/garment-drawing/assortment.js';
import { PALETTE } from '../../../tools/garment-drawing/palette.js';
import { sampleCatalog, type SampleGarment } from '../../../tools/garment-drawing/sample.catalog.js';
import { PATTERN_WORDS } from '../../../tools/garment-drawing/wording.js';

const catalog = sampleCatalog();
const withType = (type: SampleGarment['garmentType']): SampleGarment[] =>
  catalog.filter(({ garmentType }) => garmentType === type);

describe('the sample catalog', () => {
  test('is the same in every run', () => {
    expect(sampleCatalog()).toEqual(catalog);
  });

  test('holds about 300 garments, at least 25 of each of the ten types', () => {
    expect(catalog.length).toBeGreaterThanOrEqual(280);
    expect(catalog.length).toBeLessThanOrEqual(320);
    expect(RACKS).toHaveLength(10);
    for (const { garmentType } of RACKS) expect(withType(garmentType).length).toBeGreaterThanOrEqual(25);
  });

  test('has unique combinations of style, color and pattern, unique titles and unique skus', () => {
    const combinations = catalog.map(({ drawing: { garmentType, styleName, color, pattern } }) =>
      [garmentType, styleName, color, pattern].join(),
    );
    expect(new Set(combinations).size).toBe(catalog.length);
    expect(new Set(catalog.map(({ title }) => title)).size).toBe(catalog.length);
    expect(new Set(catalog.map(({ sku }) => sku)).size).toBe(catalog.length);
  });

  test('names the drawn color, pattern and style in every title', () => {
    for (const { title, color, drawing } of catalog) {
      const words = title.toLowerCase();
      expect(words).toContain(color.toLowerCase());
      expect(words).toContain(PATTERN_WORDS[drawing.pattern]);
      expect(words).toContain(drawing.styleName.toLowerCase());
    }
  });

  test('has prices, sizes, tags and descriptions in a merchant format', () => {
    for (const { price, sizes, tags, description } of catalog) {
      expect(price).toEqual({ amount: expect.stringMatching(/^[1-9]\d*\.\d\d$/), currency: 'EUR' });
      expect(sizes.length).toBeGreaterThan(0);
      expect(new Set(tags).size).toBe(tags.length);
      expect(description).toMatch(/^[A-Z].*\.$/);
      expect(description).not.toMatch(/\s[.,]|\s\s/);
    }
  });

  test('has only a few garments that are sold out', () => {
    const out = catalog.filter(({ inStock }) => !inStock).length;
    expect(out).toBeGreaterThan(5);
    expect(out).toBeLessThan(45);
  });

  test('has garments for the requests of every demonstration', () => {
    const count = (matches: (garment: SampleGarment) => boolean): number => catalog.filter(matches).length;
    expect(count(({ garmentType, color }) => garmentType === 'DRESS' && color === 'Red')).toBeGreaterThanOrEqual(4);
    expect(
      count(({ garmentType, gender, tags }) => garmentType === 'SHIRT' && gender === 'MEN' && tags.includes('striped')),
    ).toBeGreaterThanOrEqual(3);
    expect(count(({ garmentType, color }) => garmentType === 'SHOES' && color === 'Black')).toBeGreaterThanOrEqual(4);
    expect(count(({ garmentType, color }) => garmentType === 'T_SHIRT' && color === 'White')).toBeGreaterThanOrEqual(2);
    for (const type of ['DRESS', 'SKIRT'] as const)
      expect(count(({ garmentType, tags }) => garmentType === type && tags.includes('floral'))).toBeGreaterThanOrEqual(
        2,
      );
    expect(count(({ material }) => material === 'Denim')).toBeGreaterThanOrEqual(8);
  });

  test('has at least twelve colors in each type, one of them blue', () => {
    for (const { garmentType } of RACKS) {
      const colors = new Set(withType(garmentType).map(({ color }) => color));
      expect(colors.size).toBeGreaterThanOrEqual(12);
      expect([garmentType, [...colors].some((color) => PALETTE[color].family === 'blue')]).toEqual([garmentType, true]);
    }
  });

  test('has numeric shoe sizes that differ between men and women', () => {
    const sizesOf = (gender: SampleGarment['gender']): number[] =>
      withType('SHOES')
        .filter((garment) => garment.gender === gender)
        .flatMap(({ sizes }) => sizes.map(Number));
    expect(Math.max(...sizesOf('WOMEN'))).toBeLessThanOrEqual(41);
    expect(Math.min(...sizesOf('MEN'))).toBeGreaterThanOrEqual(40);
    expect(sizesOf('MEN').every(Number.isInteger)).toBe(true);
  });
});
