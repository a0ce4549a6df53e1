// The catalog map: positions of garments for each model, and neighbors of a vector.
import type { MapNeighbor, MapPoint } from '../domain/analytics/map.position.js';
import type { RequestVector } from '../domain/recommend/fusion.js';
import type { StoreContext } from '../domain/access/store.context.js';
import { searchByVector } from './vector.search.js';
import { littleEndianVector, vectorOfBytes } from './database/vector.codec.js';
import type { Database } from './database/database.types.js';

/** The state of a store's map for one model. */
export interface MapState {
  /** Null if no map has been drawn. */
  drawnAt: Date | null;
  /** Number of garments that the last drawing placed, and how many of them are still at that position. */
  drawn: number;
  stillDrawn: number;
  /**
   * Number of garments that the model has embedded, and how many of them have no position or one computed from other
   * features.
   */
  embedded: number;
  unplaced: number;
}

/** A garment to be drawn: its whole vector and its current position. Null for a garment without a position. */
export interface MappedGarment {
  id: string;
  featuresHash: string;
  vector: Float32Array;
  last: { x: number; y: number } | null;
}

/** A garment to be placed near its nearest neighbors. */
export interface UnplacedGarment {
  id: string;
  featuresHash: string;
  vector: RequestVector;
}

export interface PlacedGarment {
  id: string;
  featuresHash: string;
  x: number;
  y: number;
}

const FEATURES = 'features_hash(e.words_hash, e.image_hash)';
const EMBEDDED = `garment_embeddings e left join garment_positions p
  on p.store_id = e.store_id and p.garment_id = e.garment_id and p.model = e.model`;
const UNPLACED = `p.features_hash is distinct from ${FEATURES}`;

export class MapRepository {
  constructor(private readonly database: Database) {}

  async state(ctx: StoreContext, model: string): Promise<MapState> {
    const [state] = await this.database.within(ctx).query<MapState>(
      `select m.drawn_at as "drawnAt", coalesce(m.drawn, 0) as drawn, c.*
       from (
         select count(*)::int as embedded, (count(*) filter (where ${UNPLACED}))::int as unplaced,
           (count(*) filter (where p.is_drawn and not (${UNPLACED})))::int as "stillDrawn"
         from ${EMBEDDED} where e.store_id = $1 and e.model = $2
       ) c left join catalog_maps m on m.store_id = $1 and m.model = $2`,
      [ctx.storeId, model],
    );
    return state!;
  }

  /**
   * Returns a sample of the garments that the model has embedded. Their order is fixed: the first n garments are always
   * the same sample.
   */
  async sample(ctx: StoreContext, model: string, most: number): Promise<string[]> {
    // one string for all ids: the driver would take ten times as long for ten thousand rows
    const [row] = await this.database.within(ctx).query<{ ids: string | null }>(
      `select string_agg(s.id::text, ',' order by s.lot, s.id) as ids from (
         select g.id, g.lot from garment_embeddings e join garments g on g.store_id = e.store_id and g.id = e.garment_id
         where e.store_id = $1 and e.model = $2 order by g.lot, g.id limit $3
       ) s`,
      [ctx.storeId, model, most],
    );
    return row?.ids?.split(',') ?? [];
  }

  /** Returns garments to be drawn, by id. Garments deleted meanwhile are left out. */
  async toDraw(ctx: StoreContext, model: string, ids: readonly string[]): Promise<MappedGarment[]> {
    const rows = await this.database.within(ctx).query<DrawRow>(
      `select e.garment_id as id, ${FEATURES} as "featuresHash", vector_send(e.embedding::vector) as vector, p.x, p.y
       from ${EMBEDDED}
       where e.store_id = $1 and e.model = $2 and e.garment_id = any($3::bigint[]) order by e.garment_id`,
      [ctx.storeId, model, ids],
    );
    return rows.map(({ id, featuresHash, vector, x, y }) => ({
      id,
      featuresHash,
      vector: vectorOfBytes(vector),
      last: x === null ? null : { x, y: y! },
    }));
  }

  /**
   * Returns the next garments, by id, that have no position or one computed from other features.
   * @param page.after id of the last garment of the previous page; '0' at first
   */
  async toPlace(ctx: StoreContext, model: string, page: { after: string; first: number }): Promise<UnplacedGarment[]> {
    const rows = await this.database.within(ctx).query<{ id: string; featuresHash: string; vector: Buffer }>(
      `select e.garment_id as id, ${FEATURES} as "featuresHash", vector_send(e.embedding::vector) as vector
       from ${EMBEDDED} where e.store_id = $1 and e.model = $2 and e.garment_id > $3 and ${UNPLACED}
       order by e.garment_id limit $4`,
      [ctx.storeId, model, page.after, page.first],
    );
    return rows.map(({ vector, ...row }) => ({ ...row, vector: halvesOf(vectorOfBytes(vector)) }));
  }

