// At a glance: the catalog, how much is asked, and how good the answers are.
import type { JSX } from 'preact';
import {
  AnswerStatusesDocument,
  CatalogNumbersDocument,
  EngagementDocument,
  type AnswerStatusesQuery,
  type CatalogNumbersQuery,
} from '../../../../client/insights.operations.js';
import { swatch } from '../../shared/swatches.js';
import { ChartCanvas } from '../charts/chart.canvas.js';
import { barChart } from '../charts/configs.js';
import { Figure } from '../parts/figure.js';
import { NothingAsked } from '../parts/nothing.js';
import { StatTiles } from '../parts/stat.tiles.js';
import { instants } from '../state/period.js';
import { count, day, inWords, milliseconds, percent } from '../words/format.js';

const STATUSES = {
  OK: 'good matches, as many as were asked for',
  PARTIAL: 'good matches, but fewer',
  WEAK: 'nothing comes close',
  EMPTY: 'the filter leaves nothing',
} as const;
const FIRST_COLORS = 14;

export function OverviewSection(): JSX.Element {
  return (
    <>
      <div class="figures">
        <Answers />
        <Statuses />
        <Figure
          title="The catalog"
          operation={CatalogNumbersDocument}
          variables={{}}
          byGet
          isWide
          emptyText={({ insights }) =>
            insights.catalog.garments === 0 ? (
              <p>
                <b>The catalog is empty.</b> <code>npm run fitroom -- import</code> brings one in.
              </p>
            ) : null
          }
        >
          {({ insights }) => <Catalog catalog={insights.catalog} />}
        </Figure>
      </div>
    </>
  );
}

function Answers(): JSX.Element {
  return (
    <Figure
      title="Answers a day"
      operation={EngagementDocument}
      variables={instants.value}
      emptyText={({ insights }) =>
        insights.engagement.every(({ recommendations }) => recommendations === 0) ? <NothingAsked /> : null
      }
      table={({ insights }) => ({
        columns: [{ name: 'Day' }, { name: 'Answers', isNumber: true }],
        rows: insights.engagement.map((one) => [one.day, count(one.recommendations)]),
      })}
    >
      {({ insights }) => {
        const days = insights.engagement;
        const total = days.reduce((sum, { recommendations }) => sum + recommendations, 0);
        return (
          <>
            <p class="key-figure">
              <b>{count(total)}</b> answers in {days.length} days
            </p>
            <ChartCanvas
              label={`Answers on each of ${days.length} days, ${count(total)} in all`}
              height={200}
              of={days}
              configOf={({ accent }) =>
                barChart(
                  days.map((one) => day(one.day)),
                  [{ label: 'Answers', color: accent, data: days.map(({ recommendations }) => recommendations) }],
                  { format: count },
                )
              }
            />
          </>
        );
      }}
    </Figure>
  );
}

function Statuses(): JSX.Element {
  return (
    <Figure
      title="How good answers are"
      hint="Of the latest 100 of the period."
      operation={AnswerStatusesDocument}
      variables={instants.value}
      emptyText={({ insights }) => (insights.recommendations.nodes.length === 0 ? <NothingAsked /> : null)}
      table={({ insights }) => ({
        columns: [{ name: 'Status' }, { name: 'What it means' }, { name: 'Answers', isNumber: true }],
        rows: splitOf(insights.recommendations.nodes).map(([status, of]) => [status, STATUSES[status], of]),
      })}
    >
      {({ insights }) => <StatusSplit nodes={insights.recommendations.nodes} />}
    </Figure>
  );
}

type LatestAnswers = AnswerStatusesQuery['insights']['recommendations']['nodes'];

function splitOf(nodes: LatestAnswers): [keyof typeof STATUSES, number][] {
  const statuses = Object.keys(STATUSES) as (keyof typeof STATUSES)[];
  return statuses.map((status) => [status, nodes.filter((one) => one.status === status).length]);
}

function StatusSplit({ nodes }: { nodes: LatestAnswers }): JSX.Element {
  const split = splitOf(nodes);
  const times = nodes.map(({ latencyMs }) => latencyMs).sort((a, b) => a - b);
  const good = (split[0]![1] + split[1]![1]) / nodes.length;
  return (
    <>
      <p class="key-figure">
        <b>{percent(good)}</b> have good matches; ranked in {milliseconds(times[Math.floor(times.length / 2)]!)}{' '}
        (median)
      </p>
      <ChartCanvas
        label={`Of ${nodes.length} answers: ${split.map(([status, of]) => `${of} ${status}`).join(', ')}`}
        height={200}
        of={nodes}
        configOf={({ kinds, plain }) =>
          barChart(
            split.map(([status]) => inWords(status).replace('Ok', 'OK')),
            [{ label: 'Answers', color: plain, data: split.map(([, of]) => of) }],
            { format: count, isLevel: true, colors: [kinds[3]!, kinds[1]!, kinds[2]!, kinds[5]!] },
          )
        }
      />
    </>
  );
}

function Catalog({ catalog }: { catalog: CatalogNumbersQuery['insights']['catalog'] }): JSX.Element {
  const { garments, inStock, embedded, byGarmentType, byColor } = catalog;
  const colors = byColor.slice(0, FIRST_COLORS);
  return (
    <>
      <StatTiles
        stats={[
          { name: 'Garments', value: count(garments) },
          { name: 'In stock', value: count(inStock), note: percent(inStock / Math.max(1, garments)) },
          { name: 'Embedded', value: count(embedded), note: 'only they are recommended' },
        ]}
      />
      <div class="beside">
        <ChartCanvas
          label={`Garments by type: ${byGarmentType.map(({ value, count: of }) => `${inWords(value)} ${of}`).join(', ')}`}
          height={290}
          of={byGarmentType}
          configOf={({ accent }) =>
            barChart(
              byGarmentType.map(({ value }) => inWords(value)),
              [{ label: 'Garments', color: accent, data: byGarmentType.map(({ count: of }) => of) }],
              { format: count, isLevel: true, title: 'Garments by type' },
            )
          }
        />
        <ChartCanvas
          label={`Garments by colour: ${colors.map(({ value, count: of }) => `${value} ${of}`).join(', ')}`}
          height={290}
          of={byColor}
          configOf={({ plain }) => coloredBars(colors, plain)}
        />
      </div>
    </>
  );
}

function coloredBars(colors: { value: string; count: number }[], plain: string): ReturnType<typeof barChart> {
  const config = barChart(
    colors.map(({ value }) => value),
    [{ label: 'Garments', color: plain, data: colors.map(({ count: of }) => of) }],
    {
      format: count,
      isLevel: true,
      title: 'Garments by colour',
      colors: colors.map(({ value }) => swatch(value) ?? plain),
    },
  );
  // white is seen on white by its edge
  Object.assign(config.data.datasets[0]!, { borderColor: plain, borderWidth: 1 });
  return config;
}
