// Ranking of candidates by a sum of named contributions.
import type { AvoidedTerm, AvoidedSimilarity, Candidate } from './candidate.js';
import { COMPARED_OUTPUTS, type ComparedOutput } from './label.similarity.js';
import type { RequestVector } from './fusion.js';
import { learnedContribution, type LearnedWeights } from '../learning/learned.weights.js';
import { norm } from './fusion.js';
import type { ScoringRule } from './merchandising.rule.js';
import type { RankedGarment, ScoreContribution } from './recommendation.js';

/**
 * Contribution of one unit of each signal to the score. The fusion has already weighted the text and image shares.
 * Chosen on requests of the validation split against a catalog of pictures (docs/adr/0010).
 */
export const CONTRIBUTION_WEIGHTS = {
  garmentType: 0.15,
  category: 0.12,
  color: 0.2,
  gender: 0.1,
  usage: 0.05,
  lexical: 0.05,
  exactWords: 0.4,
} as const;

/** Contribution of one unit of each part of the shopper profile. Chosen on simulated shoppers (docs/adr/0017). */
const PROFILE_WEIGHTS: Record<ProfilePart, number> = {
  features: 0.25,
  category: 0.05,
  color: 0.2,
  gender: 0.05,
  usage: 0.15,
};
/**
 * Maximum contribution of the shopper profile. It is less than that of a garment with the requested color or type, so
 * that the text takes precedence over earlier choices.
 */
const MAX_PROFILE_CONTRIBUTION = 0.15;
type ProfilePart = 'features' | ComparedOutput;

/**
 * Deductions for avoided terms: for similarity to the term, for a label that the term names, and an extra deduction for
 * clearly having that label. The total exceeds everything that a request can add (docs/adr/0019), so such garments rank
 * below all others.
 */
const AVOID_WEIGHTS = { similarity: -0.6, named: -0.5, clearly: -1.5 } as const;
/** Minimum label similarity for clearly having a label; "black" has .9 to black and .3 to navy. */
const CLEARLY_FROM = 0.7;

/** The request's modalities. A similarity to a missing modality is not reported. */
export interface RankingInput {
  vector: RequestVector;
  hasText: boolean;
  hasImage: boolean;
  /** Rules in the order of the candidates' `ruleMatches`; absent for none. */
  rules?: readonly ScoringRule[];
  /** Strength of the shopper profile; default 1. */
  profileStrength?: number;
  /** Weights learned from the store's recommendations; absent or null for none. */
  learned?: LearnedWeights | null;
  /** Avoided terms in the order of the candidates' `avoidedSimilarities`; absent for none. */
  avoid?: readonly Pick<AvoidedTerm, 'labels'>[];
}

/** Returns the ranking, best first; ties by garment id. A score is the exact sum of its contributions. */
export function rankCandidates(candidates: Candidate[], request: RankingInput): RankedGarment[] {
  const lengths = { text: norm(request.vector.text), image: norm(request.vector.image) };
  return candidates
    .map((candidate) => {
      const contributions = contributionsOf(candidate, request);
      return {
        garmentId: candidate.garmentId,
        rank: 0,
        score: sumOf(contributions),
        contributions,
        textSimilarity: cosine(candidate.textShare, lengths.text, request.hasText && candidate.hasText),
        imageSimilarity: cosine(candidate.imageShare, lengths.image, request.hasImage && candidate.hasImage),
        typeProbability: Math.min(1, Math.max(0, candidate.typeProbability)),
      };
    })
    .sort((a, b) => b.score - a.score || compareIds(a.garmentId, b.garmentId))
    .map((row, i) => ({ ...row, rank: i + 1 }));
}

/** Returns the sum of contributions. They are added in order, so that a client's sum is identical to the bit. */
export function sumOf(contributions: ScoreContribution[]): number {
  return contributions.reduce((sum, { value }) => sum + value, 0);
}

/** Returns a garment's own score, without the deduction for its similarity to garments above it. */
export function scoreWithoutMmr({ contributions }: Pick<RankedGarment, 'contributions'>): number {
  return sumOf(contributions.filter(({ name }) => name !== 'diversity'));
}

