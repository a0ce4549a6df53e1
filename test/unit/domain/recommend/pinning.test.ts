import type { Candidate } from '../../../../src/domain/recommend/candidate.js';
import { rerankByMmr } from '../../../../src/domain/recommend/mmr.js';
import type { ScoringRule } from '../../../../src/domain/recommend/merchandising.rule.js';
import { withPins } from '../../../../src/domain/recommend/pinning.js';
import { rankCandidates, sumOf } from '../../../../src/domain/recommend/ranking.js';
import type { RankedGarment } from '../../../../src/domain/recommend/recommendation.js';
import { plainCandidate } from '../../../support/plain.candidate.js';

const RULES: ScoringRule[] = [
  { name: 'new', action: 'BOOST', strength: 0.3 },
  { name: 'old', action: 'BURY', strength: 0.25 },
  { name: 'campaign', action: 'PIN', strength: null },
  { name: 'ours', action: 'BOOST', strength: 0.1 },
  { name: 'favorites', action: 'PIN', strength: null },
];
const none = [null, null, null, null, null];

/** Returns candidates with the scores 0.9, 0.8, … from their textShare alone. */
function candidates(ruleMatches: Record<string, Candidate['ruleMatches']>, count = 5): Candidate[] {
  return Array.from({ length: count }, (_, i) =>
    plainCandidate({
      garmentId: String(i + 1),
      textShare: 0.9 - i / 10,
      hasText: true,
      ruleMatches: ruleMatches[i + 1] ?? none,
    }),
  );
}
const request = {
  vector: { text: Float32Array.of(1), image: Float32Array.of(0) },
  hasText: true,
  hasImage: false,
  rules: RULES,
};
const ids = (ranked: RankedGarment[]): string[] => ranked.map(({ garmentId }) => garmentId);
const partsOf = (ranked: RankedGarment[], id: string): Record<string, number> => {
  const { contributions } = ranked.find(({ garmentId }) => garmentId === id)!;
  return Object.fromEntries(contributions.map(({ name, value }) => [name, value]));
};

describe('Boost and bury rules change scores', () => {
  it('The boosts of all matching rules add up in one contribution of the score', () => {
    const ranked = rankCandidates(candidates({ 4: [0, null, null, 7, null], 1: [null, 0, null, null, null] }), request);
    // 0.6 + 0.3 + 0.1, 0.8, 0.7, 0.9 − 0.25, 0.5
    expect(ids(ranked)).toEqual(['4', '2', '3', '1', '5']);
    expect(partsOf(ranked, '4')['boost']).toBeCloseTo(0.4, 10);
    expect(partsOf(ranked, '1')).toEqual({ textSimilarity: 0.9, bury: -0.25 });
    expect(partsOf(ranked, '2')).toEqual({ textSimilarity: 0.8 });
    const boost = ranked[0]!.contributions.find(({ name }) => name === 'boost');
    expect(boost).toMatchObject({ detail: 'new, ours' });
    for (const row of ranked) expect(row.score).toBe(sumOf(row.contributions));
  });
});

describe('Pin rules move garments to the top', () => {
  const pinned = { 5: [null, null, 1, null, 1], 3: [null, null, 2, null, null], 4: [null, null, null, null, 1] };

  it('Pinned garments come first, by rule and by their order in it, with scores that add up and never rise', () => {
    const all = candidates(pinned);
    const ranked = withPins(rankCandidates(all, request), all, RULES);
    expect(ids(ranked)).toEqual(['5', '3', '4', '1', '2']);
    expect(ranked.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5]);
    for (const [i, row] of ranked.entries()) {
      expect(row.score).toBe(sumOf(row.contributions));
      if (i > 0) expect(row.score).toBeLessThan(ranked[i - 1]!.score);
    }
    expect(partsOf(ranked, '5')['pin']).toBeCloseTo(0.9 + 0.03 - 0.5, 10);
    expect(partsOf(ranked, '1')['pin']).toBeUndefined();
  });

  it('Pinned garments stay first after MMR', () => {
    const all = candidates(pinned);
    const features = new Map(all.map(({ garmentId }) => [garmentId, { text: Float32Array.of(1), image: null }]));
    const ranked = withPins(rerankByMmr(rankCandidates(all, request), 1, features), all, RULES);
    expect(ids(ranked).slice(0, 3)).toEqual(['5', '3', '4']);
    for (const row of ranked) expect(row.score).toBe(sumOf(row.contributions));
  });

  it('Garments pinned by a filter are ordered by score, 20 at most', () => {
    const byFilter = [null, null, 0, null, null];
    const all = candidates(Object.fromEntries(Array.from({ length: 29 }, (_, i) => [i + 2, byFilter])), 30);
    const ranked = withPins(rankCandidates(all, request), all, RULES);
    expect(ids(ranked)).toEqual([
      ...Array.from({ length: 20 }, (_, i) => String(i + 2)),
      '1',
      ...Array.from({ length: 9 }, (_, i) => String(i + 22)),
    ]);
  });

  it('withPins returns a ranking without pinned garments unchanged', () => {
    const ranked = rankCandidates(candidates({}), request);
    expect(withPins(ranked, candidates({}), RULES)).toBe(ranked);
    expect(withPins([], [], RULES)).toEqual([]);
  });
});
