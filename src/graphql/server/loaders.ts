// Data loaders that batch the rows for several fields of one request.
// Each request gets new loaders, so a caller never sees rows that were loaded for another caller.
import DataLoader from 'dataloader';
import type { FeedbackEvent } from '../../domain/recommend/feedback.js';
import type { Garment } from '../../domain/catalog/garment.js';
import type { MapPosition } from '../../domain/analytics/map.position.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import type { RecommendationHistoryService } from '../../services/recommend/recommendation.history.service.js';
import type { CatalogMapService } from '../../services/analytics/catalog.map.service.js';
import type { CatalogService } from '../../services/catalog/catalog.service.js';

export interface Loaders {
  /** Null if the store has no garment with this SKU. */
  readonly garmentBySku: DataLoader<string, Garment | null>;
  /** Feedback on logged recommendations, by recommendation ID. */
  readonly feedbackOfRecommendation: DataLoader<string, FeedbackEvent[]>;
  /** Positions of logged recommendations on the map, by recommendation ID. */
  readonly positionOfRecommendation: DataLoader<string, MapPosition | null>;
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
    feedbackOfRecommendation: new DataLoader((ids) => services.recommendationHistory.feedback(store, ids)),
    positionOfRecommendation: new DataLoader((ids) => services.map.positionsOf(store, ids)),
  };
}
