// The model: which it is, what it sees, and how good it is; and the catalog in numbers.
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
  @Query(() => ModelInfoObject, { description: 'The model that answers now.' })
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
    description: 'What the classifier head sees in words, a picture or both; at least one is given.',
  })
  async classifyGarment(
    @Ctx() { services, store }: GraphQLContext,
    @Arg('text', () => String, { nullable: true, description: 'Words, at most 1,000 characters.' })
    text?: string | null,
    @Arg('image', () => ImageInput, { nullable: true, description: 'A picture.' }) image?: ImageInput | null,
  ): Promise<GarmentClassificationObject> {
    return services.classify.classify(store, { text, image: imageSource(image) });
  }

  @Needs('catalog:inspect')
  @Query(() => InsightsObject, { description: 'What analysts ask.' })
  insights(): InsightsObject {
    return {};
  }

  @Needs('catalog:inspect')
  @FieldResolver(() => CatalogStatsObject, { description: 'The catalog in numbers.' })
  async catalog(@Ctx() { services, store }: GraphQLContext): Promise<CatalogStatsObject> {
    return services.modelReport.catalogStats(store);
  }

  @Needs('insights:read')
  @FieldResolver(() => ModelReportObject, {
    description: 'How good the running model is, as it was measured when it was trained.',
  })
  async modelReport(@Ctx() { services }: GraphQLContext): Promise<ModelReportObject> {
    return services.modelReport.modelReport();
  }

  @Needs('insights:read')
  @FieldResolver(() => [ModelReportObject], {
    description: 'The same of every release up to the running model, the earliest first, as its bundle tells them.',
  })
  async modelHistory(@Ctx() { services }: GraphQLContext): Promise<ModelReportObject[]> {
    return services.modelReport.modelHistory();
  }
}