  /**
   * Returns the positions of the garments nearest to a vector, sold-out ones included, the nearest first.
   * @param near.among number of nearest garments to look up; those without a position are left out
   * @param near.except id of the garment itself, which is not its own neighbor
   */
  async neighbours(
    ctx: StoreContext,
    model: string,
    near: { vector: RequestVector; among: number; except?: string },
  ): Promise<MapNeighbor[]> {
    const rows = await searchByVector<{ id: string; similarity: number; place: [number, number] | null }>(
      this.database,
      ctx,
      {
        model,
        vector: near.vector,
        filter: { inStockOnly: false },
        limit: near.among,
        select: (parameters) => `n.garment_id as id, -n.distance as similarity, (
          select array[p.x, p.y] from garment_positions p
          where p.store_id = n.store_id and p.garment_id = n.garment_id and p.model = ${parameters.add(model)}
        ) as place`,
      },
    );
    return rows.flatMap(({ id, similarity, place }) =>
      place && id !== near.except ? [{ similarity, x: place[0], y: place[1] }] : [],
    );
  }

  /** Stores positions. Skips garments that were changed or deleted meanwhile; the next run places them. */
  async place(
    ctx: StoreContext,
    model: string,
    { garments, isDrawn }: { garments: readonly PlacedGarment[]; isDrawn: boolean },
  ): Promise<void> {
    await this.database.within(ctx).query(
      `insert into garment_positions (store_id, garment_id, model, x, y, features_hash, is_drawn)
       select e.store_id, e.garment_id, e.model, r.x, r.y, r.features_hash, $4
       from json_to_recordset($3::json) as r (id bigint, features_hash bigint, x real, y real)
       join garment_embeddings e on e.store_id = $1 and e.garment_id = r.id and e.model = $2
       where r.features_hash = ${FEATURES}
       order by e.garment_id
       on conflict (store_id, garment_id, model) do update
       set x = excluded.x, y = excluded.y, features_hash = excluded.features_hash, is_drawn = excluded.is_drawn`,
      [
        ctx.storeId,
        model,
        JSON.stringify(garments.map(({ id, featuresHash, x, y }) => ({ id, features_hash: featuresHash, x, y }))),
        isDrawn,
      ],
    );
    await this.database.tidy(garments.length);
  }

  /** Records a complete drawing. @param drawn number of garments that it placed */
  async drew(
    ctx: StoreContext,
    model: string,
    { drawn, trustworthiness }: { drawn: number; trustworthiness: number | null },
  ): Promise<void> {
    await this.database.within(ctx).query(
      `insert into catalog_maps (store_id, model, drawn_at, drawn, trustworthiness) values ($1, $2, now(), $3, $4)
       on conflict (store_id, model) do update
       set drawn_at = excluded.drawn_at, drawn = excluded.drawn, trustworthiness = excluded.trustworthiness`,
      [ctx.storeId, model, drawn, trustworthiness],
    );
  }

  /** Returns garments with their positions. Garments without a position are left out. */
  async points(ctx: StoreContext, model: string, ids: readonly string[]): Promise<MapPoint[]> {
    return this.database.within(ctx).query<MapPoint>(
      `select g.sku, g.title, g.garment_type as "garmentType", g.category, g.color, g.gender, g.usage,
         g.in_stock as "inStock", p.x, p.y
       from garment_positions p join garments g on g.store_id = p.store_id and g.id = p.garment_id
       where p.store_id = $1 and p.model = $2 and p.garment_id = any($3::bigint[]) order by p.garment_id`,
      [ctx.storeId, model, ids],
    );
  }

  /** Returns the request vectors of logged recommendations, by id. Recommendations of another model are left out. */
  async requestVectors(
    ctx: StoreContext,
    model: string,
    answerIds: readonly string[],
  ): Promise<Map<string, RequestVector>> {
    const rows = await this.database
      .within(ctx)
      .query<{ id: string; vector: Buffer }>(
        'select id, vector from recommendations where store_id = $1 and model = $2 and id = any($3::uuid[])',
        [ctx.storeId, model, answerIds],
      );
    return new Map(rows.map(({ id, vector }) => [id, halvesOf(littleEndianVector(vector))]));
  }
}

interface DrawRow {
  id: string;
  featuresHash: string;
  vector: Buffer;
  x: number | null;
  y: number | null;
}

function halvesOf(whole: Float32Array): RequestVector {
  const dimensions = whole.length / 2;
  return { text: whole.slice(0, dimensions), image: whole.slice(dimensions) };
}
