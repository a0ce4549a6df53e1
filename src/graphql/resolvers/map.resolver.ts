// Resolvers for the catalog map and the positions of requests on it.
import { setImmediate as turn } from 'node:timers/promises';
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { LoggedRecommendation } from '../../domain/recommend/recommendation.log.js';
import type { MapPoint, MapPosition } from '../../domain/analytics/map.position.js';
import type { GraphQLContext } from '../server/context.js';
import { mapCost, placeCost } from '../cost.js';
import { Needs } from '../server/permissions.js';
import { InsightsObject } from '../types/insight.type.js';
import { MapPointObject, MapPositionObject } from '../types/map.type.js';
import { RecommendationLogObject } from '../types/recommendation.log.type.js';

const DEFAULT_SAMPLE = 2_000;
/** Points serialized in one turn of the event loop, which takes about 5 ms. */
const POINTS_PER_TURN = 500;

@Resolver(() => InsightsObject)
export class MapResolver {
  @Needs('insights:read')
  @FieldResolver(() => [MapPointObject], {
    complexity: mapCost,
    description:
      'The catalog as points on a plane, with similar garments close together, including sold-out and hidden ' +
      'ones. The map follows the catalog within two minutes, and a smaller sample is part of a larger one.',
  })
  async embeddingMap(
    @Ctx() { services, store }: GraphQLContext,
    @Arg('sample', () => Int, {
      nullable: true,
      defaultValue: DEFAULT_SAMPLE,
      description: 'Largest number of garments, 1 to 50,000.',
    })
    sample: number | null,
  ): Promise<Promise<MapPoint>[]> {
    return inTurns(await services.map.points(store, sample ?? DEFAULT_SAMPLE));
  }
}

@Resolver(() => RecommendationLogObject)
export class MapPositionResolver {
  @FieldResolver(() => MapPositionObject, {
    nullable: true,
    complexity: placeCost,
    description:
      'Position of the request on the map, between the garments nearest to its query vector. Null if another ' +
      'model handled the request or there is no map yet.',
  })
  async mapPosition(
    @Root() { id }: LoggedRecommendation,
    @Ctx() { loaders }: GraphQLContext,
  ): Promise<MapPosition | null> {
    return loaders.positionOfRecommendation.load(id);
  }
}

/**
 * Returns the points in groups, one group for each turn of the event loop. Serializing 50,000 points at once would
 * block all other requests for a second.
 */
function inTurns(points: readonly MapPoint[]): Promise<MapPoint>[] {
  let lastTurn: Promise<void> = Promise.resolve();
  return points.map((point, i) => {
    if (i % POINTS_PER_TURN === 0) lastTurn = lastTurn.then(() => turn());
    return lastTurn.then(() => point);
  });
}
