// The interactive map: zoom, pan, tooltips, and a click that opens a garment.
import { quadtree, type Quadtree } from 'd3-quadtree';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { palette } from '../charts/palette.js';
import { openGarment } from '../state/garment.js';
import type { Coloring, MapPoint } from './coloring.js';
import type { Marks } from './map.painter.js';
import { MapStage } from './map.stage.js';
import { MapTip } from './map.tip.js';
import { placeIn } from './map.view.js';
import { HIDDEN, pixelOf, type Cloud, type View } from './point.cloud.js';

/** The largest distance in pixels between the pointer and the point it selects. */
const HIT_RADIUS = 10;

interface MapCanvasProps {
  points: MapPoint[];
  coloring: Coloring;
  hidden: ReadonlySet<string>;
  marks: Marks;
  /** The garment that the finder selected. The map moves to it. */
  target: MapPoint | null;
  label: string;
}

export function MapCanvas(props: MapCanvasProps): JSX.Element {
  const { points, coloring, hidden, label } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [pointedAt, setPointedAt] = useState<MapPoint | null>(null);
  const tree = useMemo(() => treeOf(points, coloring, hidden), [points, coloring, hidden]);
  const stage = useStage(canvas, props, pointedAt);
  useEffect(() => setPointedAt(props.target), [props.target]);

  const pointAt = ({ offsetX, offsetY }: MouseEvent): MapPoint | null =>
    nearest(tree, stage.current!.view, offsetX, offsetY);
  return (
    <div class="map-frame">
      <canvas
        ref={canvas}
        class="map"
        tabIndex={0}
        role="application"
        aria-label={`${label} Use the arrow keys to move, plus and minus to zoom, and 0 to show the whole map.`}
        data-points={points.length}
        onPointerMove={(event) => setPointedAt(event.buttons === 0 ? pointAt(event) : null)}
        onPointerLeave={() => setPointedAt(null)}
        onClick={(event) => {
          const point = pointAt(event);
          if (point) openGarment(point.sku);
        }}
        onKeyDown={(event) => {
          if (stage.current!.press(event.key)) event.preventDefault();
        }}
      />
      <MapButtons stage={stage} />
      {pointedAt && stage.current && (
        <MapTip point={pointedAt} at={placeIn(stage.current.view, pointedAt)} size={stage.current.size} />
      )}
    </div>
  );
}

/** Creates the stage for the canvas and paints it again after each change. */
function useStage(
  canvas: { current: HTMLCanvasElement | null },
  { points, coloring, hidden, marks, target }: MapCanvasProps,
  pointedAt: MapPoint | null,
): { current: MapStage | null } {
  const stage = useRef<MapStage | null>(null);
  const cloud = useMemo(() => cloudOf(points, coloring, hidden), [points, coloring, hidden]);
  const { card: background, ink, accent } = palette.value;
  useEffect(() => {
    const created = new MapStage(canvas.current!, points);
    stage.current = created;
    return () => created.stop();
  }, [points]);
  useEffect(
    () => stage.current!.show({ cloud, marks, pointedAt, background, ink, accent }),
    [points, cloud, marks, pointedAt, background],
  );
  useEffect(() => {
    if (target) stage.current!.showAll([target]);
  }, [target]);
  useEffect(() => {
    const places = marks.request ? [marks.request, ...marks.shown] : marks.shown;
    if (places.length > 0) stage.current!.showAll(places);
  }, [marks, points]);
  return stage;
}

function MapButtons({ stage }: { stage: { current: MapStage | null } }): JSX.Element {
  return (
    <div class="map-buttons">
      <button type="button" aria-label="Zoom in" onClick={() => stage.current!.zoomBy(2)}>
        +
      </button>
      <button type="button" aria-label="Zoom out" onClick={() => stage.current!.zoomBy(0.5)}>
        −
      </button>
      <button type="button" aria-label="Show the whole map" onClick={() => stage.current!.reset()}>
        ⤢
      </button>
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

/** Returns a search tree of the visible points. */
function treeOf(points: MapPoint[], { kinds, kindOf }: Coloring, hidden: ReadonlySet<string>): Quadtree<MapPoint> {
  const visible = hidden.size === 0 ? points : points.filter((_, i) => !hidden.has(kinds[kindOf[i]!]!.value));
  return quadtree(
    visible,
    ({ x }) => x,
    ({ y }) => y,
  );
}

function nearest(tree: Quadtree<MapPoint>, view: View, across: number, down: number): MapPoint | null {
  const [x, y] = [(across - view.left) / view.scale, (view.top - down) / view.scale];
  return tree.find(x, y, HIT_RADIUS / view.scale) ?? null;
}
