// The outfit: its items, its score and its weakest pair.
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
  /** The pair that goes together least, with the reason; null for a single item. */
  weakestLink: LocalizedText | null;
  /** The shopper's language. */
  language: Language;
  /** Null if an item has no price, or if the items have several currencies. */
  totalPrice: Money | null;
}

/** An outfit before its catalog rows are loaded. */
export interface OutfitCombination {
  pieces: readonly OutfitItem[];
  score: number;
}

/** Returns how well two items go together, 0…1; 0 for items that must not be combined. */
export type PairScorer = (a: OutfitItem, b: OutfitItem) => number;

/** Weight of the worst pair against the mean of all pairs: one clash spoils an outfit that is good on average. */
const WEAKEST_SHARE = 0.35;

/** Statistics of all pair scores of some items. */
export interface PairSums {
  count: number;
  sum: number;
  least: number;
  /** The lowest score of the pairs with the last added item. */
  leastAdded: number;
}

export const NO_PAIRS: PairSums = { count: 0, sum: 0, least: 1, leastAdded: 1 };

/** Returns the statistics with one more item, or null if the item is incompatible with one of the others. */
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

/** Returns (1 − w)·mean + w·least over all pairs, 0…1; 1 for a single item. */
export function outfitScore({ count, sum, least }: PairSums): number {
  return count === 0 ? 1 : (1 - WEAKEST_SHARE) * (sum / count) + WEAKEST_SHARE * least;
}

/** Returns a scorer that caches the score of each pair. */
export function pairScorer(weights: PairWeights = PAIR_WEIGHTS): PairScorer {
  const cache = new Map<OutfitItem, Map<OutfitItem, number>>();
  return (a, b) => {
    const [first, second] = inIdOrder(a, b);
    let row = cache.get(first);
    if (!row) cache.set(first, (row = new Map<OutfitItem, number>()));
    let score = row.get(second);
    if (score === undefined) row.set(second, (score = scoreAlone(first, second, weights)));
    return score;
  };
}

/** Returns two items in a fixed order, so that their score and reason do not depend on the argument order. */
function inIdOrder(a: OutfitItem, b: OutfitItem): [OutfitItem, OutfitItem] {
  return a.id < b.id ? [a, b] : [b, a];
}

const NO_OBJECTION: LocalizedText = {
  EN: 'all pieces go together; this is the weakest pair',
  ZH: '并无不妥，只是其他几件更相配',
};

/** Returns a sentence about the pair that goes together least; null for a single item. */
export function weakestPair(pieces: readonly OutfitItem[], weights: PairWeights): LocalizedText | null {
  const [weakest] = pairsOf(pieces)
    .map(([a, b]) => ({ a, b, pair: scorePair(...inIdOrder(a, b), weights) }))
    .sort((one, other) => one.pair.score - other.pair.score);
  if (!weakest) return null;
  const reason = mainReason(weakest.pair) ?? NO_OBJECTION;
  const [a, b] = [weakest.a.title, weakest.b.title];
  return { EN: `“${a}” and “${b}”: ${reason.EN}.`, ZH: `“${a}”和“${b}”：${reason.ZH}。` };
}

/** Returns items from head to foot, within a slot by SKU, so that the order does not depend on the search. */
export function inDisplayOrder<P extends { slot: OutfitSlot; sku: string }>(pieces: readonly P[]): P[] {
  const slotOrder = ({ slot }: P): number => OUTFIT_SLOTS.indexOf(slot);
  return [...pieces].sort((a, b) => slotOrder(a) - slotOrder(b) || (a.sku < b.sku ? -1 : 1));
}

/** Returns the outfit with its catalog rows, or null if one of them no longer exists. */
export function outfitOf(
  combination: OutfitCombination,
  garments: ReadonlyMap<string, Garment>,
  { weights, language }: { weights: PairWeights; language: Language },
): Outfit | null {
  const pieces = inDisplayOrder(combination.pieces);
  const rows = pieces.flatMap(({ id, slot }) => {
    const garment = garments.get(id);
    return garment ? [{ slot, garment }] : [];
  });
  if (rows.length < pieces.length) return null;
  const totalPrice = sumOfMoney(pieces.map(({ price }) => price));
  return { pieces: rows, score: combination.score, weakestLink: weakestPair(pieces, weights), language, totalPrice };
}

function pairsOf(pieces: readonly OutfitItem[]): [OutfitItem, OutfitItem][] {
  return pieces.flatMap((a, i) => pieces.slice(i + 1).map((b): [OutfitItem, OutfitItem] => [a, b]));
}
