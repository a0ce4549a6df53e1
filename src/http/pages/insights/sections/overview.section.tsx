// The overview: number and quality of recommendations, and the catalog.
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
import { NoRecommendations } from '../parts/empty.states.js';
import { StatTiles } from '../parts/stat.tiles.js';
import { instants } from '../state/period.js';
import { count, day, readable, milliseconds, percent } from '../words/format.js';

const STATUSES = {
  OK: 'as many good matches as requested',
  PARTIAL: 'good matches, but fewer than requested',
  WEAK: 'no good matches',
  EMPTY: 'no garment passes the filter',
} as const;
const FIRST_COLORS = 14;

export function OverviewSection(): JSX.Element {
  return (
    <>
      <div class="figures">
        <RecommendationsPerDay />
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
                <b>The catalog is empty.</b> <code>npm run fitroom -- import</code> imports a catalog.
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

function RecommendationsPerDay(): JSX.Element {
  return (
    <Figure
      title="Recommendations per day"
      operation={EngagementDocument}
      variables={instants.value}
      emptyText={({ insights }) =>
        insights.engagement.every(({ recommendations }) => recommendations === 0) ? <NoRecommendations /> : null
      }
      table={({ insights }) => ({
        columns: [{ name: 'Day' }, { name: 'Recommendations', isNumber: true }],
        rows: insights.engagement.map((row) => [row.day, count(row.recommendations)]),
      })}
    >
      {({ insights }) => {
        const days = insights.engagement;
        const total = days.reduce((sum, { recommendations }) => sum + recommendations, 0);
        return (
          <>
            <p class="key-figure">
              <b>{count(total)}</b> recommendations in {days.length} days
            </p>
            <ChartCanvas
              label={`Recommendations on each of ${days.length} days, ${count(total)} in total`}
              height={200}
              dependsOn={days}
              configOf={({ accent }) =>
                barChart(
                  days.map((row) => day(row.day)),
                  [
                    {
                      label: 'Recommendations',
                      color: accent,
                      data: days.map(({ recommendations }) => recommendations),
                    },
                  ],
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
      title="Status of recommendations"
      hint="The latest 100 recommendations of the period."
      operation={AnswerStatusesDocument}
      variables={instants.value}
      emptyText={({ insights }) => (insights.recommendations.nodes.length === 0 ? <NoRecommendations /> : null)}
      table={({ insights }) => ({
        columns: [{ name: 'Status' }, { name: 'Meaning' }, { name: 'Recommendations', isNumber: true }],
        rows: splitOf(insights.recommendations.nodes).map(([status, total]) => [status, STATUSES[status], total]),
      })}
    >
      {({ insights }) => <StatusSplit nodes={insights.recommendations.nodes} />}
    </Figure>
  );
}

type LatestRecommendations = AnswerStatusesQuery['insights']['recommendations']['nodes'];

function splitOf(nodes: LatestRecommendations): [keyof typeof STATUSES, number][] {
  const statuses = Object.keys(STATUSES) as (keyof typeof STATUSES)[];
  return statuses.map((status) => [status, nodes.filter((node) => node.status === status).length]);
}

function StatusSplit({ nodes }: { nodes: LatestRecommendations }): JSX.Element {
  const split = splitOf(nodes);
  const times = nodes.map(({ latencyMs }) => latencyMs).sort((a, b) => a - b);
  const good = (split[0]![1] + split[1]![1]) / nodes.length;
  return (
    <>
      <p class="key-figure">
        <b>{percent(good)}</b> have good matches; median latency {milliseconds(times[Math.floor(times.length / 2)]!)}
      </p>
      <ChartCanvas
        label={`Of ${nodes.length} recommendations: ${split.map(([status, total]) => `${total} ${status}`).join(', ')}`}
        height={200}
        dependsOn={nodes}
        configOf={({ kinds, plain }) =>
          barChart(
            split.map(([status]) => readable(status).replace('Ok', 'OK')),
            [{ label: 'Recommendations', color: plain, data: split.map(([, total]) => total) }],
            { format: count, isHorizontal: true, colors: [kinds[3]!, kinds[1]!, kinds[2]!, kinds[5]!] },
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
          { name: 'Embedded', value: count(embedded), note: 'only these can be recommended' },
        ]}
      />
      <div class="side-by-side">
        <ChartCanvas
          label={`Garments by type: ${byGarmentType.map(({ value, count: total }) => `${readable(value)} ${total}`).join(', ')}`}
          height={290}
          dependsOn={byGarmentType}
          configOf={({ accent }) =>
            barChart(
              byGarmentType.map(({ value }) => readable(value)),
              [{ label: 'Garments', color: accent, data: byGarmentType.map(({ count: total }) => total) }],
              { format: count, isHorizontal: true, title: 'Garments by type' },
            )
          }
        />
        <ChartCanvas
          label={`Garments by color: ${colors.map(({ value, count: total }) => `${value} ${total}`).join(', ')}`}
          height={290}
          dependsOn={byColor}
          configOf={({ plain }) => coloredBars(colors, plain)}
        />
      </div>
    </>
  );
}

function coloredBars(colors: { value: string; count: number }[], plain: string): ReturnType<typeof barChart> {
  const config = barChart(
    colors.map(({ value }) => value),
    [{ label: 'Garments', color: plain, data: colors.map(({ count: total }) => total) }],
    {
      format: count,
      isHorizontal: true,
      title: 'Garments by color',
      colors: colors.map(({ value }) => swatch(value) ?? plain),
    },
  );
  // the edge makes a white bar visible on white
  Object.assign(config.data.datasets[0]!, { borderColor: plain, borderWidth: 1 });
  return config;
}
