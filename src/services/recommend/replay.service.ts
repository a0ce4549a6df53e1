// Replays of logged recommendations: repeat the request now → compare → explain changes.
import type { ReplayableRecommendation } from '../../domain/recommend/recommendation.log.js';
import type { MerchandisingRule } from '../../domain/recommend/merchandising.rule.js';
import type { Recommendation, RecommendedGarment } from '../../domain/recommend/recommendation.js';
import {
  changedRules,
  comparedIds,
  garmentChanges,
  garmentSentences,
  isIdentical,
  hasSameTop,
  orderSentence,
  partSentences,
  loggedRanking,
  type LoggedRanking,
} from '../../domain/recommend/replay.diff.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import { FitroomError, isTemporary } from '../../errors.js';
import type { RecommendationRepository } from '../../store/recommendation.repository.js';
import type { GarmentRepository } from '../../store/garment.repository.js';
import type { RuleRepository } from '../../store/rule.repository.js';
import type { OpenModel } from '../models/open.model.js';
import type { RankingContext, RankingContextReader } from './ranking.context.js';
import type { StoreModels } from '../models/store.models.js';
import type { OutfitRequest } from '../../domain/recommend/recommend.request.js';

export interface ReplayServiceParts {
  recommendations: Pick<RecommendationRepository, 'replayable'>;
  context: Pick<RankingContextReader, 'readForReplay'>;
  garments: Pick<GarmentRepository, 'findByIds'>;
  rules: Pick<RuleRepository, 'list' | 'savedSince'>;
  models: Pick<StoreModels, 'serve'>;
}

export interface Replay {
  rows: RecommendedGarment[];
  identical: boolean;
  /** Sentences about later changes that moved a garment. Empty for an identical recommendation. */
  changes: string[];
}

/** A logged recommendation, and the recommendation that its request gets now. */
interface ReplayRun {
  logged: ReplayableRecommendation;
  /** The ranking of the logged recommendation. */
  ranking: LoggedRanking;
  current: Recommendation;
  context: RankingContext;
  model: OpenModel;
}

export class ReplayService {
  constructor(private readonly parts: ReplayServiceParts) {}

  /**
   * Repeats the request of a logged recommendation, and compares the two recommendations.
   * @param first number of returned rows, 1 to 100; the comparison does not depend on it
   * @throws FitroomError PAGE_SIZE_INVALID, RECOMMENDATION_NOT_FOUND
   */
  async replay(ctx: StoreContext, id: string, first: number): Promise<Replay> {
    const logged = await this.parts.recommendations.replayable(ctx, id);
    if (!logged) throw new FitroomError('RECOMMENDATION_NOT_FOUND');
    return this.parts.models.serve(ctx, (model) => this.replayWith(ctx, logged, model, first));
  }

  private async replayWith(
    ctx: StoreContext,
    logged: ReplayableRecommendation,
    model: OpenModel,
    first: number,
  ): Promise<Replay> {
    const modelChanges = modelSentences(logged, model);
    const impossible = (why: string): Replay => ({ rows: [], identical: false, changes: [...modelChanges, why] });
    const reason = reasonNotRepeatable(logged, model.encoders.bundle.id);
    if (reason !== null) return impossible(reason);
    const context = await this.parts.context.readForReplay(ctx, logged, model.encoders.bundle.id);
    try {
      const current = await recommendAgain(ctx, logged, model, context);
      const { rows } = await model.unloggedRecommend.page(ctx, current, { first });
      const run: ReplayRun = { logged, ranking: loggedRanking(logged), current, context, model };
      if (isIdentical(run.ranking, current.ranked)) return { rows, identical: true, changes: [] };
      return { rows, identical: false, changes: [...modelChanges, ...(await this.findChanges(ctx, run))] };
    } catch (error) {
      // for example a fusion that the current model does not offer, or a currency that is no longer in the catalog
      if (!(error instanceof FitroomError) || isTemporary(error) || error.code === 'PAGE_SIZE_INVALID') throw error;
      return impossible(`request: it is refused now, ${error.code}`);
    }
  }

