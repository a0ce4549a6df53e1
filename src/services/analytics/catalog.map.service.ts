// The map of a catalog for one model: drawn, extended by new garments, and read by analysts.
// A new drawing starts from the previous one, so that the layout stays familiar to analysts.
import { setImmediate as yieldToRequests } from 'node:timers/promises';
import {
  MOST_POINTS,
  PLACED_BY,
  interpolatePosition,
  type MapPoint,
  type MapPosition,
} from '../../domain/analytics/map.position.js';
import type { RequestVector } from '../../domain/recommend/fusion.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import { FitroomError } from '../../errors.js';
import type { Bundle } from '../../inference/bundle.js';
import type { Logger } from '../../observability/logger.js';
import { MapDrawing } from '../../mapping/map.drawer.js';
import type { MapRepository, MapState, PlacedGarment } from '../../store/map.repository.js';

/**
 * Maximum number of garments in one drawing, which takes about two minutes of one core. A larger catalog is sampled,
 * and the positions of its other garments are interpolated.
 */
const MAX_DRAWN = 10_000;
/** Rows per statement: about 5 ms of the event loop on the embedded database. */
const BATCH_SIZE = 100;
/** Points per statement. */
const POINTS_BATCH_SIZE = 1_000;
/** Share of new, changed or deleted garments above which a new drawing is due. */
const CHANGED_SHARE = 0.1;
/** Age of a drawing above which any changed garment makes a new drawing due. */
const OLD_MS = 24 * 60 * 60 * 1_000;
/** Neighbors per lookup. In a batch of new garments the nearest ones may have no position yet. */
const NEIGHBORS = 3 * PLACED_BY;

/** A garment in a drawing, without its position. */
type DrawnGarment = Omit<PlacedGarment, 'x' | 'y'>;

export interface CatalogMapParts {
  bundle: Pick<Bundle, 'id' | 'manifest'>;
  maps: MapRepository;
  logger?: Pick<Logger, 'info'>;
}

export class CatalogMapService {
  constructor(private readonly parts: CatalogMapParts) {}

  /**
   * Returns at most `sample` garments of the map, including sold-out and hidden ones. A smaller sample is part of a
   * larger one.
   * @throws FitroomError SAMPLE_SIZE_INVALID, MAP_NOT_DRAWN if the catalog has garments but no map
   */
  async points(ctx: StoreContext, sample: number): Promise<MapPoint[]> {
    if (!Number.isInteger(sample) || sample < 1 || sample > MOST_POINTS) {
      throw new FitroomError('SAMPLE_SIZE_INVALID', undefined, ['sample']);
    }
    const { maps } = this.parts;
    const points: MapPoint[] = [];
    for (const ids of batchesOf(await maps.sample(ctx, this.model, sample), POINTS_BATCH_SIZE)) {
      points.push(...(await maps.points(ctx, this.model, ids)));
      await yieldToRequests();
    }
    if (points.length === 0) await this.requireMap(ctx);
    return points;
  }

  /**
   * Returns the positions of logged recommendations, from their query vectors. Null for a recommendation of another
   * model, for a deleted one, and without a map.
   */
  async positionsOf(ctx: StoreContext, recommendationIds: readonly string[]): Promise<(MapPosition | null)[]> {
    const vectors = await this.parts.maps.requestVectors(ctx, this.model, recommendationIds);
    const positions = new Map<string, MapPosition | null>();
    for (const [id, vector] of vectors) positions.set(id, await this.positionOf(ctx, vector));
    return recommendationIds.map((id) => positions.get(id.toLowerCase()) ?? null);
  }

  /** Returns true if `keepUp` has work to do. */
  async isBehind(ctx: StoreContext): Promise<boolean> {
    return dueWork(await this.parts.maps.state(ctx, this.model)) !== 'nothing';
  }

  /** Draws the map or adds new garments if necessary. Concurrent calls are safe, because they write the same. */
  async keepUp(ctx: StoreContext, signal?: AbortSignal): Promise<void> {
    const due = dueWork(await this.parts.maps.state(ctx, this.model));
    if (due === 'nothing') return;
    if (due === 'draw') await this.draw(ctx, signal);
    await this.placeOthers(ctx, signal);
  }

  private get model(): string {
    return this.parts.bundle.id;
  }

