// Looks out of candidates: a beam search that fills one slot after the other around pieces that are fixed, within a budget.
// Knows no catalog; candidates come in, by slot.
import type { Money } from '../catalog/garment.js';
import { sumOfMoney, unitsOf } from '../catalog/money.js';
import { outfitScore, NO_PAIRS, addPairs, type OutfitCombination, type PairScorer, type PairSums } from './outfit.js';
import { type OutfitItem, shareBodyArea, type OutfitSlot } from './slot.js';
/** States kept after each slot, and candidates of a slot that are tried: those that go best with what is fixed. */
const BEAM = 8;
const TRIED = 12;
/** With a budget, as many more of a slot are tried for their price. */
const TRIED_CHEAP = 6;
/** What a slot that a look can do without adds to where it stands, so that a fuller look wins over one as good. */
const FULLER = 0.03;
/** A piece that a look can do without has to go with each other piece at least as well as this. */
const WORTH_ADDING = 0.6;

/** With top and bottom, or in one piece; each way is tried where the fixed pieces leave it open. */
const WAYS: readonly (readonly OutfitSlot[])[] = [
  ['TOP', 'BOTTOM', 'FEET'],
  ['FULL_BODY', 'FEET'],
];
const OPTIONAL: readonly OutfitSlot[] = ['OUTER', 'ACCESSORY', 'HEAD'];

export interface OutfitSearchOptions {
  /** In the look whatever comes: what was locked, and the match that it is built on. */
  fixed: readonly OutfitItem[];
  candidates: ReadonlyMap<OutfitSlot, readonly OutfitItem[]>;
  budget: Money | null;
  /** Ids of what other looks of the answer have: no piece comes twice, unless it is fixed. */
  taken: ReadonlySet<string>;
  scorer: PairScorer;
}

/** A wish on the way to its look. */
interface Search extends OutfitSearchOptions {
  /** Where a state stands among others; the best goes on. */
  standing: (state: Pick<State, 'score' | 'spent' | 'optional'>) => number;
  /** In 10⁻⁴ of the currency that counts. */
  priceOf: (piece: OutfitItem) => bigint | null;
}

interface State {
  pieces: readonly OutfitItem[];
  pairs: PairSums;
  score: number;
  standing: number;
  /** How many of them a look could do without. */
  optional: number;
  /** In 10⁻⁴ of the budget's currency. */
  spent: bigint;
}

/**
 * The best look around the fixed pieces, or null where none is whole: top and
 * bottom or one piece for both, shoes where there are any, and two pieces at least.
 */
export function searchOutfit(wish: OutfitSearchOptions): OutfitCombination | null {
  const { budget } = wish;
  const priceOf = ({ price }: OutfitItem): bigint | null => {
    if (budget === null) return 0n;
    return price?.currency === budget.currency ? unitsOf(price.amount) : null;
  };
  const standing: Search['standing'] = ({ score, optional }) => score + FULLER * optional;
  const [end] = endsFor({ ...wish, priceOf, standing });
  return end ? { pieces: end.pieces, score: end.score } : null;
}

/**
 * What a whole look around the fixed pieces comes to at the least, as far as a beam finds it; null where there is none, or
 * none in the currency. @param wish its budget's amount does not count
 */
export function leastPrice(wish: OutfitSearchOptions & { budget: Money }): Money | null {
  const { currency } = wish.budget;
  const priceOf = ({ price }: OutfitItem): bigint | null =>
    price?.currency === currency ? unitsOf(price.amount) : null;
  const standing: Search['standing'] = ({ spent, optional }) => -Number(spent) - optional;
  const [end] = endsFor({ ...wish, budget: { amount: BOUNDLESS, currency }, priceOf, standing });
  return end ? sumOfMoney(end.pieces.map(({ price }) => price)) : null;
}

/** More than any look costs. */
const BOUNDLESS = '9999999999999';

/** Whole looks, best first. */
function endsFor(given: Search): State[] {
  const start = startOf(given);
  if (start === null) return [];
  const search = { ...given, candidates: narrowed(start, given) };
  return waysFor(search)
    .flatMap((way) => endsOf(start, way, search))
    .sort((a, b) => b.standing - a.standing);
}

