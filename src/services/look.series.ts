// The looks of one answer, one after the other: on each match in turn, and no piece twice. Knows no catalog.
import { setImmediate } from 'node:timers/promises';
import { isWithin, unitsOf } from '../domain/money.js';
import { buildLook, leastPrice, type LookWish } from '../domain/outfit/look.builder.js';
import type { Look } from '../domain/outfit/outfit.js';
import type { Piece } from '../domain/outfit/piece.js';
import { NO_MORE, overBudget, type Shortfall } from '../domain/outfit/shortfall.js';

/** What a look is built on: a match; null: what is kept alone. */
export type Lead = Piece | null;

export interface SeriesWish extends Omit<LookWish, 'fixed' | 'taken'> {
  first: number;
  kept: readonly Piece[];
  /** In turn, best first. */
  leads: readonly Lead[];
  /** How many matches a look could be built on. */
  matches: number;
}

export interface LookSeries {
  looks: Look[];
  /** Null: as many as asked for. */
  shortfall: Shortfall | null;
}

export async function buildSeries(wish: SeriesWish): Promise<LookSeries> {
  const { first, matches } = wish;
  const looks: Look[] = [];
  const taken = new Set<string>();
  let leads = await oneRound(wish, wish.leads, { looks, taken });
  // a match comes again only where there are fewer of them than looks
  while (leads.length > 0 && looks.length < first && matches < first) {
    taken.clear();
    for (const { pieces } of looks)
      for (const { id } of pieces) if (!leads.some((lead) => lead?.id === id)) taken.add(id);
    leads = await oneRound(wish, leads, { looks, taken });
  }
  return { looks, shortfall: looks.length < first ? shortfallOf(wish, taken) : null };
}

/** Adds a look on each lead that does not stand in one yet. @returns those that a look came of */
async function oneRound(
  wish: SeriesWish,
  leads: readonly Lead[],
  { looks, taken }: { looks: Look[]; taken: Set<string> },
): Promise<Lead[]> {
  const fruitful: Lead[] = [];
  for (const lead of leads) {
    if (looks.length === wish.first || (lead !== null && taken.has(lead.id))) continue;
    const look = buildLook({ ...wish, fixed: fixedWith(wish.kept, lead), taken });
    if (look === null) continue;
    looks.push(look);
    fruitful.push(lead);
    for (const { id } of look.pieces) taken.add(id);
    // a look takes some ms of this thread, and others wait
    await setImmediate();
  }
  return fruitful;
}

export function fixedWith(kept: readonly Piece[], lead: Lead): readonly Piece[] {
  return lead === null ? kept : [...kept, lead];
}

/** Why no further look came of any of what looks are built on. */
function shortfallOf(wish: SeriesWish, taken: ReadonlySet<string>): Shortfall {
  const { budget } = wish;
  if (budget === null) return NO_MORE;
  const prices = wish.leads.flatMap(
    (lead) => leastPrice({ ...wish, fixed: fixedWith(wish.kept, lead), taken, budget }) ?? [],
  );
  const [cheapest] = prices.sort((a, b) => Number(unitsOf(a.amount) - unitsOf(b.amount)));
  if (cheapest && isWithin(budget, [{ price: cheapest }])) return NO_MORE;
  return overBudget(budget, cheapest ?? null);
}
