// Object types of a recommendation: query understanding, ranking and explanations.
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { ReplayedGarment } from '../../domain/recommend/recommendation.log.js';
import type { FusionMethod } from '../../domain/recommend/fusion.js';
import { rankingCursor } from '../../domain/shared/page.js';
import type { RecommendationStatus, RecommendedGarment } from '../../domain/recommend/recommendation.js';
import { Needs } from '../server/permissions.js';
import { FusionMethodEnum, RecommendationStatusEnum } from './enums.js';
import { pageInfo, PageInfoObject } from './connection.type.js';
import { GarmentObject, GarmentTypeProbabilityObject } from './garment.type.js';

@ObjectType('QueryUnderstanding', { description: 'Interpretation of a request by the model.', simpleResolvers: true })
export class QueryUnderstandingObject {
  @Field(() => [GarmentTypeProbabilityObject], {
    description: 'Probabilities of all ten types, most likely first. They sum to 1.',
  })
  garmentTypes!: GarmentTypeProbabilityObject[];

  @Field(() => [String], {
    description:
      'Colors named in the text or, if it names none, visible in the picture. Most likely first; empty if ' +
      'there are none.',
  })
  colors!: string[];

  @Field(() => FusionMethodEnum, { description: 'Fusion method that combined text and picture.' })
  fusion!: FusionMethod;

  @Field(() => Float, { description: 'Weight of the text, 0 to 1. `textWeight` and `imageWeight` sum to 1.' })
  textWeight!: number;

  @Field(() => Float, { description: 'Weight of the picture, 0 to 1.' })
  imageWeight!: number;

  @Field(() => String, { description: 'Model of the recommendation, as `name@version`.' })
  model!: string;
}

@ObjectType('ScoreContribution', { description: 'One part of a score.' })
export class ScoreContributionObject {
  @Field(() => String, {
    description:
      'Name of the contribution: textSimilarity, imageSimilarity, garmentType, category, color, gender, usage, ' +
      'lexical, avoid, shopper or diversity; learned for the effect of learned weights; boost, bury or pin for ' +
      'merchandising rules.',
    simple: true,
  })
  name!: string;

  @Field(() => Float, {
    description: 'Value that is added to the score. A negative value lowers the score.',
    simple: true,
  })
  value!: number;

  @Needs('catalog:inspect')
  @Field(() => String, {
    nullable: true,
    description:
      'Names of the rules for boost, bury and pin; strongest part of the shopper profile (features, category, ' +
      'color, gender or usage) for shopper. Null for other contributions.',
  })
  detail?: string;
}

@ObjectType('Explanation', {
  description: 'Explanation of a score. The contributions sum to the score of the edge.',
  simpleResolvers: true,
})
export class ExplanationObject {
  @Field(() => [ScoreContributionObject], {
    description: 'Contributions to the score. Contributions of 0 are left out.',
  })
  contributions!: ScoreContributionObject[];

  @Field(() => Float, {
    nullable: true,
    description:
      'Cosine similarity to the text of the garment, −1 to 1. Null if the request or the garment has no text.',
  })
  textSimilarity!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Cosine similarity to the picture of the garment, −1 to 1. Null if the request or the garment has no picture.',
  })
  imageSimilarity!: number | null;

  @Field(() => Float, { description: 'Probability that the garment has a requested type, 0 to 1.' })
  typeProbability!: number;

  @Field(() => [String], {
    description:
      "Reasons for shoppers, for example 'red, as you asked' or 'looks like your photo'. Empty if the garment " +
      'is shown only because of a pin rule.',
  })
  reasons!: string[];
}

@ObjectType('RecommendedGarmentEdge', { description: 'A garment in a ranking.', simpleResolvers: true })
export class RecommendedGarmentEdgeObject {
  @Field(() => String, { description: 'Cursor of this garment in the ranking, for `after`.' })
  cursor!: string;

  @Field(() => GarmentObject, { description: 'The recommended garment.' })
  node!: GarmentObject;

  @Field(() => Int, { description: 'Rank from 1, counted over all pages.' })
  rank!: number;

  @Field(() => Float, {
    description: 'Score of the garment; higher is better. Scores are comparable only within one recommendation.',
  })
  score!: number;

  @Field(() => ExplanationObject, { description: 'Explanation of the score.' })
  explanation!: ExplanationObject;
}

@ObjectType('RecommendedGarmentConnection', { description: 'One page of a ranking.', simpleResolvers: true })
export class RecommendedGarmentConnectionObject {
  @Field(() => [RecommendedGarmentEdgeObject], {
    description: 'Rows of the page with rank, score and explanation, best first.',
  })
  edges!: RecommendedGarmentEdgeObject[];

  @Field(() => [GarmentObject], { description: 'Garments of the page, best first.' })
  nodes!: GarmentObject[];

  @Field(() => PageInfoObject, { description: 'Position of the page in the ranking.' })
  pageInfo!: PageInfoObject;
}

@ObjectType('EmptyingFilter', {
  description: 'A filter field that alone makes the recommendation EMPTY.',
  simpleResolvers: true,
})
export class EmptyingFilterObject {
  @Field(() => String, {
    description: 'Field of `GarmentFilter`. `inStockOnly` also applies when the filter does not set it.',
  })
  field!: string;

  @Field(() => Int, { description: 'Number of garments that match if this field is removed and all others remain.' })
  garments!: number;
}

@ObjectType('OutfitRecommendation', { description: 'A recommendation for one request.' })
export class OutfitRecommendationObject {
  @Field(() => ID, { description: 'ID of the recommendation, for feedback and the recommendation log.', simple: true })
  id!: string;

  @Field(() => RecommendationStatusEnum, {
    description:
      'Status of the recommendation; the ranking never includes unrelated garments to fill a page. If it is ' +
      'WEAK, the reasons mark each garment as an alternative.',
    simple: true,
  })
  status!: RecommendationStatus;
}

/** Returns a page of a ranking as a connection. */
export function recommendedConnection(page: {
  rows: readonly RecommendedGarment[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
}): RecommendedGarmentConnectionObject {
  return {
    edges: page.rows.map(recommendedRow),
    nodes: page.rows.map(({ garment }) => garment),
    pageInfo: pageInfo(
      page.rows.map(({ cursor }) => cursor),
      page,
    ),
  };
}

/** Returns a garment of a ranking page as an edge. */
export function recommendedRow({ ranked, garment, reasons }: RecommendedGarment): RecommendedGarmentEdgeObject {
  return recommendedEdge({ ...ranked, garment, reasons });
}

/** Returns a garment of a present or logged ranking as an edge. */
export function recommendedEdge(row: ReplayedGarment): RecommendedGarmentEdgeObject {
  const { garment, reasons, contributions, textSimilarity, imageSimilarity, typeProbability } = row;
  return {
    cursor: rankingCursor(row),
    node: garment,
    rank: row.rank,
    score: row.score,
    explanation: { contributions, textSimilarity, imageSimilarity, typeProbability, reasons },
  };
}
