// The map of a catalog for one model: drawn anew when much has changed, with what has come since put beside its nearest, and
// read by analysts. A drawing goes on from the one before, so that whoever knows the map finds their way again.
import { setImmediate as turn } from 'node:timers/promises';
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

/** Most that one drawing places: some two minutes of one core. Of a larger catalog a sample is drawn, and the others beside it. */
const MAX_DRAWN = 10_000;
/** Rows that are read, handed on or written at once: some 5 ms of the event loop on the embedded database. */
const SLICE = 100;
/** Points that are read at once. */
const POINTS_AT_ONCE = 1_000;
/** Drawn anew where this share of the drawing is new, changed or gone … */
const CHANGED_SHARE = 0.1;
/** … and for anything at all where it is this old. */
const OLD_MS = 24 * 60 * 60 * 1_000;
/** Neighbours that are looked at: of a batch of new garments the nearest may lie nowhere themselves yet. */
const LOOKED_AT = 3 * PLACED_BY;

type HandedOver = Omit<PlacedGarment, 'x' | 'y'>;

export interface CatalogMapParts {
  bundle: Pick<Bundle, 'id' | 'manifest'>;
  maps: MapRepository;
  logger?: Pick<Logger, 'info'>;
}

export class CatalogMapService {
  constructor(private readonly parts: CatalogMapParts) {}

  /**
   * At most `sample` garments of the map, sold-out and hidden ones too; a smaller sample is part of a larger one.
   * @throws FitroomError SAMPLE_SIZE_INVALID; MAP_NOT_DRAWN where the catalog has garments and no map yet
   */
  async points(ctx: StoreContext, sample: number): Promise<MapPoint[]> {
    if (!Number.isInteger(sample) || sample < 1 || sample > MOST_POINTS) {
      throw new FitroomError('SAMPLE_SIZE_INVALID', undefined, ['sample']);
    }
    const { maps } = this.parts;
    const all: MapPoint[] = [];
    for (const ids of slicesOf(await maps.sample(ctx, this.model, sample), POINTS_AT_ONCE)) {
      all.push(...(await maps.points(ctx, this.model, ids)));
      await turn();
    }
    if (all.length === 0) await this.requireMap(ctx);
    return all;
  }

  /** Where past answers lie, by what they were searched with; null for those of another model, or gone, or without a map. */
  async positionsOf(ctx: StoreContext, answerIds: readonly string[]): Promise<(MapPosition | null)[]> {
    const vectors = await this.parts.maps.requestVectors(ctx, this.model, answerIds);
    const positions = new Map<string, MapPosition | null>();
    for (const [id, vector] of vectors) positions.set(id, await this.positionOf(ctx, vector));
    return answerIds.map((id) => positions.get(id.toLowerCase()) ?? null);
  }

  /** Whether the map lacks something that `keepUp` would see to. */
  async isBehind(ctx: StoreContext): Promise<boolean> {
    return dueWork(await this.parts.maps.state(ctx, this.model)) !== 'nothing';
  }

  /** Draws the map, or places what is new, or does nothing. May be called twice at once: both write the same. */
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
      const garments = await this.handOver(ctx, drawing, signal);
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

  private async handOver(ctx: StoreContext, drawing: MapDrawing, signal?: AbortSignal): Promise<HandedOver[]> {
    const { maps } = this.parts;
    const handed: HandedOver[] = [];
    for (const ids of slicesOf(await maps.sample(ctx, this.model, MAX_DRAWN), SLICE)) {
      signal?.throwIfAborted();
      const garments = await maps.toDraw(ctx, this.model, ids);
      drawing.add(garments);
      // without their vectors, which are the thread's now
      handed.push(...garments.map(({ id, featuresHash }) => ({ id, featuresHash })));
      await turn();
    }
    return handed;
  }

  /** Puts every garment that lies nowhere beside its nearest; those that have none near wait for the next drawing. */
  private async placeOthers(ctx: StoreContext, signal?: AbortSignal): Promise<void> {
    const { maps } = this.parts;
    for (let after: string | undefined = '0'; after !== undefined && !signal?.aborted;) {
      const garments = await maps.toPlace(ctx, this.model, { after, first: SLICE });
      const placed: PlacedGarment[] = [];
      for (const { id, featuresHash, vector } of garments) {
        const place = await this.positionOf(ctx, vector, id);
        if (place) placed.push({ id, featuresHash, ...place });
      }
      await this.write(ctx, placed, false);
      after = garments.length === SLICE ? garments.at(-1)!.id : undefined;
    }
  }

  private async positionOf(ctx: StoreContext, vector: RequestVector, except?: string): Promise<MapPosition | null> {
    const near = await this.parts.maps.neighbours(ctx, this.model, { vector, among: LOOKED_AT, except });
    return interpolatePosition(near.slice(0, PLACED_BY));
  }

  private async write(ctx: StoreContext, placed: readonly PlacedGarment[], isDrawn: boolean): Promise<void> {
    for (const garments of slicesOf(placed, SLICE)) {
      await this.parts.maps.place(ctx, this.model, { garments, isDrawn });
      await turn();
    }
  }

  private async requireMap(ctx: StoreContext): Promise<void> {
    const { drawnAt, embedded } = await this.parts.maps.state(ctx, this.model);
    if (drawnAt === null && embedded > 0) throw new FitroomError('MAP_NOT_DRAWN');
  }
}

function slicesOf<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}

/** What a map as it stands needs. */
export function dueWork(state: MapState, now = Date.now()): 'draw' | 'place' | 'nothing' {
  const { drawnAt, drawn, stillDrawn, embedded, unplaced } = state;
  if (embedded === 0) return 'nothing';
  if (drawnAt === null) return 'draw';
  const wanted = Math.min(embedded, MAX_DRAWN);
  // gone or changed since, or new where there was room for it
  const changed = Math.max(drawn - stillDrawn, wanted - stillDrawn);
  const isOld = now - drawnAt.getTime() > OLD_MS;
  if (changed > CHANGED_SHARE * drawn || (isOld && changed > 0)) return 'draw';
  return unplaced > 0 ? 'place' : 'nothing';
}
