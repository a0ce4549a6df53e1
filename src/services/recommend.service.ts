// The main job: words and a photo in, ranked garments out. Reads like its description:
// features and rules → understanding → one vector → one query → ranking → status.
import { v7 as uuid } from 'uuid';
import type { AnswerRecord } from '../domain/answer.record.js';
import type { Avoided, CandidateSearch, SearchRules } from '../domain/candidate.js';
import { diversify, DIVERSIFIED_DEPTH } from '../domain/diversity.js';
import { requestKind, type Fusion, type RequestVector } from '../domain/fusion.js';
import { describingWords } from '../domain/lexical.words.js';
import { partNegation } from '../domain/negation.js';
import { rulesFor, searchRules } from '../domain/merchandising.rule.js';
import { pageOfRanking, rankingCursor } from '../domain/page.js';
import { withPins } from '../domain/pinning.js';
import { rankCandidates } from '../domain/ranking.js';
import { keptSettings, rankingSettings } from '../domain/ranking.settings.js';
import { reasonsFor } from '../domain/reasons.js';
import type { Recommendation, RecommendedGarment } from '../domain/recommendation.js';
import {
  checkFusionWish,
  requestDiversity,
  requestShopper,
  requestWords,
  tellingWords,
  type FusionWish,
  type ImageSource,
  type OutfitRequest,
} from '../domain/request.js';
import { statusOf } from '../domain/status.js';
import type { StoreContext } from '../domain/store.context.js';
import { tasteBeside, type Taste } from '../domain/taste.js';
import { askedType, type RequestReading } from '../domain/understanding.js';
import { FitroomError } from '../errors.js';
import type { Encoders } from '../inference/encoders.js';
import type { EmbeddingRepository } from '../store/embedding.repository.js';
import type { GarmentRepository } from '../store/garment.repository.js';
import type { AnswerLog } from './answer.log.js';
import type { FeatureReader, ReadRequest } from './feature.reader.js';
import type { FilterChecker } from './filter.checker.js';
import type { RequestCircumstances } from './request.circumstances.js';
import type { RequestFuser } from './request.fuser.js';
import type { RequestUnderstander } from './request.understander.js';
import { StageClock } from './stage.clock.js';

/** How deep every ranking goes, whatever page is asked for: 4 pages of 100, some 2 ms of exact search at 10,000 garments. */
export const CANDIDATE_DEPTH = 400;

/** The stages of one recommendation, as the metrics name them. */
export type RecommendStage = 'encode' | 'understand' | 'search' | 'rank';

export interface RecommendServiceParts {
  encoders: Encoders;
  reader: FeatureReader;
  understander: RequestUnderstander;
  fuser: RequestFuser;
  circumstances: Pick<RequestCircumstances, 'read'>;
  filters: FilterChecker;
  garments: GarmentRepository;
  embeddings: EmbeddingRepository;
  observeStage?: (stage: RecommendStage, ms: number) => void;
  /** Told the words of requests that had no picture, which say nothing without it. */
  remember?: (ctx: StoreContext, words: string) => void;
  /** Keeps answers for feedback and for analysts. */
  log?: Pick<AnswerLog, 'answered' | 'shown'>;
}

export class RecommendService {
  constructor(private readonly parts: RecommendServiceParts) {}

  /**
   * Answers a request.
   * @param wanted how many garments the caller will show: fewer matches than that are PARTIAL
   * @throws FitroomError naming the field of the request that is wrong
   */
  async recommend(ctx: StoreContext, request: OutfitRequest, wanted: number): Promise<Recommendation> {
    const clock = new StageClock<RecommendStage>(this.parts.observeStage);
    const asked = checked(request);
    const { words, avoid, shopper } = asked;
    const { understander, fuser, embeddings } = this.parts;
    const { id: model, manifest } = this.parts.encoders.bundle;
    const filter = await this.parts.filters.check(ctx, request.filter ?? {});
    const [{ read, avoided }, around] = await Promise.all([
      clock.time('encode', () => this.encode(ctx, asked, request.image ?? null)),
      this.parts.circumstances.read(ctx, { shopper, model }),
    ]);
    const { features } = read;
    const settings = rankingSettings(asked, around, manifest.fusion.methods);
    const reading = await clock.time('understand', () => understander.understand(read));
    const holding = rulesFor(around.rules, { words, garmentType: askedType(reading) });
    const { rules, bending } = searchRules(holding);
    const fusion = fuser.choose(features, settings.fusion);
    const vector = await fuser.fuse(features, fusion);
    const search = this.search({ vector, reading, avoided, taste: around.taste, words, rules });
    const candidates = await clock.time('search', () => embeddings.nearest(ctx, search, filter));
    const sides = { vector, hasWords: words !== null, hasPicture: features.image !== null, rules: bending };
    const ranked = await clock.time('rank', async () => {
      const byScore = rankCandidates(candidates, { ...sides, ...settings });
      return withPins(await this.diversified(ctx, byScore, settings.diversity), candidates, bending);
    });
    const weakBelow = manifest.thresholds.weakBelow[requestKind(features)];
    const answer = {
      id: uuid(),
      understanding: this.understanding(reading, fusion),
      status: statusOf(candidates, { reading, weakBelow, wanted }),
      variants: around.variants,
    };
    const kept = { hadImage: sides.hasPicture, vector, reading, diversity: settings.diversity };
    this.keep(ctx, clock, request, {
      ...answer,
      ...kept,
      text: asked.given,
      shopper,
      settings: keptSettings(settings, holding, wanted),
    });
    return {
      ...answer,
      ranked,
      among: { filter, hide: rules.hide },
      asked: { ...reading.asked, hasWords: sides.hasWords, hasPicture: sides.hasPicture, avoids: avoid !== null },
    };
  }

