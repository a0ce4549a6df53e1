// Comparison of two models: their rankings of the same requests, and their golden queries.
import { compareGolden, type GoldenComparison } from '../../domain/analytics/golden.query.js';
import { COMPARED_DEPTH, overlapOf, rankCorrelationOf } from '../../domain/analytics/rank.correlation.js';
import type { ComparisonPart, ReembeddingReport } from '../../domain/jobs/reembedding.js';
import type { OutfitRequest } from '../../domain/recommend/recommend.request.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import { FitroomError, isTemporary } from '../../errors.js';
import type { CatalogScanRepository } from '../../store/catalog.scan.repository.js';
import type { RequestRepository } from '../../store/recommendation.repository.js';
import type { OpenModel } from './open.model.js';

/** Requests of each kind. The mean of 100 is within about 0.04 of that of 10,000, and takes a few seconds. */
const MAX_REQUESTS = 100;
/** With fewer recent texts of shoppers, the titles and categories of the catalog are the texts. */
const MIN_RECENT = 20;

export interface ModelComparisonParts {
  requests: Pick<RequestRepository, 'recent'>;
  scan: Pick<CatalogScanRepository, 'sample'>;
}

/** Requests of one kind. */
interface RequestSample {
  name: string;
  requests: OutfitRequest[];
}

export class ModelComparison {
  constructor(private readonly parts: ModelComparisonParts) {}

  /**
   * Compares two models that have embedded the catalog. The report has one part for each kind of request.
   * @param signal ends the comparison between two requests
   */
  async compare(
    ctx: StoreContext,
    models: { from: OpenModel; to: OpenModel },
    signal: AbortSignal,
  ): Promise<ReembeddingReport> {
    const parts: ComparisonPart[] = [];
    for (const sample of await this.sampleRequests(ctx)) parts.push(await compareOn(ctx, models, sample, signal));
    signal.throwIfAborted();
    return { parts, golden: await compareGoldenQueries(ctx, models) };
  }

  /** Pictures come from the catalog, because pictures of shoppers are not stored. */
  private async sampleRequests(ctx: StoreContext): Promise<RequestSample[]> {
    const [recentTexts, garments] = await Promise.all([
      this.parts.requests.recent(ctx, MAX_REQUESTS),
      this.parts.scan.sample(ctx, MAX_REQUESTS),
    ]);
    const withPicture = garments.filter(({ imageHash }) => imageHash !== null);
    const catalogTexts = garments.flatMap(({ title, category }) => (category ? [title, category] : [title]));
    const hasRecent = recentTexts.length >= MIN_RECENT;
    const texts = hasRecent ? recentTexts : [...new Set(catalogTexts)].slice(0, MAX_REQUESTS);
    return [
      {
        name: hasRecent ? 'recentWords' : 'catalogWords',
        requests: texts.map((text) => ({ text })),
      },
      {
        name: 'catalogPictures',
        // without the garment itself, which both models find
        requests: withPicture.map(({ sku }) => ({ image: { kind: 'sku', sku }, filter: { excludeSkus: [sku] } })),
      },
    ];
  }
}

/** Returns null if no golden query is pinned. */
async function compareGoldenQueries(
  ctx: StoreContext,
  { from, to }: { from: OpenModel; to: OpenModel },
): Promise<GoldenComparison | null> {
  const before = await from.goldenQueries.snapshot(ctx);
  return before.length === 0 ? null : compareGolden(before, await to.goldenQueries.snapshot(ctx));
}

async function compareOn(
  ctx: StoreContext,
  { from, to }: { from: OpenModel; to: OpenModel },
  { name, requests }: RequestSample,
  signal: AbortSignal,
): Promise<ComparisonPart> {
  const overlaps: number[] = [];
  const correlations: number[] = [];
  // one request at a time, because requests of shoppers come first
  for (const request of requests) {
    signal.throwIfAborted();
    const [before, after] = await Promise.all([ranking(ctx, from, request), ranking(ctx, to, request)]);
    if (!before || !after) continue;
    overlaps.push(overlapOf(before, after));
    correlations.push(rankCorrelationOf(before, after));
  }
  return { name, requests: overlaps.length, overlapAt10: mean(overlaps), rankCorrelation: mean(correlations) };
}

/** Returns ids, best first. Null for a request whose garment is no longer in the catalog. */
async function ranking(
  ctx: StoreContext,
  { unloggedRecommend }: OpenModel,
  request: OutfitRequest,
): Promise<string[] | null> {
  try {
    const { ranked } = await unloggedRecommend.recommend(ctx, request, COMPARED_DEPTH);
    return ranked.map(({ garmentId }) => garmentId);
  } catch (error) {
    if (error instanceof FitroomError && !isTemporary(error)) return null;
    throw error;
  }
}

function mean(values: number[]): number | null {
  return values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length;
}
