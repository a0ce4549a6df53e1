// Encoding of the text and picture of a request.
// No other file receives the picture: it is neither stored nor logged.
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

/** Features of a request, of unit length. */
export interface EncodedQuery {
  features: Features;
  /** Features and properties of the picture. Null for a request without one. */
  picture: EncodedPicture | null;
}

/** A picture whose bytes are available. */
export type PixelSource = Exclude<ImageSource, { kind: 'sku' }>;

export class QueryEncoder {
  constructor(private readonly parts: QueryEncoderParts) {}

  /**
   * Encodes the text and the picture of a request. The features of an absent modality are null.
   * @param knownText features of the text, if they exist already
   * @throws FitroomError of the picture, field within `image`
   */
  async encodeQuery(
    ctx: StoreContext,
    query: string | null,
    image: RequestPicture | null,
    knownText: Float32Array | null = null,
  ): Promise<EncodedQuery> {
    const [text, picture] = await Promise.all([
      query === null ? null : (knownText ?? this.parts.encoders.encodeWords(query)),
      image === null ? null : this.pictureFeatures(ctx, image),
    ]);
    return { features: { text, image: picture?.features ?? null }, picture };
  }

  /** Returns the features of an opened picture, of unit length. */
  async encodePicture(picture: Picture): Promise<Float32Array> {
    return this.parts.encoders.encodePixels(await this.toSquare(picture));
  }

  private async readSquare(source: PixelSource): Promise<Uint8Array> {
    try {
      return await withPicture(await this.bytesOf(source), { rank: 'SHOPPER' }, (picture) => this.toSquare(picture));
    } catch (error) {
      throw error instanceof FitroomError && NAMED_SOURCES.has(source.kind) ? error.within(source.kind) : error;
    }
  }

  /** Returns the square of pixels that the model takes. */
  private async toSquare(picture: Picture): Promise<Uint8Array> {
    return squareOf(picture, this.parts.encoders.bundle.manifest.image);
  }

  private async pictureFeatures(ctx: StoreContext, source: RequestPicture): Promise<EncodedPicture> {
    try {
      if (source.kind === 'encoded') return source.picture;
      if (source.kind === 'sku') return await this.catalogFeatures(ctx, source.sku);
      const pixels = await this.readSquare(source);
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

  /** Returns the original bytes of a picture. @throws FitroomError of the source, field [] */
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
