// Looks in rounds: one on each match, best first, then again on those that gave one, as long as more are asked for.
import { setImmediate } from 'node:timers/promises';
import { isWithin, unitsOf } from '../domain/money.js';
import { buildLook, leastPrice, type LookWish } from '../domain/outfit/look.builder.js';
import type { Look } from '../domain/outfit/outfit.js';
import type { Piece } from '../domain/outfit/piece.js';
import { NO_MORE, overBudget, type Shortfall } from '../domain/outfit/shortfall.js';
import type { OutfitSlot } from '../domain/outfit/slot.js';
import { fixedWith, type LookPlan } from './look.plan.js';

export interface BuiltLooks {
  looks: Look[];
  /** Null: as many as asked for. */
  shortfall: Shortfall | null;
}

/** @param candidates for each slot that is free */
export async function looksInRounds(plan: LookPlan, candidates: Map<OutfitSlot, Piece[]>): Promise<BuiltLooks> {
  const { first, kept, budget, scorer } = plan;
  const taken = new Set<string>();
  const looks: Look[] = [];
  const wishFor = (lead: Piece | null): LookWish => ({
    fixed: fixedWith(kept, lead),
    candidates,
    budget,
    taken,
    scorer,
  });
  // a match comes again only where there are fewer of them than looks
  const rounds = plan.matches < first ? Infinity : 1;
  let leads = plan.leads;
  for (let round = 1; round <= rounds && leads.length > 0; round += 1) {
    const fruitful: (Piece | null)[] = [];
    for (const lead of leads) {
      if (looks.length === first) break;
      const isTaken = round === 1 && lead !== null && taken.has(lead.id);
      const look = isTaken ? null : buildLook(wishFor(lead));
      if (look === null) continue;
      looks.push(look);
      fruitful.push(lead);
      for (const { id } of look.pieces) taken.add(id);
      // a look takes some ms of this thread, and others wait
      await setImmediate();
    }
    leads = fruitful;
  }
  return { looks, shortfall: looks.length < first ? shortfallOf(plan, wishFor) : null };
}

/** Why no further look came of any of what looks are built on. */
function shortfallOf({ leads, budget }: LookPlan, wishFor: (lead: Piece | null) => LookWish): Shortfall {
  if (budget === null) return NO_MORE;
  const prices = leads.flatMap((lead) => leastPrice({ ...wishFor(lead), budget }) ?? []);
  const [cheapest] = prices.sort((a, b) => Number(unitsOf(a.amount) - unitsOf(b.amount)));
  if (cheapest && isWithin(budget, [{ price: cheapest }])) return NO_MORE;
  return overBudget(budget, cheapest ?? null);
}
