// Resolvers for the model, its reports, classification and catalog statistics.
import { Arg, Ctx, FieldResolver, Query, Resolver } from 'type-graphql';
import type { GraphQLContext } from '../server/context.js';
import { classifyCost } from '../cost.js';
import { ImageInput, imageSource } from '../inputs/image.input.js';
import { Needs } from '../server/permissions.js';
import {
  CatalogStatsObject,
  GarmentClassificationObject,
  InsightsObject,
  ModelInfoObject,
  ModelReportObject,
} from '../types/insight.type.js';

@Resolver(() => InsightsObject)
export class ModelResolver {
  @Needs('catalog:read')
  @Query(() => ModelInfoObject, { description: 'The active model.' })
  model(@Ctx() { services }: GraphQLContext): ModelInfoObject {
    const { bundle, executionProvider } = services.encoders;
    const { dimensions, text, image, fusion } = bundle.manifest;
    return {
      id: bundle.id,
      dimensions,
      executionProvider,
      textEncoder: text.encoder,
      imageEncoder: image.encoder,
      fusionMethods: fusion.methods,
    };
  }

  @Needs('catalog:read')
  @Query(() => GarmentClassificationObject, {
    complexity: classifyCost,
    description: 'Classifies a text, a picture or both. At least one is required.',
  })
  async classifyGarment(
    @Ctx() { services, store }: GraphQLContext,
    @Arg('text', () => String, { nullable: true, description: 'Text to classify, at most 1,000 characters.' })
    text?: string | null,
    @Arg('image', () => ImageInput, { nullable: true, description: 'Picture to classify.' }) image?: ImageInput | null,
  ): Promise<GarmentClassificationObject> {
    return services.classify.classify(store, { text, image: imageSource(image) });
  }

  @Needs('catalog:inspect')
  @Query(() => InsightsObject, { description: 'Reports for analysts.' })
  insights(): InsightsObject {
    return {};
  }

  @Needs('catalog:inspect')
  @FieldResolver(() => CatalogStatsObject, { description: 'Catalog statistics.' })
  async catalog(@Ctx() { services, store }: GraphQLContext): Promise<CatalogStatsObject> {
    return services.modelReport.catalogStats(store);
  }

  @Needs('insights:read')
  @FieldResolver(() => ModelReportObject, {
    description: 'Quality of the active model, measured on data that was not used for training.',
  })
  async modelReport(@Ctx() { services }: GraphQLContext): Promise<ModelReportObject> {
    return services.modelReport.modelReport();
  }

  @Needs('insights:read')
  @FieldResolver(() => [ModelReportObject], {
    description: 'Quality reports of all releases up to the active model, earliest first, as stored in its bundle.',
  })
  async modelHistory(@Ctx() { services }: GraphQLContext): Promise<ModelReportObject[]> {
    return services.modelReport.modelHistory();
  }
}
