// The pair rules of outfits, each on its own.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../../src/config.js';
import { GENDERS, type Gender } from '../../../src/domain/catalog/garment.js';
import { isWithin, sumOfMoney } from '../../../src/domain/catalog/money.js';
import { colorOf, colorName } from '../../../src/domain/outfit/color.space.js';
import { gendersWith, assessGenders } from '../../../src/domain/outfit/gender.rule.js';
import { assessColors } from '../../../src/domain/outfit/color.harmony.rule.js';
import { mainReason, PAIR_PARTS, PAIR_WEIGHTS, scoreAlone, scorePair } from '../../../src/domain/outfit/pair.score.js';
import { type OutfitItem, CATEGORIES_OF_NO_SLOT, CATEGORIES_OF_SLOT, slotOf } from '../../../src/domain/outfit/slot.js';
import { assessRoles } from '../../../src/domain/outfit/role.rule.js';
import { assessStyle, assessUsage } from '../../../src/domain/outfit/usage.rule.js';
import { avoidedLabelsOf } from '../../../src/domain/outfit/avoided.labels.js';
import { piece } from '../../support/outfit.item.js';

interface Labels {
  head: { labels: { category: string[]; color: string[]; usage: string[] } };
}
const manifest = JSON.parse(readFileSync(join(PROJECT_ROOT, 'models/fitroom-v2/manifest.json'), 'utf8')) as Labels;
const { labels } = manifest.head;

const of = (category: string, title = category): OutfitItem => piece({ category, title });
const colorScore = (a: string, b: string): number => assessColors({ color: a }, { color: b }).score;

describe('A category determines the outfit slot', () => {
  it('Every category of the bundle has a slot or is listed without one', () => {
    const placed = new Set([...Object.values(CATEGORIES_OF_SLOT).flat(), ...CATEGORIES_OF_NO_SLOT]);
    expect(labels.category.filter((label) => !placed.has(label.toLowerCase()))).toEqual([]);
  });

  it('slotOf uses the category first, and the garment type for a category of the merchant', () => {
    expect(slotOf({ category: 'Watches', garmentType: null })).toBe('ACCESSORY');
    expect(slotOf({ category: ' RAIN JACKET', garmentType: 'SHIRT' })).toBe('OUTER');
    expect(slotOf({ category: 'Winter kicks', garmentType: 'SHOES' })).toBe('FEET');
    expect(slotOf({ category: 'Perfume and Body Mist', garmentType: 'SHIRT' })).toBeNull();
    expect(slotOf({ category: null, garmentType: null })).toBeNull();
  });
});

describe('Genders determine which garments go together', () => {
  const together = (a: Gender, b: Gender): boolean => assessGenders({ gender: a }, { gender: b }).score > 0;

  it('Men do not go with women, nor adults with children, in either order', () => {
    const apart = GENDERS.flatMap((a) => GENDERS.filter((b) => !together(a, b)).map((b) => `${a} ${b}`));
    const pairs = ['MEN WOMEN', 'MEN BOYS', 'MEN GIRLS', 'MEN KIDS', 'WOMEN BOYS', 'WOMEN GIRLS', 'WOMEN KIDS'];
    const expected = [...pairs, 'BOYS GIRLS'].flatMap((pair) => [pair, pair.split(' ').reverse().join(' ')]);
    expect(apart.sort()).toEqual(expected.sort());
  });

  it('gendersWith returns the genders that go with every given gender', () => {
    expect(gendersWith(['UNISEX', 'WOMEN', null])).toEqual(['WOMEN', 'UNISEX']);
    expect(gendersWith(['KIDS', 'BOYS'])).toEqual(['BOYS', 'KIDS', 'UNISEX']);
    expect(assessGenders({ gender: null }, { gender: 'MEN' })).toMatchObject({ score: 0.6 });
  });
});

describe('Usages determine how well garments go together', () => {
  it('assessUsage is symmetric, rates equal usages highest, and knows every label of the bundle', () => {
    for (const a of labels.usage) {
      const scores = labels.usage.map((b) => assessUsage({ usage: a }, { usage: b }).score);
      expect(scores).toEqual(labels.usage.map((b) => assessUsage({ usage: b }, { usage: a }).score));
      expect(Math.max(...scores)).toBe(assessUsage({ usage: a }, { usage: a.toUpperCase() }).score);
      expect(scores.filter((score) => score > 0).length).toBeGreaterThan(1);
    }
  });

  it('assessUsage separates formal wear from sportswear', () => {
    expect(assessUsage({ usage: 'Formal' }, { usage: 'Sports' })).toEqual({
      score: 0,
      reason: { EN: 'one is for formal wear, the other for sports', ZH: '一件适合正装场合，另一件适合运动' },
    });
  });
});

