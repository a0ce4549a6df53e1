// The recommendation log: written in batches, read by id and by time, deleted after its retention.
import type {
  RecommendationPage,
  RecommendationRecord,
  LoggedRecommendation,
  ReplayableRecommendation,
  ShownGarment,
} from '../domain/recommend/recommendation.log.js';
import type { StoreContext } from '../domain/access/store.context.js';
import type { EncodedPicture, EncodedText } from '../domain/recommend/recommend.request.js';
import { storableText } from './database/storable.text.js';
import { littleEndianVector } from './database/vector.codec.js';
import type { Statement, Database } from './database/database.types.js';
/**
 * Maximum number of rows that one statement deletes. Their feedback is deleted too, and no other statement should wait
 * long.
 */
const DELETED_AT_ONCE = 500;

const COLUMNS = `id, at, text, avoid, had_image as "hadImage", filter, diversity, status, understanding, shown,
  variants, latency_ms as "latencyMs", stages`;

/** A recommendation to log. Its shopper is already a hash. */
export interface RecommendationToLog extends RecommendationRecord {
  shown: ShownGarment[];
  /** Skus of each outfit's items, in the order in which the outfits were shown. Absent if none was shown. */
  looks?: readonly string[][];
}

export interface RecommendationSearch {
  from: Date | null;
  /** Exclusive end. */
  to: Date | null;
  first: number;
  /** The last recommendation of the previous page. */
  after: { at: Date; id: string } | null;
}

export class RecommendationRepository {
  constructor(private readonly database: Database) {}

  async keep(ctx: StoreContext, recommendations: readonly RecommendationToLog[]): Promise<void> {
    const rows = recommendations.map((recommendation) => ({
      id: recommendation.id,
      at: recommendation.at,
      text: recommendation.text && storableText(recommendation.text),
      avoid: recommendation.avoid && storableText(recommendation.avoid),
      had_image: recommendation.hadImage,
      filter: recommendation.filter,
      diversity: recommendation.diversity,
      shopper: recommendation.shopper,
      model: recommendation.understanding.model,
      status: recommendation.status,
      understanding: recommendation.understanding,
      vector: vectorHex(recommendation),
      picture: recommendation.picture && storedPicture(recommendation.picture),
      words: recommendation.words && storedWords(recommendation.words),
      ranked_ids: recommendation.ranking.map(({ garmentId }) => garmentId),
      ranked_scores: recommendation.ranking.map(({ score }) => score),
      settings: recommendation.settings,
      variants: recommendation.variants,
      shown: recommendation.shown,
      latency_ms: recommendation.latencyMs,
      stages: recommendation.stages,
      shown_skus: recommendation.shown.map(({ sku }) => sku),
      shown_ranks: recommendation.shown.map(({ rank }) => rank),
      best_similarity: bestSimilarity(recommendation.shown),
    }));
    await this.database.within(ctx).batch([
      {
        text: `insert into recommendations (store_id, id, at, text, avoid, had_image, filter, diversity, shopper, model,
         status, understanding, vector, picture, words, ranked_ids, ranked_scores, settings, variants, shown, shown_skus,
         shown_ranks, best_similarity, latency_ms, stages)
       select $1, id, at, text, avoid, had_image, filter, diversity, shopper, model, status, understanding,
         decode(vector, 'hex'), picture, words, ranked_ids, ranked_scores, settings, variants, shown, shown_skus,
         shown_ranks, best_similarity, latency_ms, stages
       from json_to_recordset($2::json) as r(id uuid, at timestamptz, text text, avoid text, had_image boolean,
         filter json, diversity float8, shopper text, model text, status text, understanding json, vector text,
         picture json, words json, ranked_ids bigint[], ranked_scores float8[], settings json, variants jsonb, shown json, shown_skus text[],
         shown_ranks integer[], best_similarity float8, latency_ms float8, stages json)
       on conflict (store_id, id) do nothing`,
        values: [ctx.storeId, storableJson(rows)],
      },
      looksStatement(ctx, recommendations),
    ]);
  }

  /**
   * Deletes the oldest recommendations older than this many days, 500 at most, with their feedback. @returns number
   * deleted
   */
  async dropOlderThan(ctx: StoreContext, days: number): Promise<number> {
    const deleted = await this.database.within(ctx).query(
      `delete from recommendations where store_id = $1 and id in (
         select id from recommendations where store_id = $1 and at < now() - $2 * interval '1 day'
         order by at, id limit ${DELETED_AT_ONCE} for update skip locked)
       returning id`,
      [ctx.storeId, days],
    );
    return deleted.length;
  }

  /** Stores the outfits shown with logged recommendations. Skips recommendations that are not in the log. */
  async keepLooks(ctx: StoreContext, shown: readonly { id: string; looks: readonly string[][] }[]): Promise<void> {
    await this.database.within(ctx).batch([looksStatement(ctx, shown)]);
  }

  async find(ctx: StoreContext, id: string): Promise<LoggedRecommendation | null> {
    const [recommendation] = await this.database
      .within(ctx)
      .query<LoggedRecommendation>(`select ${COLUMNS} from recommendations where store_id = $1 and id = $2`, [
        ctx.storeId,
        id,
      ]);
    return recommendation ?? null;
  }

