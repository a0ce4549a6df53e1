// The blind panel: rivals of the same slots, people and match; and what judges preferred.
import { countPanel, wilson } from '../../../tools/panel/panel.count.js';
import { rivalOf, type Stocked } from '../../../tools/panel/random.outfit.js';
import { seededRandom } from '../../../src/domain/shared/random.js';
import { sampleCatalog } from '../../../tools/garment-drawing/sample.catalog.js';

const stock = new Map<string, Stocked>(sampleCatalog().map((garment) => [garment.sku, garment]));
const first = (type: string, gender: string): string =>
  [...stock.values()].find((one) => one.garmentType === type && one.gender === gender)!.sku;

describe('a rival', () => {
  const match = first('SHIRT', 'MEN');
  const ours = [
    { slot: 'TOP' as const, sku: match },
    { slot: 'BOTTOM' as const, sku: first('PANTS', 'MEN') },
    { slot: 'FEET' as const, sku: first('SHOES', 'MEN') },
  ];

  it('has the match, the same slots, the same people, and none of our other pieces', () => {
    for (let seed = 1; seed < 30; seed++) {
      const rival = rivalOf(ours, match, stock, seededRandom(seed))!;
      expect(rival.map(({ slot }) => slot)).toEqual(ours.map(({ slot }) => slot));
      expect(rival[0]!.sku).toBe(match);
      for (const { sku } of rival.slice(1)) {
        expect(['MEN', 'UNISEX']).toContain(stock.get(sku)!.gender);
        expect(ours.map((piece) => piece.sku)).not.toContain(sku);
      }
    }
  });

  it('is none where the filter leaves nobody for a slot', () => {
    const shirts = new Map([...stock].filter(([, { garmentType }]) => garmentType === 'SHIRT'));
    expect(rivalOf(ours, match, shirts, seededRandom(1))).toBeNull();
  });
});

describe('the count of a panel', () => {
  const key = ['A', 'B', 'A', 'B'] as const;

  it('knows the sides, leaves ties out, and gives the interval of Wilson', () => {
    const result = countPanel('1 A\n2 a  # both good\n\n3 =\n4 B\n', key);
    expect(result).toMatchObject({ judged: 4, ties: 1, preferred: 2 });
    expect(result.share).toBeCloseTo(2 / 3, 9);
    // Newcombe (Statistics in Medicine 17, 1998), table I: 81 of 263
    expect(wilson(81, 263).low).toBeCloseTo(0.2553, 4);
    expect(wilson(81, 263).high).toBeCloseTo(0.3662, 4);
    expect(wilson(0, 0)).toEqual({ share: 0, low: 0, high: 1 });
  });

  it('refuses what is no answer, a pair that is not there, and one judged twice', () => {
    expect(() => countPanel('1 C', key)).toThrow('Line 1');
    expect(() => countPanel('1 A\n5 A', key)).toThrow('Line 2');
    expect(() => countPanel('1 A\n1 B', key)).toThrow('judged twice');
  });
});
