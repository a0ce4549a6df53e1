// Embeddings: searched, read back, and indexed. Vectors come in and go out as Float32Array; what they mean is the
// domain's affair, and where they come from nobody's here.
import type { AvoidedTerm, AvoidedSimilarity, Candidate, CandidateSearch } from '../domain/recommend/candidate.js';
import type { Features } from '../domain/recommend/fusion.js';
import type { GarmentFilter } from '../domain/catalog/garment.js';
import {
  type QueryRoots,
  COMPARED_OUTPUTS,
  type LabelSimilarities,
  NO_QUERY_ROOTS,
} from '../domain/recommend/label.similarity.js';
import type { RuleTarget } from '../domain/recommend/merchandising.rule.js';
import type { StoreContext } from '../domain/access/store.context.js';
import { targetCondition, type Parameters } from './garment.filter.sql.js';
import type { GarmentPage } from './garment.repository.js';
import { halfvecProduct, searchByVector, type Search } from './vector.search.js';
import { findDuplicates, type PictureDuplicate, type DuplicateSearch } from './duplicate.search.js';
import { ensureVectorIndex, hasVectorIndex } from './vector.index.js';
import { concatenated, requireDirection, storedModalities, vectorBytes } from './database/vector.codec.js';
import { searchWords, type HybridSearch } from './hybrid.search.js';
import type { Database } from './database/database.types.js';

/** What is stored of a garment for one model: features, and the hashes of what they were made of. */
export interface StoredFeatures {
  features: Features;
  wordsHash: string;
  imageHash: string | null;
}

/** Pinned garments that are looked for beyond the nearest: rules pin 20 at most, and which is for the ranking to say. */
const PINNED_DEPTH = 100;

/** Of shoppers of whom nothing is known. */
const NO_TASTE = { features: null, roots: NO_QUERY_ROOTS };

/** The query of the words' lexemes, any of which may occur: plainto_tsquery joins them by "and". */
const anyOf = (words: string): string => `replace(plainto_tsquery('simple', ${words})::text, ' & ', ' | ')::tsquery`;

export class EmbeddingRepository {
  constructor(private readonly database: Database) {}

  /**
   * The garments nearest to a request, nearest first, ties by id. Filters and hiding rules hold inside the search: there are
   * always min(limit, garments that match) rows. Behind them follow garments that are pinned and further away, 100 at most.
   * @throws RangeError where the request vector is zero or not finite
   */
  async searchCandidates(
    ctx: StoreContext,
    search: CandidateSearch,
    filter?: GarmentFilter | null,
  ): Promise<Candidate[]> {
    const near = await this.candidates(ctx, search, { filter, include: search.rareTerms?.garmentIds });
    const only = search.rules.bend.filter(({ isPin }) => isPin);
    // fewer than the limit: all that match are among them
    if (only.length === 0 || near.length < search.limit) return near;
    const pinned = await this.candidates(ctx, { ...search, limit: PINNED_DEPTH }, { filter, restrictTo: only });
    const known = new Set(near.map(({ garmentId }) => garmentId));
    return [...near, ...pinned.filter(({ garmentId }) => !known.has(garmentId))];
  }

  private async candidates(
    ctx: StoreContext,
    search: CandidateSearch,
    among: Pick<Search, 'filter' | 'restrictTo' | 'include'>,
  ): Promise<Candidate[]> {
    const rows = await searchByVector<{ hit: CandidateRow }>(this.database, ctx, {
      ...among,
      model: search.model,
      vector: search.vector,
      hide: search.rules.hide,
      limit: search.limit,
      select: (parameters) => candidateColumns(search, parameters, this.database.kind),
      join: 'join garments g on g.store_id = n.store_id and g.id = n.garment_id',
    });
    // the halves add up to the whole, so one of them need not be measured
    return rows.map(({ hit: { product, fits, tasteFits, likenesses, says, ...row } }) => ({
      ...row,
      imageShare: product - row.textShare,
      fits: fitsOf(fits),
      tasteFits: fitsOf(tasteFits),
      avoided: search.avoid.map((_, i) => likenessOf(likenesses.slice(i * LIKENESS_COLUMNS), says[i]!)),
    }));
  }

  /** What is stored of these garments for this model, by garment id; garments without an embedding are missing. */
  async featuresOf(
    ctx: StoreContext,
    model: string,
    garmentIds: readonly string[],
  ): Promise<Map<string, StoredFeatures>> {
    const rows = await this.database.within(ctx).query<FeaturesRow>(
      `select garment_id, embedding, has_text, has_image, words_hash, image_hash
       from garment_embeddings where store_id = $1 and model = $2 and garment_id = any($3::bigint[])`,
      [ctx.storeId, model, garmentIds],
    );
    return new Map(rows.map((row) => [row.garment_id, storedFeatures(row)]));
  }

  /** The garment, if any, whose picture is almost the same as each of these. @see findDuplicates */
  findDuplicates(ctx: StoreContext, search: DuplicateSearch): Promise<(PictureDuplicate | null)[]> {
    return findDuplicates(this.database, ctx, search);
  }

  /** Searches the catalog by words: full text beside vectors. @see searchWords */
  searchWithWords(ctx: StoreContext, search: HybridSearch): Promise<GarmentPage> {
    return searchWords(this.database, ctx, search);
  }

  /** Builds the HNSW index of a model where there is none. @param dimensions of one half @see ensureVectorIndex */
  ensureIndex(model: string, dimensions: number): Promise<void> {
    return ensureVectorIndex(this.database, model, dimensions);
  }

  /** Whether there is nothing left to build. @param dimensions of one half */
  hasIndex(model: string, dimensions: number): Promise<boolean> {
    return hasVectorIndex(this.database, model, dimensions);
  }
}

