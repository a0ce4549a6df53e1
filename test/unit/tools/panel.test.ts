// The blind panel: random outfits with the same slots, people and match, and the count of preferences.
import { countPanel, wilson } from '../../../tools/panel/panel.count.js';
import { randomOutfit, type StockedGarment } from '../../../tools/panel/random.outfit.js';
import { seededRandom } from '../../../src/domain/shared/random.js';
import { sampleCatalog } from '../../../tools/garment-drawing/sample.catalog.js';

const stock = new Map<string, StockedGarment>(sampleCatalog().map((garment) => [garment.sku, garment]));
const first = (type: string, gender: string): string =>
  [...stock.values()].find((garment) => garment.garmentType === type && garment.gender === gender)!.sku;

describe('randomOutfit', () => {
  const match = first('SHIRT', 'MEN');
  const ours = [
    { slot: 'TOP' as const, sku: match },
    { slot: 'BOTTOM' as const, sku: first('PANTS', 'MEN') },
    { slot: 'FEET' as const, sku: first('SHOES', 'MEN') },
  ];

  it('returns the match, the same slots and people, and none of our other items', () => {
    for (let seed = 1; seed < 30; seed++) {
      const outfit = randomOutfit(ours, match, stock, seededRandom(seed))!;
      expect(outfit.map(({ slot }) => slot)).toEqual(ours.map(({ slot }) => slot));
      expect(outfit[0]!.sku).toBe(match);
      for (const { sku } of outfit.slice(1)) {
        expect(['MEN', 'UNISEX']).toContain(stock.get(sku)!.gender);
        expect(ours.map((item) => item.sku)).not.toContain(sku);
      }
    }
  });

  it('returns null if the filter leaves no garment for a slot', () => {
    const shirts = new Map([...stock].filter(([, { garmentType }]) => garmentType === 'SHIRT'));
    expect(randomOutfit(ours, match, shirts, seededRandom(1))).toBeNull();
  });
});

describe('the count of a panel', () => {
  const key = ['A', 'B', 'A', 'B'] as const;

  it('resolves the sides, leaves out ties, and returns the Wilson interval', () => {
    const result = countPanel('1 A\n2 a  # both good\n\n3 =\n4 B\n', key);
    expect(result).toMatchObject({ judged: 4, ties: 1, preferred: 2 });
    expect(result.share).toBeCloseTo(2 / 3, 9);
    // Newcombe (Statistics in Medicine 17, 1998), table I: 81 of 263
    expect(wilson(81, 263).low).toBeCloseTo(0.2553, 4);
    expect(wilson(81, 263).high).toBeCloseTo(0.3662, 4);
    expect(wilson(0, 0)).toEqual({ share: 0, low: 0, high: 1 });
  });

  it('rejects a malformed answer, an unknown pair, and a pair with two answers', () => {
    expect(() => countPanel('1 C', key)).toThrow('Line 1');
    expect(() => countPanel('1 A\n5 A', key)).toThrow('Line 2');
    expect(() => countPanel('1 A\n1 B', key)).toThrow('two answers');
  });
});
