// Object types of the model, its quality, catalog statistics and classification.
import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { FusionMethod } from '../../domain/recommend/fusion.js';
import { DateTimeScalar } from '../server/scalars.js';
import { FusionMethodEnum } from './enums.js';
import { FacetValueObject, GarmentTypeProbabilityObject, LabelProbabilityObject } from './garment.type.js';

@ObjectType('GarmentClassification', {
  description:
    'Classification by the classifier head: five calibrated distributions, each with the most likely label first.',
  simpleResolvers: true,
})
export class GarmentClassificationObject {
  @Field(() => [GarmentTypeProbabilityObject], { description: 'Probabilities of the ten try-on types.' })
  garmentTypes!: GarmentTypeProbabilityObject[];

  @Field(() => [LabelProbabilityObject], {
    description: 'Probabilities of the categories, which are finer than the types.',
  })
  categories!: LabelProbabilityObject[];

  @Field(() => [LabelProbabilityObject], { description: 'Probabilities of the main colors.' })
  colors!: LabelProbabilityObject[];

  @Field(() => [LabelProbabilityObject], { description: 'Probabilities of the genders.' })
  genders!: LabelProbabilityObject[];

  @Field(() => [LabelProbabilityObject], { description: 'Probabilities of the uses, for example "Sports".' })
  usages!: LabelProbabilityObject[];

  @Field(() => Float, {
    nullable: true,
    description:
      'Probability, 0 to 1, that the input shows no fashion item; if it is high, ignore the distributions. ' +
      'Null if the model does not predict it.',
  })
  nothing!: number | null;
}

@ObjectType('ModelInfo', { description: 'The active model.', simpleResolvers: true })
export class ModelInfoObject {
  @Field(() => String, { description: 'ID of the model as `name@version`, as recommendations report it.' })
  id!: string;

  @Field(() => Int, { description: 'Length of the text and picture feature vectors.' })
  dimensions!: number;

  @Field(() => String, { description: 'Execution provider: cpu, webgpu or cuda.' })
  executionProvider!: string;

  @Field(() => String, { description: 'Name of the text encoder.' })
  textEncoder!: string;

  @Field(() => String, { description: 'Name of the picture encoder.' })
  imageEncoder!: string;

  @Field(() => [FusionMethodEnum], { description: 'Fusion methods that requests can use.' })
  fusionMethods!: FusionMethod[];
}

@ObjectType('CatalogStats', { description: 'Catalog statistics.', simpleResolvers: true })
export class CatalogStatsObject {
  @Field(() => Int, { description: 'Number of garments.' })
  garments!: number;

  @Field(() => Int, { description: 'Number of garments in stock.' })
  inStock!: number;

  @Field(() => Int, {
    description: 'Number of garments that the active model has embedded. Only these are recommended.',
  })
  embedded!: number;

  @Field(() => [FacetValueObject], { description: 'Number of garments per try-on type, most frequent first.' })
  byGarmentType!: FacetValueObject[];

  @Field(() => [FacetValueObject], { description: 'Number of garments per color, most frequent first.' })
  byColor!: FacetValueObject[];
}

@ObjectType('Metric', { description: 'One quality metric of a model.', simpleResolvers: true })
export class MetricObject {
  @Field(() => String, { description: 'Name of the metric.' })
  name!: string;

  @Field(() => Float, { description: 'Value of the metric.' })
  value!: number;

  @Field(() => Int, { description: 'Number of rows in the measurement.' })
  rows!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Lower bound of the 95 % bootstrap interval. Null if it was not measured.',
  })
  low!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Upper bound of the 95 % bootstrap interval. Null if it was not measured.',
  })
  high!: number | null;
}

@ObjectType('Confusion', {
  description: 'A pair of labels that the classifier head confuses, for pictures without text.',
  simpleResolvers: true,
})
export class ConfusionObject {
  @Field(() => String, { description: 'Attribute that is confused: category or color.' })
  output!: string;

  @Field(() => String, { description: 'Correct label.' })
  label!: string;

  @Field(() => String, { description: 'Label that the classifier predicts instead.' })
  takenFor!: string;

  @Field(() => Int, { description: 'Number of rows with this confusion in the evaluation data.' })
  count!: number;

  @Field(() => Int, { description: 'Number of rows with the correct label in the evaluation data.' })
  rows!: number;
}

@ObjectType('ModelReport', {
  description: 'Quality of a model on data that was not used for training.',
  simpleResolvers: true,
})
export class ModelReportObject {
  @Field(() => String, { description: 'Model as `name@version`.' })
  model!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Time when the training ended. Null if the bundle does not record it.',
  })
  trainedAt!: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Time of the evaluation. Null if the bundle does not record it.',
  })
  evaluatedAt!: Date | null;

  @Field(() => [MetricObject], { description: 'Metrics of the evaluation, as stored in the bundle.' })
  metrics!: MetricObject[];

  @Field(() => [ConfusionObject], {
    description:
      'Most frequent confusions of the model, most frequent first. Empty if the bundle does not record them.',
  })
  confusions!: ConfusionObject[];
}

@ObjectType('Insights', { description: 'Reports for analysts. Each field is computed only if it is selected.' })
export class InsightsObject {}
