// Looks out of candidates: a beam search that fills one slot after the other around pieces that are fixed, within a budget.
// Knows no catalog; candidates come in, by slot.
import type { Money } from '../garment.js';
import { unitsOf } from '../money.js';
import { lookScore, NO_PAIRS, withPairs, type Look, type PairScorer, type PairSums } from './outfit.js';
import type { Piece } from './piece.js';
import { areInOnePlace, type OutfitSlot } from './slot.js';

/** States kept after each slot, and candidates of a slot that are tried: those that go best with what is fixed. */
const BEAM = 8;
const TRIED = 12;
/** What a slot that a look can do without adds to where it stands, so that a fuller look wins over one as good. */
const FULLER = 0.03;
/** What a piece of an earlier look costs: it comes again only where there is hardly anything else. */
const AGAIN = 0.08;
/** A piece that a look can do without has to go with each other piece at least as well as this. */
const WORTH_ADDING = 0.6;

/** With top and bottom, or in one piece; each way is tried where the fixed pieces leave it open. */
const WAYS: readonly (readonly OutfitSlot[])[] = [
  ['TOP', 'BOTTOM', 'FEET'],
  ['FULL_BODY', 'FEET'],
];
const OPTIONAL: readonly OutfitSlot[] = ['OUTER', 'ACCESSORY', 'HEAD'];

export interface LookWish {
  /** In the look whatever comes: what was locked, and the match that it is built on. */
  fixed: readonly Piece[];
  candidates: ReadonlyMap<OutfitSlot, readonly Piece[]>;
  budget: Money | null;
  /** Looks of the same answer, from which this one is to differ. */
  earlier: readonly Look[];
  scorer: PairScorer;
}

/** A wish on the way to its look. */
interface Search extends LookWish {
  /** Ids of what stands in earlier looks. */
  used: ReadonlySet<string>;
}

interface State {
  pieces: readonly Piece[];
  pairs: PairSums;
  score: number;
  /** The score with what fullness adds and repetition costs. */
  standing: number;
  /** What is left of the budget, in 10⁻⁴ of its currency. */
  left: bigint;
}

/**
 * The best look around the fixed pieces, or null where none is whole: a slot that candidates could fill is filled, and what
 * none is there for stays empty; two pieces at least. It differs from each earlier look in two pieces, or in one where the
 * candidates give no more.
 */
export function buildLook(wish: LookWish): Look | null {
  const used = new Set(wish.earlier.flatMap(({ pieces }) => pieces.map(({ id }) => id)));
  const start = startOf({ ...wish, used });
  if (start === null) return null;
  const search = { ...wish, used, candidates: narrowed(start, { ...wish, used }) };
  const ends = waysFor(search).flatMap((way) => endsOf(start, way, search));
  ends.sort((a, b) => b.standing - a.standing);
  const found = ends.find((end) => differs(end, wish.earlier, 2)) ?? ends.find((end) => differs(end, wish.earlier, 1));
  return found ? { pieces: found.pieces, score: found.score } : null;
}

/** Of each slot those that go best with what is fixed. A slot stays where none does: it is there, and cannot be filled. */
function narrowed(start: State, search: Search): Map<OutfitSlot, Piece[]> {
  return new Map(
    [...search.candidates].map(([slot, candidates]) => {
      const tried = candidates
        .map((piece) => ({ piece, state: withPiece(start, piece, search) }))
        .filter(({ state }) => state !== null)
        .sort((a, b) => b.state!.standing - a.state!.standing);
      return [slot, tried.slice(0, TRIED).map(({ piece }) => piece)];
    }),
  );
}

/** The ways that what is fixed leaves open; those that can be filled, where there are any. */
function waysFor({ fixed, candidates }: Search): (readonly OutfitSlot[])[] {
  const open = WAYS.filter((way) => isOpen(way, fixed));
  const fillable = open.filter((way) =>
    way.every((slot) => candidates.has(slot) || fixed.some((piece) => piece.slot === slot)),
  );
  return fillable.length > 0 ? fillable : open;
}

/** Whether a way of dressing has room for what is fixed: no dress where trousers are locked. */
function isOpen(way: readonly OutfitSlot[], fixed: readonly Piece[]): boolean {
  return fixed.every(({ slot }) => way.includes(slot) || !way.some((wanted) => areInOnePlace(wanted, slot)));
}

function endsOf(start: State, way: readonly OutfitSlot[], wish: Search): State[] {
  let states = [start];
  for (const slot of freeSlots(way, wish)) states = best(states.flatMap((state) => grown(state, slot, wish)));
  for (const slot of freeSlots(OPTIONAL, wish)) {
    states = best([...states, ...states.flatMap((state) => grown(state, slot, wish))]);
  }
  return states.filter(({ pieces }) => pieces.length > 1);
}

/** What is still to be filled, of slots that the catalog has anything for. */
function freeSlots(slots: readonly OutfitSlot[], { fixed, candidates }: LookWish): OutfitSlot[] {
  return slots.filter((slot) => candidates.has(slot) && !fixed.some((piece) => areInOnePlace(piece.slot, slot)));
}

/** The fixed pieces alone; null where they may not be together or cost more than there is. */
function startOf(search: Search): State | null {
  const left = search.budget === null ? 0n : unitsOf(search.budget.amount);
  let state: State | null = { pieces: [], pairs: NO_PAIRS, score: 1, standing: 0, left };
  for (const piece of search.fixed) state = state && withPiece(state, piece, search);
  return state;
}

function grown(state: State, slot: OutfitSlot, search: Search): State[] {
  const least = OPTIONAL.includes(slot) ? WORTH_ADDING : 0;
  return search.candidates.get(slot)!.flatMap((candidate) => {
    const next = withPiece(state, candidate, search);
    return next === null || next.pairs.leastAdded < least ? [] : [next];
  });
}

/** Null where two pieces may not be together, or they cost more than there is. */
function withPiece(state: State, piece: Piece, { budget, used, scorer, fixed }: Search): State | null {
  const left = budget === null ? 0n : leftAfter(state.left, piece, budget.currency);
  if (left === null || left < 0n) return null;
  const pairs = withPairs(state.pairs, state.pieces, { piece, scorer });
  if (pairs === null) return null;
  const score = lookScore(pairs);
  const pieces = [...state.pieces, piece];
  const again = pieces.filter((one) => used.has(one.id) && !fixed.includes(one)).length;
  const optional = pieces.filter(({ slot }) => OPTIONAL.includes(slot)).length;
  return { pieces, pairs, score, standing: score + FULLER * optional - AGAIN * again, left };
}

/** Null where the piece has no price in this currency. */
function leftAfter(left: bigint, { price }: Piece, currency: string): bigint | null {
  return price?.currency === currency ? left - unitsOf(price.amount) : null;
}

function best(states: State[]): State[] {
  return states.sort((a, b) => b.standing - a.standing).slice(0, BEAM);
}

/** Whether, against each earlier look, at least so many of its pieces are others. */
function differs(state: State, earlier: readonly Look[], pieces: number): boolean {
  return earlier.every((look) => state.pieces.filter((piece) => !holds(look, piece)).length >= pieces);
}

function holds(look: Look, piece: Piece): boolean {
  return look.pieces.some(({ id }) => id === piece.id);
}
