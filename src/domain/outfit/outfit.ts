// A whole look: its pieces, how well they go together, and the pair that does least.
import type { Garment, Money } from '../catalog/garment.js';
import type { Language, LocalizedText } from '../text/language.js';
import { sumOfMoney } from '../catalog/money.js';
import { mainReason, PAIR_WEIGHTS, scoreAlone, scorePair, type PairWeights } from './pair.score.js';
import { type OutfitItem, OUTFIT_SLOTS, type OutfitSlot } from './slot.js';

export interface OutfitPiece {
  slot: OutfitSlot;
  garment: Garment;
}

export interface Outfit {
  /** From head to foot, then accessories. */
  pieces: OutfitPiece[];
  /** 0…1. */
  score: number;
  /** The two pieces that go together least, and why; null for a piece alone. */
  weakestLink: LocalizedText | null;
  /** Of whoever asked. */
  language: Language;
  /** Null where a piece has no price, or they have several currencies. */
  totalPrice: Money | null;
}

/** Pieces as they were put together, before their catalog rows are read. */
export interface OutfitCombination {
  pieces: readonly OutfitItem[];
  score: number;
}

/** How well two pieces go together, 0…1; 0 where they may not be in one look. */
export type PairScorer = (a: OutfitItem, b: OutfitItem) => number;

/** What the least fitting pair counts beside the mean of all pairs: one clash spoils a look that is good on average. */
const WEAKEST_SHARE = 0.35;

/** The scores of all pairs of some pieces, as far as a look is judged by them. */
export interface PairSums {
  count: number;
  sum: number;
  least: number;
  /** The least of those that the last piece brought. */
  leastAdded: number;
}

export const NO_PAIRS: PairSums = { count: 0, sum: 0, least: 1, leastAdded: 1 };

/** The sums with one piece more; null where it may not be with one of the others. */
export function addPairs(
  sums: PairSums,
  pieces: readonly OutfitItem[],
  added: { piece: OutfitItem; scorer: PairScorer },
): PairSums | null {
  let [sum, leastAdded] = [sums.sum, 1];
  for (const piece of pieces) {
    const score = added.scorer(piece, added.piece);
    if (score === 0) return null;
    sum += score;
    leastAdded = Math.min(leastAdded, score);
  }
  return { count: sums.count + pieces.length, sum, least: Math.min(sums.least, leastAdded), leastAdded };
}

/** (1 − w)·mean + w·least over all pairs, 0…1; 1 for a piece alone. */
export function outfitScore({ count, sum, least }: PairSums): number {
  return count === 0 ? 1 : (1 - WEAKEST_SHARE) * (sum / count) + WEAKEST_SHARE * least;
}

/** A scorer that rates each pair once. */
export function pairScorer(weights: PairWeights = PAIR_WEIGHTS): PairScorer {
  const known = new Map<OutfitItem, Map<OutfitItem, number>>();
  return (a, b) => {
    const [first, second] = inIdOrder(a, b);
    let row = known.get(first);
    if (!row) known.set(first, (row = new Map<OutfitItem, number>()));
    let score = row.get(second);
    if (score === undefined) row.set(second, (score = scoreAlone(first, second, weights)));
    return score;
  };
}

/** What is said of two pieces is said the same whichever comes first. */
function inIdOrder(a: OutfitItem, b: OutfitItem): [OutfitItem, OutfitItem] {
  return a.id < b.id ? [a, b] : [b, a];
}

const NOTHING_AGAINST: LocalizedText = {
  EN: 'nothing speaks against them, other pairs only go together better',
  ZH: '并无不妥，只是其他几件更相配',
};

/** The pair that goes together least and why, in words; null for a piece alone. */
export function weakestPair(pieces: readonly OutfitItem[], weights: PairWeights): LocalizedText | null {
  const [weakest] = pairsOf(pieces)
    .map(([a, b]) => ({ a, b, pair: scorePair(...inIdOrder(a, b), weights) }))
    .sort((one, other) => one.pair.score - other.pair.score);
  if (!weakest) return null;
  const reason = mainReason(weakest.pair) ?? NOTHING_AGAINST;
  const [a, b] = [weakest.a.title, weakest.b.title];
  return { EN: `“${a}” and “${b}”: ${reason.EN}.`, ZH: `“${a}”和“${b}”：${reason.ZH}。` };
}

/** From head to foot; within a slot by sku, so that a look reads the same however it came about. */
export function inDisplayOrder<P extends { slot: OutfitSlot; sku: string }>(pieces: readonly P[]): P[] {
  const place = ({ slot }: P): number => OUTFIT_SLOTS.indexOf(slot);
  return [...pieces].sort((a, b) => place(a) - place(b) || (a.sku < b.sku ? -1 : 1));
}

/** The look with its catalog rows; null where one of them has gone since. */
export function outfitOf(
  look: OutfitCombination,
  garments: ReadonlyMap<string, Garment>,
  { weights, language }: { weights: PairWeights; language: Language },
): Outfit | null {
  const pieces = inDisplayOrder(look.pieces);
  const rows = pieces.flatMap(({ id, slot }) => {
    const garment = garments.get(id);
    return garment ? [{ slot, garment }] : [];
  });
  if (rows.length < pieces.length) return null;
  const totalPrice = sumOfMoney(pieces.map(({ price }) => price));
  return { pieces: rows, score: look.score, weakestLink: weakestPair(pieces, weights), language, totalPrice };
}

function pairsOf(pieces: readonly OutfitItem[]): [OutfitItem, OutfitItem][] {
  return pieces.flatMap((a, i) => pieces.slice(i + 1).map((b): [OutfitItem, OutfitItem] => [a, b]));
}
