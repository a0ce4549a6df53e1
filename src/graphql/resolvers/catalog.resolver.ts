// Resolvers to read and write the catalog.
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
      'Search text, at most 1,000 characters, with support for `"a phrase"`, `or` and `-without`. If absent, ' +
      'garments are listed by SKU.',
  })
  search?: string | null;

  @Field(() => GarmentFilterInput, {
    nullable: true,
    description: 'Filter for the garments. Only garments that match it are returned.',
  })
  @ValidateNested()
  filter?: GarmentFilterInput | null;

  @Field(() => Int, { nullable: true, defaultValue: DEFAULT_PAGE, description: 'Page size, 1 to 100.' })
  first?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the row before the page, from `endCursor` of the previous page.',
  })
  after?: string | null;
}

@Resolver()
export class CatalogResolver {
  @Needs('catalog:read')
  @Query(() => GarmentObject, {
    nullable: true,
    description: 'Returns one garment, or null if the catalog has no garment with this SKU.',
  })
  async garment(
    @Arg('sku', () => String, { description: 'The merchant’s SKU.' }) sku: string,
    @Ctx() { loaders }: GraphQLContext,
  ): Promise<Garment | null> {
    return loaders.garmentBySku.load(sku);
  }

  @Needs('catalog:read')
  @Query(() => GarmentConnectionObject, {
    complexity: searchCost,
    description: 'Lists garments by SKU, or searches them by text with the best match first.',
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
      'Counts the garments for each value of each field, for a filter panel. Garments that a HIDE rule hides ' +
      'from all requests are not counted.',
  })
  async catalogFacets(
    @Ctx() { services, store }: GraphQLContext,
    @Arg('filter', () => GarmentFilterInput, { nullable: true, description: 'Filter for the garments to count.' })
    filter?: GarmentFilterInput | null,
  ): Promise<FacetObject[]> {
    return services.catalog.facets(store, garmentFilter(filter));
  }

  @Needs('catalog:write')
  @Mutation(() => UpsertGarmentsPayloadObject, {
    complexity: upsertCost,
    description:
      'Stores up to 100 garments, matched by SKU; they are durable and searchable at once. An invalid garment ' +
      'is reported by its index and does not affect the others.',
  })
  async upsertGarments(
    @Arg('garments', () => [MerchantGarmentInput], { description: 'Garments to store, 1 to 100.' })
    garments: MerchantGarmentInput[],
    @Ctx() { services, store }: GraphQLContext,
    @Arg('idempotencyKey', () => String, {
      nullable: true,
      description:
        'Unique key for this call, 1 to 255 characters, for example a UUID. Within 24 hours, a repeated call ' +
        'with the same garments returns the first result and changes nothing; a call with other garments is ' +
        'refused.',
    })
    idempotencyKey: string | null | undefined,
    @Arg('dryRun', () => Boolean, {
      nullable: true,
      defaultValue: false,
      description: '`true` checks the garments and returns the result without storing anything.',
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
    description: 'Deletes garments and their pictures from the catalog.',
  })
  async deleteGarments(
    @Arg('skus', () => [String], { description: 'SKUs to delete, 1 to 1,000.' }) skus: string[],
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<DeleteGarmentsPayloadObject> {
    return services.catalog.delete(store, skus);
  }
}
