// The main job: words and a photo in, ranked garments out. Reads like its description:
// features and rules → understanding → one vector → one query → ranking → status.
import { v7 as uuid } from 'uuid';
import type { RecommendationRecord } from '../../domain/recommend/recommendation.log.js';
import type { AvoidedTerm, CandidateSearch } from '../../domain/recommend/candidate.js';
import { parseRequest, type ParsedRequest, type OutfitRequest } from '../../domain/recommend/recommend.request.js';
import { rareTermQuery, labelStems, NO_RARE_TERM_HITS, type RareTermHits } from '../../domain/text/rare.terms.js';
import { requestKind, type Fusion, type RequestVector } from '../../domain/recommend/fusion.js';
import { languageOf } from '../../domain/text/language.js';
import { descriptiveTerms } from '../../domain/text/stemming.js';
import { rulesFor, searchRules, type SearchRules } from '../../domain/recommend/merchandising.rule.js';
import { pageOfRanking, rankingCursor } from '../../domain/shared/page.js';
import { appliedSettings, rankingSettings } from '../../domain/recommend/ranking.settings.js';
import { reasonsFor } from '../../domain/recommend/explanations.js';
import type { Recommendation, RecommendedGarment } from '../../domain/recommend/recommendation.js';
import { rankingToLog } from '../../domain/recommend/replay.diff.js';
import { assessStatus } from '../../domain/recommend/answer.status.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import { openProfile, type ShopperProfile } from '../../domain/recommend/shopper.profile.js';
import { requestedType, type QueryInterpretation } from '../../domain/recommend/query.understanding.js';
import type { Synonyms } from '../../domain/text/synonyms.js';
import type { Encoders } from '../../inference/encoders.js';
import type { EmbeddingRepository } from '../../store/embedding.repository.js';
import type { GarmentRepository } from '../../store/garment.repository.js';
import type { RareTermSearch } from '../../store/rare.term.search.js';
import type { RecommendationLog } from './recommendation.log.js';
import type { Reranker } from './reranker.js';
import { headLabels, type QueryUnderstander } from './query.understander.js';
import type { QueryEncoder, EncodedQuery } from './query.encoder.js';
import type { FilterValidator } from './filter.validator.js';
import type { RankingContext, RankingContextReader } from './ranking.context.js';
import type { QueryFuser } from './query.fuser.js';
import { StageTimer } from '../../observability/stage.timer.js';
/** How deep every ranking goes, whatever page is asked for: 4 pages of 100, some 2 ms of exact search at 10,000 garments. */
export const CANDIDATE_DEPTH = 400;

/** The stages of one recommendation, as the metrics name them. */
export type RecommendStage = 'encode' | 'understand' | 'search' | 'rank';

export interface RecommendServiceParts {
  encoders: Encoders;
  reader: QueryEncoder;
  understander: QueryUnderstander;
  fuser: QueryFuser;
  circumstances: Pick<RankingContextReader, 'read'>;
  filters: FilterValidator;
  garments: GarmentRepository;
  embeddings: EmbeddingRepository;
  ranker: Reranker;
  words: Pick<RareTermSearch, 'find'>;
  senses: Synonyms;
  observeStage?: (stage: RecommendStage, ms: number) => void;
  /** Told the words of requests that had no picture, which say nothing without it. */
  remember?: (ctx: StoreContext, words: string) => void;
  /** Keeps answers for feedback and for analysts. */
  log?: Pick<RecommendationLog, 'answered' | 'shown'>;
}

export class RecommendService {
  /** Words that the head reads. */
  private readonly known: ReadonlySet<string>;

  constructor(private readonly parts: RecommendServiceParts) {
    const { category, color, gender, usage } = headLabels(parts.encoders.bundle);
    this.known = labelStems([category, color, gender, usage]);
  }

  /**
   * Answers a request.
   * @param wanted how many garments the caller will show: fewer matches than that are PARTIAL
   * @throws FitroomError naming the field of the request that is wrong
   */
  recommend(ctx: StoreContext, request: OutfitRequest, wanted: number): Promise<Recommendation> {
    const { circumstances } = this.parts;
    return this.answer(ctx, request, wanted, (asked) => circumstances.read(ctx, asked));
  }

  /** The same under circumstances that are given, for answers that are given again. */
  again(ctx: StoreContext, request: OutfitRequest, wanted: number, around: RankingContext): Promise<Recommendation> {
    return this.answer(ctx, request, wanted, () => Promise.resolve(around));
  }

