// Resolvers for catalog imports.
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { CatalogImport, ImportError } from '../../domain/catalog/catalog.import.js';
import type { ImportOutcome } from '../../services/catalog/import.service.js';
import type { GraphQLContext } from '../server/context.js';
import { pageCost } from '../cost.js';
import { CatalogImportInput, importSource, importOptions } from '../inputs/import.input.js';
import { Needs } from '../server/permissions.js';
import { FacetValueObject } from '../types/garment.type.js';
import { CatalogImportObject, CatalogImportPayloadObject, ImportErrorObject } from '../types/import.type.js';

const DEFAULT_ERRORS = 50;

@Resolver()
export class ImportResolver {
  @Needs('catalog:inspect')
  @Query(() => CatalogImportObject, {
    nullable: true,
    description: 'Returns one import, or null if the store has no import with this ID.',
  })
  async catalogImport(
    @Arg('id', () => ID, { description: 'ID of the import, from `importCatalog`.' }) id: string,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<CatalogImportObject | null> {
    const catalogImport = await services.imports.find(store, id);
    return catalogImport && importObject(catalogImport);
  }

  @Needs('catalog:write')
  @Mutation(() => CatalogImportPayloadObject, {
    description:
      'Starts an import of a catalog file as a background job; rows are checked and stored as in ' +
      '`upsertGarments`. The first row of a repeated SKU counts, and importing the same file again changes ' +
      'nothing.',
  })
  async importCatalog(
    @Arg('input', () => CatalogImportInput, { description: 'The file and its options.' }) input: CatalogImportInput,
    @Ctx() { services, store }: GraphQLContext,
    @Arg('dryRun', () => Boolean, {
      nullable: true,
      defaultValue: false,
      description: '`true` checks all rows without storing anything.',
    })
    dryRun: boolean | null,
  ): Promise<CatalogImportPayloadObject> {
    return payload(await services.imports.begin(store, importSource(input), importOptions(input, dryRun)));
  }

  @Needs('catalog:write')
  @Mutation(() => CatalogImportPayloadObject, {
    description:
      'Cancels a waiting or running import. Stored garments remain; a batch that is being stored is completed ' +
      'and counted.',
  })
  async cancelCatalogImport(
    @Arg('id', () => ID, { description: 'ID of the import, from `importCatalog`.' }) id: string,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<CatalogImportPayloadObject> {
    return payload(await services.imports.cancel(store, id));
  }
}

@Resolver(() => CatalogImportObject)
export class CatalogImportResolver {
  @FieldResolver(() => [ImportErrorObject], {
    complexity: pageCost,
    description: 'Errors of the import, in the order of the rows.',
  })
  async errors(
    @Root() { id }: CatalogImportObject,
    @Ctx() { services, store }: GraphQLContext,
    @Arg('first', () => Int, {
      nullable: true,
      defaultValue: DEFAULT_ERRORS,
      description: 'Number of errors, 1 to 100.',
    })
    first: number | null,
  ): Promise<ImportError[]> {
    return services.imports.errors(store, id, first ?? DEFAULT_ERRORS);
  }

  @FieldResolver(() => [ImportErrorObject], {
    complexity: pageCost,
    description: 'Warnings about garments that were stored, in the order of the rows.',
  })
  async warnings(
    @Root() { id }: CatalogImportObject,
    @Ctx() { services, store }: GraphQLContext,
    @Arg('first', () => Int, {
      nullable: true,
      defaultValue: DEFAULT_ERRORS,
      description: 'Number of warnings, 1 to 100.',
    })
    first: number | null,
  ): Promise<ImportError[]> {
    return services.imports.warnings(store, id, first ?? DEFAULT_ERRORS);
  }

  @FieldResolver(() => [FacetValueObject], { description: 'Number of errors for each code, most frequent first.' })
  async errorsByCode(
    @Root() { id }: CatalogImportObject,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<FacetValueObject[]> {
    return services.imports.codes(store, id, 'errors');
  }

  @FieldResolver(() => [FacetValueObject], { description: 'Number of warnings for each code, most frequent first.' })
  async warningsByCode(
    @Root() { id }: CatalogImportObject,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<FacetValueObject[]> {
    return services.imports.codes(store, id, 'warnings');
  }
}

function importObject({ warnings, ...others }: CatalogImport): CatalogImportObject {
  return { ...others, warningCount: warnings };
}

function payload({ catalogImport, userErrors }: ImportOutcome): CatalogImportPayloadObject {
  return { catalogImport: catalogImport && importObject(catalogImport), userErrors };
}
