// What shoppers want that the shop lacks, and how what they want moves.
import { added, jensenShannon, shiftsOf, type Amounts, type Shift } from '../domain/drift.js';
import { requirePageSize } from '../domain/page.js';
import { periodOf, type Period } from '../domain/period.js';
import { searchGaps, type SearchGap } from '../domain/search.gaps.js';
import type { StoreContext } from '../domain/store.context.js';
import type { DemandRepository, WeeklyAmount } from '../store/demand.repository.js';
import type { AskedPeriod } from './engagement.service.js';

export interface DriftWeek {
  /** Monday, YYYY-MM-DD, in UTC. */
  week: string;
  requests: number;
  /** How far the types that were asked for are from those of all weeks before it in the period, 0…1; null in the first. */
  requestShift: number | null;
  /** What is asked for more or less than before. */
  asked: Shift[];
  garmentsAdded: number;
  /** How far the types of what came are from what the catalog had before, 0…1; null where nothing came, or nothing was. */
  catalogShift: number | null;
}

const WEEK_MS = 7 * 86_400_000;

export class DemandService {
  constructor(private readonly parts: { demand: DemandRepository; now?: () => Date }) {}

  /** @throws FitroomError PERIOD_INVALID, PAGE_SIZE_INVALID */
  async gaps(ctx: StoreContext, asked: AskedPeriod, first: number): Promise<SearchGap[]> {
    const most = requirePageSize(first);
    return searchGaps(await this.parts.demand.poorSearches(ctx, this.period(asked)), most);
  }

  /** Every week that the period touches, the earliest first. @throws FitroomError PERIOD_INVALID */
  async drift(ctx: StoreContext, asked: AskedPeriod): Promise<DriftWeek[]> {
    const { demand } = this.parts;
    const period = this.period(asked);
    const [requests, askedTypes, addedTypes] = await Promise.all([
      demand.requestsByWeek(ctx, period),
      demand.askedTypes(ctx, period),
      demand.addedTypes(ctx, period),
    ]);
    const [askedIn, addedIn] = [byWeek(askedTypes), byWeek(addedTypes)];
    let askedBefore: Amounts = {};
    let catalogBefore: Amounts = addedIn.get('') ?? {};
    return weeksOf(period).map((week) => {
      const [now, came] = [askedIn.get(week) ?? {}, addedIn.get(week) ?? {}];
      const row: DriftWeek = {
        week,
        requests: requests.get(week) ?? 0,
        requestShift: jensenShannon(now, askedBefore),
        asked: shiftsOf(now, askedBefore),
        garmentsAdded: Object.values(came).reduce((sum, amount) => sum + amount, 0),
        catalogShift: jensenShannon(came, catalogBefore),
      };
      askedBefore = added(askedBefore, now);
      catalogBefore = added(catalogBefore, came);
      return row;
    });
  }

  private period(asked: AskedPeriod): Period {
    return periodOf(asked, this.parts.now?.() ?? new Date());
  }
}

function byWeek(rows: readonly WeeklyAmount[]): Map<string, Record<string, number>> {
  const weeks = new Map<string, Record<string, number>>();
  for (const { week, kind, amount } of rows) weeks.set(week, { ...weeks.get(week), [kind]: amount });
  return weeks;
}

function weeksOf({ from, to }: Period): string[] {
  const day = (from.getUTCDay() + 6) % 7;
  const monday = Date.UTC(from.getUTCFullYear(), from.getUTCMonth(), from.getUTCDate() - day);
  const weeks: string[] = [];
  for (let at = monday; at < to.getTime(); at += WEEK_MS) weeks.push(new Date(at).toISOString().slice(0, 10));
  return weeks;
}
