// The main job: words and a photo in, ranked garments out. Reads like its description:
// features → understanding → one vector → one query → ranking → status.
import { v7 as uuid } from 'uuid';
import type { Avoided, Candidate } from '../domain/candidate.js';
import { diversify, DIVERSIFIED_DEPTH } from '../domain/diversity.js';
import { requestKind, type Features, type Fusion } from '../domain/fusion.js';
import { beginningsQuery, describingWords } from '../domain/lexical.words.js';
import { partNegation } from '../domain/negation.js';
import { pageOfRanking, rankingCursor } from '../domain/page.js';
import { rankCandidates } from '../domain/ranking.js';
import { reasonsFor } from '../domain/reasons.js';
import type { HeadReading } from '../domain/reading.js';
import type { Recommendation, RecommendationStatus, RecommendedGarment } from '../domain/recommendation.js';
import {
  checkFusionWish,
  requestDiversity,
  requestWords,
  tellingWords,
  type OutfitRequest,
} from '../domain/request.js';
import type { StoreContext } from '../domain/store.context.js';
import { readingOfType, readRequest, type RequestReading } from '../domain/understanding.js';
import { FitroomError } from '../errors.js';
import type { Encoders } from '../inference/encoders.js';
import type { EmbeddingRepository } from '../store/embedding.repository.js';
import type { GarmentRepository } from '../store/garment.repository.js';
import { readingLabels } from './bundle.labels.js';
import type { FeatureReader, ReadRequest } from './feature.reader.js';
import type { FilterChecker } from './filter.checker.js';
import type { RequestFuser } from './request.fuser.js';

/** How deep every ranking goes, whatever page is asked for: 4 pages of 100, some 2 ms of exact search at 10,000 garments. */
export const CANDIDATE_DEPTH = 400;

/** The stages of one recommendation, as the metrics name them. */
export type RecommendStage = 'encode' | 'understand' | 'search' | 'rank';

export interface RecommendServiceParts {
  encoders: Encoders;
  reader: FeatureReader;
  fuser: RequestFuser;
  filters: FilterChecker;
  garments: GarmentRepository;
  embeddings: EmbeddingRepository;
  observeStage?: (stage: RecommendStage, ms: number) => void;
  /** Told the words of requests that had no picture, which say nothing without it. */
  remember?: (ctx: StoreContext, words: string) => void;
}

export class RecommendService {
  constructor(private readonly parts: RecommendServiceParts) {}

  /**
   * Answers a request.
   * @param wanted how many garments the caller will show: fewer matches than that are PARTIAL
   * @throws FitroomError naming the field of the request that is wrong
   */
  async recommend(ctx: StoreContext, request: OutfitRequest, wanted: number): Promise<Recommendation> {
    const hasPicture = request.image != null;
    const given = tellingWords(requestWords(request.text, 'text'), hasPicture);
    const { wanted: words, unwanted } = partNegation(given, hasPicture);
    const avoid = [requestWords(request.avoid, 'avoid'), unwanted].filter((part) => part !== null).join(', ') || null;
    const diversity = requestDiversity(request.diversity);
    checkFusionWish(request.fusion ?? {});
    if (words === null && !request.image) throw new FitroomError('QUERY_EMPTY');
    const filter = await this.parts.filters.check(ctx, request.filter ?? {});

    const [read, avoided] = await this.timed('encode', () =>
      Promise.all([
        this.parts.reader.read(ctx, words, request.image ?? null),
        avoid === null ? null : this.avoided(avoid),
      ]),
    );
    const { features } = read;
    const reading = await this.timed('understand', () => this.understand(read));
    const fusion = this.parts.fuser.choose(features, request.fusion ?? {});
    const vector = await this.parts.fuser.fuse(features, fusion);
    const candidates = await this.timed('search', () =>
      this.parts.embeddings.nearest(
        ctx,
        {
          model: this.parts.encoders.bundle.id,
          vector,
          typeProbabilities: reading.typeProbabilities,
          asked: reading.labelRoots,
          avoid: avoided,
          words: words && describingWords(words),
          limit: CANDIDATE_DEPTH,
        },
        filter,
      ),
    );
    const sides = { vector, hasWords: words !== null, hasPicture: features.image !== null };
    const ranked = await this.timed('rank', async () =>
      this.diversified(ctx, rankCandidates(candidates, sides), diversity),
    );
    if (given !== null && !hasPicture) this.parts.remember?.(ctx, given);
    return {
      id: uuid(),
      understanding: this.understanding(reading, fusion),
      status: this.statusOf(candidates, { features, reading, wanted }),
      ranked,
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
    return { rows: recommended, ...info };
  }

  private async avoided(words: string): Promise<Avoided> {
    const features = await this.parts.encoders.encodeWords(words);
    const reading = await this.understand({
      features: { text: features, image: null },
      shownType: null,
      isBlank: false,
    });
    const wordsQuery = beginningsQuery(words);
    return { features, wordsQuery, typeProbabilities: reading.typeProbabilities, asked: reading.labelRoots };
  }

  private async understand({ features, shownType, isBlank }: ReadRequest): Promise<RequestReading> {
    const { encoders } = this.parts;
    const single = async (side: Features): Promise<HeadReading | null> =>
      side.text || side.image ? encoders.readHead(side) : null;
    const [words, picture, both] = await Promise.all([
      single({ text: features.text, image: null }),
      single({ text: null, image: features.image }),
      encoders.readHead(features),
    ]);
    const labels = readingLabels(encoders.bundle);
    const shown = picture && shownType ? readingOfType(picture, shownType, labels) : picture;
    return readRequest({ words, picture: shown, both, isBlank }, labels, encoders.bundle.manifest.thresholds);
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

  /**
   * WEAK where nothing is asked for, or by the bundle's measured similarity: under it lie about 5 % of the requests that a
   * catalog can answer. Words that name no more than a type or a colour are near to nothing, and answered well by garments
   * that have it.
   */
  private statusOf(
    candidates: Candidate[],
    { features, reading, wanted }: { features: Features; reading: RequestReading; wanted: number },
  ): RecommendationStatus {
    if (candidates.length === 0) return 'EMPTY';
    if (reading.showsNothing) return 'WEAK';
    const { weakBelow } = this.parts.encoders.bundle.manifest.thresholds;
    const nearest = Math.max(...candidates.map(({ textShare, imageShare }) => textShare + imageShare));
    if (nearest < weakBelow[requestKind(features)] && !hasWhatIsNamed(candidates, reading)) return 'WEAK';
    return candidates.length < wanted ? 'PARTIAL' : 'OK';
  }

  private async timed<Result>(stage: RecommendStage, work: () => Promise<Result>): Promise<Result> {
    const started = performance.now();
    try {
      return await work();
    } finally {
      this.parts.observeStage?.(stage, performance.now() - started);
    }
  }
}

/** Whether some candidate has the type that the words name, or the colour where they name nothing else. */
function hasWhatIsNamed(candidates: Candidate[], { asked, namesOtherThing }: RequestReading): boolean {
  if (namesOtherThing) return candidates.some(({ fits }) => fits.category >= 0.7);
  if (asked.garmentType) return candidates.some(({ typeProbability }) => typeProbability >= 0.5);
  return asked.colors.length > 0 && candidates.some(({ fits }) => fits.color >= 0.7);
}