describe('Roles determine which categories go together', () => {
  it.each([
    ['Shorts', 'Jackets', 0],
    ['Flip Flops', 'Mufflers', 0],
    ['Shorts', 'Sweaters', 0.4],
    ['Shorts', 'Tshirts', 1],
    ['Jeans', 'Jackets', 1],
    ['Dresses', 'Trousers', 0],
    ['Shirts', 'Tops', 0],
    ['Ties', 'Shirts', 1],
    ['Ties', 'Tshirts', 0],
    ['Blazers', 'Track Pants', 0],
    ['Salwar', 'Kurtas', 1],
    ['Salwar', 'Shirts', 0],
    ['Sarees', 'Caps', 0],
    ['Kurta Sets', 'Sports Shoes', 0],
    ['Formal Shoes', 'Shorts', 0],
    ['Heels', 'Track Pants', 0],
    ['Watches', 'Dresses', 1],
    ['Belts', 'Leggings', 0],
  ])('%s and %s have the role score %d', (a, b, score) => {
    expect(assessRoles(of(a), of(b)).score).toBe(score);
    expect(assessRoles(of(b), of(a)).score).toBe(score);
  });

  it('assessRoles trusts a title more than a category', () => {
    expect(assessRoles(of('Caps', 'Straw sun hat'), of('Jackets', 'Wool coat')).score).toBe(0);
    expect(assessRoles(of('Jackets', 'Summer jacket'), of('Shorts')).score).toBe(1);
  });
});

describe('Colors determine how well garments go together', () => {
  it('Every color label of the bundle is known', () => {
    expect(labels.color.filter((label) => colorOf(label) === null)).toEqual([]);
  });

  it('Neutral, tone-on-tone and opposite colors score higher than colors between them', () => {
    expect(colorScore('Black', 'Red')).toBeGreaterThan(0.9);
    expect(colorScore('Navy Blue', 'Mustard')).toBeGreaterThan(0.9);
    expect(colorScore('Burgundy', 'Rose')).toBeGreaterThan(colorScore('Red', 'Rust'));
    expect(colorScore('Teal', 'Rust')).toBeGreaterThan(colorScore('Purple', 'Rust'));
    expect(colorScore('Red', 'Green')).toBeLessThan(0.3);
    expect(colorScore('Multi', 'Multi')).toBeLessThan(colorScore('Multi', 'White'));
  });

  it('assessColors is symmetric and returns scores above 0 and up to 1 for all labels', () => {
    for (const a of labels.color) {
      for (const b of labels.color) {
        expect(colorScore(a, b)).toBe(colorScore(b, a));
        expect(colorScore(a, b)).toBeGreaterThan(0);
        expect(colorScore(a, b)).toBeLessThanOrEqual(1);
      }
    }
  });

  it('Every color label of the bundle has a Chinese name', () => {
    expect(labels.color.filter((label) => !/^\p{Script=Han}+$/u.test(colorName(label).ZH))).toEqual([]);
  });

  it('assessColors explains a clash in both languages', () => {
    const { reason } = assessColors({ color: 'Red' }, { color: 'Green' });
    expect(reason!.EN).toMatch(/^red and green clash/);
    expect(reason!.ZH).toMatch(/^红色和绿色相冲/);
    expect(assessColors({ color: 'Red' }, { color: 'Chartreuse dream' })).toEqual({ score: 0.6, reason: null });
  });
});

