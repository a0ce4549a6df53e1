// Logged requests under other settings, compared with the same requests under current settings.
import type { ReplayableRecommendation } from '../../domain/recommend/recommendation.log.js';
import { LEARNABLE, type Learnable, type LearnedWeights } from '../../domain/learning/learned.weights.js';
import { requirePageSize } from '../../domain/shared/page.js';
import { overlapOf, rankCorrelationOf } from '../../domain/analytics/rank.correlation.js';
import type { Recommendation, RecommendedGarment } from '../../domain/recommend/recommendation.js';
import type { FusionOptions, OutfitRequest } from '../../domain/recommend/recommend.request.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import { FitroomError } from '../../errors.js';
import type { RecommendationRepository } from '../../store/recommendation.repository.js';
import type { GarmentRepository } from '../../store/garment.repository.js';
import type { ModelRegistry } from '../models/model.registry.js';
import type { OpenModel } from '../models/open.model.js';
import { reasonNotRepeatable, replayRequest, replayPageSize } from './replay.service.js';
import type { RankingContext, RankingContextReader } from './ranking.context.js';
import type { StoreModels } from '../models/store.models.js';

/** Settings to try. An absent or null field keeps the current setting. */
export interface CounterfactualSettings {
  /** Folder of a bundle that the catalog is embedded with. */
  model?: string | null;
  fusion?: FusionOptions | null;
  diversity?: number | null;
  /** Strength of the shopper profile, 0…2. */
  taste?: number | null;
  /** False: the learned weights are off. */
  learned?: boolean | null;
  /** False: the merchandising rules are off. */
  rules?: boolean | null;
  /** Factors of contributions. They replace the learned weights. */
  weights?: { name: string; factor: number }[] | null;
}

export interface RankMove {
  sku: string;
  /** Rank from 1. Null for a garment that is not among the candidates. */
  from: number | null;
  to: number | null;
}

export interface Counterfactual {
  /** The first rows under current settings. */
  baseline: RecommendedGarment[];
  /** The first rows under the other settings. */
  rows: RecommendedGarment[];
  /** The recommendation under the other settings. */
  other: Recommendation;
  /** Overlap of the first rows, 0…1. */
  overlap: number;
  /** Kendall's tau-b of the first rows, −1…1. */
  rankCorrelation: number;
  /** Every garment that is in the first rows of either side and has another rank on the other side. */
  moves: RankMove[];
}

/** The logged request to repeat, and the settings to repeat it with. */
interface CounterfactualRun {
  logged: ReplayableRecommendation;
  settings: CounterfactualSettings;
  /** Number of rows to read. */
  first: number;
}

/** A recommendation with its first rows. */
interface RankedRows {
  recommendation: Recommendation;
  rows: RecommendedGarment[];
}

export interface CounterfactualServiceParts {
  recommendations: Pick<RecommendationRepository, 'replayable'>;
  context: Pick<RankingContextReader, 'readForReplay'>;
  garments: Pick<GarmentRepository, 'findByIds'>;
  models: Pick<StoreModels, 'serve' | 'bundlesOf'>;
  registry: Pick<ModelRegistry, 'using' | 'own'>;
}

const MAX_PROFILE_STRENGTH = 2;
/** A larger factor would rank by one contribution alone. A factor of 10 has nearly that effect. */
const MAX_FACTOR = 100;

export class CounterfactualService {
  constructor(private readonly parts: CounterfactualServiceParts) {}

  /**
   * Repeats a logged request under current and under other settings, and compares the two rankings.
   * @param first number of rows of each side, 1 to 100
   * @throws FitroomError RECOMMENDATION_NOT_FOUND, REQUEST_NOT_REPEATABLE, MODEL_NOT_EMBEDDED, WHAT_IF_INVALID, and the
   *   errors of a request with the field within `settings`
   */
  async ask(ctx: StoreContext, id: string, settings: CounterfactualSettings, first: number): Promise<Counterfactual> {
    requirePageSize(first);
    requireSettings(settings);
    const logged = await this.parts.recommendations.replayable(ctx, id);
    if (!logged) throw new FitroomError('RECOMMENDATION_NOT_FOUND');
    const baseline = await this.parts.models.serve(ctx, (model) =>
      this.recommend(ctx, model, { logged, settings: {}, first }),
    );
    const other = await this.withModel(ctx, settings.model ?? null, (model) =>
      this.recommend(ctx, model, { logged, settings, first }),
    );
    return this.compare(ctx, baseline, other, first);
  }

