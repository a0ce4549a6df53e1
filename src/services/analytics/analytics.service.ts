// What shoppers want that the shop lacks, and how what they want moves.
import { added, jensenShannon, shiftsOf, type Amounts, type Shift } from '../../domain/analytics/drift.js';
import { requirePageSize } from '../../domain/shared/page.js';
import { periodOf, type Period } from '../../domain/analytics/period.js';
import { searchGaps, type SearchGap } from '../../domain/analytics/search.gaps.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import type {
  DemandRepository,
  WeeklyAmount,
  AnalyticsRepository,
  ExposureRepository,
} from '../../store/analytics.repository.js';
import type { EngagementDay, ShownEngagement } from '../../domain/analytics/engagement.js';
import type { GarmentType, Garment } from '../../domain/catalog/garment.js';
import { wilsonInterval, type ProportionEstimate } from '../../domain/analytics/wilson.interval.js';
import { giniReport, type GiniReport } from '../../domain/analytics/gini.js';
import type { GarmentRepository } from '../../store/garment.repository.js';

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
  async gaps(ctx: StoreContext, asked: ReportPeriodInput, first: number): Promise<SearchGap[]> {
    const most = requirePageSize(first);
    return searchGaps(await this.parts.demand.poorSearches(ctx, this.period(asked)), most);
  }

  /** Every week that the period touches, the earliest first. @throws FitroomError PERIOD_INVALID */
  async drift(ctx: StoreContext, asked: ReportPeriodInput): Promise<DriftWeek[]> {
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

  private period(asked: ReportPeriodInput): Period {
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

export interface ReportPeriodInput {
  from?: Date | null;
  to?: Date | null;
}

/** Counts with the share of what was shown that was clicked. */
export type WithClickRate<Counts extends ShownEngagement> = Counts & { clickRate: ProportionEstimate };

export class EngagementService {
  constructor(private readonly parts: { engagement: AnalyticsRepository; now?: () => Date }) {}

  /** @throws FitroomError PERIOD_INVALID */
  async byDay(ctx: StoreContext, asked: ReportPeriodInput): Promise<EngagementDay[]> {
    return this.parts.engagement.byDay(ctx, this.period(asked));
  }

  /** @throws FitroomError PERIOD_INVALID */
  async byRank(
    ctx: StoreContext,
    asked: ReportPeriodInput,
  ): Promise<WithClickRate<ShownEngagement & { rank: number }>[]> {
    return (await this.parts.engagement.byRank(ctx, this.period(asked))).map(withClickRate);
  }

  /** @throws FitroomError PERIOD_INVALID */
  async byGarmentType(
    ctx: StoreContext,
    asked: ReportPeriodInput,
  ): Promise<WithClickRate<ShownEngagement & { garmentType: GarmentType | null }>[]> {
    return (await this.parts.engagement.byGarmentType(ctx, this.period(asked))).map(withClickRate);
  }

  private period(asked: ReportPeriodInput) {
    return periodOf(asked, this.parts.now?.() ?? new Date());
  }
}

function withClickRate<Counts extends ShownEngagement>(counts: Counts): WithClickRate<Counts> {
  // whoever has a row has been shown
  return { ...counts, clickRate: wilsonInterval(counts.clicks, counts.shown)! };
}

export interface Coverage extends GiniReport {
  period: Period;
  /** Garments that can be bought now. */
  garments: number;
  /** Of them, those that were shown at least once. */
  shown: number;
  showings: number;
}

export interface ExposureServiceParts {
  exposure: ExposureRepository;
  garments: Pick<GarmentRepository, 'findByIds'>;
  now?: () => Date;
}

export class ExposureService {
  constructor(private readonly parts: ExposureServiceParts) {}

  /** @throws FitroomError PERIOD_INVALID */
  async coverage(ctx: StoreContext, asked: ReportPeriodInput): Promise<Coverage> {
    const period = periodOf(asked, this.parts.now?.() ?? new Date());
    const counts = await this.parts.exposure.counts(ctx, period);
    const garmentsOf = (some: typeof counts): number => some.reduce((sum, { garments }) => sum + garments, 0);
    return {
      period,
      garments: garmentsOf(counts),
      shown: garmentsOf(counts.filter(({ times }) => times > 0)),
      showings: counts.reduce((sum, { times, garments }) => sum + times * garments, 0),
      ...giniReport(counts),
    };
  }

  /** In stock and not once shown. @throws FitroomError PAGE_SIZE_INVALID */
  async neverShown(ctx: StoreContext, period: Period, first: number): Promise<Garment[]> {
    const ids = await this.parts.exposure.neverShown(ctx, period, requirePageSize(first));
    return this.parts.garments.findByIds(ctx, ids);
  }
}
