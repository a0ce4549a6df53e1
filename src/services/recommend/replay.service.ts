// A past answer given again: the same request under what holds now, and what has changed where it comes out otherwise.
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
  /** What has changed since and moved a place, as sentences; empty where the answer is identical. */
  changes: string[];
}

/** An answer that was given again: by which model, and what it asked. */
interface Again {
  then: LoggedRanking;
  answer: ReplayableRecommendation;
  now: Recommendation;
  around: RankingContext;
  model: OpenModel;
}

export class ReplayService {
  constructor(private readonly parts: ReplayServiceParts) {}

  /**
   * @param first how many rows of the new answer, 1 to 100; what is compared does not depend on it
   * @throws FitroomError PAGE_SIZE_INVALID, RECOMMENDATION_NOT_FOUND
   */
  async replay(ctx: StoreContext, id: string, first: number): Promise<Replay> {
    const answer = await this.parts.recommendations.replayable(ctx, id);
    if (!answer) throw new FitroomError('RECOMMENDATION_NOT_FOUND');
    return this.parts.models.serve(ctx, (model) => this.withModel(ctx, answer, model, first));
  }

  private async withModel(
    ctx: StoreContext,
    answer: ReplayableRecommendation,
    model: OpenModel,
    first: number,
  ): Promise<Replay> {
    const modelChange = modelSentences(answer, model);
    const refused = (why: string): Replay => ({ rows: [], identical: false, changes: [...modelChange, why] });
    const why = notAskable(answer, model.encoders.bundle.id);
    if (why !== null) return refused(why);
    const around = await this.parts.context.readForReplay(ctx, answer, model.encoders.bundle.id);
    try {
      const now = await model.unloggedRecommend.recommendUnder(
        ctx,
        replayRequest(answer, model.encoders.bundle.id),
        replayPageSize(answer),
        around,
      );
      const { rows } = await model.unloggedRecommend.page(ctx, now, { first });
      const then = loggedRanking(answer);
      if (isIdentical(then, now.ranked)) return { rows, identical: true, changes: [] };
      const changes = [...modelChange, ...(await this.changes(ctx, { then, answer, now, around, model }))];
      return { rows, identical: false, changes };
    } catch (error) {
      // for example a fusion that the model of now does not offer, or a currency that the catalog has no longer
      if (!(error instanceof FitroomError) || isTemporary(error) || error.code === 'PAGE_SIZE_INVALID') throw error;
      return refused(`request: it is refused now, ${error.code}`);
    }
  }

  private async changes(ctx: StoreContext, again: Again): Promise<string[]> {
    const { then, answer, now } = again;
    const [garments, ruled] = await Promise.all([
      this.parts.garments.findByIds(ctx, comparedIds(then, now.ranked)),
      this.ruleSentences(ctx, again),
    ]);
    const changed = garmentChanges(then, now.ranked, new Map(garments.map((garment) => [garment.id, garment])));
    // another model measures everything otherwise, which says nothing of any garment
    const measured = answer.understanding.model === now.understanding.model ? partSentences(changed.parts) : [];
    const found = [...learnedSentences(answer, now), ...ruled, ...garmentSentences(changed), ...measured];
    const explained = found.length > 0 || answer.understanding.model !== now.understanding.model;
    return explained ? found : [orderSentence(answer.diversity)];
  }

  /** Of the rules that hold otherwise than then, those without which this answer would be another. */
  private async ruleSentences(ctx: StoreContext, again: Again): Promise<string[]> {
    const { answer, now, around } = again;
    const saved = await this.parts.rules.savedSince(ctx, answer.at);
    const { begun, changed, ended } = changedRules(answer.settings, now.settings, saved);
    if (begun.length + changed.length + ended.length === 0) return [];
    const all = new Map((await this.parts.rules.list(ctx)).map((rule) => [rule.id, rule]));
    const sentences: string[] = [];
    for (const [word, ids] of Object.entries({ begun, changed, ended })) {
      for (const id of ids) {
        const rule = all.get(id);
        if (!rule) sentences.push(`rule deleted: ${id}`);
        else if (await this.matters(ctx, again, word === 'ended' ? [...around.rules, rule] : without(around.rules, id)))
          sentences.push(`rule ${word}: ${rule.name}`);
      }
    }
    return sentences;
  }

  private async matters(ctx: StoreContext, again: Again, rules: MerchandisingRule[]): Promise<boolean> {
    const { answer, now, around, model, then } = again;
    const other = await model.unloggedRecommend.recommendUnder(
      ctx,
      replayRequest(answer, model.encoders.bundle.id),
      replayPageSize(answer),
      {
        ...around,
        rules,
      },
    );
    return !hasSameTop(now.ranked, other.ranked, then.depth);
  }
}

function without(rules: readonly MerchandisingRule[], id: string): MerchandisingRule[] {
  return rules.filter((rule) => rule.id !== id);
}

function modelSentences({ understanding }: ReplayableRecommendation, { encoders }: OpenModel): string[] {
  const now = encoders.bundle.id;
  return understanding.model === now ? [] : [`model: ${understanding.model} → ${now}`];
}

function learnedSentences({ settings }: ReplayableRecommendation, now: Recommendation): string[] {
  const [before, after] = [settings.learned ?? null, now.settings.learned];
  const name = (version: number | null): string => (version === null ? 'none' : `version ${version}`);
  return before === after ? [] : [`learned weights: ${name(before)} → ${name(after)}`];
}

/** @param model the id of the one that is to answer: another one than then encodes the words itself */
export function replayRequest(answer: ReplayableRecommendation, model: string): OutfitRequest {
  const { text, avoid, filter, diversity, settings, picture, words, understanding } = answer;
  const image = picture && { kind: 'encoded' as const, picture };
  const keptWords = understanding.model === model ? words : null;
  return { text, avoid, filter, diversity, fusion: settings.fusion, image, encodedText: keptWords };
}

/** As many as were to be shown; answers from before that was kept showed at most one page. */
export function replayPageSize({ settings, shown }: ReplayableRecommendation): number {
  return settings.wanted ?? shown.length;
}

/**
 * Why a request cannot be asked again, as a sentence; null where it can.
 * @param model the id of the one that is to answer
 */
export function notAskable(answer: ReplayableRecommendation, model: string): string | null {
  const { hadImage, picture, text, avoid, understanding } = answer;
  const words = text === null && avoid === null;
  if ((words && !hadImage) || (text === null && hadImage && understanding.textWeight > 0)) {
    return 'request: its words were forgotten with the shopper who asked';
  }
  if (!hadImage) return null;
  if (picture === null) return 'request: nothing is kept of its picture';
  return understanding.model === model
    ? null
    : `request: its picture was read by ${understanding.model} and is not kept, so ${model} cannot read it`;
}
