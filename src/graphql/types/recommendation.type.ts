// A ranked answer as clients see it: what was understood, the ranking, and why each garment stands where it does.
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { ReplayedGarment } from '../../domain/recommend/recommendation.log.js';
import type { FusionMethod } from '../../domain/recommend/fusion.js';
import { rankingCursor } from '../../domain/shared/page.js';
import type { RecommendationStatus, RecommendedGarment } from '../../domain/recommend/recommendation.js';
import { Needs } from '../server/permissions.js';
import { FusionMethodEnum, RecommendationStatusEnum } from './enums.js';
import { pageInfo, PageInfoObject } from './connection.type.js';
import { GarmentObject, GarmentTypeProbabilityObject } from './garment.type.js';

@ObjectType('QueryUnderstanding', { description: 'What the model read in a request.', simpleResolvers: true })
export class QueryUnderstandingObject {
  @Field(() => [GarmentTypeProbabilityObject], { description: 'All ten types, most likely first; they sum to 1.' })
  garmentTypes!: GarmentTypeProbabilityObject[];

  @Field(() => [String], {
    description: 'Colours that the words name or else the picture shows, most likely first; empty where none.',
  })
  colors!: string[];

  @Field(() => FusionMethodEnum, { description: 'How words and picture were brought together.' })
  fusion!: FusionMethod;

  @Field(() => Float, { description: 'How much the words counted, 0 to 1; together with `imageWeight` 1.' })
  textWeight!: number;

  @Field(() => Float, { description: 'How much the picture counted, 0 to 1.' })
  imageWeight!: number;

  @Field(() => String, { description: 'The model that answered, as `name@version`.' })
  model!: string;
}

@ObjectType('ScoreContribution', { description: 'One part of a score.' })
export class ScoreContributionObject {
  @Field(() => String, {
    description:
      'What it is for: textSimilarity, imageSimilarity, garmentType, category, color, gender, usage, lexical, avoid, shopper, diversity; learned is what the store’s answers taught of the others’ weights; boost, bury and pin come from the merchant’s rules.',
    simple: true,
  })
  name!: string;

  @Field(() => Float, { description: 'What it adds to the score; below 0 it takes away.', simple: true })
  value!: number;

  @Needs('catalog:inspect')
  @Field(() => String, {
    nullable: true,
    description:
      'Of boost, bury and pin the names of the rules that they come from; of shopper what of their taste says most: features, category, color, gender or usage. Null of all others.',
  })
  detail?: string;
}

@ObjectType('Explanation', {
  description: "Why a garment stands where it does. The contributions add up to the edge's score.",
  simpleResolvers: true,
})
export class ExplanationObject {
  @Field(() => [ScoreContributionObject], {
    description: 'The parts of the score; parts that add nothing are left out.',
  })
  contributions!: ScoreContributionObject[];

  @Field(() => Float, {
    nullable: true,
    description: "Cosine, −1 to 1, to the garment's words; null where the request or the garment has none.",
  })
  textSimilarity!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Cosine, −1 to 1, to the garment's picture; null where the request or the garment has none.",
  })
  imageSimilarity!: number | null;

  @Field(() => Float, { description: 'How likely the garment is of a type that was asked for, 0 to 1.' })
  typeProbability!: number;

  @Field(() => [String], {
    description:
      "For a shopper: 'red, as you asked', 'looks like your photo'. None where nothing but a pin speaks for it.",
  })
  reasons!: string[];
}

@ObjectType('RecommendedGarmentEdge', { description: 'A garment at its place in a ranking.', simpleResolvers: true })
export class RecommendedGarmentEdgeObject {
  @Field(() => String, { description: 'Its place in the ranking, for `after`.' })
  cursor!: string;

  @Field(() => GarmentObject, { description: 'The garment.' })
  node!: GarmentObject;

  @Field(() => Int, { description: 'Its place from 1, counted over all pages.' })
  rank!: number;

  @Field(() => Float, { description: 'Higher is better. Comparable within one answer, not between answers.' })
  score!: number;

  @Field(() => ExplanationObject, { description: 'What the score is made of.' })
  explanation!: ExplanationObject;
}

@ObjectType('RecommendedGarmentConnection', { description: 'A page of a ranking.', simpleResolvers: true })
export class RecommendedGarmentConnectionObject {
  @Field(() => [RecommendedGarmentEdgeObject], {
    description: 'The rows with rank, score and explanation, best first.',
  })
  edges!: RecommendedGarmentEdgeObject[];

  @Field(() => [GarmentObject], { description: 'The garments alone, best first.' })
  nodes!: GarmentObject[];

  @Field(() => PageInfoObject, { description: 'Where the page stands.' })
  pageInfo!: PageInfoObject;
}

@ObjectType('EmptyingFilter', {
  description: 'A field of the filter without which an answer would not be empty.',
  simpleResolvers: true,
})
export class EmptyingFilterObject {
  @Field(() => String, { description: 'The field of `GarmentFilter`; `inStockOnly` holds where it is not given, too.' })
  field!: string;

  @Field(() => Int, { description: 'How many garments match once this one field is left out and all others hold.' })
  garments!: number;
}

@ObjectType('OutfitRecommendation', { description: 'The answer to a request.' })
export class OutfitRecommendationObject {
  @Field(() => ID, { description: 'Names this answer.', simple: true })
  id!: string;

  @Field(() => RecommendationStatusEnum, {
    description:
      'How good the answer is. It is never filled up with garments that do not match; where it is WEAK, each garment says in its reasons that it is an alternative.',
    simple: true,
  })
  status!: RecommendationStatus;
}

/** A page of a ranking with its position. */
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

/** A row of a page. */
export function recommendedRow({ ranked, garment, reasons }: RecommendedGarment): RecommendedGarmentEdgeObject {
  return recommendedEdge({ ...ranked, garment, reasons });
}

/** A row of a ranking, or of one that was. */
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
