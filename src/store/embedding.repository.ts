// Embeddings of garments: retrieval, reading and indexing.
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

/** The stored features of a garment for one model, with the hashes of the text and picture that they were made from. */
export interface StoredFeatures {
  features: Features;
  wordsHash: string;
  imageHash: string | null;
}

/** Pinned garments retrieved beyond the nearest ones. Rules pin 20 at most, and the ranking decides which. */
const PINNED_DEPTH = 100;

/** The profile of a shopper about whom nothing is known. */
const UNKNOWN_PROFILE = { features: null, roots: NO_QUERY_ROOTS };

/** Returns SQL for a query that matches any of the lexemes: plainto_tsquery joins them by "and". */
const anyOf = (words: string): string => `replace(plainto_tsquery('simple', ${words})::text, ' & ', ' | ')::tsquery`;

export class EmbeddingRepository {
  constructor(private readonly database: Database) {}

  /**
   * Returns the garments nearest to a request, nearest first, ties by id. Filters and hiding rules apply inside the
   * search, so there are always min(limit, matching garments) rows. Pinned garments that are further away follow, 100
   * at most.
   * @throws RangeError if the request vector is zero or not finite
   */
  async searchCandidates(
    ctx: StoreContext,
    search: CandidateSearch,
    filter?: GarmentFilter | null,
  ): Promise<Candidate[]> {
    const near = await this.candidates(ctx, search, { filter, include: search.rareTerms?.garmentIds });
    const pinTargets = search.rules.bend.filter(({ isPin }) => isPin);
    // fewer rows than the limit: they already include every matching garment
    if (pinTargets.length === 0 || near.length < search.limit) return near;
    const pinned = await this.candidates(ctx, { ...search, limit: PINNED_DEPTH }, { filter, restrictTo: pinTargets });
    const known = new Set(near.map(({ garmentId }) => garmentId));
    return [...near, ...pinned.filter(({ garmentId }) => !known.has(garmentId))];
  }

  private async candidates(
    ctx: StoreContext,
    search: CandidateSearch,
    restriction: Pick<Search, 'filter' | 'restrictTo' | 'include'>,
  ): Promise<Candidate[]> {
    const rows = await searchByVector<{ hit: CandidateRow }>(this.database, ctx, {
      ...restriction,
      model: search.model,
      vector: search.vector,
      hide: search.rules.hide,
      limit: search.limit,
      select: (parameters) => candidateColumns(search, parameters, this.database.kind),
      join: 'join garments g on g.store_id = n.store_id and g.id = n.garment_id',
    });
    // the text and image shares add up to the product, so the image share need not be computed in SQL
    return rows.map(({ hit: { product, avoidedValues, avoidedMatches, ...row } }) => ({
      ...row,
      imageShare: product - row.textShare,
      labelSimilarities: labelSimilaritiesOf(row.labelSimilarities),
      profileLabelSimilarities: labelSimilaritiesOf(row.profileLabelSimilarities),
      avoidedSimilarities: search.avoid.map((_, i) =>
        avoidedSimilarityOf(avoidedValues.slice(i * AVOIDED_VALUES), avoidedMatches[i]!),
      ),
    }));
  }

  /**
   * Returns the stored features of these garments for this model, by garment id. Garments without an embedding are left
   * out.
   */
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

  /** Returns for each picture the garment with a near-duplicate picture, or null. @see findDuplicates */
  findDuplicates(ctx: StoreContext, search: DuplicateSearch): Promise<(PictureDuplicate | null)[]> {
    return findDuplicates(this.database, ctx, search);
  }

  /** Searches the catalog by text: full-text search and vectors. @see searchWords */
  searchWithWords(ctx: StoreContext, search: HybridSearch): Promise<GarmentPage> {
    return searchWords(this.database, ctx, search);
  }

  /** Builds the HNSW index of a model if it is missing. @param dimensions of one modality @see ensureVectorIndex */
  ensureIndex(model: string, dimensions: number): Promise<void> {
    return ensureVectorIndex(this.database, model, dimensions);
  }

  /** Returns true if no index is left to build. @param dimensions of one modality */
  hasIndex(model: string, dimensions: number): Promise<boolean> {
    return hasVectorIndex(this.database, model, dimensions);
  }
}

/**
 * A candidate as it is selected, as one JSON object: reading 500 rows of twenty columns takes longer than finding them.
 * Label similarities are arrays in the order of COMPARED_OUTPUTS, and `product` still includes the image share.
 */
type CandidateRow = Omit<
  Candidate,
  'imageShare' | 'labelSimilarities' | 'profileLabelSimilarities' | 'avoidedSimilarities'
