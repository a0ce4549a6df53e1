// A neutral candidate: every feature is zero or absent unless a test sets it.
import type { Candidate } from '../../src/domain/recommend/candidate.js';

const NO_SIMILARITY = { category: 0, color: 0, gender: 0, usage: 0 };

export function plainCandidate(facts: Pick<Candidate, 'garmentId'> & Partial<Candidate>): Candidate {
  return {
    textShare: 0,
    imageShare: 0,
    hasText: false,
    hasImage: false,
    typeProbability: 0,
    labelSimilarities: NO_SIMILARITY,
    profileSimilarity: 0,
    profileLabelSimilarities: NO_SIMILARITY,
    avoidedSimilarities: [],
    lexicalRank: 0,
    rareTermScore: 0,
    variant: null,
    variantFingerprint: '',
    color: null,
    inStock: true,
    ruleMatches: [],
    ...facts,
  };
}
