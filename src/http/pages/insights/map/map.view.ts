// The position and zoom of the map, changed by wheel, touch, buttons and keys.
import { select, type Selection } from 'd3-selection';
import { zoom, zoomIdentity, type D3ZoomEvent, type ZoomBehavior, type ZoomTransform } from 'd3-zoom';
import type { View } from './point.cloud.js';

const MAX_ZOOM = 60;
/** The free share of the canvas on each side of the map. */
const MARGIN = 0.05;
/** In CSS pixels, per press of an arrow key. */
const STEP = 60;

/** The zoom at which single garments are distinct and their neighborhood is still visible. */
const NEAR = 5;

export interface Place {
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

/** Returns the view that centers all points in the canvas. */
export function fittedView(points: Place[], { width, height }: Size): View {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    bottom = Math.min(bottom, y);
    top = Math.max(top, y);
  }
  const room = 1 - 2 * MARGIN;
  const scale = Math.min((width * room) / (right - left || 1), (height * room) / (top - bottom || 1));
  return {
    scale,
    left: width / 2 - (scale * (left + right)) / 2,
    top: height / 2 + (scale * (top + bottom)) / 2,
  };
}

/** Returns the position in CSS pixels from the top left corner of the canvas. */
export function placeIn({ scale, left, top }: View, { x, y }: Place): { left: number; top: number } {
  return { left: x * scale + left, top: top - y * scale };
}

export function moved({ scale, left, top }: View, { k, x, y }: ZoomTransform): View {
  return { scale: scale * k, left: left * k + x, top: top * k + y };
}

export class MapMover {
  transform: ZoomTransform = zoomIdentity;
  private readonly zooming: ZoomBehavior<HTMLCanvasElement, unknown>;
  private readonly canvas: Selection<HTMLCanvasElement, unknown, null, undefined>;

  constructor(element: HTMLCanvasElement, onMove: () => void) {
    this.zooming = zoom<HTMLCanvasElement, unknown>()
      .scaleExtent([0.8, MAX_ZOOM])
      .on('zoom', ({ transform }: D3ZoomEvent<HTMLCanvasElement, unknown>) => {
        this.transform = transform;
        onMove();
      });
    // no zoom on double click: its first click opens a garment
    this.canvas = select(element).call(this.zooming).on('dblclick.zoom', null);
  }

  zoomBy(factor: number): void {
    this.canvas.call((selection) => this.zooming.scaleBy(selection, factor));
  }

  reset(): void {
    this.canvas.call((selection) => this.zooming.transform(selection, zoomIdentity));
  }

  /**
   * Centers the places and zooms in until they just fit, at most to NEAR.
   * @param fitted the view of the whole map
   */
  showAll(fitted: View, places: Place[], size: Size): void {
    const { scale, left, top } = fittedView(places, size);
    const k = Math.min(NEAR, Math.max(1, (scale / fitted.scale) * 0.7));
    const middle = { x: (size.width / 2 - left) / scale, y: (top - size.height / 2) / scale };
    const [x, y] = [middle.x * fitted.scale + fitted.left, fitted.top - middle.y * fitted.scale];
    const target = zoomIdentity.translate(size.width / 2 - x * k, size.height / 2 - y * k).scale(k);
    this.canvas.call((selection) => this.zooming.transform(selection, target));
  }

  /** Handles a key. Returns false for a key without a function. */
  press(key: string): boolean {
    const { k } = this.transform;
    const steps: Record<string, () => void> = {
      ArrowLeft: () => this.moveBy(STEP / k, 0),
      ArrowRight: () => this.moveBy(-STEP / k, 0),
      ArrowUp: () => this.moveBy(0, STEP / k),
      ArrowDown: () => this.moveBy(0, -STEP / k),
      '+': () => this.zoomBy(1.5),
      '=': () => this.zoomBy(1.5),
      '-': () => this.zoomBy(1 / 1.5),
      '0': () => this.reset(),
    };
    steps[key]?.();
    return key in steps;
  }

  stop(): void {
    this.canvas.on('.zoom', null);
  }

  private moveBy(x: number, y: number): void {
    this.canvas.call((selection) => this.zooming.translateBy(selection, x, y));
  }
}