  private async recommend(
    ctx: StoreContext,
    model: OpenModel,
    { logged, settings, first }: CounterfactualRun,
  ): Promise<RankedRows> {
    const { id } = model.encoders.bundle;
    const reason = reasonNotRepeatable(logged, id);
    if (reason !== null) throw new FitroomError('REQUEST_NOT_REPEATABLE', reason);
    const context = underSettings(await this.parts.context.readForReplay(ctx, logged, id), settings);
    const request = requestUnderSettings(replayRequest(logged, id), settings);
    const { unloggedRecommend } = model;
    try {
      const recommendation = await unloggedRecommend.recommendUnder(ctx, request, replayPageSize(logged), context);
      const { rows } = await unloggedRecommend.page(ctx, recommendation, { first });
      return { recommendation, rows };
    } catch (error) {
      throw error instanceof FitroomError ? error.within('settings') : error;
    }
  }

  /**
   * Runs `work` with a model that the catalog is embedded with.
   * @param bundle folder of the bundle; null for the active model
   * @throws FitroomError MODEL_NOT_EMBEDDED
   */
  private async withModel<T>(
    ctx: StoreContext,
    bundle: string | null,
    work: (model: OpenModel) => Promise<T>,
  ): Promise<T> {
    if (bundle === null) return this.parts.models.serve(ctx, work);
    const { registry } = this.parts;
    const { serving, beside } = await this.parts.models.bundlesOf(ctx);
    const embedded = [serving ?? registry.own.bundle, ...(beside ? [beside] : [])];
    if (embedded.includes(bundle)) return registry.using(bundle, work);
    const message = `The catalog is embedded with ${embedded.join(' and ')}. \`startReembedding\` adds another model.`;
    throw new FitroomError('MODEL_NOT_EMBEDDED', message, ['settings', 'model']);
  }

  private async compare(
    ctx: StoreContext,
    baseline: RankedRows,
    other: RankedRows,
    first: number,
  ): Promise<Counterfactual> {
    const [before, after] = [idsOf(baseline.recommendation), idsOf(other.recommendation)];
    return {
      baseline: baseline.rows,
      rows: other.rows,
      other: other.recommendation,
      overlap: overlapOf(before, after, first),
      rankCorrelation: rankCorrelationOf(before, after, first),
      moves: await this.findMoves(ctx, before, after, first),
    };
  }

  private async findMoves(
    ctx: StoreContext,
    before: readonly string[],
    after: readonly string[],
    first: number,
  ): Promise<RankMove[]> {
    const shown = [...new Set([...before.slice(0, first), ...after.slice(0, first)])];
    const skus = new Map((await this.parts.garments.findByIds(ctx, shown)).map(({ id, sku }) => [id, sku]));
    return shown.flatMap((id): RankMove[] => {
      const [from, to] = [rankOf(before, id), rankOf(after, id)];
      const sku = skus.get(id);
      return sku === undefined || from === to ? [] : [{ sku, from, to }];
    });
  }
}

function requestUnderSettings(logged: OutfitRequest, { fusion, diversity }: CounterfactualSettings): OutfitRequest {
  return { ...logged, fusion: fusion ?? logged.fusion, diversity: diversity ?? logged.diversity };
}

function underSettings(
  context: RankingContext,
  { taste, learned, rules, weights }: CounterfactualSettings,
): RankingContext {
  const { experimentSettings: experiment } = context;
  return {
    ...context,
    rules: rules === false ? [] : context.rules,
    learned: weights ? toLearnedWeights(weights) : context.learned,
    experimentSettings: {
      ...experiment,
      taste: taste ?? experiment.taste,
      learned: weights ? null : (learned ?? experiment.learned),
    },
  };
}

/** Returns the factors as learned weights, because learned weights are factors of contributions. */
function toLearnedWeights(factors: readonly { name: string; factor: number }[]): LearnedWeights {
  const neutral = Object.fromEntries(LEARNABLE.map((name) => [name, 1])) as Record<Learnable, number>;
  const chosen = Object.fromEntries(factors.map(({ name, factor }) => [name, factor]));
  return { version: 0, weights: { ...neutral, ...chosen } };
}

function requireSettings({ taste, weights }: CounterfactualSettings): void {
  const fail = (message: string, field: string): never => {
    throw new FitroomError('WHAT_IF_INVALID', message, ['settings', field]);
  };
  if (taste != null && !(taste >= 0 && taste <= MAX_PROFILE_STRENGTH)) fail('`taste` is between 0 and 2.', 'taste');
  for (const { name, factor } of weights ?? []) {
    if (!(LEARNABLE as readonly string[]).includes(name))
      fail(`A weight has one of the names ${LEARNABLE.join(', ')}.`, 'weights');
    if (!(Math.abs(factor) <= MAX_FACTOR)) fail('A factor is between −100 and 100.', 'weights');
  }
}

function idsOf({ ranked }: Recommendation): string[] {
  return ranked.map(({ garmentId }) => garmentId);
}

function rankOf(ids: readonly string[], id: string): number | null {
  const index = ids.indexOf(id);
  return index < 0 ? null : index + 1;
}
