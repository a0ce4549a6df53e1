// Rules by which a merchant bends the ranking: which garments a rule is about, for which requests, and from when to when.
// Pure; what rules do to a score is ranking.ts and pinning.ts, where its garments are found is the store's affair.
import type { GarmentFilter, GarmentType } from '../catalog/garment.js';
import type { InputProblem } from '../catalog/garment.input.js';
import { isUuid, nameProblems, problemAt, problemWithin, skuProblems } from '../shared/input.problem.js';
import { isLongerThan, isStorable } from '../shared/text.js';

export const RULE_ACTIONS = ['BOOST', 'BURY', 'PIN', 'HIDE'] as const;
export type RuleAction = (typeof RULE_ACTIONS)[number];

/** The garments that a rule is about: these skus, or all that a filter lets through. Exactly one of both is there. */
export interface RuleTarget {
  /** Of a pin in the order in which they come up. */
  skus: string[] | null;
  /** Whether a garment is in stock is of no account here. */
  filter: GarmentFilter | null;
}

export interface MerchandisingRule extends RuleTarget {
  /** A UUID. */
  id: string;
  name: string;
  action: RuleAction;
  /** What a boost adds to a score and a bury takes from it, 0.01 to 2; null with the other actions. */
  strength: number | null;
  /** In force from here; null: from ever. */
  startsAt: Date | null;
  /** No longer in force from here; null: for ever. */
  endsAt: Date | null;
  /** Only for requests that ask for one of these types; empty: for all. */
  forTypes: GarmentType[];
  /** Only for requests that say one of these; empty: for all. */
  forWords: string[];
}

/** The same on its way in: without an id it becomes a new one. */
export type RuleInput = Omit<MerchandisingRule, 'id'> & { id: string | null };

/** A rule that changes scores, as far as that goes. */
export type ScoringRule = Pick<MerchandisingRule, 'name' | 'action' | 'strength'>;

/** What a rule's conditions are held against. */
export interface RuleOccasion {
  /** What is wanted, in words; what is negated is not among them. */
  words: string | null;
  /** The type that is asked for, null where none is. */
  garmentType: GarmentType | null;
}

/** Rules of one store: each that is in force adds a column to the one query. */
export const MAX_RULES = 100;
export const MAX_SKUS = 1000;
/** More than a first page shows is no longer a top. */
export const MAX_PINNED = 20;
/** As much as the colour that was asked for. */
export const DEFAULT_STRENGTH = 0.2;
export const STRENGTH = { least: 0.01, most: 2 } as const;

const MAX_WORDS = 50;
const MAX_WORD = 100;

/** Whether a rule is in force: its start belongs to it, its end does not. */
export function isInForce({ startsAt, endsAt }: Pick<MerchandisingRule, 'startsAt' | 'endsAt'>, at: Date): boolean {
  return (startsAt === null || startsAt <= at) && (endsAt === null || endsAt > at);
}

/** The rules that are meant for a request, in their order. */
export function rulesFor(rules: readonly MerchandisingRule[], occasion: RuleOccasion): MerchandisingRule[] {
  return rules.filter(({ forTypes, forWords }) => {
    const isOfType = occasion.garmentType !== null && forTypes.includes(occasion.garmentType);
    const isSaid = occasion.words !== null && forWords.some((word) => says(occasion.words!, word));
    return (forTypes.length === 0 || isOfType) && (forWords.length === 0 || isSaid);
  });
}

/** Rules as a search takes them, and those of them that bend scores, in the order of the search. */
export function searchRules(rules: readonly MerchandisingRule[]): { rules: SearchRules; bending: MerchandisingRule[] } {
  const bending = rules.filter(({ action }) => action !== 'HIDE');
  const hide = rules.filter(({ action }) => action === 'HIDE');
  return { bending, rules: { hide, bend: bending.map((rule) => ({ ...rule, isPin: rule.action === 'PIN' })) } };
}

/** Whether words say a word or phrase, whole and in any case. Chinese has no spaces, so there any place will do. */
function says(words: string, phrase: string): boolean {
  if (/\p{Script=Han}/u.test(phrase)) return words.toLowerCase().includes(phrase.toLowerCase());
  const escaped = phrase.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'iu').test(words);
}

/** All that is wrong with a rule by itself; the amounts of its filter are checked against the catalog. */
export function problemsOfRule(rule: RuleInput): InputProblem[] {
  const { id, name, skus, filter, startsAt, endsAt, forWords } = rule;
  const isPin = rule.action === 'PIN';
  const checks: [boolean, InputProblem['code'], string, string][] = [
    [id !== null && !isUuid(id), 'ARGUMENT_INVALID', 'id', 'An id is a UUID in lower case.'],
    [
      (skus === null) === (filter === null),
      'RULE_TARGET_INVALID',
      'skus',
      'A rule is about skus or about a filter that restricts something, and not about both.',
    ],
    [
      (skus?.length ?? 0) > (isPin ? MAX_PINNED : MAX_SKUS),
      'VALUE_TOO_LONG',
      'skus',
      'At most 1,000 skus, or 20 to pin.',
    ],
    [!isStrength(rule), 'RULE_STRENGTH_INVALID', 'strength', 'From 0.01 to 2, with a boost or a bury only.'],
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
  const found = checks
    .filter(([isWrong]) => isWrong)
    .map(([, code, field, message]) => ({ field: [field], code, message }));
  const unstorable = forWords.flatMap((word, i) =>
    isStorable(word) ? [] : [problemWithin('forWords', problemAt(String(i), 'TEXT_INVALID'))],
  );
  return [...nameProblems(name), ...found, ...skuProblems('skus', skus ?? []), ...unstorable];
}

function isStrength({ action, strength }: RuleInput): boolean {
  if (action === 'PIN' || action === 'HIDE') return strength === null;
  return strength !== null && strength >= STRENGTH.least && strength <= STRENGTH.most;
}

/** The rules of a search, as far as the search has to know them. */
export interface SearchRules {
  /** What does not come up at all. */
  hide: readonly RuleTarget[];
  /** What candidates are held against, in this order. Those that are pinned come up whether or not they are near. */
  bend: readonly (RuleTarget & { isPin: boolean })[];
}

export const NO_RULES: SearchRules = { hide: [], bend: [] };
