// Merchandising rules: the garments and requests that a rule applies to, and its period.
import type { GarmentFilter, GarmentType } from '../catalog/garment.js';
import type { InputProblem } from '../catalog/garment.input.js';
import { isUuid, nameProblems, problemAt, problemWithin, skuProblems } from '../shared/input.problem.js';
import { isLongerThan, isStorable } from '../shared/text.js';

export const RULE_ACTIONS = ['BOOST', 'BURY', 'PIN', 'HIDE'] as const;
export type RuleAction = (typeof RULE_ACTIONS)[number];

/** The garments of a rule: a list of SKUs or a filter. Exactly one of both is set. */
export interface RuleTarget {
  /** For a pin, in display order. */
  skus: string[] | null;
  /** The filter's stock setting is ignored. */
  filter: GarmentFilter | null;
}

export interface MerchandisingRule extends RuleTarget {
  /** A UUID. */
  id: string;
  name: string;
  action: RuleAction;
  /** Amount that a boost adds to a score or a bury subtracts, 0.01 to 2; null for the other actions. */
  strength: number | null;
  /** Start of the period, inclusive; null for no start. */
  startsAt: Date | null;
  /** End of the period, exclusive; null for no end. */
  endsAt: Date | null;
  /** The rule applies to requests for one of these types; empty for all requests. */
  forTypes: GarmentType[];
  /** The rule applies to requests whose text contains one of these phrases; empty for all requests. */
  forWords: string[];
}

/** A rule to save. A null id creates a new rule. */
export type RuleInput = Omit<MerchandisingRule, 'id'> & { id: string | null };

/** The fields of a rule that the scores need. */
export type ScoringRule = Pick<MerchandisingRule, 'name' | 'action' | 'strength'>;

/** The properties of a request that a rule's conditions use. */
export interface RuleOccasion {
  /** The wanted part of the text, without negated words. */
  words: string | null;
  /** The requested type, or null. */
  garmentType: GarmentType | null;
}

/** Maximum number of rules per store: each active rule adds a column to the vector query. */
export const MAX_RULES = 100;
export const MAX_SKUS = 1000;
/** Maximum number of pinned garments; a first page shows no more. */
export const MAX_PINNED = 20;
/** Default strength, as much as the contribution of the requested color. */
export const DEFAULT_STRENGTH = 0.2;
export const STRENGTH = { least: 0.01, most: 2 } as const;

const MAX_WORDS = 50;
const MAX_WORD = 100;

/** Returns true if a rule is active at `at`: from its start (inclusive) to its end (exclusive). */
export function isInForce({ startsAt, endsAt }: Pick<MerchandisingRule, 'startsAt' | 'endsAt'>, at: Date): boolean {
  return (startsAt === null || startsAt <= at) && (endsAt === null || endsAt > at);
}

/** Returns the rules whose conditions match a request, in their order. */
export function rulesFor(rules: readonly MerchandisingRule[], occasion: RuleOccasion): MerchandisingRule[] {
  return rules.filter(({ forTypes, forWords }) => {
    const isOfType = occasion.garmentType !== null && forTypes.includes(occasion.garmentType);
    const hasPhrase = occasion.words !== null && forWords.some((word) => containsPhrase(occasion.words!, word));
    return (forTypes.length === 0 || isOfType) && (forWords.length === 0 || hasPhrase);
  });
}

/**
 * Returns the rules in the form of the search, and the boost, bury and pin rules among them in the order of the search.
 */
export function searchRules(rules: readonly MerchandisingRule[]): { rules: SearchRules; bending: MerchandisingRule[] } {
  const bending = rules.filter(({ action }) => action !== 'HIDE');
  const hide = rules.filter(({ action }) => action === 'HIDE');
  return { bending, rules: { hide, bend: bending.map((rule) => ({ ...rule, isPin: rule.action === 'PIN' })) } };
}

/**
 * Returns true if the text contains a whole word or phrase, in any case. Chinese has no spaces, so any substring
 * matches.
 */
function containsPhrase(words: string, phrase: string): boolean {
  if (/\p{Script=Han}/u.test(phrase)) return words.toLowerCase().includes(phrase.toLowerCase());
  const escaped = phrase.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'iu').test(words);
}

/**
 * Returns every problem that a rule has on its own. The amounts in its filter are checked against the catalog
 * elsewhere.
 */
export function problemsOfRule(rule: RuleInput): InputProblem[] {
  const { id, name, skus, filter, startsAt, endsAt, forWords } = rule;
  const isPin = rule.action === 'PIN';
  const checks: [boolean, InputProblem['code'], string, string][] = [
    [id !== null && !isUuid(id), 'ARGUMENT_INVALID', 'id', 'An id is a UUID in lower case.'],
    [
      (skus === null) === (filter === null),
      'RULE_TARGET_INVALID',
      'skus',
      'A rule needs either skus or a filter that restricts something.',
    ],
    [
      (skus?.length ?? 0) > (isPin ? MAX_PINNED : MAX_SKUS),
      'VALUE_TOO_LONG',
      'skus',
      'At most 1,000 skus, or 20 for a pin.',
    ],
    [!isStrength(rule), 'RULE_STRENGTH_INVALID', 'strength', 'From 0.01 to 2, only for a boost or a bury.'],
    [
      startsAt !== null && endsAt !== null && endsAt <= startsAt,
      'RULE_PERIOD_INVALID',
      'endsAt',
      'A rule ends after it starts.',
    ],
    [
      forWords.length > MAX_WORDS || forWords.some((word) => isLongerThan(word, MAX_WORD)),
      'VALUE_TOO_LONG',
      'forWords',
      'At most 50 words or phrases of at most 100 characters.',
    ],
  ];
  const problems = checks
    .filter(([isWrong]) => isWrong)
    .map(([, code, field, message]) => ({ field: [field], code, message }));
  const unstorable = forWords.flatMap((word, i) =>
    isStorable(word) ? [] : [problemWithin('forWords', problemAt(String(i), 'TEXT_INVALID'))],
  );
  return [...nameProblems(name), ...problems, ...skuProblems('skus', skus ?? []), ...unstorable];
}

function isStrength({ action, strength }: RuleInput): boolean {
  if (action === 'PIN' || action === 'HIDE') return strength === null;
  return strength !== null && strength >= STRENGTH.least && strength <= STRENGTH.most;
}

/** Rules in the form of the search. */
export interface SearchRules {
  /** Garments that are excluded. */
  hide: readonly RuleTarget[];
  /** Rules that each candidate is matched against, in this order. Pinned garments become candidates at any distance. */
  bend: readonly (RuleTarget & { isPin: boolean })[];
}

export const NO_RULES: SearchRules = { hide: [], bend: [] };
