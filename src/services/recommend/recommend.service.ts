// Recommendations: parse → encode, load context → interpret → fuse → retrieve → rerank → assess.
import { v7 as uuid } from 'uuid';
import type { StoreContext } from '../../domain/access/store.context.js';
import type { GarmentFilter } from '../../domain/catalog/garment.js';
import { assessStatus, type StatusAssessment } from '../../domain/recommend/answer.status.js';
import type { AvoidedTerm, Candidate, CandidateSearch } from '../../domain/recommend/candidate.js';
import { reasonsFor } from '../../domain/recommend/explanations.js';
import { requestKind, type Fusion, type RequestVector } from '../../domain/recommend/fusion.js';
import {
  rulesFor,
  searchRules,
  type MerchandisingRule,
  type ScoringRule,
  type SearchRules,
} from '../../domain/recommend/merchandising.rule.js';
import { requestedType, type QueryInterpretation } from '../../domain/recommend/query.understanding.js';
import { appliedSettings, rankingSettings, type RankingSettings } from '../../domain/recommend/ranking.settings.js';
import { parseRequest, type OutfitRequest, type ParsedRequest } from '../../domain/recommend/recommend.request.js';
import type { RankedGarment, Recommendation, RecommendedGarment } from '../../domain/recommend/recommendation.js';
import type { RecommendationRecord } from '../../domain/recommend/recommendation.log.js';
import { rankingToLog } from '../../domain/recommend/replay.diff.js';
import { openProfile } from '../../domain/recommend/shopper.profile.js';
import { pageOfRanking, rankingCursor } from '../../domain/shared/page.js';
import { languageOf } from '../../domain/text/language.js';
import { labelStems, NO_RARE_TERM_HITS, rareTermQuery, type RareTermHits } from '../../domain/text/rare.terms.js';
import { descriptiveTerms } from '../../domain/text/stemming.js';
import type { Synonyms } from '../../domain/text/synonyms.js';
import type { Encoders } from '../../inference/encoders.js';
import { StageTimer } from '../../observability/stage.timer.js';
import type { EmbeddingRepository } from '../../store/embedding.repository.js';
import type { GarmentRepository } from '../../store/garment.repository.js';
import type { RareTermSearch } from '../../store/rare.term.search.js';
import type { FilterValidator } from './filter.validator.js';
import type { EncodedQuery, QueryEncoder } from './query.encoder.js';
import type { QueryFuser } from './query.fuser.js';
import { headLabels, type QueryUnderstander } from './query.understander.js';
import type { ContextKey, RankingContext, RankingContextReader } from './ranking.context.js';
import type { RecommendationLog } from './recommendation.log.js';
import type { Reranker } from './reranker.js';

/** Depth of every ranking, whatever page is requested: 4 pages of 100. Exact search takes 2 ms at 10,000 garments. */
export const CANDIDATE_DEPTH = 400;

/** The timed stages of one recommendation, by their name in the metrics. */
export type RecommendStage = 'encode' | 'understand' | 'search' | 'rank';

export interface RecommendServiceParts {
  encoders: Encoders;
  encoder: QueryEncoder;
  understander: QueryUnderstander;
  fuser: QueryFuser;
  context: Pick<RankingContextReader, 'read'>;
  filters: FilterValidator;
  garments: GarmentRepository;
  embeddings: EmbeddingRepository;
  reranker: Reranker;
  rareTerms: Pick<RareTermSearch, 'find'>;
  synonyms: Synonyms;
  /** Receives the duration of each stage in milliseconds. */
  observeStage?: (stage: RecommendStage, ms: number) => void;
  /** Receives the text of requests without a picture. A text that refers to a picture would be misleading alone. */
  remember?: (ctx: StoreContext, text: string) => void;
  /** Stores recommendations for feedback and for analysts. Absent: nothing is logged. */
  log?: Pick<RecommendationLog, 'recordRecommendation' | 'recordShown'>;
}

/** Features of everything that a request contains. */
interface EncodedRequest extends EncodedQuery {
  avoided: AvoidedTerm[];
}

/** The merchandising rules that apply to one request. */
interface AppliedRules {
  /** All applicable rules, in their order. */
  all: MerchandisingRule[];
  /** Rules that the search applies. */
  search: SearchRules;
  /** Rules that change scores. */
  scoring: readonly ScoringRule[];
}

interface FusedQuery {
  fusion: Fusion;
  vector: RequestVector;
}

/** Everything that retrieval and ranking read. */
interface PreparedQuery {
  parsed: ParsedRequest;
  filter: GarmentFilter;
  encoded: EncodedRequest;
  context: RankingContext;
  rareTerms: RareTermHits;
  interpretation: QueryInterpretation;
  settings: RankingSettings;
  rules: AppliedRules;
  fused: FusedQuery;
}

