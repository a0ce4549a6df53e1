// The map of the catalog, and where past answers lie on it.
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
/** Points that are written out in one turn of the event loop: some 5 ms. */
const POINTS_A_TURN = 500;

@Resolver(() => InsightsObject)
export class MapResolver {
  @Needs('insights:read')
  @FieldResolver(() => [MapPointObject], {
    complexity: mapCost,
    description:
      'The catalog as points on a plane, near where alike; at most `sample` of them, sold-out and hidden garments too. A ' +
      'smaller sample is part of a larger one. The map follows the catalog within a minute or two and keeps its shape: what ' +
      'has not changed stays about where it was.',
  })
  async embeddingMap(
    @Ctx() { services, store }: GraphQLContext,
    @Arg('sample', () => Int, {
      nullable: true,
      defaultValue: DEFAULT_SAMPLE,
      description: 'Most garments to show, 1 to 50,000.',
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
      'Where the request lies on the map: amid the garments that are nearest to what was searched with. Null where another ' +
      'model answered, or no map has been drawn.',
  })
  async mapPosition(
    @Root() { id }: LoggedRecommendation,
    @Ctx() { loaders }: GraphQLContext,
  ): Promise<MapPosition | null> {
    return loaders.positionOfAnswer.load(id);
  }
}

/** Written out all at once, 50,000 points would hold up everybody else for a second. */
function inTurns(points: readonly MapPoint[]): Promise<MapPoint>[] {
  let before: Promise<void> = Promise.resolve();
  return points.map((point, i) => {
    if (i % POINTS_A_TURN === 0) before = before.then(() => turn());
    return before.then(() => point);
  });
}
