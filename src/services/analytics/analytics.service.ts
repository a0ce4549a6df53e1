// Analytics reports: search gaps and demand drift, engagement, and exposure of the catalog.
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
  /**
   * Jensen-Shannon divergence of the requested types from those of all earlier weeks of the period, 0…1. Null in the
   * first week.
   */
  requestShift: number | null;
  /** Types that are requested more or less often than before. */
  asked: Shift[];
  garmentsAdded: number;
  /**
   * Jensen-Shannon divergence of the types of new garments from those of the earlier catalog, 0…1. Null if one of the
   * two is empty.
   */
  catalogShift: number | null;
}

const WEEK_MS = 7 * 86_400_000;

export class DemandService {
  constructor(private readonly parts: { demand: DemandRepository; now?: () => Date }) {}

  /**
   * Returns frequent requests that the catalog does not satisfy.
   * @throws FitroomError PERIOD_INVALID, PAGE_SIZE_INVALID
   */
  async gaps(ctx: StoreContext, requested: ReportPeriodInput, first: number): Promise<SearchGap[]> {
    const limit = requirePageSize(first);
    return searchGaps(await this.parts.demand.poorSearches(ctx, this.period(requested)), limit);
  }

  /** Returns every week that overlaps the period, earliest first. @throws FitroomError PERIOD_INVALID */
  async drift(ctx: StoreContext, requested: ReportPeriodInput): Promise<DriftWeek[]> {
    const { demand } = this.parts;
    const period = this.period(requested);
    const [requests, requestedTypes, addedTypes] = await Promise.all([
      demand.requestsByWeek(ctx, period),
      demand.askedTypes(ctx, period),
      demand.addedTypes(ctx, period),
    ]);
    const [requestedIn, addedIn] = [byWeek(requestedTypes), byWeek(addedTypes)];
    let requestedBefore: Amounts = {};
    let catalogBefore: Amounts = addedIn.get('') ?? {};
    return weeksOf(period).map((week) => {
      const [requestedNow, addedNow] = [requestedIn.get(week) ?? {}, addedIn.get(week) ?? {}];
      const row: DriftWeek = {
        week,
        requests: requests.get(week) ?? 0,
        requestShift: jensenShannon(requestedNow, requestedBefore),
        asked: shiftsOf(requestedNow, requestedBefore),
        garmentsAdded: Object.values(addedNow).reduce((sum, amount) => sum + amount, 0),
        catalogShift: jensenShannon(addedNow, catalogBefore),
      };
      requestedBefore = added(requestedBefore, requestedNow);
      catalogBefore = added(catalogBefore, addedNow);
      return row;
    });
  }

  private period(requested: ReportPeriodInput): Period {
    return periodOf(requested, this.parts.now?.() ?? new Date());
  }
}

/** Returns the amounts of each kind, by week. */
function byWeek(rows: readonly WeeklyAmount[]): Map<string, Record<string, number>> {
  const weeks = new Map<string, Record<string, number>>();
  for (const { week, kind, amount } of rows) weeks.set(week, { ...weeks.get(week), [kind]: amount });
  return weeks;
}

/** Returns the Mondays of all weeks that overlap the period, YYYY-MM-DD. */
function weeksOf({ from, to }: Period): string[] {
  const day = (from.getUTCDay() + 6) % 7;
  const monday = Date.UTC(from.getUTCFullYear(), from.getUTCMonth(), from.getUTCDate() - day);
  const weeks: string[] = [];
  for (let start = monday; start < to.getTime(); start += WEEK_MS)
    weeks.push(new Date(start).toISOString().slice(0, 10));
  return weeks;
}

export interface ReportPeriodInput {
  from?: Date | null;
  to?: Date | null;
}

/** Counts with the share of shown garments that were clicked. */
export type WithClickRate<Counts extends ShownEngagement> = Counts & { clickRate: ProportionEstimate };

export class EngagementService {
  constructor(private readonly parts: { engagement: AnalyticsRepository; now?: () => Date }) {}

  /** Returns shown garments and events by day. @throws FitroomError PERIOD_INVALID */
  async byDay(ctx: StoreContext, requested: ReportPeriodInput): Promise<EngagementDay[]> {
    return this.parts.engagement.byDay(ctx, this.period(requested));
  }

  /** Returns shown garments and events by rank. @throws FitroomError PERIOD_INVALID */
  async byRank(
    ctx: StoreContext,
    requested: ReportPeriodInput,
  ): Promise<WithClickRate<ShownEngagement & { rank: number }>[]> {
    return (await this.parts.engagement.byRank(ctx, this.period(requested))).map(withClickRate);
  }

  /** Returns shown garments and events by type. @throws FitroomError PERIOD_INVALID */
  async byGarmentType(
    ctx: StoreContext,
    requested: ReportPeriodInput,
  ): Promise<WithClickRate<ShownEngagement & { garmentType: GarmentType | null }>[]> {
    return (await this.parts.engagement.byGarmentType(ctx, this.period(requested))).map(withClickRate);
  }

  private period(requested: ReportPeriodInput) {
    return periodOf(requested, this.parts.now?.() ?? new Date());
  }
}

function withClickRate<Counts extends ShownEngagement>(counts: Counts): WithClickRate<Counts> {
  // a row exists only for shown garments, so the interval is not null
  return { ...counts, clickRate: wilsonInterval(counts.clicks, counts.shown)! };
}

export interface Coverage extends GiniReport {
  period: Period;
  /** Number of garments in stock. */
  garments: number;
  /** Number of these garments that were shown at least once. */
  shown: number;
  /** Number of times that they were shown. */
  showings: number;
}

export interface ExposureServiceParts {
  exposure: ExposureRepository;
  garments: Pick<GarmentRepository, 'findByIds'>;
  now?: () => Date;
}

export class ExposureService {
  constructor(private readonly parts: ExposureServiceParts) {}

  /**
   * Returns the share of the catalog that was shown, and the Gini coefficient of the impressions.
   * @throws FitroomError PERIOD_INVALID
   */
  async coverage(ctx: StoreContext, requested: ReportPeriodInput): Promise<Coverage> {
    const period = periodOf(requested, this.parts.now?.() ?? new Date());
    const counts = await this.parts.exposure.counts(ctx, period);
    const garmentsIn = (rows: typeof counts): number => rows.reduce((sum, { garments }) => sum + garments, 0);
    return {
      period,
      garments: garmentsIn(counts),
      shown: garmentsIn(counts.filter(({ times }) => times > 0)),
      showings: counts.reduce((sum, { times, garments }) => sum + times * garments, 0),
      ...giniReport(counts),
    };
  }

  /** Returns garments in stock that were never shown in the period. @throws FitroomError PAGE_SIZE_INVALID */
  async neverShown(ctx: StoreContext, period: Period, first: number): Promise<Garment[]> {
    const ids = await this.parts.exposure.neverShown(ctx, period, requirePageSize(first));
    return this.parts.garments.findByIds(ctx, ids);
  }
}
