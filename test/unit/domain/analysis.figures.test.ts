// The figures that analysts read, against values worked out by hand or known from elsewhere.
import { giniReport } from '../../../src/domain/analytics/gini.js';
import { added, jensenShannon, shiftsOf } from '../../../src/domain/analytics/drift.js';
import { periodOf } from '../../../src/domain/analytics/period.js';
import { wilsonInterval } from '../../../src/domain/analytics/wilson.interval.js';
import { searchGaps, type PoorSearch } from '../../../src/domain/analytics/search.gaps.js';

describe('a proportion', () => {
  it('has Wilson’s interval, which for 1 of 10 is 1.8 % to 40.4 %', () => {
    const { value, low, high } = wilsonInterval(1, 10)!;
    expect([value, low, high].map((one) => one.toFixed(3))).toEqual(['0.100', '0.018', '0.404']);
  });

  it('stays between 0 and 1 where all or none were hit, and is none of nothing', () => {
    expect(wilsonInterval(0, 3)!.low).toBeCloseTo(0, 12);
    expect(wilsonInterval(3, 3)!.high).toBeCloseTo(1, 12);
    expect(wilsonInterval(0, 0)).toBeNull();
  });
});

describe('concentration', () => {
  it('is 0 where all garments are shown alike, and near 1 where one of many has all', () => {
    expect(giniReport([{ times: 4, garments: 20 }])).toEqual({ gini: 0, topTenth: 0.1 });
    const one = giniReport([
      { times: 0, garments: 99 },
      { times: 7, garments: 1 },
    ]);
    expect(one).toEqual({ gini: 0.99, topTenth: 1 });
  });

  it('is what the mean difference of all pairs makes of it, whatever the order of the counts', () => {
    const times = [0, 0, 1, 3, 3, 8, 20];
    const pairs = times.flatMap((a) => times.map((b) => Math.abs(a - b)));
    const gini = pairs.reduce((sum, one) => sum + one, 0) / (2 * times.length * times.reduce((sum, one) => sum + one));
    const counts = [20, 3, 0, 8, 1].map((one) => ({ times: one, garments: times.filter((t) => t === one).length }));
    expect(giniReport(counts).gini).toBeCloseTo(gini, 12);
  });

  it('is 0 of nothing', () => {
    expect(giniReport([])).toEqual({ gini: 0, topTenth: 0 });
  });
});

describe('drift', () => {
  it('is 0 between proportional amounts and 1 between those that share nothing', () => {
    expect(jensenShannon({ SHOES: 2, HAT: 1 }, { SHOES: 20, HAT: 10 })).toBeCloseTo(0, 12);
    expect(jensenShannon({ SHOES: 2 }, { HAT: 1 })).toBe(1);
    // ½·log₂(1/¾) + ½·(½·log₂(½ / ¾) + ½·log₂(½ / ¼)), worked out by hand
    expect(jensenShannon({ SHOES: 1 }, { SHOES: 1, HAT: 1 })).toBeCloseTo(0.3113, 4);
  });

  it('is unknown where there is nothing to compare', () => {
    expect(jensenShannon({}, { HAT: 1 })).toBeNull();
    expect(shiftsOf({ HAT: 1 }, {})).toEqual([]);
  });

  it('names first what changed most', () => {
    const shifts = shiftsOf({ SHOES: 6, HAT: 2, DRESS: 2 }, added({ SHOES: 1, HAT: 2 }, { DRESS: 1 }));
    expect(shifts.map(({ kind }) => kind)).toEqual(['SHOES', 'HAT', 'DRESS']);
    expect(shifts[0]).toEqual({ kind: 'SHOES', share: 0.6, earlier: 0.25 });
  });
});

describe('a period', () => {
  const now = new Date('2026-03-31T12:00:00Z');

  it('is the 30 days to now where nothing is said', () => {
    expect(periodOf({}, now)).toEqual({ from: new Date('2026-03-01T12:00:00Z'), to: now });
  });

  it.each([{ from: now, to: now }, { from: new Date('2024-01-01'), to: now }, { from: new Date('2027-01-01') }])(
    'is refused where it has no length or too much of it',
    (given) => {
      expect(() => periodOf(given, now)).toThrow(expect.objectContaining({ code: 'PERIOD_INVALID' }));
    },
  );
});

describe('search gaps', () => {
  const search = (text: string, count: number, vector: number[], bestSimilarity: number | null = 0.2): PoorSearch => ({
    text,
    count,
    bestSimilarity,
    recommendationId: `answer to ${text}`,
    model: 'm@1',
    vector: Float32Array.from(vector),
  });

  it('put wordings of one meaning together under the commonest, and keep others apart', () => {
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

  it('never compare what two models made of words', () => {
    const other = { ...search('tuxedo in green', 2, [2, 0]), model: 'm@2' };
    expect(searchGaps([search('green tuxedo', 5, [1, 0]), other], 10)).toHaveLength(2);
  });

  it('are at most as many as were asked for', () => {
    expect(searchGaps([search('a', 2, [1, 0]), search('b', 1, [0, 1])], 1).map(({ text }) => text)).toEqual(['a']);
  });
});
