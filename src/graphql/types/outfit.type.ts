// A whole look as clients see it. The address of its picture is the resolver's.
import { Field, Float, ObjectType } from 'type-graphql';
import type { OutfitPiece } from '../../domain/outfit/outfit.js';
import type { OutfitSlot } from '../../domain/outfit/slot.js';
import { OutfitSlotEnum } from './enums.js';
import { GarmentObject, MoneyObject } from './garment.type.js';

@ObjectType('OutfitPiece', { description: 'A garment at its place in a look.', simpleResolvers: true })
export class OutfitPieceObject {
  @Field(() => OutfitSlotEnum, { description: 'Where it is worn; no slot comes twice in a look.' })
  slot!: OutfitSlot;

  @Field(() => GarmentObject, { description: 'The garment.' })
  garment!: GarmentObject;
}

@ObjectType('Outfit', { description: 'Garments that are worn together: a whole look.', simpleResolvers: true })
export class OutfitObject {
  @Field(() => [OutfitPieceObject], { description: 'From head to foot, then the accessory.' })
  pieces!: OutfitPiece[];

  @Field(() => Float, {
    description:
      'How well the pieces go together, 0 to 1: roles, whom they are cut for, what they are worn for, colours and style, over all pairs, the least of which counts extra.',
  })
  score!: number;

  @Field(() => String, {
    nullable: true,
    description: 'The two pieces that go together least, and why, in words.',
  })
  weakestLink!: string | null;

  @Field(() => MoneyObject, {
    nullable: true,
    description: 'The exact sum of all prices; null where a piece has none, or they are in several currencies.',
  })
  totalPrice!: MoneyObject | null;
}
