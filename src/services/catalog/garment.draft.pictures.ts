// A garment's picture on its way in: from whichever source it comes, and whether it is the stored one still.
// Knows nothing of the garment but its picture.
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

/** What is stored of a garment's picture; both null where it has none. */
export interface StoredImageState {
  hash: string | null;
  source: PictureSource | null;
}

/** A picture that was asked for. Uploads are being read. */
export interface StartedPicture {
  image: ImageSource;
  upload: Promise<Uint8Array> | null;
}

export class GarmentDraftPictures {
  constructor(private readonly parts: GarmentDraftPicturesParts) {}

  /**
   * Uploads are read at once, whether or not their garment turns out good: a stream of one request that nobody reads
   * would hold back all behind it.
   */
  start(image: ImageSource): StartedPicture {
    if (image.kind !== 'upload') return { image, upload: null };
    const upload = this.parts.queryEncoder.bytesOf(image);
    upload.catch(() => undefined); // awaited, and reported, with its garment
    return { image, upload };
  }

  /** The addresses that the pictures of these garments came from, by garment id. */
  remembered(ctx: StoreContext, garments: Garment[]): Promise<Map<string, PictureSource>> {
    return this.parts.images.sourcesOf(
      ctx,
      garments.map(({ id }) => id),
    );
  }

  /** @throws FitroomError of the picture, field within `image` */
  async arrive(
    ctx: StoreContext,
    started: StartedPicture,
    before: StoredImageState,
    opening: OpenOptions,
  ): Promise<ArrivedPicture> {
    const { image, upload } = started;
    try {
      if (image.kind === 'url') return await this.fetched(image.url, before, opening);
      const bytes =
        image.kind === 'sku' ? this.ofCatalog(ctx, image.sku) : (upload ?? this.parts.queryEncoder.bytesOf(image));
      return await this.prepared({ bytes: await bytes, source: null }, before, opening);
    } catch (error) {
      throw error instanceof FitroomError && NAMED_SOURCES.has(image.kind) ? error.within(image.kind) : error;
    }
  }

  private async fetched(url: string, before: StoredImageState, opening: OpenOptions): Promise<ArrivedPicture> {
    const { bytes, source } = await this.parts.fetcher.fetch(url, before.source);
    if (bytes === null) return { picture: undefined, source: undefined };
    return this.prepared({ bytes, source }, before, opening);
  }

  /** The bytes of the stored picture again are not even decoded. */
  private async prepared(
    { bytes, source }: { bytes: Uint8Array; source: PictureSource | null },
    before: StoredImageState,
    opening: OpenOptions,
  ): Promise<ArrivedPicture> {
    if (pictureHash(bytes) === before.hash) {
      return { picture: undefined, source: isDeepStrictEqual(source, before.source) ? undefined : source };
    }
    return { picture: await preparePicture(bytes, opening, this.parts.encoders.bundle.manifest.image), source };
  }

  private async ofCatalog(ctx: StoreContext, sku: string): Promise<Uint8Array> {
    const [garment] = await this.parts.garments.findBySkus(ctx, [sku]);
    const image = garment && (await this.parts.images.find(ctx, garment.id));
    if (!image) throw new FitroomError('GARMENT_NOT_FOUND', undefined, ['sku']);
    return image.bytes;
  }
}
