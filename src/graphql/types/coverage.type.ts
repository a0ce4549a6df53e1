// Object types of catalog coverage and the catalog quality audit.
import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { Period } from '../../domain/analytics/period.js';
import { GarmentObject } from './garment.type.js';

@ObjectType('Coverage', { description: 'Distribution of recommendations over the garments that are in stock.' })
export class CoverageObject {
  period!: Period;

  @Field(() => Int, { description: 'Number of garments in stock.', simple: true })
  garments!: number;

  @Field(() => Int, { description: 'Number of garments in stock that were shown at least once.', simple: true })
  shown!: number;

  @Field(() => Int, { description: 'Total number of times that these garments were shown.', simple: true })
  showings!: number;

  @Field(() => Float, {
    description:
      'Gini coefficient of the impressions, 0 to 1. 0 means that all garments are shown equally often; near 1, ' +
      'few garments get all impressions.',
    simple: true,
  })
  gini!: number;

  @Field(() => Float, {
    description: 'Share of all impressions that go to the most shown 10 % of the garments, 0 to 1.',
    simple: true,
  })
  topTenth!: number;
}

@ObjectType('CatalogDoubt', {
  description: 'A quality problem of a stored garment. The same garment would get this warning in an upsert.',
})
export class CatalogDoubtObject {
  @Field(() => GarmentObject, { description: 'The garment with the problem.', simple: true })
  garment!: GarmentObject;

  @Field(() => String, { description: 'Problem code: `PICTURE_CONTRADICTS_WORDS` or `NEAR_DUPLICATE`.', simple: true })
  code!: string;

  @Field(() => String, { description: 'Description of the problem for people.', simple: true })
  message!: string;

  twinSku!: string | null;
}

@ObjectType('CatalogDoubts', { description: 'Quality problems in one batch of the catalog.', simpleResolvers: true })
export class CatalogDoubtsObject {
  @Field(() => [CatalogDoubtObject], { description: 'Problems in this batch. Often empty.' })
  doubts!: CatalogDoubtObject[];

  @Field(() => Int, { description: 'Number of garments checked in this batch.' })
  examined!: number;

  @Field(() => String, {
    nullable: true,
    description: 'Cursor for the next batch; use it as `after`. Null at the end of the catalog.',
  })
  endCursor!: string | null;
}
