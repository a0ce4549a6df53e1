// The catalog as a map, and past requests drawn into it.
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
import { addressOf, go, place } from '../state/address.js';
import { instants } from '../state/period.js';
import { useReading } from '../state/reading.js';
import { asked, count, moment } from '../words/format.js';

/** All of most catalogs; the API gives no more. */
const SAMPLE = 50_000;
const NO_MARKS: Marks = { request: null, shown: [] };

type PlacedAnswer = PlacedAnswerFragment;
/** Of no answer. */
const NO_ID = '00000000-0000-0000-0000-000000000000';

const NOT_DRAWN = (
  <p>
    <b>No map has been drawn yet.</b> The server draws one within a minute or two of the first garments; load this page
    again then.
  </p>
);

export function MapSection(): JSX.Element {
  return (
    <div class="figures">
      <Figure
        title="Map of the catalog"
        hint="Garments that the model sees alike lie beside each other. There are no axes, and how far apart groups lie says little."
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
  const answer = useChosenAnswer();
  const marks = useMemo(() => marksOf(answer.chosen, points), [answer.chosen, points]);

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
          <span>Colour by</span>
          <select value={field} onChange={({ currentTarget }) => colorBy(currentTarget.value as ColorField)}>
            {COLOR_FIELDS.map((one) => (
              <option key={one} value={one}>
                {FIELD_TITLES[one]}
              </option>
            ))}
          </select>
        </label>
        <RequestChooser {...answer} />
        <MapFinder points={points} onFind={setTarget} />
      </div>
      <MapCanvas
        points={points}
        coloring={coloring}
        hidden={hidden}
        marks={marks}
        target={target}
        label={`${count(points.length)} garments, coloured by ${FIELD_TITLES[field].toLowerCase()}.`}
      />
      <MapLegend coloring={coloring} hidden={hidden} onToggle={toggle} />
      <Drawn chosen={answer.chosen} marks={marks} />
    </>
  );
}

interface ChosenAnswer {
  all: PlacedAnswer[];
  chosen: PlacedAnswer | null;
}

/** The latest requests that have a place on the map, and the one that the address names, which may be an older one. */
function useChosenAnswer(): ChosenAnswer {
  const { answer } = place.value;
  const latest = useReading(PlacedAnswersDocument, instants.value).data;
  const named = useReading(PlacedAnswerDocument, { id: answer ?? NO_ID }).data?.insights.recommendation ?? null;
  const all = useMemo(() => {
    const nodes = latest?.insights.recommendations.nodes ?? [];
    const others = named && nodes.every(({ id }) => id !== named.id) ? [named] : [];
    return [...nodes, ...others].filter(({ mapPosition }) => mapPosition !== null);
  }, [latest, named]);
  return { all, chosen: all.find(({ id }) => id === answer) ?? null };
}

function RequestChooser({ all, chosen }: ChosenAnswer): JSX.Element {
  return (
    <label>
      <span>Draw in a request</span>
      <select
        value={chosen?.id ?? ''}
        disabled={all.length === 0}
        onChange={({ currentTarget }) => go({ section: 'map', answer: currentTarget.value || null })}
      >
        <option value="">{all.length === 0 ? 'none in this period' : 'none'}</option>
        {all.map((one) => (
          <option key={one.id} value={one.id}>
            {asked(one)} – {moment(one.at)}
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

function Drawn({ chosen, marks }: { chosen: PlacedAnswer | null; marks: Marks }): JSX.Element | null {
  if (!chosen) return null;
  return (
    <p class="drawn" role="status" data-shown={marks.shown.length}>
      The star is “{asked(chosen)}”, amid the garments nearest to what was searched with; rings with a rank are the{' '}
      {marks.shown.length} garments that it was shown.{' '}
      <a href={addressOf({ section: 'answers', answer: chosen.id })}>The answer itself</a>
    </p>
  );
}

/** How many garments there are of each value of each field: what the colours say, without seeing them. */
function tableOf(points: MapPoint[]): Table {
  const plain = palette.peek();
  return {
    columns: [{ name: 'Field' }, { name: 'Value' }, ...numbers('Garments', 'Middle, x', 'Middle, y')],
    rows: COLOR_FIELDS.flatMap((field) => {
      const { kinds, kindOf } = coloringOf(points, field, plain);
      const sums = kinds.map(() => ({ x: 0, y: 0 }));
      points.forEach(({ x, y }, i) => {
        sums[kindOf[i]!]!.x += x;
        sums[kindOf[i]!]!.y += y;
      });
      return kinds.map(({ label, count: of }, k) => [
        FIELD_TITLES[field],
        label,
        count(of),
        (sums[k]!.x / of).toFixed(1),
        (sums[k]!.y / of).toFixed(1),
      ]);
    }),
  };
}
