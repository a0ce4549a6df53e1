// Resolvers for catalog coverage and the catalog quality audit.
import { Arg, Args, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { GraphQLContext } from '../server/context.js';
import { auditCost, pageCost, reportCost } from '../cost.js';
import { PeriodArgs } from '../inputs/period.args.js';
import { Needs } from '../server/permissions.js';
import { CatalogDoubtObject, CatalogDoubtsObject, CoverageObject } from '../types/coverage.type.js';
import { GarmentObject } from '../types/garment.type.js';
import { InsightsObject } from '../types/insight.type.js';

@Resolver(() => InsightsObject)
export class CoverageResolver {
  @Needs('insights:read')
  @FieldResolver(() => CoverageObject, {
    complexity: reportCost,
    description: 'Share of the catalog that recommendations of the period showed, and how evenly.',
  })
  async coverage(
    @Args(() => PeriodArgs) period: PeriodArgs,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<CoverageObject> {
    return services.exposure.coverage(store, period);
  }

  @Needs('catalog:inspect')
  @FieldResolver(() => CatalogDoubtsObject, {
    complexity: auditCost,
    description:
      'Checks the next 100 garments of the catalog with the active model. Finds pictures that contradict the ' +
      'text, and near-duplicates.',
  })
  async catalogDoubts(
    @Ctx() { services, store }: GraphQLContext,
    @Arg('after', () => String, {
      nullable: true,
      description: '`endCursor` of the previous batch. If absent, starts at the first garment.',
    })
    after?: string | null,
  ): Promise<CatalogDoubtsObject> {
    return services.qualityAudit.next(store, after ?? null);
  }
}

@Resolver(() => CoverageObject)
export class NeverShownResolver {
  @FieldResolver(() => [GarmentObject], {
    complexity: pageCost,
    description: 'Garments in stock that no recommendation of the period showed, longest in the catalog first.',
  })
  async neverShown(
    @Root() { period }: CoverageObject,
    @Ctx() { services, store }: GraphQLContext,
    @Arg('first', () => Int, { defaultValue: 20, description: 'Number of garments, 1 to 100.' }) first: number,
  ): Promise<GarmentObject[]> {
    return services.exposure.neverShown(store, period, first);
  }
}

@Resolver(() => CatalogDoubtObject)
export class CatalogDoubtResolver {
  @FieldResolver(() => GarmentObject, {
    nullable: true,
    description: 'The garment with almost the same picture, for a near-duplicate. Null for other problems.',
  })
  async twin(
    @Root() { twinSku }: CatalogDoubtObject,
    @Ctx() { loaders }: GraphQLContext,
  ): Promise<GarmentObject | null> {
    return twinSku === null ? null : loaders.garmentBySku.load(twinSku);
  }
}