/** A candidate as it is selected, one JSON object: twenty columns of 500 rows take longer to read than to find. Fits as arrays in FIT_OUTPUTS' order, the image share still within the whole product. */
type CandidateRow = Omit<Candidate, 'imageShare' | 'fits' | 'tasteFits' | 'avoided'> & {
  product: number;
  fits: number[];
  tasteFits: number[];
  /** LIKENESS_COLUMNS numbers for each thing that is to be avoided. */
  likenesses: number[];
  says: boolean[];
};

/** Of one thing that is to be avoided: similarity, type, then the fits. */
const LIKENESS_COLUMNS = 2 + COMPARED_OUTPUTS.length;

function likenessOf([similarity, typeProbability, ...fits]: number[], says: boolean): AvoidedSimilarity {
  return {
    similarity: similarity!,
    typeProbability: typeProbability!,
    labelSimilarities: fitsOf(fits),
    matchesText: says,
  };
}

function fitsOf(values: number[]): LabelSimilarities {
  return Object.fromEntries(COMPARED_OUTPUTS.map((output, i) => [output, values[i]!])) as LabelSimilarities;
}

interface FeaturesRow {
  garment_id: string;
  embedding: string;
  has_text: boolean;
  has_image: boolean;
  words_hash: string;
  image_hash: string | null;
}

function storedFeatures(row: FeaturesRow): StoredFeatures {
  const { embedding, has_text: hasText, has_image: hasImage } = row;
  return {
    features: storedModalities({ embedding, hasText, hasImage }),
    wordsHash: row.words_hash,
    imageHash: row.image_hash,
  };
}

/** A garment whose number is named is what is asked for, whatever else it has. */
const NAMED_WEIGHT = 2;

function exactColumn({ rareTerms: exact }: CandidateSearch, parameters: Parameters): string {
  const shares = (exact?.words ?? []).map(
    // quoted as full text quotes: a lexeme may hold any character
    ({ word, weight }) =>
      `(g.search_words @@ ${parameters.add(`'${word.replace(/['\\\\]/g, '$&$&')}'`)}::tsquery)::int * ${parameters.add(weight)}::float8`,
  );
  if (exact?.named.length) {
    shares.push(`(g.id = any(${parameters.add(exact.named)}::bigint[]))::int * ${NAMED_WEIGHT}::float8`);
  }
  return shares.length > 0 ? shares.join(' + ') : '0::float8';
}

/** Columns of a Candidate. What the request does not ask for is the constant 0, and is not computed. */
function candidateColumns(search: CandidateSearch, parameters: Parameters, kind: Database['kind']): string {
  const { vector, avoid, words } = search;
  const taste = search.profile ?? NO_TASTE;
  const product = (column: string, other: Float32Array | null): string =>
    other ? `-(${column} <#> ${parameters.add(vectorBytes(other))}::vector)` : '0::float8';
  const likeness = (other: Float32Array | null): string =>
    other ? `-(${halfvecProduct('n.embedding', parameters.add(vectorBytes(other)), kind)})` : '0::float8';
  const fits = (asked: QueryRoots): string[] =>
    COMPARED_OUTPUTS.map((output) => product(`n.${output}_roots`, asked[output]));
  const likenesses = avoid.flatMap((thing) => [
    avoidedSimilarity(thing, likeness),
    product('n.type_probabilities', thing.typeProbabilities),
    ...fits(thing.roots),
  ]);
  const says = avoid.map(({ wordsQuery }) =>
    wordsQuery ? `g.search_words @@ to_tsquery('simple', ${parameters.add(wordsQuery)})` : 'false',
  );
  const columns = {
    garmentId: 'n.garment_id::text',
    hasText: 'n.has_text',
    hasImage: 'n.has_image',
    product: '-n.distance',
    textShare: likeness(concatenated(vector.text, null)),
    typeProbability: product('n.type_probabilities', search.typeProbabilities),
    fits: `array[${fits(search.queryRoots).join(', ')}]`,
    profileSimilarity: likeness(taste.features),
    tasteFits: `array[${fits(taste.roots).join(', ')}]`,
    likenesses: `array[${likenesses.join(', ')}]::float8[]`,
    says: `array[${says.join(', ')}]::bool[]`,
    rareTermScore: exactColumn(search, parameters),
    variant: 'g.variant::text',
    color: 'g.color',
    inStock: 'g.in_stock',
    variantFingerprint: 'g.form::text',
    lexicalRank: words ? `ts_rank_cd(g.search_words, ${anyOf(parameters.add(words))}, 32)` : '0::float8',
    ruleMatches: `array[${search.rules.bend.map((target) => matchColumn(target, parameters)).join(', ')}]::int[]`,
  };
  const pairs = Object.entries(columns).map(([name, column]) => `'${name}', ${column}`);
  return `json_build_object(${pairs.join(', ')}) as hit`;
}

/**
 * [a ; a] against [F_t ; F_i] is the sum of both cosines, as each half has length 1 or is 0. Without a shared space the cosine
 * of words to a picture says nothing: [a ; 0].
 */
function avoidedSimilarity(
  { features, comparesPictures }: AvoidedTerm,
  product: (compared: Float32Array) => string,
): string {
  requireDirection(features, 'the vector to avoid');
  if (!comparesPictures) return product(concatenated(features, null));
  return `${product(concatenated(features, features))} / (n.has_text::int + n.has_image::int)`;
}

/** The position among a rule's skus; 0 where its filter lets the garment through; null where it is not about it. */
function matchColumn(target: RuleTarget, parameters: Parameters): string {
  if (target.skus) return `array_position(${parameters.add(target.skus)}::text[], g.sku)`;
  return `case when ${targetCondition(target, parameters)} then 0 end`;
}
