// What analysts and operators read: the model, its quality, the catalog as a whole, and what the head sees.
import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { FusionMethod } from '../../domain/recommend/fusion.js';
import { DateTimeScalar } from '../server/scalars.js';
import { FusionMethodEnum } from './enums.js';
import { FacetValueObject, GarmentTypeProbabilityObject, LabelProbabilityObject } from './garment.type.js';

@ObjectType('GarmentClassification', {
  description: 'What the classifier head sees: five calibrated distributions, each with the most likely first.',
  simpleResolvers: true,
})
export class GarmentClassificationObject {
  @Field(() => [GarmentTypeProbabilityObject], { description: 'The ten try-on types.' })
  garmentTypes!: GarmentTypeProbabilityObject[];

  @Field(() => [LabelProbabilityObject], { description: 'Kinds of article, finer than the types.' })
  categories!: LabelProbabilityObject[];

  @Field(() => [LabelProbabilityObject], { description: 'Main colours.' })
  colors!: LabelProbabilityObject[];

  @Field(() => [LabelProbabilityObject], { description: 'Whom it is cut for.' })
  genders!: LabelProbabilityObject[];

  @Field(() => [LabelProbabilityObject], { description: 'What it is worn for.' })
  usages!: LabelProbabilityObject[];

  @Field(() => Float, {
    nullable: true,
    description:
      'Probability that there is nothing here that a fashion shop has: a landscape, noise, words on something else. The ' +
      'distributions then mean little. Null where the bundle’s head does not tell.',
  })
  nothing!: number | null;
}

@ObjectType('ModelInfo', { description: 'The model that answers now.', simpleResolvers: true })
export class ModelInfoObject {
  @Field(() => String, { description: '`name@version`, as recommendations say it.' })
  id!: string;

  @Field(() => Int, { description: 'Length of the feature vectors of words and of pictures.' })
  dimensions!: number;

  @Field(() => String, { description: 'What it runs on: cpu, webgpu or cuda.' })
  executionProvider!: string;

  @Field(() => String, { description: 'The encoder of words.' })
  textEncoder!: string;

  @Field(() => String, { description: 'The encoder of pictures.' })
  imageEncoder!: string;

  @Field(() => [FusionMethodEnum], { description: 'The fusions that requests may ask for.' })
  fusionMethods!: FusionMethod[];
}

@ObjectType('CatalogStats', { description: 'The catalog in numbers.', simpleResolvers: true })
export class CatalogStatsObject {
  @Field(() => Int, { description: 'Garments in all.' })
  garments!: number;

  @Field(() => Int, { description: 'Garments that can be bought now.' })
  inStock!: number;

  @Field(() => Int, { description: 'Garments that the running model has embedded; only they are recommended.' })
  embedded!: number;

  @Field(() => [FacetValueObject], { description: 'Garments by type, the commonest first.' })
  byGarmentType!: FacetValueObject[];

  @Field(() => [FacetValueObject], { description: 'Garments by colour, the commonest first.' })
  byColor!: FacetValueObject[];
}

@ObjectType('Metric', { description: 'One measured figure.', simpleResolvers: true })
export class MetricObject {
  @Field(() => String, { description: 'What was measured.' })
  name!: string;

  @Field(() => Float, { description: 'The figure.' })
  value!: number;

  @Field(() => Int, { description: 'Rows it was measured on.' })
  rows!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Lower end of its 95 % bootstrap interval, where one was measured.',
  })
  low!: number | null;

  @Field(() => Float, { nullable: true, description: 'Upper end of that interval.' })
  high!: number | null;
}

@ObjectType('Confusion', {
  description: 'Something that the classifier head takes for something else, by pictures alone.',
  simpleResolvers: true,
})
export class ConfusionObject {
  @Field(() => String, { description: 'What is told wrong: category or color.' })
  output!: string;

  @Field(() => String, { description: 'What it is, by its label.' })
  label!: string;

  @Field(() => String, { description: 'What it is taken for.' })
  takenFor!: string;

  @Field(() => Int, { description: 'How often, on the data that the figures were measured on.' })
  count!: number;

  @Field(() => Int, { description: 'Rows that have the label.' })
  rows!: number;
}

@ObjectType('ModelReport', {
  description: 'How good a model is on data that it was not trained on.',
  simpleResolvers: true,
})
export class ModelReportObject {
  @Field(() => String, { description: 'The model, as `name@version`.' })
  model!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When its training ended; null where its bundle does not say.',
  })
  trainedAt!: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was measured; null where its bundle does not say.',
  })
  evaluatedAt!: Date | null;

  @Field(() => [MetricObject], { description: 'What its evaluation measured, as its bundle carries it.' })
  metrics!: MetricObject[];

  @Field(() => [ConfusionObject], {
    description: 'What it gets wrong most often, the commonest first; empty where its bundle does not say.',
  })
  confusions!: ConfusionObject[];
}

@ObjectType('Insights', { description: 'What analysts ask. Each field is computed only where it is asked for.' })
export class InsightsObject {}