/** Compares two garment ids. Ids are decimal numbers, so the shorter one is smaller. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

function contributionsOf(candidate: Candidate, request: RankingInput): ScoreContribution[] {
  const { rules = [], avoid = [], profileStrength = 1, learned } = request;
  const weights = CONTRIBUTION_WEIGHTS;
  const own: ScoreContribution[] = [
    { name: 'textSimilarity', value: candidate.textShare },
    { name: 'imageSimilarity', value: candidate.imageShare },
    { name: 'garmentType', value: weights.garmentType * candidate.typeProbability },
    ...COMPARED_OUTPUTS.map((name) => ({ name, value: weights[name] * candidate.labelSimilarities[name] })),
    {
      name: 'lexical',
      value: weights.lexical * candidate.lexicalRank + weights.exactWords * candidate.rareTermScore,
    },
    { name: 'avoid', value: avoidContribution(candidate, avoid) },
    profileContribution(candidate, profileStrength),
  ];
  const all: ScoreContribution[] = [
    ...own,
    { name: 'learned', value: learned ? learnedContribution(own, learned) : 0 },
    ruleContribution('boost', matchingRules('BOOST', candidate, rules)),
    ruleContribution('bury', matchingRules('BURY', candidate, rules)),
  ];
  return all.filter(({ value }) => value !== 0);
}

/**
 * Returns the profile's contribution. tanh bounds it and keeps the order of liked garments. `detail` is the strongest
 * part.
 */
function profileContribution(
  { profileSimilarity, profileLabelSimilarities }: Candidate,
  strength: number,
): ScoreContribution {
  const parts: [ProfilePart, number][] = [
    ['features', PROFILE_WEIGHTS.features * profileSimilarity],
    ...COMPARED_OUTPUTS.map((name): [ProfilePart, number] => [
      name,
      PROFILE_WEIGHTS[name] * profileLabelSimilarities[name],
    ]),
  ];
  const sum = parts.reduce((total, [, value]) => total + value, 0);
  const [strongest] = parts.reduce((a, b) => (Math.abs(b[1]) > Math.abs(a[1]) ? b : a));
  const value = strength * MAX_PROFILE_CONTRIBUTION * Math.tanh(sum / MAX_PROFILE_CONTRIBUTION);
  return { name: 'shopper', value, detail: strongest };
}

function avoidContribution({ avoidedSimilarities }: Candidate, terms: readonly Pick<AvoidedTerm, 'labels'>[]): number {
  if (avoidedSimilarities.length === 0) return 0;
  const similarity = Math.max(0, ...avoidedSimilarities.map((avoided) => avoided.similarity));
  const named = Math.max(...avoidedSimilarities.map((avoided, i) => namedShare(avoided, terms[i]!)));
  const clearly = named >= CLEARLY_FROM ? AVOID_WEIGHTS.clearly : 0;
  return AVOID_WEIGHTS.similarity * similarity + AVOID_WEIGHTS.named * named + clearly;
}

/**
 * Returns how much of one avoided term a garment has, 0…1: 1 if its text matches, otherwise its lowest label
 * similarity.
 */
function namedShare(
  { matchesText, typeProbability, labelSimilarities }: AvoidedSimilarity,
  { labels }: Pick<AvoidedTerm, 'labels'>,
): number {
  if (matchesText) return 1;
  const shares: number[] = [];
  // "heels" is half the type shoes and half the category heels, so that heels rank last among shoes.
  if (labels.kind) shares.push((typeProbability + labelSimilarities.category) / 2);
  if (labels.color) shares.push(labelSimilarities.color);
  return shares.length === 0 ? 0 : Math.min(1, ...shares);
}

function matchingRules(
  action: 'BOOST' | 'BURY',
  { ruleMatches }: Candidate,
  rules: readonly ScoringRule[],
): readonly ScoringRule[] {
  return rules.filter((rule, i) => rule.action === action && ruleMatches[i] != null);
}

/** Returns the summed contribution of all matching rules. */
function ruleContribution(name: 'boost' | 'bury', matching: readonly ScoringRule[]): ScoreContribution {
  const strength = matching.reduce((sum, rule) => sum + (rule.strength ?? 0), 0);
  return {
    name,
    value: name === 'boost' ? strength : -strength,
    detail: matching.map((rule) => rule.name).join(', '),
  };
}

function cosine(share: number, length: number, both: boolean): number | null {
  return both && length > 0 ? Math.min(1, Math.max(-1, share / length)) : null;
}
