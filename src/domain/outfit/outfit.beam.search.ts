// Beam search for an outfit around fixed items, slot by slot and within a budget.
import type { Money } from '../catalog/garment.js';
import { sumOfMoney, unitsOf } from '../catalog/money.js';
import { outfitScore, NO_PAIRS, addPairs, type OutfitCombination, type PairScorer, type PairSums } from './outfit.js';
import { type OutfitItem, shareBodyArea, type OutfitSlot } from './slot.js';

/** Number of states after each slot, and number of candidates per slot: those that go best with the fixed items. */
const BEAM_WIDTH = 8;
const MAX_CANDIDATES = 12;
/** Number of additional cheap candidates per slot for a search with a budget. */
const MAX_CHEAP_CANDIDATES = 6;
/** Bonus for each optional slot, so that the fuller of two equally good outfits wins. */
const OPTIONAL_BONUS = 0.03;
/** Minimum pair score between an optional item and each other item. */
const MIN_OPTIONAL_SCORE = 0.6;

/** Required slots: top and bottom, or one full-body item. Each plan is tried if the fixed items allow it. */
const SLOT_PLANS: readonly (readonly OutfitSlot[])[] = [
  ['TOP', 'BOTTOM', 'FEET'],
  ['FULL_BODY', 'FEET'],
];
const OPTIONAL: readonly OutfitSlot[] = ['OUTER', 'ACCESSORY', 'HEAD'];

export interface OutfitSearchOptions {
  /** Items that are always part of the outfit: the locked items and the seed item. */
  fixed: readonly OutfitItem[];
  candidates: ReadonlyMap<OutfitSlot, readonly OutfitItem[]>;
  budget: Money | null;
  /** Item ids of the other outfits in the response. No item appears twice unless it is fixed. */
  taken: ReadonlySet<string>;
  scorer: PairScorer;
}

/** The options together with the order of states and the price function. */
interface Search extends OutfitSearchOptions {
  /** Returns a state's priority; the states with the highest priority survive. */
  priority: (state: Pick<State, 'score' | 'spent' | 'optional'>) => number;
  /** Returns a price in 10⁻⁴ of the budget's currency, or null without such a price. */
  priceOf: (piece: OutfitItem) => bigint | null;
}

interface State {
  pieces: readonly OutfitItem[];
  pairs: PairSums;
  score: number;
  priority: number;
  /** Number of items in optional slots. */
  optional: number;
  /** In 10⁻⁴ of the budget's currency. */
  spent: bigint;
}

/**
 * Returns the best outfit around the fixed items, or null without a complete one. An outfit is complete with at least
 * two items: a top and a bottom or one full-body item, and shoes if the catalog has any.
 */
export function searchOutfit(options: OutfitSearchOptions): OutfitCombination | null {
  const { budget } = options;
  const priceOf = ({ price }: OutfitItem): bigint | null => {
    if (budget === null) return 0n;
    return price?.currency === budget.currency ? unitsOf(price.amount) : null;
  };
  const priority: Search['priority'] = ({ score, optional }) => score + OPTIONAL_BONUS * optional;
  const [top] = completeStates({ ...options, priceOf, priority });
  return top ? { pieces: top.pieces, score: top.score } : null;
}

/**
 * Returns the lowest price of a complete outfit that the beam search finds, or null if there is none in the currency.
 * @param options the search options; the amount of the budget is ignored
 */
export function leastPrice(options: OutfitSearchOptions & { budget: Money }): Money | null {
  const { currency } = options.budget;
  const priceOf = ({ price }: OutfitItem): bigint | null =>
    price?.currency === currency ? unitsOf(price.amount) : null;
  const priority: Search['priority'] = ({ spent, optional }) => -Number(spent) - optional;
  const [top] = completeStates({ ...options, budget: { amount: UNLIMITED, currency }, priceOf, priority });
  return top ? sumOfMoney(top.pieces.map(({ price }) => price)) : null;
}

/** An amount above the price of any outfit. */
const UNLIMITED = '9999999999999';

/** Returns the complete outfits, best first. */
function completeStates(unfiltered: Search): State[] {
  const start = initialState(unfiltered);
  if (start === null) return [];
  const search = { ...unfiltered, candidates: narrowCandidates(start, unfiltered) };
  return plansFor(search)
    .flatMap((plan) => statesOfPlan(start, plan, search))
    .sort((a, b) => b.priority - a.priority);
}

/**
 * Returns the best candidates of each slot. A slot without suitable candidates stays, with an empty list: it cannot be
 * filled.
 */
