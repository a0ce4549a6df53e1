// The catalog for storefronts and merchants: lookup, browsing, facets, similar garments, deletion.
import type { Garment, GarmentFilter } from '../../domain/catalog/garment.js';
import { type CandidateSearch } from '../../domain/recommend/candidate.js';
import { fuse, presentWeights, type Features, type RequestVector } from '../../domain/recommend/fusion.js';
import { rulesFor, type RuleOccasion, type RuleTarget, NO_RULES } from '../../domain/recommend/merchandising.rule.js';
import { MAX_PAGE_SIZE, requirePageSize } from '../../domain/shared/page.js';
import { rankCandidates } from '../../domain/recommend/ranking.js';
import type { EmptyingFilter, Recommendation } from '../../domain/recommend/recommendation.js';
import { requestWords } from '../../domain/recommend/recommend.request.js';
import { NO_QUERY_ROOTS } from '../../domain/recommend/label.similarity.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import { FitroomError } from '../../errors.js';
import type { InputProblem } from '../../domain/catalog/garment.input.js';
import { oneHotType } from '../../domain/recommend/query.understanding.js';
import type { Encoders } from '../../inference/encoders.js';
import { resizeStored } from '../../pictures/stored.picture.js';
import type { EmbeddingRepository } from '../../store/embedding.repository.js';
import type { Facet, GarmentPage, GarmentRepository } from '../../store/garment.repository.js';
import type { StoredImage, ImageRepository } from '../../store/image.repository.js';
import type { FilterValidator } from '../recommend/filter.validator.js';
import type { MerchandisingRuleService } from '../recommend/merchandising.rule.service.js';

export interface CatalogServiceParts {
  encoders: Encoders;
  filters: FilterValidator;
  garments: GarmentRepository;
  embeddings: EmbeddingRepository;
  images: ImageRepository;
  rules: Pick<MerchandisingRuleService, 'inForce'>;
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

  /**
   * Returns a page of the catalog in the order of the skus, including hidden garments. With a search text, ranks by
   * full text and similarity together and leaves out hidden garments.
   * @throws FitroomError of the page, the text and the filter
   */
  async browse(ctx: StoreContext, request: BrowseRequest): Promise<GarmentPage> {
    const page = { first: requirePageSize(request.first), after: request.after ?? null };
    const words = requestWords(request.search, 'search');
    const filter = await this.parts.filters.check(ctx, request.filter ?? {});
    if (words === null) return this.parts.garments.browse(ctx, { filter, ...page });
    const { id: model, manifest } = this.parts.encoders.bundle;
    const [textFeatures, hide] = await Promise.all([
      this.parts.encoders.encodeWords(words),
      this.hidden(ctx, { words, garmentType: null }),
    ]);
    const { halves } = manifest.fusion;
    return this.parts.embeddings.searchWithWords(ctx, { model, words, textFeatures, halves, filter, hide, ...page });
  }

  /** Returns counts for a filter panel, without the garments that rules hide from every request. */
  async facets(ctx: StoreContext, filter: GarmentFilter | null | undefined): Promise<Facet[]> {
    const [checked, hide] = await Promise.all([
      this.parts.filters.check(ctx, filter ?? {}),
      this.hidden(ctx, { words: null, garmentType: null }),
    ]);
    return this.parts.garments.facets(ctx, checked, hide);
  }

  /**
   * Returns the other garments that are most similar in text and picture, in stock and not hidden. The list is empty
   * for a garment that is not stored.
   * @throws FitroomError PAGE_SIZE_INVALID
   */
  async similar(ctx: StoreContext, garment: Garment, first: number): Promise<Garment[]> {
    requirePageSize(first);
    // a new garment of a dry run has no row in the catalog
    if (!/^\d+$/.test(garment.id)) return [];
    const { embeddings, encoders, garments } = this.parts;
    const model = encoders.bundle.id;
    const stored = (await embeddings.featuresOf(ctx, model, [garment.id])).get(garment.id);
    if (!stored) return [];
    const hide = await this.hidden(ctx, { words: null, garmentType: garment.garmentType });
    const search = { ...similaritySearch(model, stored.features, garment), rules: { ...NO_RULES, hide } };
    const candidates = await embeddings.searchCandidates(ctx, search, { excludeSkus: [garment.sku] });
    const scoring = { vector: evenVector(stored.features), hasText: true, hasImage: true };
    const ids = rankCandidates(candidates, scoring).map(({ garmentId }) => garmentId);
    return garments.findByIds(ctx, ids.slice(0, first));
  }

  /** Returns the garment in other colors and sizes, in stock and not hidden. @throws FitroomError PAGE_SIZE_INVALID */
  async variants(ctx: StoreContext, garment: Garment, first: number): Promise<Garment[]> {
    requirePageSize(first);
    if (!/^\d+$/.test(garment.id)) return [];
    const hide = await this.hidden(ctx, { words: null, garmentType: garment.garmentType });
    return this.parts.garments.variantsOf(ctx, { garmentId: garment.id, first, hide });
  }

  /** Returns the single filter fields that emptied a recommendation. */
  emptiedBy(ctx: StoreContext, { status, scope }: Pick<Recommendation, 'status' | 'scope'>): Promise<EmptyingFilter[]> {
    return status === 'EMPTY' ? this.parts.garments.withoutEach(ctx, scope) : Promise.resolve([]);
  }

  /**
   * Returns a garment's picture, resized to at most `width` pixels. Null if the garment or its picture is missing.
   * @param width null for the stored size
   */
  async picture(ctx: StoreContext, garmentId: string, width: number | null): Promise<StoredImage | null> {
    const image = await this.parts.images.find(ctx, garmentId);
    return image && width !== null ? { ...image, bytes: await resizeStored(image.bytes, width, 'webp') } : image;
  }

  private async hidden(ctx: StoreContext, occasion: RuleOccasion): Promise<RuleTarget[]> {
    return rulesFor(await this.parts.rules.inForce(ctx), occasion).filter(({ action }) => action === 'HIDE');
  }

  /**
   * Deletes garments. An unknown sku is reported and does not affect the others.
   * @throws FitroomError TOO_MANY_GARMENTS
   */
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

/** Returns a search that weights the type as in a recommendation, and text and picture equally. */
function similaritySearch(model: string, features: Features, garment: Garment): CandidateSearch {
  return {
    model,
    vector: evenVector(features),
    typeProbabilities: garment.garmentType && oneHotType(garment.garmentType),
    queryRoots: NO_QUERY_ROOTS,
    avoid: [],
    words: null,
    limit: MAX_PAGE_SIZE,
    rules: NO_RULES,
  };
}

function evenVector(features: Features): RequestVector {
  const weights = presentWeights(features, { text: 1, image: 1 });
  // concatenation compares text with text and picture with picture, so it needs no modality weights
  const even = { text: 1, image: 1 };
  return fuse(features, { method: 'CONCATENATION', weights }, { text: even, image: even, both: even });
}
