// What of a garment is not in its row: its picture's address, its neighbours and its looks.
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Garment } from '../../domain/catalog/garment.js';
import type { Outfit } from '../../domain/outfit/outfit.js';
import { FitroomError } from '../../errors.js';
import type { GraphQLContext } from '../server/context.js';
import { outfitsCost, searchCost } from '../cost.js';
import { pictureAddress } from '../server/picture.address.js';
import { GarmentObject } from '../types/garment.type.js';
import { OutfitObject } from '../types/outfit.type.js';

const DEFAULT_SIMILAR = 12;
const DEFAULT_LOOKS = 3;

@Resolver(() => GarmentObject)
export class GarmentResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Address of its picture on this server; it may be kept for ever, since a new picture has a new address. WebP where a width is given, else as it is stored, which is a JPEG.',
  })
  imageUrl(
    @Root() garment: Garment,
    @Ctx() { store, origin }: GraphQLContext,
    @Arg('width', () => Int, {
      nullable: true,
      description:
        'Width in pixels, 16 to 512; a picture is never enlarged. Absent: as large as it is stored, at most 512 on its longer side.',
    })
    width?: number | null,
  ): string | null {
    if (width != null && width < 1)
      throw new FitroomError('ARGUMENT_INVALID', 'A width is at least 1 pixel.', ['width']);
    const path = pictureAddress(store, garment, width);
    return path && origin + path;
  }

  @FieldResolver(() => [GarmentObject], {
    complexity: searchCost,
    description: 'Garments in stock that are most like it in words and picture, without itself.',
  })
  async similar(
    @Root() garment: Garment,
    @Ctx() { services, store }: GraphQLContext,
    @Arg('first', () => Int, { nullable: true, defaultValue: DEFAULT_SIMILAR, description: 'How many, 1 to 100.' })
    first: number | null,
  ): Promise<Garment[]> {
    return services.catalog.similar(store, garment, first ?? DEFAULT_SIMILAR);
  }

  @FieldResolver(() => [GarmentObject], {
    complexity: searchCost,
    description:
      'The same garment in other colours or sizes, in stock: garments of one brand whose titles differ in nothing but colour and size. `recommendOutfit` shows one of them, the best for the request.',
  })
  async variants(
    @Root() garment: Garment,
    @Ctx() { services, store }: GraphQLContext,
    @Arg('first', () => Int, { nullable: true, defaultValue: DEFAULT_SIMILAR, description: 'How many, 1 to 100.' })
    first: number | null,
  ): Promise<Garment[]> {
    return services.catalog.variants(store, garment, first ?? DEFAULT_SIMILAR);
  }

  @FieldResolver(() => [OutfitObject], {
    complexity: outfitsCost,
    description:
      'Whole looks around it, from garments in stock: each with other pieces than those before. None where it is sold out or belongs to no look, as a lipstick.',
  })
  async outfits(
    @Root() garment: Garment,
    @Ctx() { services, store }: GraphQLContext,
    @Arg('first', () => Int, { nullable: true, defaultValue: DEFAULT_LOOKS, description: 'How many, 1 to 100.' })
    first: number | null,
  ): Promise<Outfit[]> {
    return services.outfits.ofGarment(store, garment, first ?? DEFAULT_LOOKS);
  }
}
