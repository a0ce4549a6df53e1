// Rows that several fields of one request ask for, read together. Made anew for every request: what one caller may see
// must never come out of what was read for another.
import DataLoader from 'dataloader';
import type { FeedbackEvent } from '../../domain/recommend/feedback.js';
import type { Garment } from '../../domain/catalog/garment.js';
import type { MapPosition } from '../../domain/analytics/map.position.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import type { RecommendationHistoryService } from '../../services/recommend/recommendation.history.service.js';
import type { CatalogMapService } from '../../services/analytics/catalog.map.service.js';
import type { CatalogService } from '../../services/catalog/catalog.service.js';

export interface Loaders {
  /** Null where the store has no such sku. */
  readonly garmentBySku: DataLoader<string, Garment | null>;
  /** What came of past answers. */
  readonly feedbackOfAnswer: DataLoader<string, FeedbackEvent[]>;
  /** Where past answers lie on the map. */
  readonly positionOfAnswer: DataLoader<string, MapPosition | null>;
}

export interface LoaderSources {
  catalog: Pick<CatalogService, 'garmentsBySkus'>;
  recommendationHistory: Pick<RecommendationHistoryService, 'feedback'>;
  map: Pick<CatalogMapService, 'positionsOf'>;
}

export function createLoaders(store: StoreContext, services: LoaderSources): Loaders {
  return {
    garmentBySku: new DataLoader(async (skus) => {
      const garments = await services.catalog.garmentsBySkus(store, [...skus]);
      const bySku = new Map(garments.map((garment) => [garment.sku, garment]));
      return skus.map((sku) => bySku.get(sku) ?? null);
    }),
    feedbackOfAnswer: new DataLoader((ids) => services.recommendationHistory.feedback(store, ids)),
    positionOfAnswer: new DataLoader((ids) => services.map.positionsOf(store, ids)),
  };
}
