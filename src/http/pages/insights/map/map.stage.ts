// The map's canvas with its view and its painter, independent of Preact.
import { MapMover, fittedView, moved, type Place, type Size } from './map.view.js';
import { MapPainter, type Scene } from './map.painter.js';
import type { View } from './point.cloud.js';

export class MapStage {
  size: Size;
  private fitted: View;
  private frame = 0;
  private scene: Omit<Scene, 'view'> | null = null;
  private readonly painter: MapPainter;
  private readonly mover: MapMover;
  private readonly resized: ResizeObserver;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly points: Place[],
  ) {
    this.size = this.measured();
    this.fitted = fittedView(points, this.size);
    this.painter = new MapPainter(canvas);
    this.mover = new MapMover(canvas, () => this.paintSoon());
    this.resized = new ResizeObserver(() => {
      this.size = this.measured();
      this.fitted = fittedView(this.points, this.size);
      this.paintSoon();
    });
    this.resized.observe(canvas);
  }

  /** The current transform from map coordinates to CSS pixels. */
  get view(): View {
    return moved(this.fitted, this.mover.transform);
  }

  show(scene: Omit<Scene, 'view'>): void {
    this.scene = scene;
    this.paintSoon();
  }

  showAll(places: Place[]): void {
    this.mover.showAll(this.fitted, places, this.size);
  }

  zoomBy(factor: number): void {
    this.mover.zoomBy(factor);
  }

  reset(): void {
    this.mover.reset();
  }

  /** Handles a key. Returns false for a key without a function. */
  press(key: string): boolean {
    return this.mover.press(key);
  }

  stop(): void {
    this.resized.disconnect();
    this.mover.stop();
    window.cancelAnimationFrame(this.frame);
  }

  /** Paints once in the next frame, even after several changes. */
  private paintSoon(): void {
    window.cancelAnimationFrame(this.frame);
    this.frame = window.requestAnimationFrame(() => {
      if (this.scene) this.painter.paint({ ...this.scene, view: this.view }, this.size);
    });
  }

  private measured(): Size {
    return { width: this.canvas.clientWidth, height: this.canvas.clientHeight };
  }
}