  /** Returns a recommendation with everything that a replay needs. */
  async replayable(ctx: StoreContext, id: string): Promise<ReplayableRecommendation | null> {
    const [row] = await this.database.within(ctx).query<ReplayableRow>(
      `select ${COLUMNS}, shopper, settings, picture, words, ranked_ids::text[] as "rankedIds", ranked_scores as "rankedScores"
       from recommendations where store_id = $1 and id = $2`,
      [ctx.storeId, id],
    );
    if (!row) return null;
    const { rankedIds, rankedScores, picture, words, ...recommendation } = row;
    const ranking = rankedIds.map((garmentId, i) => ({ garmentId, score: rankedScores[i]! }));
    return { ...recommendation, ranking, picture: picture && readPicture(picture), words: words && readWords(words) };
  }

  /** Returns a page of recommendations, the newest first. */
  async list(ctx: StoreContext, { from, to, first, after }: RecommendationSearch): Promise<RecommendationPage> {
    const recommendations = await this.database.within(ctx).query<LoggedRecommendation>(
      `select ${COLUMNS} from recommendations
       where store_id = $1 and ($2::timestamptz is null or at >= $2) and ($3::timestamptz is null or at < $3)
         and ($4::timestamptz is null or (at, id) < ($4, $5::uuid))
       order by at desc, id desc limit $6`,
      [ctx.storeId, from, to, after?.at ?? null, after?.id ?? null, first + 1],
    );
    return { recommendations: recommendations.slice(0, first), hasNextPage: recommendations.length > first };
  }
}

function looksStatement(ctx: StoreContext, shown: readonly { id: string; looks?: readonly string[][] }[]): Statement {
  const rows = shown.filter(({ looks }) => looks?.length).map(({ id, looks }) => ({ id, looks }));
  return {
    text: `insert into shown_looks (store_id, recommendation_id, looks)
           select $1, l.id, l.looks from json_to_recordset($2::json) as l(id uuid, looks json)
           join recommendations r on r.store_id = $1 and r.id = l.id
           on conflict do nothing`,
    values: [ctx.storeId, storableJson(rows)],
  };
}

type ReplayableRow = Omit<ReplayableRecommendation, 'ranking' | 'picture' | 'words'> & {
  rankedIds: string[];
  rankedScores: number[];
  picture: StoredPicture | null;
  words: StoredWords | null;
};

type StoredPicture = Omit<EncodedPicture, 'features'> & { features: string };

/** Text features in base64. */
interface StoredWords {
  text: string | null;
  avoid: string[];
}

function storedPicture({ features, ...facts }: EncodedPicture): StoredPicture {
  return { ...facts, features: base64(features) };
}

function readPicture({ features, ...facts }: StoredPicture): EncodedPicture {
  return { ...facts, features: fromBase64(features) };
}

function storedWords({ text, avoid }: EncodedText): StoredWords {
  return { text: text && base64(text), avoid: avoid.map(base64) };
}

function readWords({ text, avoid }: StoredWords): EncodedText {
  return { text: text === null ? null : fromBase64(text), avoid: avoid.map(fromBase64) };
}

/** Encodes float32, little-endian. A replay must give the same result to the bit. */
function base64({ buffer, byteOffset, byteLength }: Float32Array): string {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength).toString('base64');
}

function fromBase64(text: string): Float32Array {
  return littleEndianVector(Buffer.from(text, 'base64'));
}

/** Returns the highest similarity of the shown garments. Null if nothing was shown. */
function bestSimilarity(shown: readonly ShownGarment[]): number | null {
  const similarities = shown.flatMap(({ textSimilarity, imageSimilarity }) => [textSimilarity, imageSimilarity]);
  return similarities.reduce(
    (best, similarity) => (best === null || (similarity !== null && similarity > best) ? similarity : best),
    null,
  );
}

function vectorHex({ vector }: RecommendationToLog): string {
  const whole = Float32Array.from([...vector.text, ...vector.image]);
  return Buffer.from(whole.buffer).toString('hex');
}

/**
 * Returns JSON whose texts PostgreSQL can store. JSON.stringify would write an unstorable character as an escape, and
 * the row would fail only when it is read.
 */
function storableJson(rows: unknown): string {
  return JSON.stringify(rows, (_key, value: unknown) => (typeof value === 'string' ? storableText(value) : value));
}

/** Stored requests per store: enough for a steady mean, too few for a record of the shop's visitors. */
export const KEPT_REQUESTS = 200;
/** Longest stored text in characters. Longer texts are rare and reveal more about their authors. */
export const MAX_KEPT_CHARACTERS = 200;

export class RequestRepository {
  constructor(private readonly database: Database) {}

  /** Stores texts and deletes the oldest ones beyond KEPT_REQUESTS. */
  async keep(ctx: StoreContext, texts: readonly string[], askedAt: Date): Promise<void> {
    await this.database.within(ctx).batch([
      {
        // in one fixed order: two processes that store the same texts must not wait for each other
        text: `insert into recent_requests (store_id, words, asked_at)
               select $1, w, $3 from unnest($2::text[]) w order by w collate "C"
               on conflict (store_id, words) do update set asked_at = excluded.asked_at`,
        values: [ctx.storeId, [...new Set(texts.map(storableText))], askedAt],
      },
      {
        text: `delete from recent_requests where store_id = $1 and words in (
                 select words from recent_requests where store_id = $1
                 order by asked_at desc, words collate "C" offset ${KEPT_REQUESTS} for update skip locked
               )`,
        values: [ctx.storeId],
      },
    ]);
  }

  /** Returns the latest texts, the newest first. */
  async recent(ctx: StoreContext, first: number): Promise<string[]> {
    const rows = await this.database
      .within(ctx)
      .query<{ words: string }>(
        'select words from recent_requests where store_id = $1 order by asked_at desc, words collate "C" limit $2',
        [ctx.storeId, first],
      );
    return rows.map(({ words }) => words);
  }
}
