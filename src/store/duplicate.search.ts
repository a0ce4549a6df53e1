// Which stored garments show almost the same pictures as new ones: many pictures in one statement, as a call brings them.
// Knows nothing of what is said about it.
import type { StoreContext } from '../domain/access/store.context.js';
import { Parameters } from './garment.filter.sql.js';
import { searchSettings } from './vector.search.js';
import { concatenated, requireDirection, signsOf, vectorBytes } from './database/vector.codec.js';
import type { Statement, Database } from './database/database.types.js';

export interface PictureToCompare {
  /** The garment that it is to be of, where that is stored: it is no twin of itself. */
  garmentId: string | null;
  /** Unit length. */
  features: Float32Array;
}

export interface PictureDuplicate {
  sku: string;
  /** Cosine of the two pictures' features, at least what was asked for. */
  cosine: number;
}

export interface DuplicateSearch {
  model: string;
  pictures: PictureToCompare[];
  leastCosine: number;
}

/** One statement's share: on an embedded catalog of 10,000 garments it takes some 40 ms, which nothing else can use. */
const PICTURES_AT_ONCE = 16;

/** The nearest twin of each picture, sold-out garments too, or null. @throws RangeError where features are zero or not finite */
export async function findDuplicates(
  database: Database,
  ctx: StoreContext,
  { pictures, ...search }: DuplicateSearch,
): Promise<(PictureDuplicate | null)[]> {
  const twins: (PictureDuplicate | null)[] = [];
  for (let start = 0; start < pictures.length; start += PICTURES_AT_ONCE) {
    const share = { ...search, pictures: pictures.slice(start, start + PICTURES_AT_ONCE) };
    const statements =
      database.kind === 'embedded'
        ? [exactQuery(ctx, share)]
        : [{ text: searchSettings(CANDIDATES) }, indexQuery(ctx, share)];
    const rows = await database.within(ctx).batch<PictureDuplicate & { position: number }>(statements);
    const found = new Map(rows.map(({ position, ...twin }) => [position, twin]));
    twins.push(...share.pictures.map((_, position) => found.get(position) ?? null));
  }
  return twins;
}

/**
 * Every picture of the catalog is compared. Counting signs that differ takes a tenth of an inner product of 512 halves
 * where the processor knows no halves (0.2 µs against 2 µs), and leaves next to none to be multiplied.
 */
function exactQuery(ctx: StoreContext, search: DuplicateSearch): Statement {
  const parameters = new Parameters();
  const [store, model] = [parameters.add(ctx.storeId), parameters.add(search.model)];
  const [most, least] = [parameters.add(mostDifferingSigns(search)), parameters.add(search.leastCosine)];
  const nearest = `
    join lateral (
      select e.garment_id, -(e.embedding <#> p.features) as cosine from garment_embeddings e
      where e.store_id = ${store} and e.model = ${model} and e.has_image
        -- those that were embedded before signs were kept have none
        and case when e.picture_signs <~> p.signs > ${most}::float8 then false
          else -(e.embedding <#> p.features) >= ${least}::float8 end
    ) as e on e.garment_id is distinct from p.own`;
  return twinQuery(search, { parameters, store, nearest });
}

/** Two, since the garment itself may be the nearest. */
const CANDIDATES = 2;

/** What the index finds: nearly always all, which is enough for a warning. */
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
  return twinQuery(search, { parameters, store, nearest });
}

/** @param how.nearest joins `e` (garment_id, cosine) to `p` (position, own, features, signs) */
function twinQuery(
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
 * Of two directions at an angle α, a share of α/π of the signs differs in the mean (Goemans & Williamson 1995). Twice that and
 * four standard deviations on top: pairs of drawn pictures at a cosine of .994 differ in 13 of 256, and 30 are let through.
 */
function mostDifferingSigns({ pictures, leastCosine }: DuplicateSearch): number {
  const dimensions = pictures[0]!.features.length;
  const share = Math.acos(Math.min(1, leastCosine)) / Math.PI;
  return Math.ceil(2 * share * dimensions + 4 * Math.sqrt(share * (1 - share) * dimensions));
}
