// The catalog: read by storefronts, written by merchants.
import { Arg, Args, ArgsType, Ctx, Field, Int, Mutation, Query, Resolver } from 'type-graphql';
import { ValidateNested } from 'class-validator';
import type { Garment } from '../../domain/catalog/garment.js';
import type { GraphQLContext } from '../server/context.js';
import { searchCost, upsertCost } from '../cost.js';
import { garmentFilter, GarmentFilterInput } from '../inputs/filter.input.js';
import { garmentInput, MerchantGarmentInput } from '../inputs/garment.input.js';
import { Needs } from '../server/permissions.js';
import { GarmentConnectionObject, garmentConnection } from '../types/connection.type.js';
import { FacetObject, GarmentObject } from '../types/garment.type.js';
import { DeleteGarmentsPayloadObject, UpsertGarmentsPayloadObject } from '../types/payload.type.js';

const DEFAULT_PAGE = 24;

@ArgsType()
class GarmentsArgs {
  @Field(() => String, {
    nullable: true,
    description:
      'Words to search by, at most 1,000 characters; `"a phrase"`, `or` and `-without` are understood. Absent: the catalog by sku.',
  })
  search?: string | null;

  @Field(() => GarmentFilterInput, { nullable: true, description: 'Which garments may come up at all.' })
  @ValidateNested()
  filter?: GarmentFilterInput | null;

  @Field(() => Int, { nullable: true, defaultValue: DEFAULT_PAGE, description: 'How many, 1 to 100.' })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'The cursor after which the page begins.' })
  after?: string | null;
}

@Resolver()
export class CatalogResolver {
  @Needs('catalog:read')
  @Query(() => GarmentObject, {
    nullable: true,
    description: 'One garment; null where the catalog has none of this sku.',
  })
  async garment(
    @Arg('sku', () => String, { description: "The merchant's number of it." }) sku: string,
    @Ctx() { loaders }: GraphQLContext,
  ): Promise<Garment | null> {
    return loaders.garmentBySku.load(sku);
  }

  @Needs('catalog:read')
  @Query(() => GarmentConnectionObject, {
    complexity: searchCost,
    description: 'Garments to browse by sku, or to search by words, best first.',
  })
  async garments(
    @Args(() => GarmentsArgs) { search, filter, first, after }: GarmentsArgs,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<GarmentConnectionObject> {
    const request = { search, filter: garmentFilter(filter), first: first ?? DEFAULT_PAGE, after };
    return garmentConnection(await services.catalog.browse(store, request));
  }

  @Needs('catalog:read')
  @Query(() => [FacetObject], {
    description:
      'Which values the garments carry and how many carry each, for a filter panel. What rules hide from every request is not counted.',
  })
  async catalogFacets(
    @Ctx() { services, store }: GraphQLContext,
    @Arg('filter', () => GarmentFilterInput, { nullable: true, description: 'Which garments to count.' })
    filter?: GarmentFilterInput | null,
  ): Promise<FacetObject[]> {
    return services.catalog.facets(store, garmentFilter(filter));
  }

  @Needs('catalog:write')
  @Mutation(() => UpsertGarmentsPayloadObject, {
    complexity: upsertCost,
    description:
      'Stores up to 100 garments by sku. A bad one is reported by its index and harms no other; what is reported stored is durable and searchable at once.',
  })
  async upsertGarments(
    @Arg('garments', () => [MerchantGarmentInput], { description: 'The garments, 1 to 100.' })
    garments: MerchantGarmentInput[],
    @Ctx() { services, store }: GraphQLContext,
    @Arg('idempotencyKey', () => String, {
      nullable: true,
      description:
        'A name that the caller gives this call, 1 to 255 characters, for example a UUID. Sent again within 24 hours with the same garments, it is answered as the first time and changes nothing; with others it is refused. Nothing is kept of a call that stored nothing, nor of a dry run.',
    })
    idempotencyKey: string | null | undefined,
    @Arg('dryRun', () => Boolean, {
      nullable: true,
      defaultValue: false,
      description: 'true: everything but the storing, to see what would come of it.',
    })
    dryRun: boolean | null,
  ): Promise<UpsertGarmentsPayloadObject> {
    return services.upserts.upsert(store, garments.map(garmentInput), {
      dryRun: dryRun ?? false,
      idempotencyKey,
    });
  }

  @Needs('catalog:write')
  @Mutation(() => DeleteGarmentsPayloadObject, {
    description: 'Takes garments out of the catalog, with their pictures.',
  })
  async deleteGarments(
    @Arg('skus', () => [String], { description: 'What to delete, 1 to 1,000.' }) skus: string[],
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<DeleteGarmentsPayloadObject> {
    return services.catalog.delete(store, skus);
  }
}
