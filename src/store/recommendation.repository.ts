// Answers as rows: written in batches, found again by id and by time, dropped when their time is over.
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
/** Rows that one statement drops at most: feedback goes with them, and no other statement should wait long. */
const DROPPED_AT_ONCE = 500;

const COLUMNS = `id, at, text, avoid, had_image as "hadImage", filter, diversity, status, understanding, shown,
  variants, latency_ms as "latencyMs", stages`;

/** What is written: the shopper is a hash by now. */
export interface RecommendationToLog extends RecommendationRecord {
  shown: ShownGarment[];
  /** Skus of each look's pieces, in the order in which the looks were shown; absent: none was. */
  looks?: readonly string[][];
}

export interface RecommendationSearch {
  from: Date | null;
  /** Without this instant. */
  to: Date | null;
  first: number;
  /** The last answer of the page before. */
  after: { at: Date; id: string } | null;
}

export class RecommendationRepository {
  constructor(private readonly database: Database) {}

  async keep(ctx: StoreContext, answers: readonly RecommendationToLog[]): Promise<void> {
    const rows = answers.map((one) => ({
      id: one.id,
      at: one.at,
      text: one.text && storableText(one.text),
      avoid: one.avoid && storableText(one.avoid),
      had_image: one.hadImage,
      filter: one.filter,
      diversity: one.diversity,
      shopper: one.shopper,
      model: one.understanding.model,
      status: one.status,
      understanding: one.understanding,
      vector: vectorHex(one),
      picture: one.picture && storedPicture(one.picture),
      words: one.words && storedWords(one.words),
      ranked_ids: one.ranking.map(({ garmentId }) => garmentId),
      ranked_scores: one.ranking.map(({ score }) => score),
      settings: one.settings,
      variants: one.variants,
      shown: one.shown,
      latency_ms: one.latencyMs,
      stages: one.stages,
      shown_skus: one.shown.map(({ sku }) => sku),
      shown_ranks: one.shown.map(({ rank }) => rank),
      best_similarity: bestSimilarity(one.shown),
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
      looksStatement(ctx, answers),
    ]);
  }

  /** Drops the oldest of what is older than so many days, 500 at most, with the feedback on them. @returns how many */
  async dropOlderThan(ctx: StoreContext, days: number): Promise<number> {
    const dropped = await this.database.within(ctx).query(
      `delete from recommendations where store_id = $1 and id in (
         select id from recommendations where store_id = $1 and at < now() - $2 * interval '1 day'
         order by at, id limit ${DROPPED_AT_ONCE} for update skip locked)
       returning id`,
      [ctx.storeId, days],
    );
    return dropped.length;
  }

  /** Of answers that are kept; those that are not are left out. */
  async keepLooks(ctx: StoreContext, shown: readonly { id: string; looks: readonly string[][] }[]): Promise<void> {
    await this.database.within(ctx).batch([looksStatement(ctx, shown)]);
  }

  async find(ctx: StoreContext, id: string): Promise<LoggedRecommendation | null> {
    const [found] = await this.database
      .within(ctx)
      .query<LoggedRecommendation>(`select ${COLUMNS} from recommendations where store_id = $1 and id = $2`, [
        ctx.storeId,
        id,
      ]);
    return found ?? null;
  }

  /** With all that it is answered again from. */
  async replayable(ctx: StoreContext, id: string): Promise<ReplayableRecommendation | null> {
    const [found] = await this.database.within(ctx).query<ReplayableRow>(
      `select ${COLUMNS}, shopper, settings, picture, words, ranked_ids::text[] as "rankedIds", ranked_scores as "rankedScores"
       from recommendations where store_id = $1 and id = $2`,
      [ctx.storeId, id],
    );
    if (!found) return null;
    const { rankedIds, rankedScores, picture, words, ...answer } = found;
    const ranking = rankedIds.map((garmentId, i) => ({ garmentId, score: rankedScores[i]! }));
    return { ...answer, ranking, picture: picture && readPicture(picture), words: words && readWords(words) };
  }

  /** The newest first. */
  async list(ctx: StoreContext, { from, to, first, after }: RecommendationSearch): Promise<RecommendationPage> {
    const answers = await this.database.within(ctx).query<LoggedRecommendation>(
      `select ${COLUMNS} from recommendations
       where store_id = $1 and ($2::timestamptz is null or at >= $2) and ($3::timestamptz is null or at < $3)
         and ($4::timestamptz is null or (at, id) < ($4, $5::uuid))
       order by at desc, id desc limit $6`,
      [ctx.storeId, from, to, after?.at ?? null, after?.id ?? null, first + 1],
    );
    return { recommendations: answers.slice(0, first), hasNextPage: answers.length > first };
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

/** Features in base64. */
interface StoredWords {
  text: string | null;
  avoid: string[];
}

function storedPicture({ features, ...facts }: EncodedPicture): StoredPicture {
  return { ...facts, features: base64(features) };
}

function readPicture({ features, ...facts }: StoredPicture): EncodedPicture {
  return { ...facts, features: ofBase64(features) };
}

function storedWords({ text, avoid }: EncodedText): StoredWords {
  return { text: text && base64(text), avoid: avoid.map(base64) };
}

function readWords({ text, avoid }: StoredWords): EncodedText {
  return { text: text === null ? null : ofBase64(text), avoid: avoid.map(ofBase64) };
}

/** float32, little-endian: a replay has to come out the same to the bit. */
function base64({ buffer, byteOffset, byteLength }: Float32Array): string {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength).toString('base64');
}

function ofBase64(text: string): Float32Array {
  return littleEndianVector(Buffer.from(text, 'base64'));
}

/** Null where nothing was shown. */
function bestSimilarity(shown: readonly ShownGarment[]): number | null {
  const similarities = shown.flatMap(({ textSimilarity, imageSimilarity }) => [textSimilarity, imageSimilarity]);
  return similarities.reduce((best, one) => (best === null || (one !== null && one > best) ? one : best), null);
}

function vectorHex({ vector }: RecommendationToLog): string {
  const whole = Float32Array.from([...vector.text, ...vector.image]);
  return Buffer.from(whole.buffer).toString('hex');
}

/** JSON whose texts PostgreSQL takes: what it cannot store is written as an escape, and would fail only when it is read. */
function storableJson(rows: unknown): string {
  return JSON.stringify(rows, (_key, value: unknown) => (typeof value === 'string' ? storableText(value) : value));
}

/** Enough for a mean to be steady, too few to be a record of a shop's visitors. */
export const KEPT_REQUESTS = 200;
/** Longer ones are not kept: they are rare, and tell more of who wrote them. */
export const MAX_KEPT_CHARACTERS = 200;

export class RequestRepository {
  constructor(private readonly database: Database) {}

  /** Keeps words, and drops the oldest beyond those that are kept. */
  async keep(ctx: StoreContext, words: readonly string[], askedAt: Date): Promise<void> {
    await this.database.within(ctx).batch([
      {
        // in one order, whoever writes: two processes that keep the same words must not wait for each other
        text: `insert into recent_requests (store_id, words, asked_at)
               select $1, w, $3 from unnest($2::text[]) w order by w collate "C"
               on conflict (store_id, words) do update set asked_at = excluded.asked_at`,
        values: [ctx.storeId, [...new Set(words.map(storableText))], askedAt],
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

  /** The newest first. */
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
