// Object types that mutations on the catalog return.
import { Field, Int, ObjectType } from 'type-graphql';
import { GarmentObject } from './garment.type.js';

@ObjectType('UserError', {
  description: 'A problem in the input that the caller can correct.',
  simpleResolvers: true,
})
export class UserErrorObject {
  @Field(() => [String], { description: 'Path to the wrong value, for example ["garments", "3", "image", "url"].' })
  field!: string[];

  @Field(() => String, { description: 'Error code for programs; docs/errors.md lists all codes.' })
  code!: string;

  @Field(() => String, { description: 'Error message for people.' })
  message!: string;
}

@ObjectType('UpsertGarmentsPayload', { description: 'Result of an upsert.', simpleResolvers: true })
export class UpsertGarmentsPayloadObject {
  @Field(() => [GarmentObject], {
    description: 'Stored garments. For a dry run, the garments as they would be stored.',
  })
  garments!: GarmentObject[];

  @Field(() => Int, { description: 'Number of new garments.' })
  created!: number;

  @Field(() => Int, { description: 'Number of garments that were already in the catalog.' })
  updated!: number;

  @Field(() => [UserErrorObject], { description: 'Garments that were not stored, each with its reason.' })
  userErrors!: UserErrorObject[];

  @Field(() => [UserErrorObject], {
    description:
      'Problems of stored garments, such as a picture that contradicts the text, or a near-duplicate of another SKU.',
  })
  warnings!: UserErrorObject[];
}

@ObjectType('DeleteGarmentsPayload', { description: 'Result of deleting garments.', simpleResolvers: true })
export class DeleteGarmentsPayloadObject {
  @Field(() => [String], { description: 'SKUs of the deleted garments.' })
  deletedSkus!: string[];

  @Field(() => [UserErrorObject], { description: 'SKUs that were not deleted, each with its reason.' })
  userErrors!: UserErrorObject[];
}
