// What shoppers did with answers: by day, by the rank they saw a garment at, by type.
import type { JSX } from 'preact';
import {
  EngagementByRankDocument,
  EngagementByTypeDocument,
  EngagementDocument,
  type EngagementByTypeQuery,
} from '../../../../client/insights.operations.js';
import { ChartCanvas } from '../charts/chart.canvas.js';
import { barChart, lineChart } from '../charts/configs.js';
import type { Column } from '../parts/data.table.js';
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
      <Figure
        title="By rank"
        hint="How many of the garments shown at a rank were clicked, with 95 % intervals. The first are clicked more for being first."
        operation={EngagementByRankDocument}
        variables={instants.value}
        emptyText={({ insights }) => (insights.engagementByRank.length === 0 ? <NothingAsked /> : null)}
        table={({ insights }) => ratedTable(insights.engagementByRank.map((one) => [String(one.rank), one]), 'Rank')}
      >
        {({ insights }) => {
          const ranks = insights.engagementByRank;
          return (
            <RateChart
              label={`Click rate by rank, from ${percent(ranks[0]!.clickRate.value)} at rank 1 to ${percent(ranks.at(-1)!.clickRate.value)} at rank ${ranks.at(-1)!.rank}`}
              rows={ranks.map((one) => [String(one.rank), one])}
            />
          );
        }}
      </Figure>
      <Figure
        title="By type"
        hint="The same for the ten types that are told apart, with 95 % intervals."
        operation={EngagementByTypeDocument}
        variables={instants.value}
        emptyText={({ insights }) => (insights.engagementByGarmentType.length === 0 ? <NothingAsked /> : null)}
        table={({ insights }) => ratedTable(insights.engagementByGarmentType.map((one) => [typeOf(one), one]), 'Type')}
      >
        {({ insights }) => (
          <RateChart
            label={`Click rate by type: ${insights.engagementByGarmentType.map((one) => `${typeOf(one)} ${percent(one.clickRate.value)}`).join(', ')}`}
            rows={insights.engagementByGarmentType.map((one) => [typeOf(one), one])}
            isLevel
          />
        )}
      </Figure>
    </div>
  );
}

function ByDay(): JSX.Element {
  return (
    <Figure
      title="By day"
      hint="Garments that shoppers did something with, on the day it was told. A name above the chart adds or takes away its line."
      operation={EngagementDocument}
      variables={instants.value}
      isWide
      emptyText={({ insights }) => {
        const days = insights.engagement;
        if (days.every(({ recommendations }) => recommendations === 0)) return <NothingAsked />;
        return days.every((one) => KINDS.every((kind) => one[kind] === 0)) ? <NothingTold /> : null;
      }}
      table={({ insights }) => ({
        columns: [{ name: 'Day' }, ...['Answers', ...KIND_LABELS].map(numberColumn)],
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

function RateChart({ label, rows, isLevel }: { label: string; rows: [string, Rated][]; isLevel?: boolean }): JSX.Element {
  return (
    <ChartCanvas
      label={label}
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

function ratedTable(rows: [string, Rated][], name: string): { columns: Column[]; rows: string[][] } {
  return {
    columns: [{ name }, ...['Shown', ...KIND_LABELS, 'Click rate', '95 % interval'].map(numberColumn)],
    rows: rows.map(([label, one]) => [
      label,
      count(one.shown),
      ...KINDS.map((kind) => count(one[kind])),
      percent(one.clickRate.value),
      interval(one.clickRate.low, one.clickRate.high),
    ]),
  };
}

function numberColumn(name: string): Column {
  return { name, isNumber: true };
}

function typeOf({ garmentType }: EngagementByTypeQuery['insights']['engagementByGarmentType'][number]): string {
  return garmentType === null ? 'None of the ten' : inWords(garmentType);
}