function narrowCandidates(start: State, search: Search): Map<OutfitSlot, OutfitItem[]> {
  return new Map(
    [...search.candidates].map(([slot, candidates]) => {
      const scored = candidates
        .filter(({ id }) => !search.taken.has(id))
        .flatMap((piece) => {
          const state = withItem(start, piece, search);
          return state === null ? [] : [{ piece, state }];
        })
        .sort((a, b) => b.state.priority - a.state.priority);
      const selected = scored.slice(0, MAX_CANDIDATES);
      if (search.budget !== null) selected.push(...cheapest(scored.slice(MAX_CANDIDATES)));
      return [slot, selected.map(({ piece }) => piece)];
    }),
  );
}

function cheapest<T extends { state: State }>(scored: readonly T[]): T[] {
  const spent = ({ state }: T): number => Number(state.spent);
  return [...scored].sort((a, b) => spent(a) - spent(b)).slice(0, MAX_CHEAP_CANDIDATES);
}

/**
 * Returns the slot plans that the fixed items and the candidates allow. Shoes are optional for catalogs without shoes.
 */
function plansFor({ fixed, candidates }: Search): (readonly OutfitSlot[])[] {
  const hasItems = (slot: OutfitSlot): boolean => candidates.has(slot) || fixed.some((piece) => piece.slot === slot);
  return SLOT_PLANS.filter(
    (plan) => allowsFixed(plan, fixed) && plan.every((slot) => slot === 'FEET' || hasItems(slot)),
  );
}

/** Returns true if the plan conflicts with no fixed item: a plan with a dress conflicts with locked trousers. */
function allowsFixed(plan: readonly OutfitSlot[], fixed: readonly OutfitItem[]): boolean {
  return fixed.every(({ slot }) => plan.includes(slot) || !plan.some((planned) => shareBodyArea(planned, slot)));
}

function statesOfPlan(start: State, plan: readonly OutfitSlot[], search: Search): State[] {
  let states = [start];
  const needed = freeSlots(plan, search);
  needed.forEach((slot, i) => {
    const reserved = lowestTotal(needed.slice(i + 1), search);
    states = best(
      states.flatMap((state) => extended(state, slot, search)).filter((state) => isAffordable(state, reserved, search)),
    );
  });
  for (const slot of freeSlots(OPTIONAL, search)) {
    states = best([...states, ...states.flatMap((state) => extended(state, slot, search))]);
  }
  return states.filter(({ pieces }) => pieces.length > 1);
}

/** Returns the slots that are still empty and that have candidates. */
function freeSlots(slots: readonly OutfitSlot[], { fixed, candidates }: OutfitSearchOptions): OutfitSlot[] {
  return slots.filter((slot) => candidates.has(slot) && !fixed.some((piece) => shareBodyArea(piece.slot, slot)));
}

/** Returns the sum of the lowest price of each slot, a lower bound for any outfit. */
function lowestTotal(slots: readonly OutfitSlot[], { candidates, priceOf }: Search): bigint {
  return slots.reduce((sum, slot) => {
    const prices = candidates.get(slot)!.map((piece) => priceOf(piece) ?? 0n);
    return sum + prices.reduce((minimum, price) => (price < minimum ? price : minimum), prices[0] ?? 0n);
  }, 0n);
}

/** Returns true if the budget covers the state and the reserved amount. */
function isAffordable({ spent }: State, reserved: bigint, { budget }: Search): boolean {
  return budget === null || spent + reserved <= unitsOf(budget.amount);
}

/** Returns the state of the fixed items alone, or null if they are incompatible or exceed the budget. */
function initialState(search: Search): State | null {
  let state: State | null = { pieces: [], pairs: NO_PAIRS, score: 1, priority: 0, optional: 0, spent: 0n };
  for (const piece of search.fixed) state = state && withItem(state, piece, search);
  return state;
}

function extended(state: State, slot: OutfitSlot, search: Search): State[] {
  const minimum = OPTIONAL.includes(slot) ? MIN_OPTIONAL_SCORE : 0;
  return search.candidates.get(slot)!.flatMap((candidate) => withItem(state, candidate, search, minimum) ?? []);
}

/**
 * Returns the state with one more item, or null if two items are incompatible, the budget is exceeded, or the item has
 * no price in the budget's currency.
 * @param minimum minimum pair score between the new item and each other item
 */
function withItem(state: State, piece: OutfitItem, search: Search, minimum = 0): State | null {
  const price = search.priceOf(piece);
  if (price === null || !isAffordable(state, price, search)) return null;
  const pairs = addPairs(state.pairs, state.pieces, { piece, scorer: search.scorer });
  if (pairs === null || pairs.leastAdded < minimum) return null;
  const score = outfitScore(pairs);
  const spent = state.spent + price;
  const optional = state.optional + (OPTIONAL.includes(piece.slot) ? 1 : 0);
  const priority = search.priority({ score, spent, optional });
  return { pieces: [...state.pieces, piece], pairs, score, priority, optional, spent };
}

function best(states: State[]): State[] {
  return states.sort((a, b) => b.priority - a.priority).slice(0, BEAM_WIDTH);
}
