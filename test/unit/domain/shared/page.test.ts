import { pageOfRanking, rankingCursor } from '../../../../src/domain/shared/page.js';
import type { RankedGarment } from '../../../../src/domain/recommend/recommendation.js';

const row = (garmentId: string, score: number, rank: number): RankedGarment => ({
  garmentId,
  score,
  rank,
  contributions: [{ name: 'textSimilarity', value: score }],
  textSimilarity: score,
  imageSimilarity: null,
  typeProbability: 0,
});
const ranked = Array.from({ length: 25 }, (_, i) => row(String(100 - i), 1 - i / 50, i + 1));

function walk(rows: RankedGarment[], first: number): string[] {
  const seen: string[] = [];
  let after: string | null = null;
  for (;;) {
    const page: ReturnType<typeof pageOfRanking> = pageOfRanking(rows, first, after);
    seen.push(...page.rows.map(({ garmentId }) => garmentId));
    if (!page.hasNextPage) return seen;
    after = rankingCursor(page.rows.at(-1)!);
  }
}

describe('A ranking is paginated', () => {
  it.each([1, 2, 7, 12, 25, 100])('Pages of %i rows contain every row once and in order', (first) => {
    expect(walk(ranked, first)).toEqual(ranked.map(({ garmentId }) => garmentId));
  });

  it('A page starts below the score of a cursor whose garment no longer exists', () => {
    const cursor = rankingCursor(ranked[4]!);
    const without = ranked.filter((_, i) => i !== 4);
    expect(pageOfRanking(without, 3, cursor).rows.map(({ garmentId }) => garmentId)).toEqual(['95', '94', '93']);
  });

  it('The first page has no previous page, and the second page has one', () => {
    expect(pageOfRanking(ranked, 5).hasPreviousPage).toBe(false);
    expect(pageOfRanking(ranked, 5, rankingCursor(ranked[4]!)).hasPreviousPage).toBe(true);
  });

  it.each([0, -1, 101, 1.5, Number.NaN])('pageOfRanking rejects the page size %p', (first) => {
    expect(() => pageOfRanking(ranked, first)).toThrow(
      expect.objectContaining({ code: 'PAGE_SIZE_INVALID', field: ['first'] }),
    );
  });

  it.each(['', 'x', 'cjE6MTox{', Buffer.from('r1:1; drop table:0').toString('base64url')])(
    'pageOfRanking rejects the cursor %p',
    (after) => {
      expect(() => pageOfRanking(ranked, 5, after)).toThrow(
        expect.objectContaining({ code: 'CURSOR_INVALID', field: ['after'] }),
      );
    },
  );
});
