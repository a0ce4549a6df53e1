// The map: points that are zoomed, moved, pointed at and opened.
import { quadtree, type Quadtree } from 'd3-quadtree';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { palette } from '../charts/palette.js';
import { openGarment } from '../state/garment.js';
import type { Coloring, MapPoint } from './coloring.js';
import { MapPainter, type Marks } from './map.painter.js';
import { MapTip } from './map.tip.js';
import { fittedView, MapMover, moved, type Size } from './map.view.js';
import { HIDDEN, pixelOf, type Cloud, type View } from './point.cloud.js';

/** In pixels: as far from a point one still points at it. */
const REACH = 10;

interface MapCanvasProps {
  points: MapPoint[];
  coloring: Coloring;
  hidden: ReadonlySet<string>;
  marks: Marks;
  /** What the map is moved to, where it was chosen elsewhere. */
  target: MapPoint | null;
  label: string;
}

/** What is between the pictures: all that is not the page's to know. */
interface Standing {
  painter: MapPainter;
  mover: MapMover;
  size: Size;
  fitted: View;
  frame: number;
}

export function MapCanvas(props: MapCanvasProps): JSX.Element {
  const { points, coloring, hidden, marks, target, label } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const standing = useRef<Standing | null>(null);
  const [pointedAt, setPointedAt] = useState<MapPoint | null>(null);
  const cloud = useMemo(() => cloudOf(points, coloring, hidden), [points, coloring, hidden]);
  const tree = useMemo(() => treeOf(points, coloring, hidden), [points, coloring, hidden]);
  const colors = palette.value;

  const viewNow = (): View => moved(standing.current!.fitted, standing.current!.mover.transform);
  const paint = (): void => {
    const { painter, size } = standing.current!;
    const { card: background, ink, accent } = colors;
    painter.paint({ cloud, view: viewNow(), marks, pointedAt, background, ink, accent }, size);
  };
  // what is painted is what is there by the next picture, however often it changed before
  const latestPaint = useRef(paint);
  latestPaint.current = paint;
  const paintSoon = (): void => {
    const now = standing.current!;
    window.cancelAnimationFrame(now.frame);
    now.frame = window.requestAnimationFrame(() => latestPaint.current());
  };

  useEffect(() => {
    const element = canvas.current!;
    const mover = new MapMover(element, () => paintSoon());
    const size = { width: element.clientWidth, height: element.clientHeight };
    const made = { painter: new MapPainter(element), mover, size, fitted: fittedView(points, size), frame: 0 };
    standing.current = made;
    const resized = new ResizeObserver(() => {
      made.size = { width: element.clientWidth, height: element.clientHeight };
      made.fitted = fittedView(points, made.size);
      paintSoon();
    });
    resized.observe(element);
    return () => {
      resized.disconnect();
      mover.stop();
      window.cancelAnimationFrame(made.frame);
    };
  }, [points]);
  useEffect(paintSoon, [points, cloud, marks, pointedAt, colors]);
  useEffect(() => {
    if (!target) return;
    const { mover, fitted, size } = standing.current!;
    mover.centerOn(fitted, target, size);
    setPointedAt(target);
  }, [target]);

  const pointAt = ({ offsetX, offsetY }: MouseEvent): MapPoint | null => nearest(tree, viewNow(), offsetX, offsetY);
  const tipAt = pointedAt && standing.current ? screenPlace(pointedAt, viewNow()) : null;
  return (
    <div class="map-frame">
      <canvas
        ref={canvas}
        class="map"
        tabIndex={0}
        role="application"
        aria-label={`${label} Arrow keys move it, plus and minus zoom, 0 shows the whole.`}
        data-points={points.length}
        onPointerMove={(event) => setPointedAt(event.buttons === 0 ? pointAt(event) : null)}
        onPointerLeave={() => setPointedAt(null)}
        onClick={(event) => {
          const found = pointAt(event);
          if (found) openGarment(found.sku);
        }}
        onKeyDown={(event) => {
          if (standing.current!.mover.press(event.key)) event.preventDefault();
        }}
      />
      <div class="map-buttons">
        <button type="button" aria-label="Zoom in" onClick={() => standing.current!.mover.zoomBy(2)}>
          +
        </button>
        <button type="button" aria-label="Zoom out" onClick={() => standing.current!.mover.zoomBy(0.5)}>
          −
        </button>
        <button type="button" aria-label="The whole map" onClick={() => standing.current!.mover.reset()}>
          ⤢
        </button>
      </div>
      {pointedAt && tipAt && <MapTip point={pointedAt} at={tipAt} size={standing.current!.size} />}
    </div>
  );
}

function cloudOf(points: MapPoint[], { kinds, kindOf }: Coloring, hidden: ReadonlySet<string>): Cloud {
  const pixels = kinds.map(({ value, css }) => (hidden.has(value) ? HIDDEN : pixelOf(css)));
  return {
    x: Float32Array.from(points, ({ x }) => x),
    y: Float32Array.from(points, ({ y }) => y),
    color: Int32Array.from(points, (_, i) => pixels[kindOf[i]!]!),
  };
}

/** Only of what is seen. */
function treeOf(points: MapPoint[], { kinds, kindOf }: Coloring, hidden: ReadonlySet<string>): Quadtree<MapPoint> {
  const seen = hidden.size === 0 ? points : points.filter((_, i) => !hidden.has(kinds[kindOf[i]!]!.value));
  return quadtree(
    seen,
    ({ x }) => x,
    ({ y }) => y,
  );
}

function nearest(tree: Quadtree<MapPoint>, view: View, across: number, down: number): MapPoint | null {
  const [x, y] = [(across - view.left) / view.scale, (view.top - down) / view.scale];
  return tree.find(x, y, REACH / view.scale) ?? null;
}

function screenPlace({ x, y }: { x: number; y: number }, view: View): { left: number; top: number } {
  return { left: x * view.scale + view.left, top: view.top - y * view.scale };
}
