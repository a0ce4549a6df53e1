// The complete schema, built from the decorated classes.
// reflect-metadata must be the first import, because type-graphql needs it when the classes below are decorated.
import 'reflect-metadata';
import { lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { checkPermission } from './permissions.js';
import { DateTimeScalar } from './scalars.js';
import { AccessResolver } from '../resolvers/access.resolver.js';
import { CatalogResolver } from '../resolvers/catalog.resolver.js';
import { GarmentResolver } from '../resolvers/garment.resolver.js';
import { CatalogImportResolver, ImportResolver } from '../resolvers/import.resolver.js';
import { ExperimentResolver } from '../resolvers/experiment.resolver.js';
import { CatalogDoubtResolver, CoverageResolver, NeverShownResolver } from '../resolvers/coverage.resolver.js';
import { DemandResolver } from '../resolvers/demand.resolver.js';
import { EngagementResolver } from '../resolvers/engagement.resolver.js';
import { FeedbackResolver } from '../resolvers/feedback.resolver.js';
import { GoldenHistoryResolver, GoldenResolver } from '../resolvers/golden.resolver.js';
import { OutfitWeightsResolver } from '../resolvers/look.weights.resolver.js';
import { LearningResolver } from '../resolvers/learning.resolver.js';
import { ModelResolver } from '../resolvers/model.resolver.js';
import { MapPositionResolver, MapResolver } from '../resolvers/map.resolver.js';
import { OutfitResolver } from '../resolvers/outfit.resolver.js';
import { RecommendationResolver } from '../resolvers/recommendation.resolver.js';
import { LoggedRecommendationResolver, RecommendationLogResolver } from '../resolvers/recommendation.log.resolver.js';
import { RuleResolver } from '../resolvers/rule.resolver.js';
import { ReembeddingResolver } from '../resolvers/reembedding.resolver.js';

export function buildFitroomSchema(): GraphQLSchema {
  return buildSchemaSync({
    resolvers: [
      RecommendationResolver,
      CatalogResolver,
      GarmentResolver,
      OutfitResolver,
      OutfitWeightsResolver,
      ImportResolver,
      CatalogImportResolver,
      GoldenHistoryResolver,
      GoldenResolver,
      RuleResolver,
      FeedbackResolver,
      ExperimentResolver,
      LearningResolver,
      RecommendationLogResolver,
      LoggedRecommendationResolver,
      MapResolver,
      MapPositionResolver,
      EngagementResolver,
      DemandResolver,
      CatalogDoubtResolver,
      CoverageResolver,
      NeverShownResolver,
      ModelResolver,
      AccessResolver,
      ReembeddingResolver,
    ],
    validate: true,
    authChecker: checkPermission,
    scalarsMap: [{ type: Date, scalar: DateTimeScalar }],
  });
}

/** Returns the text of the schema, as stored in schema/schema.graphql. */
export function schemaText(schema: GraphQLSchema): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