  /**
   * One page of an answer, with catalog rows and reasons.
   * @throws FitroomError PAGE_SIZE_INVALID, CURSOR_INVALID
   */
  async page(
    ctx: StoreContext,
    recommendation: Recommendation,
    page: { first: number; after?: string | null },
  ): Promise<{ rows: RecommendedGarment[]; hasNextPage: boolean; hasPreviousPage: boolean }> {
    const { rows, ...info } = pageOfRanking(recommendation.ranked, page.first, page.after);
    const garments = await this.parts.garments.findByIds(
      ctx,
      rows.map(({ garmentId }) => garmentId),
    );
    const byId = new Map(garments.map((garment) => [garment.id, garment]));
    const recommended = rows.flatMap((ranked) => {
      const garment = byId.get(ranked.garmentId);
      // deleted between the search and this read: left out rather than shown as a hole
      if (!garment) return [];
      const reasons = reasonsFor(ranked, garment, recommendation.asked);
      return [{ cursor: rankingCursor(ranked), garment, ranked, reasons }];
    });
    this.parts.log?.shown(recommendation.id, recommended);
    return { rows: recommended, ...info };
  }

  private async encode(
    ctx: StoreContext,
    { words, avoid }: CheckedRequest,
    image: ImageSource | null,
  ): Promise<{ read: ReadRequest; avoided: Avoided | null }> {
    const [read, avoided] = await Promise.all([
      this.parts.reader.read(ctx, words, image),
      avoid === null ? null : this.parts.understander.avoided(avoid),
    ]);
    return { read, avoided };
  }

  /** For what comes later: the log of answers, and the comparing of models. */
  private keep(
    ctx: StoreContext,
    clock: StageClock<RecommendStage>,
    request: OutfitRequest,
    answer: Omit<AnswerRecord, 'at' | 'avoid' | 'filter' | 'latencyMs' | 'stages'>,
  ): void {
    const latencyMs = clock.elapsed();
    const at = new Date(Date.now() - latencyMs);
    const { avoid = null, filter = null } = request;
    this.parts.log?.answered(ctx, { ...answer, at, avoid, filter, latencyMs, stages: clock.stages });
    if (answer.text !== null && !answer.hadImage) this.parts.remember?.(ctx, answer.text);
  }

  private search(asked: {
    vector: RequestVector;
    reading: RequestReading;
    avoided: Avoided | null;
    taste: Taste | null;
    words: string | null;
    rules: SearchRules;
  }): CandidateSearch {
    const { vector, reading, avoided, taste, words, rules } = asked;
    return {
      model: this.parts.encoders.bundle.id,
      vector,
      typeProbabilities: reading.typeProbabilities,
      asked: reading.labelRoots,
      avoid: avoided,
      taste: taste && tasteBeside(taste, reading.labelRoots),
      words: words && describingWords(words),
      limit: CANDIDATE_DEPTH,
      rules,
    };
  }

  private async diversified(
    ctx: StoreContext,
    ranked: Recommendation['ranked'],
    diversity: number,
  ): Promise<Recommendation['ranked']> {
    if (diversity === 0 || ranked.length === 0) return ranked;
    const ids = ranked.slice(0, DIVERSIFIED_DEPTH).map(({ garmentId }) => garmentId);
    const stored = await this.parts.embeddings.featuresOf(ctx, this.parts.encoders.bundle.id, ids);
    return diversify(ranked, diversity, new Map([...stored].map(([id, { features }]) => [id, features])));
  }

  private understanding(reading: RequestReading, fusion: Fusion): Recommendation['understanding'] {
    return {
      garmentTypes: reading.garmentTypes,
      colors: reading.colors,
      fusion: fusion.method,
      textWeight: fusion.weights.text,
      imageWeight: fusion.weights.image,
      model: this.parts.encoders.bundle.id,
    };
  }
}

interface CheckedRequest {
  /** The words as they were given. */
  given: string | null;
  words: string | null;
  avoid: string | null;
  fusion: FusionWish;
  diversity: number;
  shopper: string | null;
}

/** What the request says once it is checked: what is wanted in words, what is not, and how varied. */
function checked(request: OutfitRequest): CheckedRequest {
  const hasPicture = request.image != null;
  const given = tellingWords(requestWords(request.text, 'text'), hasPicture);
  const { wanted: words, unwanted } = partNegation(given, hasPicture);
  const avoid = [requestWords(request.avoid, 'avoid'), unwanted].filter((part) => part !== null).join(', ') || null;
  const diversity = requestDiversity(request.diversity);
  const shopper = requestShopper(request.shopper);
  const fusion = request.fusion ?? {};
  checkFusionWish(fusion);
  if (words === null && !hasPicture) throw new FitroomError('QUERY_EMPTY');
  return { given, words, avoid, fusion, diversity, shopper };
}
