// Engagement with recommended garments: by day, by rank and by type.
import type { JSX } from 'preact';
import {
  EngagementByRankDocument,
  EngagementByTypeDocument,
  EngagementDocument,
  type EngagementByRankQuery,
  type EngagementByTypeQuery,
} from '../../../../client/insights.operations.js';
import { ChartCanvas } from '../charts/chart.canvas.js';
import { barChart, lineChart } from '../charts/configs.js';
import { numbers, type Table } from '../parts/data.table.js';
import { Figure } from '../parts/figure.js';
import { NoRecommendations, NoFeedback } from '../parts/empty.states.js';
import { instants } from '../state/period.js';
import { count, day, readable, interval, percent } from '../words/format.js';

const KINDS = ['views', 'clicks', 'tryOns', 'carts', 'purchases', 'dismissals'] as const;
const KIND_LABELS = ['Views', 'Clicks', 'Try-ons', 'Carts', 'Purchases', 'Dismissals'] as const;
/** There are about ten times as many views as clicks. With views, the other lines would lie on the axis. */
const HIDDEN_AT_FIRST = 'views';

type EventCounts = Record<(typeof KINDS)[number], number>;
type Rated = EventCounts & { shown: number; clickRate: { value: number; low: number; high: number } };

export function EngagementSection(): JSX.Element {
  return (
    <div class="figures">
      <ByDay />
      <ByRank />
      <ByType />
    </div>
  );
}

function ByRank(): JSX.Element {
  return (
    <Figure
      title="By rank"
      hint="Share of the garments shown at a rank that were clicked, with 95% intervals. Shoppers click the first ranks more often because they come first."
      operation={EngagementByRankDocument}
      variables={instants.value}
      emptyText={({ insights }) => (insights.engagementByRank.length === 0 ? <NoRecommendations /> : null)}
      table={({ insights }) => ratedTable(ranked(insights), 'Rank')}
    >
      {({ insights }) => <RateChart by="rank" rows={ranked(insights)} />}
    </Figure>
  );
}

function ranked({ engagementByRank }: EngagementByRankQuery['insights']): [string, Rated][] {
  return engagementByRank.map((row) => [String(row.rank), row]);
}

function ByType(): JSX.Element {
  return (
    <Figure
      title="By type"
      hint="Share of the garments of a try-on type that were clicked, with 95% intervals."
      operation={EngagementByTypeDocument}
      variables={instants.value}
      emptyText={({ insights }) => (insights.engagementByGarmentType.length === 0 ? <NoRecommendations /> : null)}
      table={({ insights }) => ratedTable(typed(insights), 'Type')}
    >
      {({ insights }) => <RateChart by="type" rows={typed(insights)} isHorizontal />}
    </Figure>
  );
}

function typed({ engagementByGarmentType }: EngagementByTypeQuery['insights']): [string, Rated][] {
  return engagementByGarmentType.map((row) => [
    row.garmentType === null ? 'No try-on type' : readable(row.garmentType),
    row,
  ]);
}

function ByDay(): JSX.Element {
  return (
    <Figure
      title="By day"
      hint="Feedback events by the day on which they were reported. Click a name below the chart to show or hide its line."
      operation={EngagementDocument}
      variables={instants.value}
      isWide
      emptyText={({ insights }) => {
        const days = insights.engagement;
        if (days.every(({ recommendations }) => recommendations === 0)) return <NoRecommendations />;
        return days.every((row) => KINDS.every((kind) => row[kind] === 0)) ? <NoFeedback /> : null;
      }}
      table={({ insights }) => ({
        columns: [{ name: 'Day' }, ...numbers('Recommendations', ...KIND_LABELS)],
        rows: insights.engagement.map((row) => [
          row.day,
          count(row.recommendations),
          ...KINDS.map((kind) => count(row[kind])),
        ]),
      })}
    >
      {({ insights }) => {
        const days = insights.engagement;
        return (
          <ChartCanvas
            label={`${KIND_LABELS.join(', ')} on each of ${days.length} days`}
            height={280}
            dependsOn={days}
            configOf={({ kinds }) =>
              lineChart(
                days.map((row) => day(row.day)),
                KINDS.map((kind, i) => ({
                  label: KIND_LABELS[i]!,
                  color: kinds[[9, 0, 1, 2, 3, 5][i]!]!,
                  data: days.map((row) => row[kind]),
                  isHidden: kind === HIDDEN_AT_FIRST,
                })),
                { format: count },
              )
            }
          />
        );
      }}
    </Figure>
  );
}

interface RateChartProps {
  /** The unit of the rows: rank or type. */
  by: string;
  rows: [string, Rated][];
  isHorizontal?: boolean;
}

function RateChart({ by, rows, isHorizontal }: RateChartProps): JSX.Element {
  const rates = rows.map(([name, { clickRate }]) => `${name} ${percent(clickRate.value)}`);
  return (
    <ChartCanvas
      label={`Click rate by ${by}: ${rates.join(', ')}`}
      height={300}
      dependsOn={rows.map(([, { clickRate }]) => clickRate.value + clickRate.high).join()}
      configOf={({ accent }) =>
        barChart(
          rows.map(([name]) => name),
          [
            {
              label: 'Clicked',
              color: accent,
              data: rows.map(([, { clickRate }]) => clickRate.value),
              intervals: rows.map(([, { clickRate }]) => clickRate),
            },
          ],
          { format: percent, isHorizontal, max: Math.max(...rows.map(([, { clickRate }]) => clickRate.high)) },
        )
      }
    />
  );
}

function ratedTable(rows: [string, Rated][], name: string): Table {
  return {
    columns: [{ name }, ...numbers('Shown', ...KIND_LABELS, 'Click rate', '95% interval')],
    rows: rows.map(([label, row]) => [
      label,
      count(row.shown),
      ...KINDS.map((kind) => count(row[kind])),
      percent(row.clickRate.value),
      interval(row.clickRate.low, row.clickRate.high),
    ]),
  };
}
