// Which part of the catalog is ever shown, and how evenly.
import { concentration, type Concentration } from '../domain/concentration.js';
import type { Garment } from '../domain/garment.js';
import { requirePageSize } from '../domain/page.js';
import { periodOf, type Period } from '../domain/period.js';
import type { StoreContext } from '../domain/store.context.js';
import type { ExposureRepository } from '../store/exposure.repository.js';
import type { GarmentRepository } from '../store/garment.repository.js';
import type { AskedPeriod } from './engagement.service.js';

export interface Coverage extends Concentration {
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
  async coverage(ctx: StoreContext, asked: AskedPeriod): Promise<Coverage> {
    const period = periodOf(asked, this.parts.now?.() ?? new Date());
    const counts = await this.parts.exposure.counts(ctx, period);
    const garmentsOf = (some: typeof counts): number => some.reduce((sum, { garments }) => sum + garments, 0);
    return {
      period,
      garments: garmentsOf(counts),
      shown: garmentsOf(counts.filter(({ times }) => times > 0)),
      showings: counts.reduce((sum, { times, garments }) => sum + times * garments, 0),
      ...concentration(counts),
    };
  }

  /** In stock and not once shown. @throws FitroomError PAGE_SIZE_INVALID */
  async neverShown(ctx: StoreContext, period: Period, first: number): Promise<Garment[]> {
    const ids = await this.parts.exposure.neverShown(ctx, period, requirePageSize(first));
    return this.parts.garments.findByIds(ctx, ids);
  }
}
