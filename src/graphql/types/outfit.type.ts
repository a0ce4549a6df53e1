// Object types of outfits.
import { Field, Float, ObjectType } from 'type-graphql';
import type { OutfitPiece } from '../../domain/outfit/outfit.js';
import type { ShortfallCode } from '../../domain/outfit/shortfall.js';
import type { OutfitSlot } from '../../domain/outfit/slot.js';
import { OutfitSlotEnum, ShortfallCodeEnum } from './enums.js';
import { GarmentObject, MoneyObject } from './garment.type.js';

@ObjectType('OutfitPiece', { description: 'A garment in an outfit.', simpleResolvers: true })
export class OutfitPieceObject {
  @Field(() => OutfitSlotEnum, { description: 'Slot of the garment. An outfit uses each slot at most once.' })
  slot!: OutfitSlot;

  @Field(() => GarmentObject, { description: 'The garment in this slot.' })
  garment!: GarmentObject;
}

@ObjectType('Outfit', { description: 'Garments that are worn together.', simpleResolvers: true })
export class OutfitObject {
  @Field(() => [OutfitPieceObject], { description: 'Outfit items from head to foot, then the accessory.' })
  pieces!: OutfitPiece[];

  @Field(() => Float, {
    description:
      'Compatibility of the items, 0 to 1. It combines roles, gender, use, color and style over all pairs; the ' +
      'weakest pair has additional weight.',
  })
  score!: number;

  @Field(() => MoneyObject, {
    nullable: true,
    description: 'Exact sum of the prices. Null if an item has no price or the prices have several currencies.',
  })
  totalPrice!: MoneyObject | null;
}

@ObjectType('OutfitShortfall', {
  description: 'Reason why there are fewer outfits than requested.',
  simpleResolvers: true,
})
export class OutfitShortfallObject {
  @Field(() => ShortfallCodeEnum, { description: 'Reason code.' })
  code!: ShortfallCode;

  @Field(() => String, { description: 'Message for shoppers, in the language of the text of the request.' })
  message!: string;

  @Field(() => MoneyObject, {
    nullable: true,
    description:
      'Lowest price of a further outfit, for the code `BUDGET`. Null for other codes and if no garment has a ' +
      'price in this currency.',
  })
  cheapest!: MoneyObject | null;
}
