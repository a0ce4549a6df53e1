// Both models' answers to the same requests, side by side: what shoppers asked lately, or the catalog's own words where they
// have asked little, and pictures of the catalog, since shoppers' own are not kept.
import { compareGolden, type GoldenComparison } from '../../domain/analytics/golden.query.js';
import { COMPARED_DEPTH, overlapOf, rankCorrelationOf } from '../../domain/analytics/rank.correlation.js';
import type { ComparisonPart, ReembeddingReport } from '../../domain/jobs/reembedding.js';
import type { OutfitRequest } from '../../domain/recommend/recommend.request.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import { FitroomError, isTemporary } from '../../errors.js';
import type { CatalogScanRepository } from '../../store/catalog.scan.repository.js';
import type { RequestRepository } from '../../store/recommendation.repository.js';
import type { OpenModel } from './open.model.js';

/** Of each kind: a mean of 100 is within some 0.04 of what 10,000 would say, and takes both models a few seconds. */
const REQUESTS = 100;
/** Under so many recent requests the catalog's titles and categories are asked with instead. */
const FEWEST_RECENT = 20;

export interface ModelComparisonParts {
  requests: Pick<RequestRepository, 'recent'>;
  sweep: Pick<CatalogScanRepository, 'sample'>;
}

interface Asked {
  name: string;
  requests: OutfitRequest[];
}

export class ModelComparison {
  constructor(private readonly parts: ModelComparisonParts) {}

  /** One part for each kind of request. Both models have embedded the catalog. @param signal ends it in between */
  async compare(
    ctx: StoreContext,
    models: { from: OpenModel; to: OpenModel },
    signal: AbortSignal,
  ): Promise<ReembeddingReport> {
    const parts: ComparisonPart[] = [];
    for (const asked of await this.asked(ctx)) parts.push(await compared(ctx, models, asked, signal));
    signal.throwIfAborted();
    return { parts, golden: await golden(ctx, models) };
  }

  private async asked(ctx: StoreContext): Promise<Asked[]> {
    const [recent, sample] = await Promise.all([
      this.parts.requests.recent(ctx, REQUESTS),
      this.parts.sweep.sample(ctx, REQUESTS),
    ]);
    const pictured = sample.filter(({ imageHash }) => imageHash !== null);
    const own = sample.flatMap(({ title, category }) => (category ? [title, category] : [title]));
    const words = recent.length < FEWEST_RECENT ? [...new Set(own)].slice(0, REQUESTS) : recent;
    return [
      {
        name: recent.length < FEWEST_RECENT ? 'catalogWords' : 'recentWords',
        requests: words.map((text) => ({ text })),
      },
      {
        name: 'catalogPictures',
        // without the garment itself, which both find
        requests: pictured.map(({ sku }) => ({ image: { kind: 'sku', sku }, filter: { excludeSkus: [sku] } })),
      },
    ];
  }
}

async function golden(
  ctx: StoreContext,
  { from, to }: { from: OpenModel; to: OpenModel },
): Promise<GoldenComparison | null> {
  const before = await from.goldenQueries.snapshot(ctx);
  return before.length === 0 ? null : compareGolden(before, await to.goldenQueries.snapshot(ctx));
}

async function compared(
  ctx: StoreContext,
  { from, to }: { from: OpenModel; to: OpenModel },
  { name, requests }: Asked,
  signal: AbortSignal,
): Promise<ComparisonPart> {
  const overlaps: number[] = [];
  const correlations: number[] = [];
  // one at a time: shoppers come first
  for (const request of requests) {
    signal.throwIfAborted();
    const [before, after] = await Promise.all([ranking(ctx, from, request), ranking(ctx, to, request)]);
    if (!before || !after) continue;
    overlaps.push(overlapOf(before, after));
    correlations.push(rankCorrelationOf(before, after));
  }
  return { name, requests: overlaps.length, overlapAt10: mean(overlaps), rankCorrelation: mean(correlations) };
}

/** Ids, best first; null where the request has no answer any more: its garment is gone. */
async function ranking(ctx: StoreContext, { unloggedRecommend: trial }: OpenModel, request: OutfitRequest): Promise<string[] | null> {
  try {
    const { ranked } = await trial.recommend(ctx, request, COMPARED_DEPTH);
    return ranked.map(({ garmentId }) => garmentId);
  } catch (error) {
    if (error instanceof FitroomError && !isTemporary(error)) return null;
    throw error;
  }
}

function mean(values: number[]): number | null {
  return values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length;
}
