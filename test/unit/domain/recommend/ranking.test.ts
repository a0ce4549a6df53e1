import fc from 'fast-check';
import type { Candidate } from '../../../../src/domain/recommend/candidate.js';
import { rerankByMmr } from '../../../../src/domain/recommend/mmr.js';
import type { Features } from '../../../../src/domain/recommend/fusion.js';
import { seededRandom } from '../../../../src/domain/shared/random.js';
import { compareIds, rankCandidates, sumOf } from '../../../../src/domain/recommend/ranking.js';
import type { RankedGarment } from '../../../../src/domain/recommend/recommendation.js';
import { plainCandidate } from '../../../support/plain.candidate.js';

const request = {
  vector: { text: Float32Array.of(0.6, 0), image: Float32Array.of(0, 0.8) },
  hasText: true,
  hasImage: true,
  avoid: [{ labels: { kind: true, color: true } }],
};

const NO_FIT = { category: 0, color: 0, gender: 0, usage: 0 };
const pictured = (avoided: Candidate['avoidedSimilarities']): Candidate =>
  plainCandidate({
    garmentId: '1',
    textShare: 0.5,
    imageShare: 0.2,
    hasText: true,
    hasImage: true,
    avoidedSimilarities: avoided,
  });

const share = fc.double({ min: -1, max: 1, noNaN: true });
const probability = fc.double({ min: 0, max: 1, noNaN: true });
const candidate: fc.Arbitrary<Candidate> = fc.record({
  garmentId: fc.integer({ min: 1, max: 10_000 }).map(String),
  textShare: share,
  imageShare: share,
  hasText: fc.boolean(),
  hasImage: fc.boolean(),
  typeProbability: probability,
  labelSimilarities: fc.record({ category: probability, color: probability, gender: probability, usage: probability }),
  profileSimilarity: fc.double({ min: -1.5, max: 1.5, noNaN: true }),
  profileLabelSimilarities: fc.record({ category: share, color: share, gender: share, usage: share }),
  avoidedSimilarities: fc.tuple(
    fc.record({
      similarity: share,
      typeProbability: probability,
      labelSimilarities: fc.record({
        category: probability,
        color: probability,
        gender: probability,
        usage: probability,
      }),
      matchesText: fc.boolean(),
    }),
  ),
  lexicalRank: probability,
  rareTermScore: probability,
  variant: fc.constant(null),
  variantFingerprint: fc.constant(''),
  color: fc.constant(null),
  inStock: fc.boolean(),
  ruleMatches: fc.constant([]),
});
const candidates = fc.uniqueArray(candidate, { selector: ({ garmentId }) => garmentId, maxLength: 60 });

describe('rankCandidates ranks candidates', () => {
  it('rankCandidates returns scores that are exact sums of their contributions, best first', () => {
    fc.assert(
      fc.property(candidates, (all) => {
        const ranked = rankCandidates(all, request);
        for (const [i, row] of ranked.entries()) {
          expect(row.score).toBe(sumOf(row.contributions));
          expect(row.rank).toBe(i + 1);
          if (i > 0) expect(row.score).toBeLessThanOrEqual(ranked[i - 1]!.score);
        }
      }),
    );
  });

  it('rankCandidates does not depend on the order of the candidates', () => {
    fc.assert(
      fc.property(candidates, (all) => {
        const ids = rankCandidates(all, request).map(({ garmentId }) => garmentId);
        expect(rankCandidates([...all].reverse(), request).map(({ garmentId }) => garmentId)).toEqual(ids);
      }),
    );
  });

  it('rankCandidates breaks ties by garment id as a number', () => {
    const ranked = rankCandidates(
      ['10', '9', '2'].map((garmentId) => plainCandidate({ garmentId, textShare: 0.5, hasText: true })),
      request,
    );
    expect(ranked.map(({ garmentId }) => garmentId)).toEqual(['2', '9', '10']);
    expect(compareIds('9', '10')).toBeLessThan(0);
  });

  it('rankCandidates never raises a score for similarity or dissimilarity to an avoided term', () => {
    const score = (similarity: number, { color = 0, matchesText = false } = {}): number => {
      const avoided = [{ similarity, typeProbability: 0, labelSimilarities: { ...NO_FIT, color }, matchesText }];
      const avoid = [{ labels: { kind: false, color: true } }];
      return rankCandidates([pictured(avoided)], { ...request, avoid })[0]!.score;
    };
    expect(score(0.8)).toBeLessThan(score(0));
    expect(score(-0.8)).toBe(score(0));
    expect(score(0, { color: 0.6 })).toBeLessThan(score(0, { color: 0.1 }));
    // The deduction for clearly having the term exceeds everything that a request can add.
    expect(score(0, { color: 0.9 })).toBeLessThan(score(0, { color: 0.6 }) - 1.5);
    expect(score(0, { matchesText: true })).toBeLessThan(score(0, { color: 0.6 }) - 1.5);
  });

  it('rankCandidates demotes a garment only if it matches all labels of an avoided term', () => {
    const term = { similarity: 0, matchesText: false };
    const score = (kind: number, color: number): number => {
      const avoided = [{ ...term, typeProbability: kind, labelSimilarities: { ...NO_FIT, category: kind, color } }];
      return rankCandidates([pictured(avoided)], request)[0]!.score;
    };
    expect(score(1, 0)).toBe(score(0, 0));
    expect(score(0, 1)).toBe(score(0, 0));
    expect(score(1, 1)).toBeLessThan(score(0, 0) - 1.5);
  });

  it('rankCandidates reports no similarity to a modality that the request or the garment lacks', () => {
    const one = plainCandidate({ garmentId: '1', textShare: 0.3, imageShare: 0.4, hasText: true });
    const [row] = rankCandidates([one], request);
    expect(row!.textSimilarity).toBeCloseTo(0.5, 5);
    expect(row!.imageSimilarity).toBeNull();
    expect(rankCandidates([one], { ...request, hasText: false })[0]!.textSimilarity).toBeNull();
  });
});

