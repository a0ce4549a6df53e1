// Figures for analysts, compared with values calculated by hand or published elsewhere.
import { giniReport } from '../../../src/domain/analytics/gini.js';
import { added, jensenShannon, shiftsOf } from '../../../src/domain/analytics/drift.js';
import { periodOf } from '../../../src/domain/analytics/period.js';
import { wilsonInterval } from '../../../src/domain/analytics/wilson.interval.js';
import { searchGaps, type PoorSearch } from '../../../src/domain/analytics/search.gaps.js';

describe('wilsonInterval estimates a proportion', () => {
  it('wilsonInterval returns 1.8 % to 40.4 % for 1 of 10', () => {
    const { value, low, high } = wilsonInterval(1, 10)!;
    expect([value, low, high].map((one) => one.toFixed(3))).toEqual(['0.100', '0.018', '0.404']);
  });

  it('wilsonInterval stays within 0 and 1, and returns null for 0 cases', () => {
    expect(wilsonInterval(0, 3)!.low).toBeCloseTo(0, 12);
    expect(wilsonInterval(3, 3)!.high).toBeCloseTo(1, 12);
    expect(wilsonInterval(0, 0)).toBeNull();
  });
});

describe('giniReport measures the concentration of impressions', () => {
  it('giniReport returns 0 for equal impressions, and nearly 1 if one garment has all', () => {
    expect(giniReport([{ times: 4, garments: 20 }])).toEqual({ gini: 0, topTenth: 0.1 });
    const one = giniReport([
      { times: 0, garments: 99 },
      { times: 7, garments: 1 },
    ]);
    expect(one).toEqual({ gini: 0.99, topTenth: 1 });
  });

  it('giniReport equals the mean difference of all pairs, for any order of the counts', () => {
    const times = [0, 0, 1, 3, 3, 8, 20];
    const pairs = times.flatMap((a) => times.map((b) => Math.abs(a - b)));
    const gini = pairs.reduce((sum, one) => sum + one, 0) / (2 * times.length * times.reduce((sum, one) => sum + one));
    const counts = [20, 3, 0, 8, 1].map((one) => ({ times: one, garments: times.filter((t) => t === one).length }));
    expect(giniReport(counts).gini).toBeCloseTo(gini, 12);
  });

  it('giniReport returns 0 without garments', () => {
    expect(giniReport([])).toEqual({ gini: 0, topTenth: 0 });
  });
});

describe('Drift compares the amounts of two periods', () => {
  it('jensenShannon returns 0 for proportional amounts and 1 for amounts without a common kind', () => {
    expect(jensenShannon({ SHOES: 2, HAT: 1 }, { SHOES: 20, HAT: 10 })).toBeCloseTo(0, 12);
    expect(jensenShannon({ SHOES: 2 }, { HAT: 1 })).toBe(1);
    // ½·log₂(1/¾) + ½·(½·log₂(½ / ¾) + ½·log₂(½ / ¼)), calculated by hand
    expect(jensenShannon({ SHOES: 1 }, { SHOES: 1, HAT: 1 })).toBeCloseTo(0.3113, 4);
  });

  it('jensenShannon returns null and shiftsOf an empty list if one side is empty', () => {
    expect(jensenShannon({}, { HAT: 1 })).toBeNull();
    expect(shiftsOf({ HAT: 1 }, {})).toEqual([]);
  });

  it('shiftsOf lists the largest change first', () => {
    const shifts = shiftsOf({ SHOES: 6, HAT: 2, DRESS: 2 }, added({ SHOES: 1, HAT: 2 }, { DRESS: 1 }));
    expect(shifts.map(({ kind }) => kind)).toEqual(['SHOES', 'HAT', 'DRESS']);
    expect(shifts[0]).toEqual({ kind: 'SHOES', share: 0.6, earlier: 0.25 });
  });
});

describe('periodOf returns the period of a query', () => {
  const now = new Date('2026-03-31T12:00:00Z');

  it('periodOf returns the last 30 days by default', () => {
    expect(periodOf({}, now)).toEqual({ from: new Date('2026-03-01T12:00:00Z'), to: now });
  });

  it.each([{ from: now, to: now }, { from: new Date('2024-01-01'), to: now }, { from: new Date('2027-01-01') }])(
    'periodOf rejects a period that is empty or too long',
    (given) => {
      expect(() => periodOf(given, now)).toThrow(expect.objectContaining({ code: 'PERIOD_INVALID' }));
    },
  );
});

describe('searchGaps groups poor searches', () => {
  const search = (text: string, count: number, vector: number[], bestSimilarity: number | null = 0.2): PoorSearch => ({
    text,
    count,
    bestSimilarity,
    recommendationId: `answer to ${text}`,
    model: 'm@1',
    vector: Float32Array.from(vector),
  });

  it('searchGaps groups wordings with the same meaning under the most common one', () => {
    const gaps = searchGaps(
      [
        search('green tuxedo', 5, [1, 0.1], 0.3),
        search('poncho', 4, [0, 1], null),
        search('tuxedo in green', 2, [2, 0], 0.4),
      ],
      10,
    );
    expect(gaps).toEqual([
      {
        text: 'green tuxedo',
        count: 7,
        bestSimilarity: 0.4,
        texts: ['green tuxedo', 'tuxedo in green'],
        recommendationId: 'answer to green tuxedo',
      },
      { text: 'poncho', count: 4, bestSimilarity: 0, texts: ['poncho'], recommendationId: 'answer to poncho' },
    ]);
  });

  it('searchGaps does not compare the vectors of different models', () => {
    const other = { ...search('tuxedo in green', 2, [2, 0]), model: 'm@2' };
    expect(searchGaps([search('green tuxedo', 5, [1, 0]), other], 10)).toHaveLength(2);
  });

  it('searchGaps returns at most the requested number of gaps', () => {
    expect(searchGaps([search('a', 2, [1, 0]), search('b', 1, [0, 1])], 1).map(({ text }) => text)).toEqual(['a']);
  });
});
