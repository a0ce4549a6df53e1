// What of a look is not in it: the address of its picture.
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Language } from '../../domain/text/language.js';
import type { Outfit } from '../../domain/outfit/outfit.js';
import { FitroomError } from '../../errors.js';
import type { GraphQLContext } from '../server/context.js';
import { outfitPreviewAddress } from '../server/picture.address.js';
import { LanguageEnum } from '../types/enums.js';
import { OutfitObject } from '../types/outfit.type.js';

@Resolver(() => OutfitObject)
export class OutfitResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: 'The two pieces that go together least, and why, in words for a shopper.',
  })
  weakestLink(
    @Root() outfit: Outfit,
    @Arg('language', () => LanguageEnum, {
      nullable: true,
      description: 'Absent: that of the request’s words, English where there are none.',
    })
    language?: Language | null,
  ): string | null {
    return outfit.weakestLink && outfit.weakestLink[language ?? outfit.language];
  }

  @FieldResolver(() => String, {
    description:
      'Address of a PNG of the pieces laid out together, on this server; it may be kept for ever, since other pictures have another address.',
  })
  previewUrl(
    @Root() outfit: Outfit,
    @Ctx() { store, origin }: GraphQLContext,
    @Arg('width', () => Int, {
      nullable: true,
      description:
        'Width in pixels, 64 to 1024; the height is 5/4 of it. Absent: 640. `?width=` at the address is the same.',
    })
    width?: number | null,
  ): string {
    if (width != null && width < 1)
      throw new FitroomError('ARGUMENT_INVALID', 'A width is at least 1 pixel.', ['width']);
    return origin + outfitPreviewAddress(store, outfit.pieces, width);
  }
}