> & {
  product: number;
  labelSimilarities: number[];
  profileLabelSimilarities: number[];
  /** AVOIDED_VALUES numbers for each avoided term. */
  avoidedValues: number[];
  /** For each avoided term, true if the garment's text contains it. */
  avoidedMatches: boolean[];
};

/** Numbers for one avoided term: similarity, type probability, then the label similarities. */
const AVOIDED_VALUES = 2 + COMPARED_OUTPUTS.length;

function avoidedSimilarityOf(
  [similarity, typeProbability, ...labelSimilarities]: number[],
  matchesText: boolean,
): AvoidedSimilarity {
  return {
    similarity: similarity!,
    typeProbability: typeProbability!,
    labelSimilarities: labelSimilaritiesOf(labelSimilarities),
    matchesText,
  };
}

function labelSimilaritiesOf(values: number[]): LabelSimilarities {
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

/** Weight of a garment whose SKU the text names: the shopper asks for this garment. */
const NAMED_WEIGHT = 2;

function rareTermColumn({ rareTerms }: CandidateSearch, parameters: Parameters): string {
  const shares = (rareTerms?.words ?? []).map(
    // quoted by the rules of full-text search: a lexeme may hold any character
    ({ word, weight }) =>
      `(g.search_words @@ ${parameters.add(`'${word.replace(/['\\\\]/g, '$&$&')}'`)}::tsquery)::int * ${parameters.add(weight)}::float8`,
  );
  if (rareTerms?.named.length) {
    shares.push(`(g.id = any(${parameters.add(rareTerms.named)}::bigint[]))::int * ${NAMED_WEIGHT}::float8`);
  }
  return shares.length > 0 ? shares.join(' + ') : '0::float8';
}

/**
 * Returns the columns of a Candidate. A column for which the request has no value is the constant 0 and is not
 * computed.
 */
function candidateColumns(search: CandidateSearch, parameters: Parameters, kind: Database['kind']): string {
  const { vector, avoid, words } = search;
  const profile = search.profile ?? UNKNOWN_PROFILE;
  const product = (column: string, other: Float32Array | null): string =>
    other ? `-(${column} <#> ${parameters.add(vectorBytes(other))}::vector)` : '0::float8';
  const similarityTo = (features: Float32Array | null): string =>
    features ? `-(${halfvecProduct('n.embedding', parameters.add(vectorBytes(features)), kind)})` : '0::float8';
  const labelProducts = (roots: QueryRoots): string[] =>
    COMPARED_OUTPUTS.map((output) => product(`n.${output}_roots`, roots[output]));
  const avoidedValues = avoid.flatMap((term) => [
    avoidedSimilarity(term, similarityTo),
    product('n.type_probabilities', term.typeProbabilities),
    ...labelProducts(term.roots),
  ]);
  const avoidedMatches = avoid.map(({ wordsQuery }) =>
    wordsQuery ? `g.search_words @@ to_tsquery('simple', ${parameters.add(wordsQuery)})` : 'false',
  );
  const columns = {
    garmentId: 'n.garment_id::text',
    hasText: 'n.has_text',
    hasImage: 'n.has_image',
    product: '-n.distance',
    textShare: similarityTo(concatenated(vector.text, null)),
    typeProbability: product('n.type_probabilities', search.typeProbabilities),
    labelSimilarities: `array[${labelProducts(search.queryRoots).join(', ')}]`,
    profileSimilarity: similarityTo(profile.features),
    profileLabelSimilarities: `array[${labelProducts(profile.roots).join(', ')}]`,
    avoidedValues: `array[${avoidedValues.join(', ')}]::float8[]`,
    avoidedMatches: `array[${avoidedMatches.join(', ')}]::bool[]`,
    rareTermScore: rareTermColumn(search, parameters),
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
 * Returns SQL for the mean cosine of an avoided term to the modalities of a garment. [a ; a] · [F_t ; F_i] is the sum
 * of both cosines, as each modality has length 1 or is 0. Without a shared space, the cosine of text and picture
 * carries no information, and only the text modality is compared: [a ; 0].
 */
function avoidedSimilarity(
  { features, comparesPictures }: AvoidedTerm,
  product: (compared: Float32Array) => string,
): string {
  requireDirection(features, 'the vector to avoid');
  if (!comparesPictures) return product(concatenated(features, null));
  return `${product(concatenated(features, features))} / (n.has_text::int + n.has_image::int)`;
}

/**
 * Returns SQL for the match of a rule: the position among its skus from 1, 0 if its filter matches the garment, or null
 * if the rule does not apply.
 */
function matchColumn(target: RuleTarget, parameters: Parameters): string {
  if (target.skus) return `array_position(${parameters.add(target.skus)}::text[], g.sku)`;
  return `case when ${targetCondition(target, parameters)} then 0 end`;
}