  private async draw(ctx: StoreContext, signal?: AbortSignal): Promise<void> {
    const started = performance.now();
    const drawing = new MapDrawing(2 * this.parts.bundle.manifest.dimensions);
    const stop = (): void => void drawing.close();
    signal?.addEventListener('abort', stop);
    try {
      const garments = await this.addGarments(ctx, drawing, signal);
      const { points, trustworthiness } = await drawing.draw();
      const placed = garments.map((garment, i) => ({ ...garment, x: points[2 * i]!, y: points[2 * i + 1]! }));
      await this.write(ctx, placed, true);
      await this.parts.maps.drew(ctx, this.model, { drawn: placed.length, trustworthiness });
      const seconds = Math.round((performance.now() - started) / 100) / 10;
      this.parts.logger?.info({ ...ctx, garments: placed.length, trustworthiness, seconds }, 'the map was drawn');
    } finally {
      signal?.removeEventListener('abort', stop);
      await drawing.close();
    }
  }

  /** Adds the features of garments to a drawing, and returns the garments. */
  private async addGarments(ctx: StoreContext, drawing: MapDrawing, signal?: AbortSignal): Promise<DrawnGarment[]> {
    const { maps } = this.parts;
    const drawn: DrawnGarment[] = [];
    for (const ids of batchesOf(await maps.sample(ctx, this.model, MAX_DRAWN), BATCH_SIZE)) {
      signal?.throwIfAborted();
      const garments = await maps.toDraw(ctx, this.model, ids);
      drawing.add(garments);
      // without the vectors, which now belong to the thread
      drawn.push(...garments.map(({ id, featuresHash }) => ({ id, featuresHash })));
      await yieldToRequests();
    }
    return drawn;
  }

  /**
   * Interpolates the position of every garment without one. Garments without near neighbors wait for the next drawing.
   */
  private async placeOthers(ctx: StoreContext, signal?: AbortSignal): Promise<void> {
    const { maps } = this.parts;
    for (let after: string | undefined = '0'; after !== undefined && !signal?.aborted;) {
      const garments = await maps.toPlace(ctx, this.model, { after, first: BATCH_SIZE });
      const placed: PlacedGarment[] = [];
      for (const { id, featuresHash, vector } of garments) {
        const position = await this.positionOf(ctx, vector, id);
        if (position) placed.push({ id, featuresHash, ...position });
      }
      await this.write(ctx, placed, false);
      after = garments.length === BATCH_SIZE ? garments.at(-1)!.id : undefined;
    }
  }

  private async positionOf(ctx: StoreContext, vector: RequestVector, except?: string): Promise<MapPosition | null> {
    const neighbors = await this.parts.maps.neighbours(ctx, this.model, { vector, among: NEIGHBORS, except });
    return interpolatePosition(neighbors.slice(0, PLACED_BY));
  }

  private async write(ctx: StoreContext, placed: readonly PlacedGarment[], isDrawn: boolean): Promise<void> {
    for (const garments of batchesOf(placed, BATCH_SIZE)) {
      await this.parts.maps.place(ctx, this.model, { garments, isDrawn });
      await yieldToRequests();
    }
  }

  private async requireMap(ctx: StoreContext): Promise<void> {
    const { drawnAt, embedded } = await this.parts.maps.state(ctx, this.model);
    if (drawnAt === null && embedded > 0) throw new FitroomError('MAP_NOT_DRAWN');
  }
}

function batchesOf<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}

/** Returns whether the map must be drawn again, needs positions for new garments, or is current. */
export function dueWork(state: MapState, now = Date.now()): 'draw' | 'place' | 'nothing' {
  const { drawnAt, drawn, stillDrawn, embedded, unplaced } = state;
  if (embedded === 0) return 'nothing';
  if (drawnAt === null) return 'draw';
  const targetSize = Math.min(embedded, MAX_DRAWN);
  // garments that were deleted or changed, or that are new in a drawing below the maximum size
  const changed = Math.max(drawn - stillDrawn, targetSize - stillDrawn);
  const isOld = now - drawnAt.getTime() > OLD_MS;
  if (changed > CHANGED_SHARE * drawn || (isOld && changed > 0)) return 'draw';
  return unplaced > 0 ? 'place' : 'nothing';
}
