// Golden queries: pinned, run like a shopper's request, and compared between two runs.
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

/** Golden queries that run at the same time, so that requests of shoppers get their turn. */
const CONCURRENCY = 4;

export interface GoldenQueryServiceParts {
  golden: GoldenRepository;
  garments: Pick<GarmentRepository, 'findBySkus'>;
  filters: FilterValidator;
  recommend: Pick<RecommendService, 'recommend'>;
}

export interface GoldenRun extends GoldenResult {
  /** Reason why the request is refused now, for example a deleted garment of its picture. Null for a valid request. */
  problem: InputProblem | null;
}

export class GoldenQueryService {
  private readonly runs = new BoundedQueue(MEMORY_BOUNDS.goldenRuns, CONCURRENCY);

  constructor(private readonly parts: GoldenQueryServiceParts) {}

  /** Returns all golden queries in the order of their pinning. */
  list(ctx: StoreContext): Promise<GoldenQuery[]> {
    return this.parts.golden.list(ctx);
  }

  /** Pins a golden query, or changes the one with the id of the input. Problems of the input are in `userErrors`. */
  async pin(
    ctx: StoreContext,
    input: GoldenInput,
  ): Promise<{ goldenQuery: GoldenQuery | null; userErrors: InputProblem[] }> {
    const golden = { ...normalized(input), id: input.id ?? uuid() };
    const problems = [...problemsOfGolden(golden), ...(await this.parts.filters.problemsOf(ctx, golden.filter))];
    if (problems.length > 0)
      return { goldenQuery: null, userErrors: problems.map((problem) => problemWithin('input', problem)) };
    const goldenQuery = await this.parts.golden.save(ctx, golden);
    const limitReached = problemOf(new FitroomError('TOO_MANY_GOLDEN_QUERIES'));
    return { goldenQuery, userErrors: goldenQuery ? [] : [problemWithin('input', limitReached)] };
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

  /** Runs a golden query now. A refused request finds no garment and gives its reason. */
  async run(ctx: StoreContext, query: GoldenQuery): Promise<GoldenRun> {
    try {
      return { ...resultOf({ query, ranks: await this.ranks(ctx, query) }), problem: null };
    } catch (error) {
      if (isOutage(error)) throw error;
      return { ...resultOf({ query, ranks: noRanks(query) }), problem: problemOf(error) };
    }
  }

  /** Returns the current ranks of the expected garments of all golden queries. Null ranks for a refused request. */
  async snapshot(ctx: StoreContext): Promise<GoldenRanks[]> {
    const queries = await this.list(ctx);
    return Promise.all(
      queries.map(async (query) => {
        const ranks = await this.ranks(ctx, query).catch((error: unknown) => {
          if (isOutage(error)) throw error;
          return noRanks(query);
        });
        return { query, ranks };
      }),
    );
  }

  /** Returns the changes between two snapshots. @see compareGolden */
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

/** Trims texts, replaces empty ones by null, and removes repeated skus. */
function normalized(input: GoldenInput): GoldenInput {
  const visibleText = (text: string | null): string | null => (text !== null && isVisible(text) ? text.trim() : null);
  return {
    ...input,
    name: input.name.trim(),
    text: visibleText(input.text),
    avoid: visibleText(input.avoid),
    imageSku: visibleText(input.imageSku),
    expectedSkus: [...new Set(input.expectedSkus.map((sku) => sku.trim()).filter(isVisible))],
  };
}

/** Returns true for failures of the server, which are unrelated to the golden query. */
function isOutage(error: unknown): boolean {
  return !(error instanceof FitroomError) || isTemporary(error);
}

/** Returns null as the rank of every expected garment. */
function noRanks({ expectedSkus }: GoldenQuery): ExpectedRank[] {
  return expectedSkus.map((sku) => ({ sku, rank: null }));
}
