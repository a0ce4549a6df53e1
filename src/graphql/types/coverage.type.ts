// Which part of the catalog is shown, and what of it is worth a second look.
import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { Period } from '../../domain/analytics/period.js';
import { GarmentObject } from './garment.type.js';

@ObjectType('Coverage', { description: 'How answers are spread over the garments in stock.' })
export class CoverageObject {
  period!: Period;

  @Field(() => Int, { description: 'Garments that can be bought now.', simple: true })
  garments!: number;

  @Field(() => Int, { description: 'Of them, those that were shown at least once.', simple: true })
  shown!: number;

  @Field(() => Int, { description: 'How often they were shown together.', simple: true })
  showings!: number;

  @Field(() => Float, {
    description: 'Gini’s coefficient of the showings: 0 where all are shown alike, towards 1 where few have them all.',
    simple: true,
  })
  gini!: number;

  @Field(() => Float, { description: 'Share of the showings that the most shown tenth has, 0 to 1.', simple: true })
  topTenth!: number;
}

@ObjectType('CatalogDoubt', {
  description: 'Something about a stored garment that would be a warning if it came in now.',
})
export class CatalogDoubtObject {
  @Field(() => GarmentObject, { description: 'The garment.', simple: true })
  garment!: GarmentObject;

  @Field(() => String, { description: '`PICTURE_CONTRADICTS_WORDS` or `NEAR_DUPLICATE`.', simple: true })
  code!: string;

  @Field(() => String, { description: 'What is odd about it.', simple: true })
  message!: string;

  twinSku!: string | null;
}

@ObjectType('CatalogDoubts', { description: 'What was found on one stretch of the catalog.', simpleResolvers: true })
export class CatalogDoubtsObject {
  @Field(() => [CatalogDoubtObject], { description: 'What is worth a second look; often nothing.' })
  doubts!: CatalogDoubtObject[];

  @Field(() => Int, { description: 'Garments that were looked at.' })
  examined!: number;

  @Field(() => String, {
    nullable: true,
    description: 'Give it as `after` for the next stretch; null at the end of the catalog.',
  })
  endCursor!: string | null;
}
