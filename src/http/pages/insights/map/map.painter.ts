// Paints the map on its canvas: the points, and over them a request and its results.
import { drawCloud, fill, type Cloud, type View } from './point.cloud.js';
import type { Size } from './map.view.js';

/** The position of a request, and the positions of the garments shown for it. */
export interface Marks {
  request: { x: number; y: number } | null;
  shown: { x: number; y: number; rank: number }[];
}

export interface Scene {
  cloud: Cloud;
  view: View;
  marks: Marks;
  /** The garment under the pointer. */
  pointedAt: { x: number; y: number } | null;
  background: string;
  ink: string;
  accent: string;
}

export class MapPainter {
  private readonly brush: CanvasRenderingContext2D;
  private picture: ImageData | null = null;

  constructor(private readonly canvas: HTMLCanvasElement) {
    this.brush = canvas.getContext('2d', { alpha: false })!;
  }

  /** Paints one frame. @param size the size of the canvas in CSS pixels */
  paint(scene: Scene, { width, height }: Size): void {
    // the canvas is about to leave the page
    if (width === 0 || height === 0) return;
    const began = performance.now();
    const ratio = window.devicePixelRatio;
    const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.canvas.width !== across || this.canvas.height !== down || !this.picture) {
      [this.canvas.width, this.canvas.height] = [across, down];
      this.picture = this.brush.createImageData(across, down);
    }
    const { scale, left, top } = scene.view;
    const view = { scale: scale * ratio, left: left * ratio, top: top * ratio };
    fill(this.picture, scene.background);
    const drawn = drawCloud(this.picture, scene.cloud, view, radiusOf(scene.cloud.x.length, scale) * ratio);
    this.brush.putImageData(this.picture, 0, 0);
    this.brush.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.mark(scene);
    this.canvas.dataset.drawn = String(drawn);
    this.canvas.dataset.drawMs = (performance.now() - began).toFixed(1);
    this.canvas.dataset.frames = String(Number(this.canvas.dataset.frames ?? 0) + 1);
  }

  private mark({ view, marks, pointedAt, background, ink, accent }: Scene): void {
    const { brush } = this;
    const placeOf = ({ x, y }: { x: number; y: number }): [number, number] => [
      x * view.scale + view.left,
      view.top - y * view.scale,
    ];
    const ring = (at: [number, number], radius: number, color: string, width: number): void => {
      brush.beginPath();
      brush.arc(...at, radius, 0, 2 * Math.PI);
      brush.lineWidth = width;
      brush.strokeStyle = color;
      brush.stroke();
    };
    brush.font = '600 12px "Instrument Sans", system-ui, sans-serif';
    brush.textBaseline = 'middle';
    brush.lineJoin = 'round';
    const write = (text: string, [x, y]: [number, number]): void => {
      brush.lineWidth = 3;
      brush.strokeStyle = background;
      brush.strokeText(text, x, y);
      brush.fillStyle = ink;
      brush.fillText(text, x, y);
    };
    if (marks.request) {
      const from = placeOf(marks.request);
      brush.beginPath();
      for (const garment of marks.shown) {
        brush.moveTo(...from);
        brush.lineTo(...placeOf(garment));
      }
      brush.lineWidth = 1;
      brush.strokeStyle = accent;
      brush.globalAlpha = 0.45;
      brush.stroke();
      brush.globalAlpha = 1;
    }
    for (const garment of marks.shown) {
      const [x, y] = placeOf(garment);
      ring([x, y], 8, background, 4);
      ring([x, y], 8, ink, 2);
      write(String(garment.rank), [x + 12, y - 7]);
    }
    if (marks.request) this.star(placeOf(marks.request), accent, background);
    if (pointedAt) {
      ring(placeOf(pointedAt), 9, background, 4);
      ring(placeOf(pointedAt), 9, accent, 2.5);
    }
  }

  private star([x, y]: [number, number], color: string, edge: string): void {
    const { brush } = this;
    brush.beginPath();
    for (let i = 0; i < 10; i++) {
      const [angle, radius] = [(i * Math.PI) / 5 - Math.PI / 2, i % 2 === 0 ? 14 : 6];
      brush.lineTo(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
    }
    brush.closePath();
    brush.lineWidth = 4;
    brush.strokeStyle = edge;
    brush.stroke();
    brush.fillStyle = color;
    brush.fill();
  }
}

/** Returns the radius in CSS pixels. It has few steps because each radius needs its own stamp in point.cloud.ts. */
function radiusOf(points: number, scale: number): number {
  const base = points > 20_000 ? 1.5 : points > 5_000 ? 2 : points > 1_000 ? 3 : 4.5;
  const zoomed = scale > 240 ? 3 : scale > 120 ? 1.5 : scale > 60 ? 0.5 : 0;
  return base + zoomed;
}
