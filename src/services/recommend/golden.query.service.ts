// Golden queries: pinned, run as any shopper's request, and compared between two runs.
import { v7 as uuid } from 'uuid';
import type { InputProblem } from '../../domain/catalog/garment.input.js';
import {
  compareGolden,
  problemsOfGolden,
  resultOf,
  type ExpectedRank,
  type GoldenComparison,
  type GoldenInput,
  type GoldenQuery,
  type GoldenRanks,
  type GoldenResult,
} from '../../domain/analytics/golden.query.js';
import { isUuid, problemOf, problemWithin } from '../../domain/shared/input.problem.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import { isVisible } from '../../domain/shared/text.js';
import { ERROR_CODES, FitroomError, isTemporary } from '../../errors.js';
import { BoundedQueue } from '../../memory/bounded.queue.js';
import { MEMORY_BOUNDS } from '../../memory/bounds.js';
import { heapBytes } from '../../memory/heap.size.js';
import type { GarmentRepository } from '../../store/garment.repository.js';
import type { GoldenRepository } from '../../store/golden.repository.js';
import type { FilterValidator } from './filter.validator.js';
import type { RecommendService } from './recommend.service.js';

/** Of all golden queries that are asked for at once: shoppers' requests go between them. */
const RUN_AT_ONCE = 4;

export interface GoldenQueryServiceParts {
  golden: GoldenRepository;
  garments: Pick<GarmentRepository, 'findBySkus'>;
  filters: FilterValidator;
  recommend: Pick<RecommendService, 'recommend'>;
}

export interface GoldenRun extends GoldenResult {
  /** Why the request itself is refused by now, for example as the garment of its picture has gone; null: it is not. */
  problem: InputProblem | null;
}

export class GoldenQueryService {
  private readonly runs = new BoundedQueue(MEMORY_BOUNDS.goldenRuns, RUN_AT_ONCE);

  constructor(private readonly parts: GoldenQueryServiceParts) {}

  /** In the order in which they were pinned. */
  list(ctx: StoreContext): Promise<GoldenQuery[]> {
    return this.parts.golden.list(ctx);
  }

  /** Pins a new one, or changes the one of that id. What is wrong with it is data. */
  async pin(
    ctx: StoreContext,
    input: GoldenInput,
  ): Promise<{ goldenQuery: GoldenQuery | null; userErrors: InputProblem[] }> {
    const golden = { ...tidied(input), id: input.id ?? uuid() };
    const problems = [...problemsOfGolden(golden), ...(await this.parts.filters.problemsOf(ctx, golden.filter))];
    if (problems.length > 0)
      return { goldenQuery: null, userErrors: problems.map((one) => problemWithin('input', one)) };
    const goldenQuery = await this.parts.golden.save(ctx, golden);
    const full = problemOf(new FitroomError('TOO_MANY_GOLDEN_QUERIES'));
    return { goldenQuery, userErrors: goldenQuery ? [] : [problemWithin('input', full)] };
  }

  async unpin(ctx: StoreContext, id: string): Promise<{ unpinned: boolean; userErrors: InputProblem[] }> {
    const unpinned = isUuid(id) && (await this.parts.golden.delete(ctx, id));
    const missing: InputProblem = {
      field: ['id'],
      code: 'GOLDEN_QUERY_NOT_FOUND',
      message: ERROR_CODES.GOLDEN_QUERY_NOT_FOUND,
    };
    return { unpinned, userErrors: unpinned ? [] : [missing] };
  }

  /** Runs one now. A request that is refused finds nothing, and says why. */
  async run(ctx: StoreContext, query: GoldenQuery): Promise<GoldenRun> {
    try {
      return { ...resultOf({ query, ranks: await this.ranks(ctx, query) }), problem: null };
    } catch (error) {
      if (isOutage(error)) throw error;
      return { ...resultOf({ query, ranks: nowhere(query) }), problem: problemOf(error) };
    }
  }

  /** Where the expected garments of all golden queries stand now; nowhere, where the request is refused. */
  async snapshot(ctx: StoreContext): Promise<GoldenRanks[]> {
    const queries = await this.list(ctx);
    return Promise.all(
      queries.map(async (query) => {
        const ranks = await this.ranks(ctx, query).catch((error: unknown) => {
          if (isOutage(error)) throw error;
          return nowhere(query);
        });
        return { query, ranks };
      }),
    );
  }

  /** What changed between two snapshots. @see compareGolden */
  compare(before: GoldenRanks[], after: GoldenRanks[]): GoldenComparison {
    return compareGolden(before, after);
  }

  private async ranks(ctx: StoreContext, query: GoldenQuery): Promise<ExpectedRank[]> {
    const { text, avoid, filter, imageSku, expectedSkus, within } = query;
    const image = imageSku === null ? null : { kind: 'sku' as const, sku: imageSku };
    const [{ ranked }, expected] = await this.runs.run(heapBytes(query), () =>
      Promise.all([
        this.parts.recommend.recommend(ctx, { text, avoid, image, filter }, within),
        this.parts.garments.findBySkus(ctx, expectedSkus),
      ]),
    );
    const rankOf = new Map(ranked.map(({ garmentId, rank }) => [garmentId, rank]));
    const idOf = new Map(expected.map(({ sku, id }) => [sku, id]));
    return expectedSkus.map((sku) => ({ sku, rank: rankOf.get(idOf.get(sku) ?? '') ?? null }));
  }
}

/** Trimmed, without empty words and repeated skus. */
function tidied(input: GoldenInput): GoldenInput {
  const words = (text: string | null): string | null => (text !== null && isVisible(text) ? text.trim() : null);
  return {
    ...input,
    name: input.name.trim(),
    text: words(input.text),
    avoid: words(input.avoid),
    imageSku: words(input.imageSku),
    expectedSkus: [...new Set(input.expectedSkus.map((sku) => sku.trim()).filter(isVisible))],
  };
}

/** The server's own failures say nothing of a golden query. */
function isOutage(error: unknown): boolean {
  return !(error instanceof FitroomError) || isTemporary(error);
}

function nowhere({ expectedSkus }: GoldenQuery): ExpectedRank[] {
  return expectedSkus.map((sku) => ({ sku, rank: null }));
}
