// What shoppers did with answers, as analysts ask for it: by day, by type, by rank.
import type { EngagementDay, ShownEngagement } from '../domain/engagement.js';
import type { GarmentType } from '../domain/garment.js';
import { periodOf } from '../domain/period.js';
import { proportion, type Proportion } from '../domain/proportion.js';
import type { StoreContext } from '../domain/store.context.js';
import type { EngagementRepository } from '../store/engagement.repository.js';

export interface AskedPeriod {
  from?: Date | null;
  to?: Date | null;
}

/** Counts with the share of what was shown that was clicked. */
export type WithClickRate<Counts extends ShownEngagement> = Counts & { clickRate: Proportion };

export class EngagementService {
  constructor(private readonly parts: { engagement: EngagementRepository; now?: () => Date }) {}

  /** @throws FitroomError PERIOD_INVALID */
  async byDay(ctx: StoreContext, asked: AskedPeriod): Promise<EngagementDay[]> {
    return this.parts.engagement.byDay(ctx, this.period(asked));
  }

  /** @throws FitroomError PERIOD_INVALID */
  async byRank(ctx: StoreContext, asked: AskedPeriod): Promise<WithClickRate<ShownEngagement & { rank: number }>[]> {
    return (await this.parts.engagement.byRank(ctx, this.period(asked))).map(withClickRate);
  }

  /** @throws FitroomError PERIOD_INVALID */
  async byGarmentType(
    ctx: StoreContext,
    asked: AskedPeriod,
  ): Promise<WithClickRate<ShownEngagement & { garmentType: GarmentType | null }>[]> {
    return (await this.parts.engagement.byGarmentType(ctx, this.period(asked))).map(withClickRate);
  }

  private period(asked: AskedPeriod) {
    return periodOf(asked, this.parts.now?.() ?? new Date());
  }
}

function withClickRate<Counts extends ShownEngagement>(counts: Counts): WithClickRate<Counts> {
  // whoever has a row has been shown
  return { ...counts, clickRate: proportion(counts.clicks, counts.shown)! };
}