  private async findChanges(ctx: StoreContext, run: ReplayRun): Promise<string[]> {
    const { logged, ranking, current } = run;
    const [garments, ruleChanges] = await Promise.all([
      this.parts.garments.findByIds(ctx, comparedIds(ranking, current.ranked)),
      this.ruleSentences(ctx, run),
    ]);
    const byId = new Map(garments.map((garment) => [garment.id, garment]));
    const changed = garmentChanges(ranking, current.ranked, byId);
    const isSameModel = logged.understanding.model === current.understanding.model;
    const changes = [
      ...learnedSentences(logged, current),
      ...ruleChanges,
      ...garmentSentences(changed),
      // another model changes every score, so a changed score says nothing about a garment
      ...(isSameModel ? partSentences(changed.parts) : []),
    ];
    return changes.length > 0 || !isSameModel ? changes : [orderSentence(logged.diversity)];
  }

  /** Returns a sentence for each changed rule that changes this recommendation. */
  private async ruleSentences(ctx: StoreContext, run: ReplayRun): Promise<string[]> {
    const { logged, current, context } = run;
    const savedSince = await this.parts.rules.savedSince(ctx, logged.at);
    const { begun, changed, ended } = changedRules(logged.settings, current.settings, savedSince);
    if (begun.length + changed.length + ended.length === 0) return [];
    const rulesById = new Map((await this.parts.rules.list(ctx)).map((rule) => [rule.id, rule]));
    const sentences: string[] = [];
    for (const [change, ids] of Object.entries({ begun, changed, ended })) {
      for (const id of ids) {
        const rule = rulesById.get(id);
        if (!rule) {
          sentences.push(`rule deleted: ${id}`);
          continue;
        }
        const otherRules = change === 'ended' ? [...context.rules, rule] : withoutRule(context.rules, id);
        if (await this.changesRanking(ctx, run, otherRules)) sentences.push(`rule ${change}: ${rule.name}`);
      }
    }
    return sentences;
  }

  /** Returns true if the request gets another ranking under these rules. */
  private async changesRanking(
    ctx: StoreContext,
    { logged, ranking, current, context, model }: ReplayRun,
    rules: MerchandisingRule[],
  ): Promise<boolean> {
    const other = await recommendAgain(ctx, logged, model, { ...context, rules });
    return !hasSameTop(current.ranked, other.ranked, ranking.depth);
  }
}

function recommendAgain(
  ctx: StoreContext,
  logged: ReplayableRecommendation,
  model: OpenModel,
  context: RankingContext,
): Promise<Recommendation> {
  const request = replayRequest(logged, model.encoders.bundle.id);
  return model.unloggedRecommend.recommendUnder(ctx, request, replayPageSize(logged), context);
}

function withoutRule(rules: readonly MerchandisingRule[], id: string): MerchandisingRule[] {
  return rules.filter((rule) => rule.id !== id);
}

function modelSentences({ understanding }: ReplayableRecommendation, { encoders }: OpenModel): string[] {
  const currentModel = encoders.bundle.id;
  return understanding.model === currentModel ? [] : [`model: ${understanding.model} → ${currentModel}`];
}

function learnedSentences({ settings }: ReplayableRecommendation, current: Recommendation): string[] {
  const [before, after] = [settings.learned ?? null, current.settings.learned];
  const name = (version: number | null): string => (version === null ? 'none' : `version ${version}`);
  return before === after ? [] : [`learned weights: ${name(before)} → ${name(after)}`];
}

/**
 * Returns the request of a logged recommendation.
 * @param model id of the model that ranks now; another model than before encodes the text itself
 */
export function replayRequest(logged: ReplayableRecommendation, model: string): OutfitRequest {
  const { text, avoid, filter, diversity, settings, picture, words, understanding } = logged;
  const image = picture && { kind: 'encoded' as const, picture };
  const encodedText = understanding.model === model ? words : null;
  return { text, avoid, filter, diversity, fusion: settings.fusion, image, encodedText };
}

/** Returns the requested number of garments. Old log entries lack it and showed at most one page. */
export function replayPageSize({ settings, shown }: ReplayableRecommendation): number {
  return settings.wanted ?? shown.length;
}

/**
 * Returns a sentence on why the request cannot be repeated. Null if it can.
 * @param model id of the model that ranks now
 */
export function reasonNotRepeatable(logged: ReplayableRecommendation, model: string): string | null {
  const { hadImage, picture, text, avoid, understanding } = logged;
  const hasNoText = text === null && avoid === null;
  if ((hasNoText && !hadImage) || (text === null && hadImage && understanding.textWeight > 0)) {
    return 'request: its text was deleted with the data of the shopper';
  }
  if (!hadImage) return null;
  if (picture === null) return 'request: the features of its picture were not stored';
  return understanding.model === model
    ? null
    : `request: its picture was encoded by ${understanding.model} and not stored, so ${model} cannot encode it`;
}