  private async answer(
    ctx: StoreContext,
    request: OutfitRequest,
    wanted: number,
    circumstances: (asked: { shopper: string | null; model: string; at: Date }) => Promise<RankingContext>,
  ): Promise<Recommendation> {
    const at = new Date();
    const clock = new StageTimer<RecommendStage>(this.parts.observeStage);
    const asked = await this.sought(parseRequest(request), request.image != null);
    const { words, avoid, shopper } = asked;
    const { understander, fuser, embeddings, ranker } = this.parts;
    const { id: model, manifest } = this.parts.encoders.bundle;
    const filter = await this.parts.filters.check(ctx, request.filter ?? {});
    const [[read, avoided], around, exact] = await Promise.all([
      clock.time('encode', () => this.encode(ctx, asked, request)),
      circumstances({ shopper, model, at }),
      this.exact(ctx, words),
    ]);
    const { features } = read;
    const settings = rankingSettings(asked, around, manifest.fusion.methods);
    const reading = await clock.time('understand', () => understander.understand(read));
    const holding = rulesFor(around.rules, { words, garmentType: requestedType(reading) });
    const { rules, bending } = searchRules(holding);
    const fusion = fuser.choose(features, settings.fusion);
    const vector = await fuser.fuse(features, fusion);
    const search = this.search({ vector, reading, avoided, taste: around.taste, words, rules, exact });
    const candidates = await clock.time('search', () => embeddings.nearest(ctx, search, filter));
    const sides = { hasWords: words !== null, hasPicture: features.image !== null };
    const wish = { ...settings, sides: { ...sides, vector, avoid: avoided, ...settings }, bending, model };
    const ranked = await clock.time('rank', () =>
      ranker.rank(ctx, candidates, { ...wish, colors: reading.asked.colors }),
    );
    const given = { reading, isBlank: read.picture?.isBlank ?? false, wanted, kind: requestKind(features) };
    const { status, signals } = assessStatus(candidates, given, manifest);
    const understanding = this.understanding(reading, fusion);
    const shaped = { variants: around.variants, settings: appliedSettings(settings, holding, wanted) };
    const answer = { id: uuid(), understanding, status, ...shaped };
    const made = { vector, picture: read.picture, words: { text: features.text, avoid: avoided.map(featuresOf) } };
    const kept = { ...answer, ...made, at, diversity: settings.diversity };
    this.keep(ctx, clock, request, { ...kept, text: asked.given, shopper, ranking: rankingToLog(ranked, wanted) });
    return {
      ...answer,
      ranked,
      signals,
      among: { filter, hide: rules.hide, avoid: avoided },
      language: languageOf(asked.given),
      asked: { ...reading.asked, ...sides, avoids: avoid !== null, isWeak: status === 'WEAK' },
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

  private encode(
    ctx: StoreContext,
    { words, avoid }: ParsedRequest,
    { image = null, keptWords = null }: OutfitRequest,
  ): Promise<[EncodedQuery, AvoidedTerm[]]> {
    const { reader, understander } = this.parts;
    return Promise.all([
      reader.read(ctx, words, image, keptWords?.text),
      understander.avoided(avoid, keptWords?.avoid),
    ]);
  }

  private async exact(ctx: StoreContext, words: string | null): Promise<RareTermHits> {
    const asked = rareTermQuery(words, this.parts.senses, this.known);
    return asked ? this.parts.words.find(ctx, asked) : NO_RARE_TERM_HITS;
  }

  /** "Not black shoes" says what is sought within what is not. */
  private async sought(asked: ParsedRequest, hasPicture: boolean): Promise<ParsedRequest> {
    if (asked.words !== null || asked.avoid === null || hasPicture) return asked;
    const { wanted, unwanted } = await this.parts.understander.wantedBeside(asked.avoid);
    return { ...asked, words: wanted, avoid: unwanted };
  }

  /** For what comes later: the log of answers, and the comparing of models. */
  private keep(
    ctx: StoreContext,
    clock: StageTimer<RecommendStage>,
    request: OutfitRequest,
    answer: Omit<RecommendationRecord, 'avoid' | 'filter' | 'hadImage' | 'latencyMs' | 'stages'>,
  ): void {
    const latencyMs = clock.elapsed();
    const { avoid = null, filter = null } = request;
    const hadImage = answer.picture !== null;
    this.parts.log?.answered(ctx, { ...answer, avoid, filter, hadImage, latencyMs, stages: clock.stages });
    if (answer.text !== null && !hadImage) this.parts.remember?.(ctx, answer.text);
  }

  private search(asked: {
    vector: RequestVector;
    reading: QueryInterpretation;
    avoided: readonly AvoidedTerm[];
    taste: ShopperProfile | null;
    words: string | null;
    rules: SearchRules;
    exact: RareTermHits;
  }): CandidateSearch {
    const { vector, reading, avoided, taste, words, rules, exact } = asked;
    return {
      model: this.parts.encoders.bundle.id,
      vector,
      typeProbabilities: reading.typeProbabilities,
      asked: reading.labelRoots,
      avoid: avoided,
      taste: taste && openProfile(taste, reading.labelRoots),
      words: words && descriptiveTerms(words),
      exact,
      limit: CANDIDATE_DEPTH,
      rules,
    };
  }

  private understanding(reading: QueryInterpretation, fusion: Fusion): Recommendation['understanding'] {
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

function featuresOf({ features }: AvoidedTerm): Float32Array {
  return features;
}
