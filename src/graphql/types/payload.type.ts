// What mutations answer: what was done, and what of the input could not be.
import { Field, Int, ObjectType } from 'type-graphql';
import { GarmentObject } from './garment.type.js';

@ObjectType('UserError', {
  description: 'Something in the input that the merchant can put right.',
  simpleResolvers: true,
})
export class UserErrorObject {
  @Field(() => [String], { description: 'Path to it: ["garments", "3", "image", "url"].' })
  field!: string[];

  @Field(() => String, { description: 'What is wrong, for programs; docs/errors.md lists all codes.' })
  code!: string;

  @Field(() => String, { description: 'What is wrong, for people.' })
  message!: string;
}

@ObjectType('UpsertGarmentsPayload', { description: 'What became of an upsert.', simpleResolvers: true })
export class UpsertGarmentsPayloadObject {
  @Field(() => [GarmentObject], { description: 'The garments as they stand now; of a dry run, as they would.' })
  garments!: GarmentObject[];

  @Field(() => Int, { description: 'How many are new.' })
  created!: number;

  @Field(() => Int, { description: 'How many were there already.' })
  updated!: number;

  @Field(() => [UserErrorObject], { description: 'What was not stored, and why.' })
  userErrors!: UserErrorObject[];

  @Field(() => [UserErrorObject], {
    description:
      'Stored all the same, but worth a look: a picture that contradicts its words, a near-duplicate of another sku.',
  })
  warnings!: UserErrorObject[];
}

@ObjectType('DeleteGarmentsPayload', { description: 'What became of a deletion.', simpleResolvers: true })
export class DeleteGarmentsPayloadObject {
  @Field(() => [String], { description: 'What was in the catalog and is no longer.' })
  deletedSkus!: string[];

  @Field(() => [UserErrorObject], { description: 'What was not deleted, and why.' })
  userErrors!: UserErrorObject[];
}
