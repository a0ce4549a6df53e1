// The map of the catalog, with an optional past request.
import { useMemo, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import {
  EmbeddingMapDocument,
  PlacedAnswerDocument,
  PlacedAnswersDocument,
  type PlacedAnswerFragment,
} from '../../../../client/insights.operations.js';
import { palette } from '../charts/palette.js';
import { COLOR_FIELDS, coloringOf, FIELD_TITLES, type ColorField, type MapPoint } from '../map/coloring.js';
import { MapCanvas } from '../map/map.canvas.js';
import { MapFinder } from '../map/map.finder.js';
import { MapLegend } from '../map/map.legend.js';
import type { Marks } from '../map/map.painter.js';
import { numbers, type Table } from '../parts/data.table.js';
import { Figure } from '../parts/figure.js';
import { addressOf, go, currentView } from '../state/address.js';
import { instants } from '../state/period.js';
import { useQuery } from '../state/query.js';
import { requestText, count, moment } from '../words/format.js';

/** The API's maximum, which covers most catalogs completely. */
const SAMPLE = 50_000;
const NO_MARKS: Marks = { request: null, shown: [] };

type PlacedAnswer = PlacedAnswerFragment;
/** An id that no recommendation has. */
const NO_ID = '00000000-0000-0000-0000-000000000000';

const NOT_DRAWN = (
  <p>
    <b>There is no map yet.</b> The server computes it one or two minutes after the first garments are stored. Reload
    this page then.
  </p>
);

export function MapSection(): JSX.Element {
  return (
    <div class="figures">
      <Figure
        title="Map of the catalog"
        hint="Garments that are similar for the model lie near each other. The axes have no meaning, and the distance between groups says little."
        operation={EmbeddingMapDocument}
        variables={{ sample: SAMPLE }}
        byGet
        isWide
        emptyText={({ insights }) => (insights.embeddingMap.length === 0 ? NOT_DRAWN : null)}
        emptyCodes={{ MAP_NOT_DRAWN: NOT_DRAWN }}
        table={({ insights }) => tableOf(insights.embeddingMap)}
      >
        {({ insights }) => <CatalogMap points={insights.embeddingMap} />}
      </Figure>
    </div>
  );
}

function CatalogMap({ points }: { points: MapPoint[] }): JSX.Element {
  const [field, setField] = useState<ColorField>('garmentType');
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [target, setTarget] = useState<MapPoint | null>(null);
  const colors = palette.value;
  const coloring = useMemo(() => coloringOf(points, field, colors), [points, field, colors]);
  const request = useChosenRequest();
  const marks = useMemo(() => marksOf(request.chosen, points), [request.chosen, points]);

  const colorBy = (chosen: ColorField): void => {
    setField(chosen);
    setHidden(new Set());
  };
  const toggle = (value: string): void => {
    const next = new Set(hidden);
    if (!next.delete(value)) next.add(value);
    setHidden(next);
  };
  return (
    <>
      <div class="map-tools">
        <label>
          <span>Color by</span>
          <select value={field} onChange={({ currentTarget }) => colorBy(currentTarget.value as ColorField)}>
            {COLOR_FIELDS.map((name) => (
              <option key={name} value={name}>
                {FIELD_TITLES[name]}
              </option>
            ))}
          </select>
        </label>
        <RequestChooser {...request} />
        <MapFinder points={points} onFind={setTarget} />
      </div>
      <MapCanvas
        points={points}
        coloring={coloring}
        hidden={hidden}
        marks={marks}
        target={target}
        label={`${count(points.length)} garments, colored by ${FIELD_TITLES[field].toLowerCase()}.`}
      />
      <MapLegend coloring={coloring} hidden={hidden} onToggle={toggle} />
      <MarksNote chosen={request.chosen} marks={marks} />
    </>
  );
}

interface ChosenRequest {
  all: PlacedAnswer[];
  chosen: PlacedAnswer | null;
}

/** Returns the latest requests with a position on the map, and the request in the page's URL, which can be older. */
function useChosenRequest(): ChosenRequest {
  const { answer: id } = currentView.value;
  const latest = useQuery(PlacedAnswersDocument, instants.value).data;
  const named = useQuery(PlacedAnswerDocument, { id: id ?? NO_ID }).data?.insights.recommendation ?? null;
  const all = useMemo(() => {
    const nodes = latest?.insights.recommendations.nodes ?? [];
    const others = named && nodes.every((node) => node.id !== named.id) ? [named] : [];
    return [...nodes, ...others].filter(({ mapPosition }) => mapPosition !== null);
  }, [latest, named]);
  return { all, chosen: all.find((placed) => placed.id === id) ?? null };
}

function RequestChooser({ all, chosen }: ChosenRequest): JSX.Element {
  return (
    <label>
      <span>Show a request</span>
      <select
        value={chosen?.id ?? ''}
        disabled={all.length === 0}
        onChange={({ currentTarget }) => go({ section: 'map', answer: currentTarget.value || null })}
      >
        <option value="">{all.length === 0 ? 'none in this period' : 'none'}</option>
        {all.map((placed) => (
          <option key={placed.id} value={placed.id}>
            {requestText(placed)} – {moment(placed.at)}
          </option>
        ))}
      </select>
    </label>
  );
}

function marksOf(chosen: PlacedAnswer | null, points: MapPoint[]): Marks {
  if (!chosen) return NO_MARKS;
  const bySku = new Map(points.map((point) => [point.sku, point]));
  const shown = chosen.shownSkus.flatMap((sku, i) => {
    const point = bySku.get(sku);
    return point ? [{ x: point.x, y: point.y, rank: i + 1 }] : [];
  });
  return { request: chosen.mapPosition, shown };
}

function MarksNote({ chosen, marks }: { chosen: PlacedAnswer | null; marks: Marks }): JSX.Element | null {
  if (!chosen) return null;
  return (
    <p class="drawn" role="status" data-shown={marks.shown.length}>
      The star marks the request “{requestText(chosen)}”, among the garments nearest to it. The numbered rings mark the{' '}
      {marks.shown.length} recommended garments.{' '}
      <a href={addressOf({ section: 'answers', answer: chosen.id })}>Show the recommendation</a>
    </p>
  );
}

/** Returns the number and center of the garments for each value of each field, as a text alternative to the colors. */
function tableOf(points: MapPoint[]): Table {
  const plain = palette.peek();
  return {
    columns: [{ name: 'Field' }, { name: 'Value' }, ...numbers('Garments', 'Center, x', 'Center, y')],
    rows: COLOR_FIELDS.flatMap((field) => {
      const { kinds, kindOf } = coloringOf(points, field, plain);
      const sums = kinds.map(() => ({ x: 0, y: 0 }));
      points.forEach(({ x, y }, i) => {
        sums[kindOf[i]!]!.x += x;
        sums[kindOf[i]!]!.y += y;
      });
      return kinds.map(({ label, count: total }, k) => [
        FIELD_TITLES[field],
        label,
        count(total),
        (sums[k]!.x / total).toFixed(1),
        (sums[k]!.y / total).toFixed(1),
      ]);
    }),
  };
}
