// Where the map stands on the screen: fitted into it at first, then zoomed and moved by wheel, fingers, buttons and keys.
import { select, type Selection } from 'd3-selection';
import { zoom, zoomIdentity, type D3ZoomEvent, type ZoomBehavior, type ZoomTransform } from 'd3-zoom';
import type { View } from './point.cloud.js';

const MOST_ZOOM = 60;
/** Of the canvas, on each side of the map. */
const MARGIN = 0.05;
const STEP = 60;

/** So near single garments can be told apart, and one still sees amid what they are. */
const NEAR = 5;

export interface Place {
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

/** The whole map in the middle of the canvas. */
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

/** @returns in CSS pixels from the canvas's corner */
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
      .scaleExtent([0.8, MOST_ZOOM])
      .on('zoom', ({ transform }: D3ZoomEvent<HTMLCanvasElement, unknown>) => {
        this.transform = transform;
        onMove();
      });
    // a double click is two clicks, which open a garment
    this.canvas = select(element).call(this.zooming).on('dblclick.zoom', null);
  }

  zoomBy(factor: number): void {
    this.canvas.call((one) => this.zooming.scaleBy(one, factor));
  }

  reset(): void {
    this.canvas.call((one) => this.zooming.transform(one, zoomIdentity));
  }

  /**
   * Shows some places of the map in the middle, as near as they all fit and at most as NEAR.
   * @param fitted where the map stands without any move
   */
  showAll(fitted: View, places: Place[], size: Size): void {
    const { scale, left, top } = fittedView(places, size);
    const k = Math.min(NEAR, Math.max(1, (scale / fitted.scale) * 0.7));
    const middle = { x: (size.width / 2 - left) / scale, y: (top - size.height / 2) / scale };
    const [x, y] = [middle.x * fitted.scale + fitted.left, fitted.top - middle.y * fitted.scale];
    const target = zoomIdentity.translate(size.width / 2 - x * k, size.height / 2 - y * k).scale(k);
    this.canvas.call((one) => this.zooming.transform(one, target));
  }

  /** @returns whether the key means anything here */
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
    this.canvas.call((one) => this.zooming.translateBy(one, x, y));
  }
}
