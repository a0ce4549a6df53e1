// The catalog as storefronts and merchants read it: one garment, browsing, word search, facets, likeness; and deleting.
import type { Garment, GarmentFilter } from '../domain/garment.js';
import { requirePageSize } from '../domain/page.js';
import { requestWords } from '../domain/request.js';
import type { StoreContext } from '../domain/store.context.js';
import { FitroomError } from '../errors.js';
import type { InputProblem } from '../domain/garment.input.js';
import type { Encoders } from '../inference/encoders.js';
import { resizeStored } from '../pictures/stored.picture.js';
import type { EmbeddingRepository } from '../store/embedding.repository.js';
import type { Facet, GarmentPage, GarmentRepository } from '../store/garment.repository.js';
import type { StoredImage, ImageRepository } from '../store/image.repository.js';
import type { FilterChecker } from './filter.checker.js';

export interface CatalogServiceParts {
  encoders: Encoders;
  filters: FilterChecker;
  garments: GarmentRepository;
  embeddings: EmbeddingRepository;
  images: ImageRepository;
}

export interface BrowseRequest {
  search?: string | null;
  filter?: GarmentFilter | null;
  first: number;
  after?: string | null;
}

export class CatalogService {
  constructor(private readonly parts: CatalogServiceParts) {}

  async garmentsBySkus(ctx: StoreContext, skus: string[]): Promise<Garment[]> {
    return this.parts.garments.findBySkus(ctx, skus);
  }

  async garmentsByIds(ctx: StoreContext, ids: string[]): Promise<Garment[]> {
    return this.parts.garments.findByIds(ctx, ids);
  }

  /** By sku; with words, by full text and likeness together. @throws FitroomError of page, words and filter */
  async browse(ctx: StoreContext, request: BrowseRequest): Promise<GarmentPage> {
    const page = { first: requirePageSize(request.first), after: request.after ?? null };
    const words = requestWords(request.search, 'search');
    const filter = await this.parts.filters.check(ctx, request.filter ?? {});
    if (words === null) return this.parts.garments.browse(ctx, { filter, ...page });
    const { id: model, manifest } = this.parts.encoders.bundle;
    const textFeatures = await this.parts.encoders.encodeWords(words);
    const { halves } = manifest.fusion;
    return this.parts.embeddings.searchWithWords(ctx, { model, words, textFeatures, halves, filter, ...page });
  }

  async facets(ctx: StoreContext, filter: GarmentFilter | null | undefined): Promise<Facet[]> {
    return this.parts.garments.facets(ctx, await this.parts.filters.check(ctx, filter ?? {}));
  }

  /** Garments most alike in words and picture, in stock, without the garment itself. @throws FitroomError PAGE_SIZE_INVALID */
  async similar(ctx: StoreContext, garmentId: string, first: number): Promise<Garment[]> {
    requirePageSize(first);
    const model = this.parts.encoders.bundle.id;
    const ids = await this.parts.embeddings.similarGarmentIds(ctx, { model, garmentId, first });
    return this.parts.garments.findByIds(ctx, ids);
  }

  /** A garment's picture as it is stored, or smaller; null where the garment or its picture is missing. @param width pixels */
  async picture(ctx: StoreContext, garmentId: string, width: number | null): Promise<StoredImage | null> {
    const image = await this.parts.images.find(ctx, garmentId);
    return image && width !== null ? { ...image, webp: await resizeStored(image.webp, width, 'webp') } : image;
  }

  /** A sku that is not there is a user error and harms no other. @throws FitroomError TOO_MANY_GARMENTS */
  async delete(ctx: StoreContext, skus: string[]): Promise<{ deletedSkus: string[]; userErrors: InputProblem[] }> {
    if (skus.length < 1 || skus.length > 1000) {
      throw new FitroomError('TOO_MANY_GARMENTS', 'One call deletes 1 to 1,000 garments.', ['skus']);
    }
    const deletedSkus = await this.parts.garments.deleteBySkus(ctx, [...new Set(skus)]);
    const deleted = new Set(deletedSkus);
    const userErrors = skus.flatMap((sku, i): InputProblem[] =>
      deleted.has(sku)
        ? []
        : [{ field: ['skus', String(i)], code: 'GARMENT_NOT_FOUND', message: 'The store has no garment of this sku.' }],
    );
    return { deletedSkus, userErrors };
  }
}
