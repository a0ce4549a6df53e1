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

const shown = (candidates: Candidate[], wish: Partial<Parameters<typeof foldVariants>[1]> = {}): string[] =>
  foldVariants(rankCandidates(candidates, request), { candidates, colors: [], rules: [], ...wish }).map(
    ({ garmentId }) => garmentId,
  );

describe('garments that are one in several colours', () => {
  it('are shown as the one that ranks highest', () => {
    expect(shown([candidate('1', 0.5), candidate('2', 0.9), candidate('3', 0.7, { variant: null })])).toEqual([
      '2',
      '3',
    ]);
  });

  it('are shown in a colour that is asked for, in stock or not, and else in stock', () => {
    const group = [
      candidate('1', 0.9, { color: 'Blue', inStock: false }),
      candidate('2', 0.8, { color: 'Green' }),
      candidate('3', 0.7, { color: 'red', inStock: false }),
    ];
    expect(shown(group)).toEqual(['2']);
    expect(shown(group, { colors: ['Red'] })).toEqual(['3']);
  });

  it('keep the ranks gapless and every score as it was', () => {
    const all = [candidate('1', 0.9), candidate('2', 0.8), candidate('3', 0.7, { variant: 'coat' })];
    const folded = foldVariants(rankCandidates(all, request), { candidates: all, colors: [], rules: [] });
    expect(folded.map(({ rank, score }) => [rank, score])).toEqual([
      [1, 0.9],
      [2, 0.7],
    ]);
  });

  it('are several where two of them are of one form: their title is that of a line', () => {
    expect(shown([candidate('1', 0.9), candidate('2', 0.8, { variantFingerprint: '1' }), candidate('3', 0.7)])).toEqual(
      ['1', '2', '3'],
    );
  });

  it('stay where a merchant pins them', () => {
    const pin = { id: 'r', name: 'pin', action: 'PIN', strength: null } as never;
    const all = [candidate('1', 0.9, { ruleMatches: [null] }), candidate('2', 0.8, { ruleMatches: [1] })];
    expect(shown(all, { rules: [pin] })).toEqual(['1', '2']);
  });
});
