// What of a garment is not in its row: its picture's address and its neighbours.
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Garment } from '../../domain/garment.js';
import { FitroomError } from '../../errors.js';
import type { GraphQLContext } from '../context.js';
import { searchCost } from '../cost.js';
import { pictureAddress } from '../picture.address.js';
import { GarmentObject } from '../types/garment.type.js';

const DEFAULT_SIMILAR = 12;

@Resolver(() => GarmentObject)
export class GarmentResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Address of its picture on this server; it may be kept for ever, since a new picture has a new address. WebP.',
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
}