/** A query with its outcome. */
interface RankedQuery extends PreparedQuery {
  ranked: RankedGarment[];
  assessment: StatusAssessment;
  pageSize: number;
}

export class RecommendService {
  /** Stems of the labels that the classifier reads. */
  private readonly labelStems: ReadonlySet<string>;

  constructor(private readonly parts: RecommendServiceParts) {
    const { category, color, gender, usage } = headLabels(parts.encoders.bundle);
    this.labelStems = labelStems([category, color, gender, usage]);
  }

  /**
   * Recommends garments for a request.
   * @param pageSize number of garments that the caller shows; fewer matches give the status PARTIAL
   * @throws FitroomError naming the invalid field of the request
   */
  recommend(ctx: StoreContext, request: OutfitRequest, pageSize: number): Promise<Recommendation> {
    return this.run(ctx, request, pageSize, (key) => this.parts.context.read(ctx, key));
  }

  /** Recommends under a given ranking context, for replays. */
  recommendUnder(
    ctx: StoreContext,
    request: OutfitRequest,
    pageSize: number,
    context: RankingContext,
  ): Promise<Recommendation> {
    return this.run(ctx, request, pageSize, () => Promise.resolve(context));
  }

  /**
   * Reads one page of a recommendation, with catalog rows and reasons.
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
      // the garment was deleted between the search and this read
      if (!garment) return [];
      const reasons = reasonsFor(ranked, garment, recommendation.requested);
      return [{ cursor: rankingCursor(ranked), garment, ranked, reasons }];
    });
    this.parts.log?.recordShown(recommendation.id, recommended);
    return { rows: recommended, ...info };
  }

  private async run(
    ctx: StoreContext,
    request: OutfitRequest,
    pageSize: number,
    loadContext: (key: ContextKey) => Promise<RankingContext>,
  ): Promise<Recommendation> {
    const at = new Date();
    const timer = new StageTimer<RecommendStage>(this.parts.observeStage);
    const parsed = await this.parse(request);
    const filter = await this.parts.filters.check(ctx, request.filter ?? {});
    const model = this.parts.encoders.bundle.id;
    const [encoded, context, rareTerms] = await Promise.all([
      timer.time('encode', () => this.encode(ctx, parsed, request)),
      loadContext({ shopper: parsed.shopper, model, at }),
      this.findRareTerms(ctx, parsed.text),
    ]);
    const interpretation = await timer.time('understand', () => this.parts.understander.interpret(encoded));
    const settings = rankingSettings(parsed, context, this.parts.encoders.bundle.manifest.fusion.methods);
    const rules = applicableRules(parsed, context, interpretation);
    const fused = await this.fuse(encoded, settings);
    const query = { parsed, filter, encoded, context, rareTerms, interpretation, settings, rules, fused };
    const candidates = await timer.time('search', () => this.retrieve(ctx, query));
    const ranked = await timer.time('rank', () => this.rerank(ctx, query, candidates));
    const assessment = this.assess(query, candidates, pageSize);
    const outcome = { ...query, ranked, assessment, pageSize };
    const recommendation = this.assemble(outcome);
    this.record(ctx, toRecord(request, outcome, recommendation), { at, timer });
    return recommendation;
  }

  /** Parses a request. "Not black shoes" asks for shoes and avoids black. */
  private async parse(request: OutfitRequest): Promise<ParsedRequest> {
    const parsed = parseRequest(request);
    if (parsed.text !== null || parsed.avoid === null || request.image != null) return parsed;
    const { wanted, unwanted } = await this.parts.understander.splitNegation(parsed.avoid);
    return { ...parsed, text: wanted, avoid: unwanted };
  }

  private async encode(
    ctx: StoreContext,
    { text, avoid }: ParsedRequest,
    { image = null, encodedText = null }: OutfitRequest,
  ): Promise<EncodedRequest> {
    const { encoder, understander } = this.parts;
    const [{ features, picture }, avoided] = await Promise.all([
      encoder.encodeQuery(ctx, text, image, encodedText?.text),
      understander.encodeAvoided(avoid, encodedText?.avoid),
    ]);
    return { features, picture, avoided };
  }

  private async findRareTerms(ctx: StoreContext, text: string | null): Promise<RareTermHits> {
    const query = rareTermQuery(text, this.parts.synonyms, this.labelStems);
    return query ? this.parts.rareTerms.find(ctx, query) : NO_RARE_TERM_HITS;
  }

