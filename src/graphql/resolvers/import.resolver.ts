// Imports of whole catalog files, for merchants.
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
  @Query(() => CatalogImportObject, { nullable: true, description: 'An import; null where there is none of this id.' })
  async catalogImport(
    @Arg('id', () => ID, { description: 'As importCatalog answered it.' }) id: string,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<CatalogImportObject | null> {
    const found = await services.imports.find(store, id);
    return found && importObject(found);
  }

  @Needs('catalog:write')
  @Mutation(() => CatalogImportPayloadObject, {
    description:
      'Takes a catalog file in and goes on by itself: rows are read, checked and stored as upsertGarments does it, and a bad one harms no other. Of a sku that stands twice the first row is taken. The same file again changes nothing.',
  })
  async importCatalog(
    @Arg('input', () => CatalogImportInput, { description: 'The file.' }) input: CatalogImportInput,
    @Ctx() { services, store }: GraphQLContext,
    @Arg('dryRun', () => Boolean, {
      nullable: true,
      defaultValue: false,
      description: 'true: everything but the storing, to see what would come of it.',
    })
    dryRun: boolean | null,
  ): Promise<CatalogImportPayloadObject> {
    return payload(await services.imports.begin(store, importSource(input), importOptions(input, dryRun)));
  }

  @Needs('catalog:write')
  @Mutation(() => CatalogImportPayloadObject, {
    description:
      'Ends an import that waits or is under way. What is stored stays; a batch that is being stored right now is, and is counted.',
  })
  async cancelCatalogImport(
    @Arg('id', () => ID, { description: 'As importCatalog answered it.' }) id: string,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<CatalogImportPayloadObject> {
    return payload(await services.imports.cancel(store, id));
  }
}

@Resolver(() => CatalogImportObject)
export class CatalogImportResolver {
  @FieldResolver(() => [ImportErrorObject], {
    complexity: pageCost,
    description: 'What was wrong, in the order of the rows.',
  })
  async errors(
    @Root() { id }: CatalogImportObject,
    @Ctx() { services, store }: GraphQLContext,
    @Arg('first', () => Int, { nullable: true, defaultValue: DEFAULT_ERRORS, description: 'How many, 1 to 100.' })
    first: number | null,
  ): Promise<ImportError[]> {
    return services.imports.errors(store, id, first ?? DEFAULT_ERRORS);
  }

  @FieldResolver(() => [ImportErrorObject], {
    complexity: pageCost,
    description: 'Stored all the same, but worth a look; in the order of the rows.',
  })
  async warnings(
    @Root() { id }: CatalogImportObject,
    @Ctx() { services, store }: GraphQLContext,
    @Arg('first', () => Int, { nullable: true, defaultValue: DEFAULT_ERRORS, description: 'How many, 1 to 100.' })
    first: number | null,
  ): Promise<ImportError[]> {
    return services.imports.warnings(store, id, first ?? DEFAULT_ERRORS);
  }

  @FieldResolver(() => [FacetValueObject], { description: 'How many errors of each code, the most frequent first.' })
  async errorsByCode(
    @Root() { id }: CatalogImportObject,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<FacetValueObject[]> {
    return services.imports.codes(store, id, 'errors');
  }

  @FieldResolver(() => [FacetValueObject], { description: 'How many warnings of each code, the most frequent first.' })
  async warningsByCode(
    @Root() { id }: CatalogImportObject,
    @Ctx() { services, store }: GraphQLContext,
  ): Promise<FacetValueObject[]> {
    return services.imports.codes(store, id, 'warnings');
  }
}

function importObject({ warnings, ...same }: CatalogImport): CatalogImportObject {
  return { ...same, warningCount: warnings };
}

function payload({ catalogImport, userErrors }: ImportOutcome): CatalogImportPayloadObject {
  return { catalogImport: catalogImport && importObject(catalogImport), userErrors };
}
