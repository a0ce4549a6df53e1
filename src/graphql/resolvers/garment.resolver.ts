// Resolvers for garment fields that are not stored: picture URL, similar garments, variants and outfits.
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
const DEFAULT_OUTFITS = 3;

@Resolver(() => GarmentObject)
export class GarmentResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'URL of the picture on this server: WebP with a width, the stored JPEG without. Clients can cache it ' +
      'without limit, because a new picture gets a new URL.',
  })
  imageUrl(
    @Root() garment: Garment,
    @Ctx() { store, origin }: GraphQLContext,
    @Arg('width', () => Int, {
      nullable: true,
      description:
        'Width in pixels, 16 to 512; pictures are never enlarged. If absent, the stored size, at most 512 ' +
        'pixels on the longer side.',
    })
    width?: number | null,
  ): string | null {
    if (width != null && width < 1)
      throw new FitroomError('ARGUMENT_INVALID', '`width` must be at least 1 pixel.', ['width']);
    const path = pictureAddress(store, garment, width);
    return path && origin + path;
  }

  @FieldResolver(() => [GarmentObject], {
    complexity: searchCost,
    description: 'Garments in stock that are most similar in text and picture, without the garment itself.',
  })
  async similar(
    @Root() garment: Garment,
    @Ctx() { services, store }: GraphQLContext,
    @Arg('first', () => Int, {
      nullable: true,
      defaultValue: DEFAULT_SIMILAR,
      description: 'Number of garments, 1 to 100.',
    })
    first: number | null,
  ): Promise<Garment[]> {
    return services.catalog.similar(store, garment, first ?? DEFAULT_SIMILAR);
  }

  @FieldResolver(() => [GarmentObject], {
    complexity: searchCost,
    description:
      'The same garment in other colors or sizes, in stock: garments of one brand whose titles differ only in ' +
      'color and size. `recommendOutfit` shows only the best of them.',
  })
  async variants(
    @Root() garment: Garment,
    @Ctx() { services, store }: GraphQLContext,
    @Arg('first', () => Int, {
      nullable: true,
      defaultValue: DEFAULT_SIMILAR,
      description: 'Number of garments, 1 to 100.',
    })
    first: number | null,
  ): Promise<Garment[]> {
    return services.catalog.variants(store, garment, first ?? DEFAULT_SIMILAR);
  }

  @FieldResolver(() => [OutfitObject], {
    complexity: outfitsCost,
    description:
      'Outfits with this garment and other garments in stock; no other item is in two of them. Empty if the ' +
      'garment is sold out or not wearable, for example a lipstick.',
  })
  async outfits(
    @Root() garment: Garment,
    @Ctx() { services, store }: GraphQLContext,
    @Arg('first', () => Int, {
      nullable: true,
      defaultValue: DEFAULT_OUTFITS,
      description: 'Number of outfits, 1 to 100.',
    })
    first: number | null,
  ): Promise<Outfit[]> {
    return services.outfits.ofGarment(store, garment, first ?? DEFAULT_OUTFITS);
  }
}
