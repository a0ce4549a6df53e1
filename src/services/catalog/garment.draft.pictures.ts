// Pictures of garment inputs: loaded from their source, and compared with the stored picture.
import { isDeepStrictEqual } from 'node:util';
import type { Garment, PictureSource } from '../../domain/catalog/garment.js';
import { type ImageSource, NAMED_SOURCES } from '../../domain/recommend/recommend.request.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import { FitroomError } from '../../errors.js';
import type { Encoders } from '../../inference/encoders.js';
import type { CatalogPictureFetcher } from '../../pictures/fetch/catalog.picture.fetcher.js';
import { type OpenOptions, pictureHash } from '../../pictures/picture.js';
import { preparePicture } from '../../pictures/stored.picture.js';
import type { GarmentRepository } from '../../store/garment.repository.js';
import type { ImageRepository } from '../../store/image.repository.js';
import type { QueryEncoder } from '../recommend/query.encoder.js';
import type { ArrivedPicture } from './garment.draft.js';

export interface GarmentDraftPicturesParts {
  encoders: Encoders;
  queryEncoder: QueryEncoder;
  fetcher: CatalogPictureFetcher;
  garments: GarmentRepository;
  images: ImageRepository;
}

/** The stored picture of a garment. Both fields are null for a garment without a picture. */
export interface StoredImageState {
  hash: string | null;
  source: PictureSource | null;
}

/** A picture whose loading has started. The bytes of an upload are being read. */
export interface StartedPicture {
  image: ImageSource;
  upload: Promise<Uint8Array> | null;
}

export class GarmentDraftPictures {
  constructor(private readonly parts: GarmentDraftPicturesParts) {}

  /**
   * Starts to read an upload, even if its garment may be invalid. An unread upload of a request would block all uploads
   * that follow it.
   */
  start(image: ImageSource): StartedPicture {
    if (image.kind !== 'upload') return { image, upload: null };
    const upload = this.parts.queryEncoder.bytesOf(image);
    upload.catch(() => undefined); // an error is reported when the garment awaits the upload
    return { image, upload };
  }

  /** Returns the stored source URLs of pictures, by garment id. */
  storedSources(ctx: StoreContext, garments: Garment[]): Promise<Map<string, PictureSource>> {
    return this.parts.images.sourcesOf(
      ctx,
      garments.map(({ id }) => id),
    );
  }

  /** Loads a picture and compares it with the stored one. @throws FitroomError of the picture, field within `image` */
  async arrive(
    ctx: StoreContext,
    started: StartedPicture,
    stored: StoredImageState,
    options: OpenOptions,
  ): Promise<ArrivedPicture> {
    const { image, upload } = started;
    try {
      if (image.kind === 'url') return await this.fetch(image.url, stored, options);
      const bytes =
        image.kind === 'sku' ? this.catalogPicture(ctx, image.sku) : (upload ?? this.parts.queryEncoder.bytesOf(image));
      return await this.prepare({ bytes: await bytes, source: null }, stored, options);
    } catch (error) {
      throw error instanceof FitroomError && NAMED_SOURCES.has(image.kind) ? error.within(image.kind) : error;
    }
  }

  private async fetch(url: string, stored: StoredImageState, options: OpenOptions): Promise<ArrivedPicture> {
    const { bytes, source } = await this.parts.fetcher.fetch(url, stored.source);
    if (bytes === null) return { picture: undefined, source: undefined };
    return this.prepare({ bytes, source }, stored, options);
  }

  /** Prepares new bytes for storing. The bytes of the stored picture are not decoded again. */
  private async prepare(
    { bytes, source }: { bytes: Uint8Array; source: PictureSource | null },
    stored: StoredImageState,
    options: OpenOptions,
  ): Promise<ArrivedPicture> {
    if (pictureHash(bytes) === stored.hash) {
      return { picture: undefined, source: isDeepStrictEqual(source, stored.source) ? undefined : source };
    }
    return { picture: await preparePicture(bytes, options, this.parts.encoders.bundle.manifest.image), source };
  }

  private async catalogPicture(ctx: StoreContext, sku: string): Promise<Uint8Array> {
    const [garment] = await this.parts.garments.findBySkus(ctx, [sku]);
    const image = garment && (await this.parts.images.find(ctx, garment.id));
    if (!image) throw new FitroomError('GARMENT_NOT_FOUND', undefined, ['sku']);
    return image.bytes;
  }
}