  private async fuse({ features }: EncodedRequest, settings: RankingSettings): Promise<FusedQuery> {
    const fusion = this.parts.fuser.choose(features, settings.fusion);
    return { fusion, vector: await this.parts.fuser.fuse(features, fusion) };
  }

  private retrieve(ctx: StoreContext, query: PreparedQuery): Promise<Candidate[]> {
    const { parsed, filter, encoded, context, rareTerms, interpretation, rules, fused } = query;
    const search: CandidateSearch = {
      model: this.parts.encoders.bundle.id,
      vector: fused.vector,
      typeProbabilities: interpretation.typeProbabilities,
      queryRoots: interpretation.queryRoots,
      avoid: encoded.avoided,
      profile: context.profile && openProfile(context.profile, interpretation.queryRoots),
      words: parsed.text && descriptiveTerms(parsed.text),
      rareTerms,
      limit: CANDIDATE_DEPTH,
      rules: rules.search,
    };
    return this.parts.embeddings.searchCandidates(ctx, search, filter);
  }

  private rerank(ctx: StoreContext, query: PreparedQuery, candidates: Candidate[]): Promise<RankedGarment[]> {
    const { parsed, encoded, interpretation, settings, rules, fused } = query;
    return this.parts.reranker.rerank(ctx, candidates, {
      scoring: {
        vector: fused.vector,
        hasText: parsed.text !== null,
        hasImage: encoded.features.image !== null,
        profileStrength: settings.profileStrength,
        learned: settings.learned,
        avoid: encoded.avoided,
      },
      rules: rules.scoring,
      diversity: settings.diversity,
      colors: interpretation.requested.colors,
      model: this.parts.encoders.bundle.id,
    });
  }

  private assess(query: PreparedQuery, candidates: Candidate[], pageSize: number): StatusAssessment {
    const { interpretation, encoded } = query;
    const isBlank = encoded.picture?.isBlank ?? false;
    const kind = requestKind(encoded.features);
    const { manifest } = this.parts.encoders.bundle;
    return assessStatus(candidates, { interpretation, isBlank, wanted: pageSize, kind }, manifest);
  }

  private assemble(query: RankedQuery): Recommendation {
    const { parsed, filter, encoded, context, interpretation, settings, rules, fused, assessment, pageSize } = query;
    const { status, signals } = assessment;
    return {
      id: uuid(),
      understanding: {
        garmentTypes: interpretation.garmentTypes,
        colors: interpretation.colors,
        fusion: fused.fusion.method,
        textWeight: fused.fusion.weights.text,
        imageWeight: fused.fusion.weights.image,
        model: this.parts.encoders.bundle.id,
      },
      status,
      signals,
      ranked: query.ranked,
      scope: { filter, hide: rules.search.hide, avoid: encoded.avoided },
      language: languageOf(parsed.originalText),
      requested: {
        ...interpretation.requested,
        hasWords: parsed.text !== null,
        hasPicture: encoded.features.image !== null,
        avoids: parsed.avoid !== null,
        isWeak: status === 'WEAK',
      },
      variants: context.variants,
      settings: appliedSettings(settings, rules.all, pageSize),
    };
  }

  private record(
    ctx: StoreContext,
    record: UntimedRecord,
    { at, timer }: { at: Date; timer: StageTimer<RecommendStage> },
  ): void {
    const { text, hadImage } = record;
    this.parts.log?.recordRecommendation(ctx, { ...record, at, latencyMs: timer.elapsed(), stages: timer.stages });
    if (text !== null && !hadImage) this.parts.remember?.(ctx, text);
  }
}

/** A record without the times of its stages. */
type UntimedRecord = Omit<RecommendationRecord, 'at' | 'latencyMs' | 'stages'>;

function toRecord(
  request: OutfitRequest,
  { parsed, encoded, ranked, pageSize, fused, settings: { diversity } }: RankedQuery,
  { id, understanding, status, variants, settings }: Recommendation,
): UntimedRecord {
  const { picture, features, avoided } = encoded;
  return {
    id,
    text: parsed.originalText,
    avoid: request.avoid ?? null,
    hadImage: picture !== null,
    filter: request.filter ?? null,
    diversity,
    shopper: parsed.shopper,
    understanding,
    status,
    vector: fused.vector,
    picture,
    words: { text: features.text, avoid: avoided.map((term) => term.features) },
    ranking: rankingToLog(ranked, pageSize),
    settings,
    variants,
  };
}

function applicableRules(
  { text }: ParsedRequest,
  context: RankingContext,
  interpretation: QueryInterpretation,
): AppliedRules {
  const all = rulesFor(context.rules, { words: text, garmentType: requestedType(interpretation) });
  const { rules, bending } = searchRules(all);
  return { all, search: rules, scoring: bending };
}
