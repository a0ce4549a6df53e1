// What shoppers did with answers: by day, by the rank they saw a garment at, by type.
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
import { NothingAsked, NothingTold } from '../parts/nothing.js';
import { instants } from '../state/period.js';
import { count, day, inWords, interval, percent } from '../words/format.js';

const KINDS = ['views', 'clicks', 'tryOns', 'carts', 'purchases', 'dismissals'] as const;
const KIND_LABELS = ['Views', 'Clicks', 'Try-ons', 'Carts', 'Purchases', 'Dismissals'] as const;
/** There are ten times as many: the others would lie on the axis. */
const HIDDEN_AT_FIRST = 'views';

type Done = Record<(typeof KINDS)[number], number>;
type Rated = Done & { shown: number; clickRate: { value: number; low: number; high: number } };

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
      hint="How many of the garments shown at a rank were clicked, with 95 % intervals. The first are clicked more for being first."
      operation={EngagementByRankDocument}
      variables={instants.value}
      emptyText={({ insights }) => (insights.engagementByRank.length === 0 ? <NothingAsked /> : null)}
      table={({ insights }) => ratedTable(ranked(insights), 'Rank')}
    >
      {({ insights }) => <RateChart of="rank" rows={ranked(insights)} />}
    </Figure>
  );
}

function ranked({ engagementByRank }: EngagementByRankQuery['insights']): [string, Rated][] {
  return engagementByRank.map((one) => [String(one.rank), one]);
}

function ByType(): JSX.Element {
  return (
    <Figure
      title="By type"
      hint="The same for the ten types that are told apart, with 95 % intervals."
      operation={EngagementByTypeDocument}
      variables={instants.value}
      emptyText={({ insights }) => (insights.engagementByGarmentType.length === 0 ? <NothingAsked /> : null)}
      table={({ insights }) => ratedTable(typed(insights), 'Type')}
    >
      {({ insights }) => <RateChart of="type" rows={typed(insights)} isLevel />}
    </Figure>
  );
}

function typed({ engagementByGarmentType }: EngagementByTypeQuery['insights']): [string, Rated][] {
  return engagementByGarmentType.map((one) => [
    one.garmentType === null ? 'None of the ten' : inWords(one.garmentType),
    one,
  ]);
}

function ByDay(): JSX.Element {
  return (
    <Figure
      title="By day"
      hint="Garments that shoppers did something with, on the day it was told. A name below the chart adds or takes away its line."
      operation={EngagementDocument}
      variables={instants.value}
      isWide
      emptyText={({ insights }) => {
        const days = insights.engagement;
        if (days.every(({ recommendations }) => recommendations === 0)) return <NothingAsked />;
        return days.every((one) => KINDS.every((kind) => one[kind] === 0)) ? <NothingTold /> : null;
      }}
      table={({ insights }) => ({
        columns: [{ name: 'Day' }, ...numbers('Answers', ...KIND_LABELS)],
        rows: insights.engagement.map((one) => [
          one.day,
          count(one.recommendations),
          ...KINDS.map((kind) => count(one[kind])),
        ]),
      })}
    >
      {({ insights }) => {
        const days = insights.engagement;
        return (
          <ChartCanvas
            label={`${KIND_LABELS.join(', ')} on each of ${days.length} days`}
            height={280}
            of={days}
            configOf={({ kinds }) =>
              lineChart(
                days.map((one) => day(one.day)),
                KINDS.map((kind, i) => ({
                  label: KIND_LABELS[i]!,
                  color: kinds[[9, 0, 1, 2, 3, 5][i]!]!,
                  data: days.map((one) => one[kind]),
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
  /** What the rows are, in a word. */
  of: string;
  rows: [string, Rated][];
  isLevel?: boolean;
}

function RateChart({ of, rows, isLevel }: RateChartProps): JSX.Element {
  const said = rows.map(([name, { clickRate }]) => `${name} ${percent(clickRate.value)}`);
  return (
    <ChartCanvas
      label={`Click rate by ${of}: ${said.join(', ')}`}
      height={300}
      of={rows.map(([, { clickRate }]) => clickRate.value + clickRate.high).join()}
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
          { format: percent, isLevel, max: Math.max(...rows.map(([, { clickRate }]) => clickRate.high)) },
        )
      }
    />
  );
}

function ratedTable(rows: [string, Rated][], name: string): Table {
  return {
    columns: [{ name }, ...numbers('Shown', ...KIND_LABELS, 'Click rate', '95 % interval')],
    rows: rows.map(([label, one]) => [
      label,
      count(one.shown),
      ...KINDS.map((kind) => count(one[kind])),
      percent(one.clickRate.value),
      interval(one.clickRate.low, one.clickRate.high),
    ]),
  };
}
