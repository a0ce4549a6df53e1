// Near-duplicate search: finds stored garments whose pictures are almost the same as new ones.
import type { StoreContext } from '../domain/access/store.context.js';
import { Parameters } from './garment.filter.sql.js';
import { searchSettings } from './vector.search.js';
import { concatenated, requireDirection, signsOf, vectorBytes } from './database/vector.codec.js';
import type { Statement, Database } from './database/database.types.js';

export interface PictureToCompare {
  /** The garment that the picture belongs to, if it is stored: a garment is not a duplicate of itself. */
  garmentId: string | null;
  /** Picture features, unit length. */
  features: Float32Array;
}

export interface PictureDuplicate {
  sku: string;
  /** Cosine of the features of both pictures, at least `leastCosine`. */
  cosine: number;
}

export interface DuplicateSearch {
  model: string;
  pictures: PictureToCompare[];
  leastCosine: number;
}

/**
 * Pictures in one statement. On an embedded catalog of 10,000 garments such a statement takes about 40 ms and blocks all
 * others.
 */
const PICTURES_PER_STATEMENT = 16;

/**
 * Returns the nearest near-duplicate of each picture, sold-out garments included, or null. @throws RangeError if
 * features are zero or not finite
 */
export async function findDuplicates(
  database: Database,
  ctx: StoreContext,
  { pictures, ...search }: DuplicateSearch,
): Promise<(PictureDuplicate | null)[]> {
  const duplicates: (PictureDuplicate | null)[] = [];
  for (let start = 0; start < pictures.length; start += PICTURES_PER_STATEMENT) {
    const batch = { ...search, pictures: pictures.slice(start, start + PICTURES_PER_STATEMENT) };
    const statements =
      database.kind === 'embedded'
        ? [exactQuery(ctx, batch)]
        : [{ text: searchSettings(CANDIDATES) }, indexQuery(ctx, batch)];
    const rows = await database.within(ctx).batch<PictureDuplicate & { position: number }>(statements);
    const byPosition = new Map(rows.map(({ position, ...duplicate }) => [position, duplicate]));
    duplicates.push(...batch.pictures.map((_, position) => byPosition.get(position) ?? null));
  }
  return duplicates;
}

/**
 * Builds the query that compares every picture of the catalog. On a CPU without half-precision instructions,
 * counting differing signs takes a tenth of an inner product of 512 half-precision numbers (0.2 µs against 2 µs), and
 * few products remain to be computed.
 */
function exactQuery(ctx: StoreContext, search: DuplicateSearch): Statement {
  const parameters = new Parameters();
  const [store, model] = [parameters.add(ctx.storeId), parameters.add(search.model)];
  const [most, least] = [parameters.add(mostDifferingSigns(search)), parameters.add(search.leastCosine)];
  const nearest = `
    join lateral (
      select e.garment_id, -(e.embedding <#> p.features) as cosine from garment_embeddings e
      where e.store_id = ${store} and e.model = ${model} and e.has_image
        -- rows embedded before picture_signs existed have null there
        and case when e.picture_signs <~> p.signs > ${most}::float8 then false
          else -(e.embedding <#> p.features) >= ${least}::float8 end
    ) as e on e.garment_id is distinct from p.own`;
  return duplicateQuery(search, { parameters, store, nearest });
}

/** Candidates for each picture: two, since the garment itself may be the nearest. */
const CANDIDATES = 2;

/** Builds the query over the HNSW index. The index finds nearly all near-duplicates, which is enough for a warning. */
function indexQuery(ctx: StoreContext, search: DuplicateSearch): Statement {
  const parameters = new Parameters();
  const [store, model] = [parameters.add(ctx.storeId), parameters.add(search.model)];
  const type = `halfvec(${2 * search.pictures[0]!.features.length})`;
  const nearest = `
    join lateral (
      select e.garment_id, -(e.embedding::${type} <#> p.features) as cosine from garment_embeddings e
      where e.store_id = ${store} and e.model = ${model}
      order by e.embedding::${type} <#> p.features limit ${CANDIDATES}
    ) as e on e.garment_id is distinct from p.own and e.cosine >= ${parameters.add(search.leastCosine)}::float8`;
  return duplicateQuery(search, { parameters, store, nearest });
}

/**
 * Builds the statement around a join. @param how.nearest joins `e` (garment_id, cosine) to `p` (position, own,
 * features, signs)
 */
function duplicateQuery(
  { pictures }: DuplicateSearch,
  how: { parameters: Parameters; store: string; nearest: string },
): Statement {
  const { parameters, store, nearest } = how;
  const rows = pictures.map(({ garmentId, features }, position) => {
    const whole = vectorBytes(concatenated(null, requireDirection(features, 'the picture features')));
    const [own, signs] = [parameters.add(garmentId), parameters.add(signsOf(features))];
    return `(${position}, ${own}::bigint, ${parameters.add(whole)}::vector::halfvec(${2 * features.length}), ${signs}::varbit)`;
  });
  const text = `
    select distinct on (p.position) p.position, g.sku, e.cosine
    from (values ${rows.join(', ')}) as p (position, own, features, signs)
    ${nearest}
    join garments g on g.store_id = ${store} and g.id = e.garment_id
    order by p.position, e.cosine desc, e.garment_id`;
  return { text, values: parameters.values };
}

/**
 * Returns the largest accepted number of differing signs. For two directions at an angle α, a share of α/π
 * of the signs differs on average (Goemans & Williamson 1995). The limit is twice that plus four standard deviations:
 * pairs of drawn pictures at a cosine of .994 differ in 13 of 256 signs, and 30 are accepted.
 */
function mostDifferingSigns({ pictures, leastCosine }: DuplicateSearch): number {
  const dimensions = pictures[0]!.features.length;
  const share = Math.acos(Math.min(1, leastCosine)) / Math.PI;
  return Math.ceil(2 * share * dimensions + 4 * Math.sqrt(share * (1 - share) * dimensions));
}
