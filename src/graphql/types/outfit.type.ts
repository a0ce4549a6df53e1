// A whole look as clients see it. The address of its picture is the resolver's.
import { Field, Float, ObjectType } from 'type-graphql';
import type { OutfitPiece } from '../../domain/outfit/outfit.js';
import type { ShortfallCode } from '../../domain/outfit/shortfall.js';
import type { OutfitSlot } from '../../domain/outfit/slot.js';
import { OutfitSlotEnum, ShortfallCodeEnum } from './enums.js';
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

  @Field(() => MoneyObject, {
    nullable: true,
    description: 'The exact sum of all prices; null where a piece has none, or they are in several currencies.',
  })
  totalPrice!: MoneyObject | null;
}

@ObjectType('OutfitShortfall', {
  description: 'Why there are fewer looks than were asked for.',
  simpleResolvers: true,
})
export class OutfitShortfallObject {
  @Field(() => ShortfallCodeEnum, { description: 'What there is not enough of.' })
  code!: ShortfallCode;

  @Field(() => String, { description: 'In words for a shopper, in the language of the request’s words.' })
  message!: string;

  @Field(() => MoneyObject, {
    nullable: true,
    description:
      'With `BUDGET`: the least that a further look was found for; null where nothing is priced in its currency.',
  })
  cheapest!: MoneyObject | null;
}
