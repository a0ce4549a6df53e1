// A candidate of which nothing speaks but what a test says.
import type { Candidate } from '../../src/domain/recommend/candidate.js';

const NO_FIT = { category: 0, color: 0, gender: 0, usage: 0 };

export function plainCandidate(facts: Pick<Candidate, 'garmentId'> & Partial<Candidate>): Candidate {
  return {
    textShare: 0,
    imageShare: 0,
    hasText: false,
    hasImage: false,
    typeProbability: 0,
    labelSimilarities: NO_FIT,
    profileSimilarity: 0,
    profileLabelSimilarities: NO_FIT,
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
