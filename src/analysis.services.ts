// The services that count what was answered, wired by hand. They are no model's and share nothing with the answering.
import { DemandService } from './services/demand.service.js';
import { EngagementService } from './services/engagement.service.js';
import { ExposureService } from './services/exposure.service.js';
import type { Database } from './store/database.js';
import { DemandRepository } from './store/demand.repository.js';
import { EngagementRepository } from './store/engagement.repository.js';
import { ExposureRepository } from './store/exposure.repository.js';
import { GarmentRepository } from './store/garment.repository.js';

export interface AnalysisServices {
  readonly engagement: EngagementService;
  readonly exposure: ExposureService;
  readonly demand: DemandService;
}

/** @param now the clock that periods end by where nothing else is said */
export function createAnalysisServices(database: Database, now?: () => Date): AnalysisServices {
  const [exposure, garments] = [new ExposureRepository(database), new GarmentRepository(database)];
  return {
    engagement: new EngagementService({ engagement: new EngagementRepository(database), now }),
    exposure: new ExposureService({ exposure, garments, now }),
    demand: new DemandService({ demand: new DemandRepository(database), now }),
  };
}
