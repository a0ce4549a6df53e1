// A past request under other settings, beside its answer as it would be now.
import type { ReplayableRecommendation } from '../../domain/recommend/recommendation.log.js';
import { LEARNABLE, type Learnable, type LearnedWeights } from '../../domain/learning/learned.weights.js';
import { requirePageSize } from '../../domain/shared/page.js';
import { overlapOf, rankCorrelationOf } from '../../domain/analytics/rank.correlation.js';
import type { Recommendation, RecommendedGarment } from '../../domain/recommend/recommendation.js';
import type { FusionOptions } from '../../domain/recommend/recommend.request.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import { FitroomError } from '../../errors.js';
import type { RecommendationRepository } from '../../store/recommendation.repository.js';
import type { GarmentRepository } from '../../store/garment.repository.js';
import type { ModelRegistry } from '../models/model.registry.js';
import type { OpenModel } from '../models/open.model.js';
import { notAskable, replayRequest, replayPageSize } from './replay.service.js';
import type { RankingContext, RankingContextReader } from './ranking.context.js';
import type { StoreModels } from '../models/store.models.js';

/** What is absent or null stays as it is. */
export interface CounterfactualSettings {
  /** Folder of a bundle that the catalog is embedded with. */
  model?: string | null;
  fusion?: FusionOptions | null;
  diversity?: number | null;
  /** Strength of the shopper's taste, 0…2. */
  taste?: number | null;
  /** Whether learned weights count. */
  learned?: boolean | null;
  /** Whether merchandising rules hold. */
  rules?: boolean | null;
  /** Factors of contributions, in place of what was learned. */
  weights?: { name: string; factor: number }[] | null;
}

export interface RankMove {
  sku: string;
  /** From 1; null: not among the candidates. */
  from: number | null;
  to: number | null;
}

export interface Counterfactual {
  /** Under present settings, and under the other ones. */
  baseline: RecommendedGarment[];
  rows: RecommendedGarment[];
  other: Recommendation;
  /** Of the first rows, 0…1. */
  overlap: number;
  /** Kendall's tau-b of the first rows, −1…1. */
  rankCorrelation: number;
  /** Of every garment that either shows, if its place is not the same. */
  moves: RankMove[];
}

interface Answered {
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

const MOST_TASTE = 2;
/** More would rank by one contribution alone, which is what its factor of 10 does nearly as well. */
const MOST_FACTOR = 100;

export class CounterfactualService {
  constructor(private readonly parts: CounterfactualServiceParts) {}

  /**
   * @param first rows of each side, 1 to 100
   * @throws FitroomError RECOMMENDATION_NOT_FOUND, REQUEST_NOT_REPEATABLE, MODEL_NOT_EMBEDDED, WHAT_IF_INVALID and those of a request,
   * field within `settings`
   */
  async ask(ctx: StoreContext, id: string, settings: CounterfactualSettings, first: number): Promise<Counterfactual> {
    requirePageSize(first);
    requireSettings(settings);
    const answer = await this.parts.recommendations.replayable(ctx, id);
    if (!answer) throw new FitroomError('RECOMMENDATION_NOT_FOUND');
    const baseline = await this.parts.models.serve(ctx, (model) => this.answered(ctx, model, { answer, first }));
    const other = await this.underModel(ctx, settings.model ?? null, (model) =>
      this.answered(ctx, model, { answer, first, settings }),
    );
    return this.compared(ctx, baseline, other, first);
  }

  private async answered(
    ctx: StoreContext,
    model: OpenModel,
    asked: { answer: ReplayableRecommendation; first: number; settings?: CounterfactualSettings },
  ): Promise<Answered> {
    const { answer, first, settings = {} } = asked;
    const { id } = model.encoders.bundle;
    const why = notAskable(answer, id);
    if (why !== null) throw new FitroomError('REQUEST_NOT_REPEATABLE', why);
    const around = underSettings(await this.parts.context.readForReplay(ctx, answer, id), settings);
    const past = replayRequest(answer, id);
    const [fusion, diversity] = [settings.fusion ?? past.fusion, settings.diversity ?? past.diversity];
    try {
      const request = { ...past, fusion, diversity };
      const recommendation = await model.unloggedRecommend.recommendUnder(ctx, request, replayPageSize(answer), around);
      return { recommendation, rows: (await model.unloggedRecommend.page(ctx, recommendation, { first })).rows };
    } catch (error) {
      throw error instanceof FitroomError ? error.within('settings') : error;
    }
  }