describe('rerankByMmr diversifies a ranking', () => {
  const pictureAt = (angle: number): Features => ({
    text: null,
    image: Float32Array.of(Math.cos(angle), Math.sin(angle)),
  });
  const features = new Map<string, Features>([
    ['1', pictureAt(0)],
    ['2', pictureAt(0.01)],
    ['3', pictureAt(1.5)],
  ]);
  const rankedBy = (shares: readonly number[]): RankedGarment[] =>
    rankCandidates(
      shares.map((imageShare, i) => plainCandidate({ garmentId: String(i + 1), imageShare, hasImage: true })),
      request,
    );
  const ranked = rankedBy([0.9, 0.88, 0.8]);

  it('rerankByMmr returns the ranking unchanged for a diversity of 0', () => {
    expect(rerankByMmr(ranked, 0, features)).toBe(ranked);
  });

  it('rerankByMmr puts a different garment before a second similar one', () => {
    expect(rerankByMmr(ranked, 0.5, features).map(({ garmentId }) => garmentId)).toEqual(['1', '3', '2']);
  });

  it('rerankByMmr returns the same order if all score differences are three times as large', () => {
    const random = seededRandom(3);
    const shares = Array.from({ length: 40 }, () => random.next());
    const angles = new Map(shares.map((_, i): [string, Features] => [String(i + 1), pictureAt(3 * random.next())]));
    const orderOf = (scale: number): string[] =>
      rerankByMmr(rankedBy(shares.map((share) => scale * share)), 0.5, angles).map(({ garmentId }) => garmentId);
    expect(orderOf(30)).toEqual(orderOf(10));
    expect(orderOf(10)).not.toEqual(rankedBy(shares).map(({ garmentId }) => garmentId));
  });

  it('rerankByMmr orders garments with equal scores by similarity', () => {
    const even = rankedBy([0.5, 0.5, 0.5]);
    expect(rerankByMmr(even, 0.5, features).map(({ garmentId }) => garmentId)).toEqual(['1', '3', '2']);
  });

  it('rerankByMmr keeps all garments, and scores that add up and never rise', () => {
    fc.assert(
      fc.property(candidates, fc.double({ min: 0.01, max: 1, noNaN: true }), (all, diversity) => {
        const plain = rankCandidates(all, request);
        const varied = rerankByMmr(plain, diversity, features);
        expect(new Set(varied.map(({ garmentId }) => garmentId))).toEqual(
          new Set(plain.map(({ garmentId }) => garmentId)),
        );
        for (const [i, row] of varied.entries()) {
          expect(row.score).toBe(sumOf(row.contributions));
          if (i > 0) expect(row.score).toBeLessThanOrEqual(varied[i - 1]!.score + 1e-9);
        }
      }),
    );
  });
});
