// From candidates to a ranking: a sum of named contributions. Pure; knows neither database nor model.
import type { AvoidedTerm, AvoidedSimilarity, Candidate } from './candidate.js';
import { COMPARED_OUTPUTS, type ComparedOutput } from './label.similarity.js';
import type { RequestVector } from './fusion.js';
import { learnedContribution, type LearnedWeights } from '../learning/learned.weights.js';
import { norm } from './fusion.js';
import type { ScoringRule } from './merchandising.rule.js';
import type { RankedGarment, ScoreContribution } from './recommendation.js';

/**
 * What one unit of each signal adds to the score; text and image shares come weighed by the fusion. Chosen on requests of
 * the validation split against a catalog of pictures (docs/adr/0010).
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

/** What one unit of each side of a taste adds. Chosen on simulated shoppers (docs/adr/0017). */
const TASTE_WEIGHTS: Record<TasteSide, number> = {
  features: 0.25,
  category: 0.05,
  color: 0.2,
  gender: 0.05,
  usage: 0.15,
};
/**
 * The most that a taste may add or take: less than what having the colour or the type that the words name adds, so that the
 * words lead whatever a shopper did before.
 */
const MOST_TASTE = 0.15;
type TasteSide = 'features' | ComparedOutput;

/**
 * What likeness to the words to avoid costs, what having what they name costs, and what clearly having it costs on top: more
 * than a request can say for a garment (docs/adr/0019), so that those stand below all others.
 */
const AVOID_WEIGHTS = { similarity: -0.6, named: -0.5, clearly: -1.5 } as const;
/** Fit of labels from which a garment clearly has them; black against "black" has .9, navy against it .3. */
const CLEARLY_FROM = 0.7;

/** Which sides the request has; a similarity to a side that it lacks is not reported. */
export interface RankingInput {
  vector: RequestVector;
  hasText: boolean;
  hasImage: boolean;
  /** Rules in the order in which the candidates say whether they match; absent: none. */
  rules?: readonly ScoringRule[];
  /** Strength of the shopper's taste; absent: 1. */
  profileStrength?: number;
  /** What a store's answers taught of the weights; absent or null: nothing. */
  learned?: LearnedWeights | null;
  /** What is to be avoided, in the order in which the candidates say how much of it they have; absent: nothing. */
  avoid?: readonly Pick<AvoidedTerm, 'labels'>[];
}

/** Candidates as a ranking, best first; ties by garment id. Scores are the exact sums of their contributions. */
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

/** The score that a list of contributions stands for. Added in their order, so that a client's sum is the same to the bit. */
export function sumOf(contributions: ScoreContribution[]): number {
  return contributions.reduce((sum, { value }) => sum + value, 0);
}

/** What a garment has by itself: its score without what diversity takes off for the garments above it. */
export function scoreWithoutMmr({ contributions }: Pick<RankedGarment, 'contributions'>): number {
  return sumOf(contributions.filter(({ name }) => name !== 'diversity'));
}

/** Ids are decimal numbers: shorter is smaller. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

function contributionsOf(candidate: Candidate, request: RankingInput): ScoreContribution[] {
  const { rules = [], avoid = [], profileStrength: taste = 1, learned } = request;
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
    tasteContribution(candidate, taste),
  ];
  const all: ScoreContribution[] = [
    ...own,
    { name: 'learned', value: learned ? learnedContribution(own, learned) : 0 },
    ruleContribution('boost', matchingRules('BOOST', candidate, rules)),
    ruleContribution('bury', matchingRules('BURY', candidate, rules)),
  ];
  return all.filter(({ value }) => value !== 0);
}

/** Bounded by a hyperbolic tangent, so that order among what is liked remains; its detail is the side that says most. */
function tasteContribution(
  { profileSimilarity: tasteSimilarity, profileLabelSimilarities: tasteFits }: Candidate,
  strength: number,
): ScoreContribution {
  const sides: [TasteSide, number][] = [
    ['features', TASTE_WEIGHTS.features * tasteSimilarity],
    ...COMPARED_OUTPUTS.map((name): [TasteSide, number] => [name, TASTE_WEIGHTS[name] * tasteFits[name]]),
  ];
  const sum = sides.reduce((total, [, value]) => total + value, 0);
  const [strongest] = sides.reduce((a, b) => (Math.abs(b[1]) > Math.abs(a[1]) ? b : a));
  return { name: 'shopper', value: strength * MOST_TASTE * Math.tanh(sum / MOST_TASTE), detail: strongest };
}

function avoidContribution(
  { avoidedSimilarities: avoided }: Candidate,
  things: readonly Pick<AvoidedTerm, 'labels'>[],
): number {
  if (avoided.length === 0) return 0;
  const similarity = Math.max(0, ...avoided.map((likeness) => likeness.similarity));
  const had = Math.max(...avoided.map((likeness, i) => shareHad(likeness, things[i]!)));
  const clearly = had >= CLEARLY_FROM ? AVOID_WEIGHTS.clearly : 0;
  return AVOID_WEIGHTS.similarity * similarity + AVOID_WEIGHTS.named * had + clearly;
}

/** How much of one thing a garment has, 0…1: all of it by its words, or as much as the label that it fits least. */
function shareHad(
  { matchesText: says, typeProbability, labelSimilarities: fits }: AvoidedSimilarity,
  { labels }: Pick<AvoidedTerm, 'labels'>,
): number {
  if (says) return 1;
  const had: number[] = [];
  // "heels" is half any shoe and half heels, so that heels come last among them
  if (labels.kind) had.push((typeProbability + fits.category) / 2);
  if (labels.color) had.push(fits.color);
  return had.length === 0 ? 0 : Math.min(1, ...had);
}

function matchingRules(
  action: 'BOOST' | 'BURY',
  { ruleMatches: ruled }: Candidate,
  rules: readonly ScoringRule[],
): readonly ScoringRule[] {
  return rules.filter((rule, i) => rule.action === action && ruled[i] != null);
}

/** Of all rules that match, added up. */
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
