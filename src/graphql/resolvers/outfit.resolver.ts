// Resolvers for outfit fields that are not stored: the weakest pair and the preview URL.
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
    description:
      'The pair of items that goes together least and the reason, as a sentence for shoppers. Null for an ' +
      'outfit with one item.',
  })
  weakestLink(
    @Root() outfit: Outfit,
    @Arg('language', () => LanguageEnum, {
      nullable: true,
      description:
        'Language of the sentence. If absent, the language of the text of the request, or English without text.',
    })
    language?: Language | null,
  ): string | null {
    return outfit.weakestLink && outfit.weakestLink[language ?? outfit.language];
  }

  @FieldResolver(() => String, {
    description:
      'URL of a PNG with all items of the outfit, on this server. Clients can cache it without limit, because ' +
      'other pictures get another URL.',
  })
  previewUrl(
    @Root() outfit: Outfit,
    @Ctx() { store, origin }: GraphQLContext,
    @Arg('width', () => Int, {
      nullable: true,
      description:
        'Width in pixels, 64 to 1024, or 640 if absent; the height is 5/4 of the width. The parameter ' +
        '`?width=` of the URL has the same effect.',
    })
    width?: number | null,
  ): string {
    if (width != null && width < 1)
      throw new FitroomError('ARGUMENT_INVALID', '`width` must be at least 1 pixel.', ['width']);
    return origin + outfitPreviewAddress(store, outfit.pieces, width);
  }
}
