// Which part of the catalog is shown, and what of it is worth a second look.
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
    description: 'Which part of the catalog the answers of a period showed, and how evenly.',
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
      'Pictures that contradict their words and near-duplicates, as far as the running model sees them: what is found ' +
      'among the next 100 garments.',
  })
  async catalogDoubts(
    @Ctx() { services, store }: GraphQLContext,
    @Arg('after', () => String, { nullable: true, description: 'The `endCursor` of the stretch before.' })
    after?: string | null,
  ): Promise<CatalogDoubtsObject> {
    return services.qualityAudit.next(store, after ?? null);
  }
}

@Resolver(() => CoverageObject)
export class NeverShownResolver {
  @FieldResolver(() => [GarmentObject], {
    complexity: pageCost,
    description: 'Garments in stock that no answer of the period showed, those first that have been there longest.',
  })
  async neverShown(
    @Root() { period }: CoverageObject,
    @Ctx() { services, store }: GraphQLContext,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many, 1 to 100.' }) first: number,
  ): Promise<GarmentObject[]> {
    return services.exposure.neverShown(store, period, first);
  }
}

@Resolver(() => CatalogDoubtObject)
export class CatalogDoubtResolver {
  @FieldResolver(() => GarmentObject, {
    nullable: true,
    description: 'Of a near-duplicate the garment that has almost the same picture; else null.',
  })
  async twin(
    @Root() { twinSku }: CatalogDoubtObject,
    @Ctx() { loaders }: GraphQLContext,
  ): Promise<GarmentObject | null> {
    return twinSku === null ? null : loaders.garmentBySku.load(twinSku);
  }
}