  /** @throws FitroomError MODEL_NOT_EMBEDDED */
  private async underModel<T>(
    ctx: StoreContext,
    bundle: string | null,
    work: (model: OpenModel) => Promise<T>,
  ): Promise<T> {
    if (bundle === null) return this.parts.models.serve(ctx, work);
    const { registry } = this.parts;
    const { serving, beside } = await this.parts.models.bundlesOf(ctx);
    const embedded = [serving ?? registry.own.bundle, ...(beside ? [beside] : [])];
    if (embedded.includes(bundle)) return registry.using(bundle, work);
    const message = `The catalog is embedded with ${embedded.join(' and ')}: \`startReembedding\` adds another model beside it.`;
    throw new FitroomError('MODEL_NOT_EMBEDDED', message, ['settings', 'model']);
  }

  private async compared(
    ctx: StoreContext,
    baseline: Answered,
    other: Answered,
    first: number,
  ): Promise<Counterfactual> {
    const [before, after] = [idsOf(baseline.recommendation), idsOf(other.recommendation)];
    const shown = [...new Set([...before.slice(0, first), ...after.slice(0, first)])];
    const skus = new Map((await this.parts.garments.findByIds(ctx, shown)).map(({ id, sku }) => [id, sku]));
    const moves = shown.flatMap((id): RankMove[] => {
      const [from, to] = [placeOf(before, id), placeOf(after, id)];
      const sku = skus.get(id);
      return sku === undefined || from === to ? [] : [{ sku, from, to }];
    });
    return {
      baseline: baseline.rows,
      rows: other.rows,
      other: other.recommendation,
      overlap: overlapOf(before, after, first),
      rankCorrelation: rankCorrelationOf(before, after, first),
      moves,
    };
  }
}

function underSettings(
  around: RankingContext,
  { taste, learned, rules, weights }: CounterfactualSettings,
): RankingContext {
  const { experimentSettings: trial } = around;
  return {
    ...around,
    rules: rules === false ? [] : around.rules,
    learned: weights ? factors(weights) : around.learned,
    experimentSettings: { ...trial, taste: taste ?? trial.taste, learned: weights ? null : (learned ?? trial.learned) },
  };
}

/** Learned weights are factors of contributions, so factors that somebody tries are taken as such. */
function factors(given: readonly { name: string; factor: number }[]): LearnedWeights {
  const all = Object.fromEntries(LEARNABLE.map((name) => [name, 1])) as Record<Learnable, number>;
  return { version: 0, weights: { ...all, ...Object.fromEntries(given.map(({ name, factor }) => [name, factor])) } };
}

function requireSettings({ taste, weights }: CounterfactualSettings): void {
  const fail = (message: string, field: string): never => {
    throw new FitroomError('WHAT_IF_INVALID', message, ['settings', field]);
  };
  if (taste != null && !(taste >= 0 && taste <= MOST_TASTE)) fail('A taste counts from 0 to 2.', 'taste');
  for (const { name, factor } of weights ?? []) {
    if (!(LEARNABLE as readonly string[]).includes(name))
      fail(`Weights can be given to ${LEARNABLE.join(', ')}.`, 'weights');
    if (!(Math.abs(factor) <= MOST_FACTOR)) fail('A factor is between −100 and 100.', 'weights');
  }
}

function idsOf({ ranked }: Recommendation): string[] {
  return ranked.map(({ garmentId }) => garmentId);
}

function placeOf(ids: readonly string[], id: string): number | null {
  const place = ids.indexOf(id);
  return place < 0 ? null : place + 1;
}
