import type { Candidate } from '../../../../src/domain/recommend/candidate.js';
import { rankCandidates } from '../../../../src/domain/recommend/ranking.js';
import { foldVariants } from '../../../../src/domain/recommend/variant.folding.js';

const request = {
  vector: { text: Float32Array.of(1, 0), image: Float32Array.of(0, 0) },
  hasText: true,
  hasImage: false,
};

function candidate(garmentId: string, textShare: number, more: Partial<Candidate> = {}): Candidate {
  return {
    garmentId,
    textShare,
    imageShare: 0,
    hasText: true,
    hasImage: false,
    typeProbability: 0,
    labelSimilarities: { category: 0, color: 0, gender: 0, usage: 0 },
    avoidedSimilarities: [],
    profileSimilarity: 0,
    profileLabelSimilarities: { category: 0, color: 0, gender: 0, usage: 0 },
    lexicalRank: 0,
    rareTermScore: 0,
    variant: 'skater dress',
    variantFingerprint: garmentId,
    color: null,
    inStock: true,
    ruleMatches: [],
    ...more,
  };
}

const shown = (candidates: Candidate[], options: Partial<Parameters<typeof foldVariants>[1]> = {}): string[] =>
  foldVariants(rankCandidates(candidates, request), { candidates, colors: [], rules: [], ...options }).map(
    ({ garmentId }) => garmentId,
  );

describe('foldVariants shows one variant of a garment', () => {
  it('foldVariants keeps the variant with the highest rank', () => {
    expect(shown([candidate('1', 0.5), candidate('2', 0.9), candidate('3', 0.7, { variant: null })])).toEqual([
      '2',
      '3',
    ]);
  });

  it('foldVariants prefers a requested color, then a garment in stock', () => {
    const group = [
      candidate('1', 0.9, { color: 'Blue', inStock: false }),
      candidate('2', 0.8, { color: 'Green' }),
      candidate('3', 0.7, { color: 'red', inStock: false }),
    ];
    expect(shown(group)).toEqual(['2']);
    expect(shown(group, { colors: ['Red'] })).toEqual(['3']);
  });

  it('foldVariants leaves no gap in the ranks and changes no score', () => {
    const all = [candidate('1', 0.9), candidate('2', 0.8), candidate('3', 0.7, { variant: 'coat' })];
    const folded = foldVariants(rankCandidates(all, request), { candidates: all, colors: [], rules: [] });
    expect(folded.map(({ rank, score }) => [rank, score])).toEqual([
      [1, 0.9],
      [2, 0.7],
    ]);
  });

  it('foldVariants ignores a group with two identical variants, whose title names a line', () => {
    expect(shown([candidate('1', 0.9), candidate('2', 0.8, { variantFingerprint: '1' }), candidate('3', 0.7)])).toEqual(
      ['1', '2', '3'],
    );
  });

  it('foldVariants keeps pinned variants', () => {
    const pin = { id: 'r', name: 'pin', action: 'PIN', strength: null } as never;
    const all = [candidate('1', 0.9, { ruleMatches: [null] }), candidate('2', 0.8, { ruleMatches: [1] })];
    expect(shown(all, { rules: [pin] })).toEqual(['1', '2']);
  });
});
