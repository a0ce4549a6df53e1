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
    fits: NO_FIT,
    tasteSimilarity: 0,
    tasteFits: NO_FIT,
    avoided: [],
    lexicalRank: 0,
    exactWords: 0,
    variant: null,
    form: '',
    color: null,
    inStock: true,
    ruled: [],
    ...facts,
  };
}