describe('A pair of items has a score', () => {
  const shirt = { category: 'Shirts', gender: 'MEN', usage: 'Formal', color: 'White' } as const;

  it('The pair score is the weighted sum of its parts, and the weights sum to 1', () => {
    expect(Object.values(PAIR_WEIGHTS).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    const pair = scorePair(piece(shirt), piece({ ...shirt, category: 'Trousers', color: 'Charcoal' }));
    const sum = PAIR_PARTS.reduce((total, part) => total + PAIR_WEIGHTS[part] * pair.parts[part].score, 0);
    expect(pair.score).toBeCloseTo(sum, 12);
  });

  it('The pair score is 0 if the roles or the genders exclude the pair', () => {
    expect(scorePair(piece(shirt), piece({ ...shirt, category: 'Trousers', gender: 'WOMEN' })).score).toBe(0);
    expect(scorePair(piece(shirt), piece({ ...shirt, category: 'Tshirts' })).score).toBe(0);
  });

  it('scoreAlone equals the score of scorePair for all kinds of items and for other weights', () => {
    const weights = { roles: 0.3, gender: 0.2, usage: 0.1, colour: 0.1, style: 0.3 };
    const categories = [
      'Shirts',
      'Trousers',
      'Shorts',
      'Dresses',
      'Jackets',
      'Ties',
      'Caps',
      'Sports Shoes',
      'Heels',
      null,
    ];
    const pieces = categories.flatMap((category, i) =>
      (['MEN', 'WOMEN', null] as const).map((gender, n) =>
        piece({
          category,
          gender,
          usage: ['Formal', 'Sports', 'Party', null][(i + n) % 4]!,
          color: ['Red', 'Lime Green', 'Navy Blue', null][(i + 2 * n) % 4]!,
          style: Float32Array.of(Math.cos(i), Math.sin(i)),
        }),
      ),
    );
    const pairs = pieces.flatMap((a) => pieces.map((b) => [a, b] as const));
    const alone = pairs.map(([a, b]) => scoreAlone(a, b, weights));
    expect(alone).toEqual(pairs.map(([a, b]) => scorePair(a, b, weights).score));
    expect(new Set(alone).size).toBeGreaterThan(50);
  });

  it('mainReason names the part that costs the most score', () => {
    const pair = scorePair(piece(shirt), piece({ ...shirt, category: 'Sports Shoes', usage: 'Sports' }));
    expect(mainReason(pair)!.EN).toBe('one is for formal wear, the other for sports');
  });

  it('assessStyle returns the cosine, and one half without a style', () => {
    const style = (x: number, y: number) => ({ style: Float32Array.of(x, y) });
    expect(assessStyle(style(1, 0), style(0.6, 0.8)).score).toBeCloseTo(0.6, 6);
    expect(assessStyle(style(1, 0), style(-1, 0)).score).toBe(0);
    expect(assessStyle(style(1, 0), style(0, 0)).score).toBe(0.5);
  });
});

describe('avoidedLabelsOf selects the labels of an avoided term', () => {
  it('avoidedLabelsOf returns every label with a probability of at least one fifth', () => {
    const root = (...shares: number[]) => Float32Array.from(shares, Math.sqrt);
    const roots = { category: null, color: root(0.7, 0.25, 0.05), gender: null, usage: null };
    const names = { color: ['Black', 'Charcoal', 'Navy Blue'], category: ['Heels'], usage: ['Party'] };
    expect(avoidedLabelsOf({ roots, wordsQuery: 'black:*' }, names)).toEqual({
      colors: ['Black', 'Charcoal'],
      categories: [],
      usages: [],
      wordsQuery: 'black:*',
    });
  });
});

describe('Prices are summed exactly', () => {
  const eur = (amount: string) => ({ amount, currency: 'EUR' });

  it('sumOfMoney is exact and has as many decimals as the price with the most', () => {
    expect(sumOfMoney([eur('0.1'), eur('0.2')])).toEqual(eur('0.3'));
    expect(sumOfMoney([eur('49.90'), eur('5'), eur('0.0001')])).toEqual(eur('54.9001'));
    expect(sumOfMoney([eur('9999999999'), eur('1')])).toEqual(eur('10000000000'));
    expect(sumOfMoney([eur('0.05')])).toEqual(eur('0.05'));
  });

  it('sumOfMoney returns null for several currencies or a missing price', () => {
    expect(sumOfMoney([eur('1'), { amount: '1', currency: 'USD' }])).toBeNull();
    expect(sumOfMoney([eur('1'), null])).toBeNull();
    expect(sumOfMoney([])).toBeNull();
  });

  it('isWithin compares a sum with a budget exactly', () => {
    const bought = [{ price: eur('0.1') }, { price: eur('0.2') }];
    expect(isWithin(eur('0.3'), bought)).toBe(true);
    expect(isWithin(eur('0.2999'), bought)).toBe(false);
    expect(isWithin(eur('10'), [...bought, { price: null }])).toBe(false);
  });
});