/** Of each slot those that go best with what is fixed. A slot stays where none does: it is there, and cannot be filled. */
function narrowed(start: State, search: Search): Map<OutfitSlot, OutfitItem[]> {
  return new Map(
    [...search.candidates].map(([slot, candidates]) => {
      const tried = candidates
        .filter(({ id }) => !search.taken.has(id))
        .flatMap((piece) => {
          const state = withPiece(start, piece, search);
          return state === null ? [] : [{ piece, state }];
        })
        .sort((a, b) => b.state.standing - a.state.standing);
      const kept = tried.slice(0, TRIED);
      if (search.budget !== null) kept.push(...cheapest(tried.slice(TRIED)));
      return [slot, kept.map(({ piece }) => piece)];
    }),
  );
}

function cheapest<T extends { state: State }>(tried: readonly T[]): T[] {
  const spent = ({ state }: T): number => Number(state.spent);
  return [...tried].sort((a, b) => spent(a) - spent(b)).slice(0, TRIED_CHEAP);
}

/** The ways that what is fixed leaves open and that the body can be dressed by. Shoes are left to shops that have any. */
function waysFor({ fixed, candidates }: Search): (readonly OutfitSlot[])[] {
  const isThere = (slot: OutfitSlot): boolean => candidates.has(slot) || fixed.some((piece) => piece.slot === slot);
  return WAYS.filter((way) => isOpen(way, fixed) && way.every((slot) => slot === 'FEET' || isThere(slot)));
}

/** Whether a way of dressing has room for what is fixed: no dress where trousers are locked. */
function isOpen(way: readonly OutfitSlot[], fixed: readonly OutfitItem[]): boolean {
  return fixed.every(({ slot }) => way.includes(slot) || !way.some((wanted) => shareBodyArea(wanted, slot)));
}

function endsOf(start: State, way: readonly OutfitSlot[], search: Search): State[] {
  let states = [start];
  const needed = freeSlots(way, search);
  needed.forEach((slot, i) => {
    const reserved = leastFor(needed.slice(i + 1), search);
    states = best(
      states.flatMap((state) => grown(state, slot, search)).filter((state) => isLeft(state, reserved, search)),
    );
  });
  for (const slot of freeSlots(OPTIONAL, search)) {
    states = best([...states, ...states.flatMap((state) => grown(state, slot, search))]);
  }
  return states.filter(({ pieces }) => pieces.length > 1);
}

/** What is still to be filled, of slots that the catalog has anything for. */
function freeSlots(slots: readonly OutfitSlot[], { fixed, candidates }: OutfitSearchOptions): OutfitSlot[] {
  return slots.filter((slot) => candidates.has(slot) && !fixed.some((piece) => shareBodyArea(piece.slot, slot)));
}

/** The cheapest of each slot together: no look gets by with less. */
function leastFor(slots: readonly OutfitSlot[], { candidates, priceOf }: Search): bigint {
  return slots.reduce((sum, slot) => {
    const prices = candidates.get(slot)!.map((piece) => priceOf(piece) ?? 0n);
    return sum + prices.reduce((least, price) => (price < least ? price : least), prices[0] ?? 0n);
  }, 0n);
}

/** Whether the budget leaves as much. */
function isLeft({ spent }: State, reserved: bigint, { budget }: Search): boolean {
  return budget === null || spent + reserved <= unitsOf(budget.amount);
}

/** The fixed pieces alone; null where they may not be together or cost more than there is. */
function startOf(search: Search): State | null {
  let state: State | null = { pieces: [], pairs: NO_PAIRS, score: 1, standing: 0, optional: 0, spent: 0n };
  for (const piece of search.fixed) state = state && withPiece(state, piece, search);
  return state;
}

function grown(state: State, slot: OutfitSlot, search: Search): State[] {
  const least = OPTIONAL.includes(slot) ? WORTH_ADDING : 0;
  return search.candidates.get(slot)!.flatMap((candidate) => withPiece(state, candidate, search, least) ?? []);
}

/**
 * Null where two pieces may not be together, they cost more than there is, or one has no price in the budget's currency.
 * @param least what the piece has to come to with each other one
 */
function withPiece(state: State, piece: OutfitItem, search: Search, least = 0): State | null {
  const price = search.priceOf(piece);
  if (price === null || !isLeft(state, price, search)) return null;
  const pairs = addPairs(state.pairs, state.pieces, { piece, scorer: search.scorer });
  if (pairs === null || pairs.leastAdded < least) return null;
  const score = outfitScore(pairs);
  const spent = state.spent + price;
  const optional = state.optional + (OPTIONAL.includes(piece.slot) ? 1 : 0);
  const standing = search.standing({ score, spent, optional });
  return { pieces: [...state.pieces, piece], pairs, score, standing, optional, spent };
}

function best(states: State[]): State[] {
  return states.sort((a, b) => b.standing - a.standing).slice(0, BEAM);
}
