// The looks of one answer, one after the other: on each match in turn, and no piece twice but what is kept. Knows no catalog.
import { setImmediate } from 'node:timers/promises';
import { isWithin, unitsOf } from '../../domain/catalog/money.js';
import { searchOutfit, leastPrice, type OutfitSearchOptions } from '../../domain/outfit/outfit.beam.search.js';
import type { OutfitCombination } from '../../domain/outfit/outfit.js';
import type { OutfitItem } from '../../domain/outfit/slot.js';
import { NO_FURTHER_MATCH, NO_MORE, overBudget, type Shortfall } from '../../domain/outfit/shortfall.js';

/** What a look is built on: a match; null: what is kept alone. */
export type SeedItem = OutfitItem | null;

export interface OutfitSeriesOptions extends Omit<OutfitSearchOptions, 'fixed' | 'taken'> {
  first: number;
  kept: readonly OutfitItem[];
  /** In turn, best first: a look on each match, and as many as there are on what is kept alone. */
  leads: readonly SeedItem[];
}

export interface OutfitSeries {
  looks: OutfitCombination[];
  /** Null: as many as asked for. */
  shortfall: Shortfall | null;
}

export async function buildOutfitSeries(wish: OutfitSeriesOptions): Promise<OutfitSeries> {
  const { first, kept, leads } = wish;
  const looks: OutfitCombination[] = [];
  const taken = new Set<string>();
  let turn = 0;
  while (looks.length < first && turn < leads.length) {
    const lead = leads[turn]!;
    const fixed = fixedItems(kept, lead);
    const coming = freeOf(leads.slice(turn + 1), taken).slice(0, first - looks.length - 1);
    const reserved = new Set([...taken, ...coming.flatMap((next) => next?.id ?? [])]);
    // a match that the next look is to be built on is no piece of this one, unless there is no other
    const without = (ids: ReadonlySet<string>): OutfitCombination | null =>
      searchOutfit({ ...wish, fixed, taken: ids });
    const isTaken = lead !== null && taken.has(lead.id);
    const look = isTaken ? null : (without(reserved) ?? (reserved.size > taken.size ? without(taken) : null));
    if (look !== null) {
      looks.push(look);
      for (const { id } of look.pieces) taken.add(id);
      // a look takes some ms of this thread, and others wait
      await setImmediate();
    }
    // what is kept may stand in every look, a match in one
    if (look === null || lead !== null) turn += 1;
  }
  return { looks, shortfall: looks.length < first ? shortfallOf(wish, taken) : null };
}

export function fixedItems(kept: readonly OutfitItem[], lead: SeedItem): readonly OutfitItem[] {
  return lead === null ? kept : [...kept, lead];
}

/** What a look can still be built on. */
function freeOf(leads: readonly SeedItem[], taken: ReadonlySet<string>): SeedItem[] {
  return leads.filter((lead) => lead === null || !taken.has(lead.id));
}

/** Why no further look came of any of what looks are built on. */
function shortfallOf(wish: OutfitSeriesOptions, taken: ReadonlySet<string>): Shortfall {
  const { budget } = wish;
  const left = freeOf(wish.leads, taken);
  if (left.length === 0) return NO_FURTHER_MATCH;
  if (budget === null) return NO_MORE;
  const prices = left.flatMap(
    (lead) => leastPrice({ ...wish, fixed: fixedItems(wish.kept, lead), taken, budget }) ?? [],
  );
  const [cheapest] = prices.sort((a, b) => Number(unitsOf(a.amount) - unitsOf(b.amount)));
  if (cheapest && isWithin(budget, [{ price: cheapest }])) return NO_MORE;
  return overBudget(budget, cheapest ?? null);
}
