// A series of outfits without repeated items: one on each seed item in turn.
import { setImmediate } from 'node:timers/promises';
import { isWithin, unitsOf } from '../../domain/catalog/money.js';
import { searchOutfit, leastPrice, type OutfitSearchOptions } from '../../domain/outfit/outfit.beam.search.js';
import type { OutfitCombination } from '../../domain/outfit/outfit.js';
import type { OutfitItem } from '../../domain/outfit/slot.js';
import { NO_FURTHER_MATCH, NO_MORE, overBudget, type Shortfall } from '../../domain/outfit/shortfall.js';

/** The match that an outfit is built on. Null for an outfit on the locked items alone. */
export type SeedItem = OutfitItem | null;

export interface OutfitSeriesOptions extends Omit<OutfitSearchOptions, 'fixed' | 'taken'> {
  first: number;
  locked: readonly OutfitItem[];
  /** Best first. A match gives one outfit; null gives as many outfits as the candidates allow. */
  seeds: readonly SeedItem[];
}

export interface OutfitSeries {
  outfits: OutfitCombination[];
  /** Null if the requested number of outfits was found. */
  shortfall: Shortfall | null;
}

/** Returns at most `first` outfits. Only locked items are in more than one of them. */
export async function buildOutfitSeries(options: OutfitSeriesOptions): Promise<OutfitSeries> {
  const { first, seeds } = options;
  const outfits: OutfitCombination[] = [];
  const taken = new Set<string>();
  let position = 0;
  while (outfits.length < first && position < seeds.length) {
    const seed = seeds[position]!;
    const later = unusedSeeds(seeds.slice(position + 1), taken).slice(0, first - outfits.length - 1);
    const outfit = seed !== null && taken.has(seed.id) ? null : buildOnSeed(options, seed, { later, taken });
    if (outfit !== null) {
      outfits.push(outfit);
      for (const { id } of outfit.pieces) taken.add(id);
      // an outfit takes a few milliseconds of this thread, while other requests wait
      await setImmediate();
    }
    // a match is the seed of one outfit; the locked items alone may give several
    if (outfit === null || seed !== null) position += 1;
  }
  return { outfits, shortfall: outfits.length < first ? shortfallOf(options, taken) : null };
}

/** Builds an outfit without the seeds of later outfits. Uses those only if there is no outfit without them. */
function buildOnSeed(
  options: OutfitSeriesOptions,
  seed: SeedItem,
  { later, taken }: { later: readonly SeedItem[]; taken: ReadonlySet<string> },
): OutfitCombination | null {
  const fixed = fixedItems(options.locked, seed);
  const reserved = new Set([...taken, ...later.flatMap((laterSeed) => laterSeed?.id ?? [])]);
  const outfit = searchOutfit({ ...options, fixed, taken: reserved });
  if (outfit !== null || reserved.size === taken.size) return outfit;
  return searchOutfit({ ...options, fixed, taken });
}

export function fixedItems(locked: readonly OutfitItem[], seed: SeedItem): readonly OutfitItem[] {
  return seed === null ? locked : [...locked, seed];
}

function unusedSeeds(seeds: readonly SeedItem[], taken: ReadonlySet<string>): SeedItem[] {
  return seeds.filter((seed) => seed === null || !taken.has(seed.id));
}

/** Returns the reason why no seed gives a further outfit. */
function shortfallOf(options: OutfitSeriesOptions, taken: ReadonlySet<string>): Shortfall {
  const { budget, locked } = options;
  const unused = unusedSeeds(options.seeds, taken);
  if (unused.length === 0) return NO_FURTHER_MATCH;
  if (budget === null) return NO_MORE;
  const prices = unused.flatMap(
    (seed) => leastPrice({ ...options, fixed: fixedItems(locked, seed), taken, budget }) ?? [],
  );
  const [cheapest] = prices.sort((a, b) => Number(unitsOf(a.amount) - unitsOf(b.amount)));
  if (cheapest && isWithin(budget, [{ price: cheapest }])) return NO_MORE;
  return overBudget(budget, cheapest ?? null);
}
