// Turns words and a picture, wherever it comes from, into the features that everything else works on.
// The picture itself goes no further than this file: it is neither stored nor logged.
import type { StoreContext } from '../../domain/access/store.context.js';
import type { Features } from '../../domain/recommend/fusion.js';
import {
  type ImageSource,
  type EncodedPicture,
  NAMED_SOURCES,
  type RequestPicture,
} from '../../domain/recommend/recommend.request.js';
import { FitroomError } from '../../errors.js';
import type { Encoders } from '../../inference/encoders.js';
import { isBlank } from '../../pictures/blank.picture.js';
import { type Picture, withPicture } from '../../pictures/picture.js';
import { decodeBase64, readUpload } from '../../pictures/picture.upload.js';
import { type FetchPictureOptions, fetchPicture } from '../../pictures/fetch/picture.exchange.js';
import { squareOf } from '../../pictures/letterbox.js';
import type { EmbeddingRepository } from '../../store/embedding.repository.js';
import type { GarmentRepository } from '../../store/garment.repository.js';

export interface QueryEncoderParts {
  encoders: Encoders;
  garments: GarmentRepository;
  embeddings: EmbeddingRepository;
  fetchOptions?: FetchPictureOptions;
}

/** What a request consists of, in features of unit length. */
export interface EncodedQuery {
  features: Features;
  /** What was made of the picture; null without one. */
  picture: EncodedPicture | null;
}

/** A picture that is there as bytes, or can be had as such. */
export type PixelSource = Exclude<ImageSource, { kind: 'sku' }>;

export class QueryEncoder {
  constructor(private readonly parts: QueryEncoderParts) {}

  /**
   * Features of either side; null for a side that is not given.
   * @param kept features of the words, where they are known
   * @throws FitroomError of the picture, field within `image`
   */
  async encodeQuery(
    ctx: StoreContext,
    words: string | null,
    image: RequestPicture | null,
    kept: Float32Array | null = null,
  ): Promise<EncodedQuery> {
    const [text, picture] = await Promise.all([
      words === null ? null : (kept ?? this.parts.encoders.encodeWords(words)),
      image === null ? null : this.pictureFeatures(ctx, image),
    ]);
    return { features: { text, image: picture?.features ?? null }, picture };
  }

  /** Unit features of an opened picture. */
  async encodePicture(picture: Picture): Promise<Float32Array> {
    return this.parts.encoders.encodePixels(await this.square(picture));
  }

  /** The square of pixels that the model takes. */
  private async squareOf(source: PixelSource): Promise<Uint8Array> {
    try {
      return await withPicture(await this.bytesOf(source), { rank: 'SHOPPER' }, (picture) => this.square(picture));
    } catch (error) {
      throw error instanceof FitroomError && NAMED_SOURCES.has(source.kind) ? error.within(source.kind) : error;
    }
  }

  private async square(picture: Picture): Promise<Uint8Array> {
    return squareOf(picture, this.parts.encoders.bundle.manifest.image);
  }

  private async pictureFeatures(ctx: StoreContext, source: RequestPicture): Promise<EncodedPicture> {
    try {
      if (source.kind === 'encoded') return source.picture;
      if (source.kind === 'sku') return await this.catalogFeatures(ctx, source.sku);
      const pixels = await this.squareOf(source);
      return { features: await this.parts.encoders.encodePixels(pixels), shownType: null, isBlank: isBlank(pixels) };
    } catch (error) {
      throw error instanceof FitroomError ? error.within('image') : error;
    }
  }

  private async catalogFeatures(ctx: StoreContext, sku: string): Promise<EncodedPicture> {
    const [garment] = await this.parts.garments.findBySkus(ctx, [sku]);
    const model = this.parts.encoders.bundle.id;
    const stored = garment && (await this.parts.embeddings.featuresOf(ctx, model, [garment.id])).get(garment.id);
    if (!garment || !stored?.features.image) throw new FitroomError('GARMENT_NOT_FOUND', undefined, ['sku']);
    return { features: stored.features.image, shownType: garment.garmentType, isBlank: false };
  }

  /** The bytes of a picture, as they came. @throws FitroomError of the source, field [] */
  async bytesOf(source: PixelSource): Promise<Uint8Array> {
    switch (source.kind) {
      case 'bytes':
        return source.bytes;
      case 'base64':
        return decodeBase64(source.data);
      case 'url':
        return fetchPicture(source.url, this.parts.fetchOptions);
      case 'upload':
        return readUpload(source.open());
      case 'invalid':
        throw new FitroomError('IMAGE_SOURCE_INVALID');
    }
  }
}
