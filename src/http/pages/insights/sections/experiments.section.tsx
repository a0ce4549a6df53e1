// The results of experiments: rates per variant and their differences, with confidence intervals.
import type { JSX } from 'preact';
import { ExperimentsDocument, type ExperimentsQuery } from '../../../../client/insights.operations.js';
import { ChartCanvas } from '../charts/chart.canvas.js';
import { barChart } from '../charts/configs.js';
import { DataTable, numbers, type Table } from '../parts/data.table.js';
import { Figure } from '../parts/figure.js';
import { count, day, readable, interval, percent, signedPercent } from '../words/format.js';

type Experiment = ExperimentsQuery['experiments'][number];
type Variant = Experiment['variants'][number];
type Rate = Variant['rates'][number];

export function ExperimentsSection(): JSX.Element {
  return (
    <div class="figures">
      <Figure
        title="Experiments"
        hint="Share of a variant’s shoppers with at least one event of a kind, with 95% intervals, over all logged recommendations. The intervals are valid for one evaluation at the end. If you stop at the first difference, you are wrong more often."
        operation={ExperimentsDocument}
        variables={{}}
        isWide
        emptyText={({ experiments }) =>
          experiments.length === 0 ? (
            <p>
              <b>There are no experiments.</b> Start one with <code>saveExperiment</code>:{' '}
              <a href="/playground#71-try-two-ways">see the example</a>.
            </p>
          ) : null
        }
      >
        {({ experiments }) =>
          experiments.map((experiment) => <ExperimentResults key={experiment.id} experiment={experiment} />)
        }
      </Figure>
    </div>
  );
}

function ExperimentResults({ experiment }: { experiment: Experiment }): JSX.Element {
  const { name, startedAt, endedAt, variants } = experiment;
  const until = endedAt ? `to ${day(endedAt)}` : 'until now';
  return (
    <article class="experiment" aria-label={name}>
      <h3>{name}</h3>
      <p class="hint">
        From {day(startedAt)} {until}
      </p>
      <ul class="variants">
        {variants.map((variant) => (
          <li key={variant.name}>
            <b>{variant.name}</b>: {settingsText(variant.settings)}; {count(variant.shoppers)} shoppers,{' '}
            {count(variant.answers)} recommendations
          </li>
        ))}
      </ul>
      <RateChart experiment={experiment} />
      <DataTable caption={`Rates and differences of ${name}`} isWhole table={tableOf(variants)} />
    </article>
  );
}

function RateChart({ experiment }: { experiment: Experiment }): JSX.Element {
  const { variants } = experiment;
  return (
    <ChartCanvas
      label={`Shares of shoppers by event, for the variants ${variants.map(({ name }) => name).join(' and ')}`}
      height={290}
      dependsOn={experiment}
      configOf={({ kinds: colors }) =>
        barChart(
          kindsOf(variants),
          variants.map(({ name, rates }, i) => ({
            label: name,
            color: colors[i % colors.length]!,
            data: rates.map(({ rate }) => rate),
            intervals: rates,
          })),
          { format: percent },
        )
      }
    />
  );
}

function kindsOf(variants: Variant[]): string[] {
  return variants[0]?.rates.map(({ kind }) => readable(kind)) ?? [];
}

function tableOf(variants: Variant[]): Table {
  return {
    columns: [
      { name: 'Event' },
      { name: 'Variant' },
      ...numbers('Shoppers', 'Rate', '95% interval', 'Difference to the first', '95% interval of the difference'),
      { name: 'Result' },
    ],
    rows: kindsOf(variants).flatMap((kind, k) => variants.map((variant) => rowOf(kind, variant, variant.rates[k]!))),
  };
}

function rowOf(kind: string, variant: Variant, { shoppers, rate, low, high, difference }: Rate): string[] {
  return [
    kind,
    variant.name,
    count(shoppers),
    percent(rate),
    interval(low, high),
    difference ? signedPercent(difference.difference) : '–',
    difference ? `${signedPercent(difference.low)} to ${signedPercent(difference.high)}` : '–',
    difference ? resultText(difference) : '–',
  ];
}

function resultText({ low, high }: { low: number; high: number }): string {
  if (low > 0) return 'more';
  if (high < 0) return 'less';
  return 'no clear difference';
}

function settingsText(settings: Variant['settings']): string {
  const changed = Object.entries(settings).filter(([, value]) => value !== null);
  if (changed.length === 0) return 'unchanged settings';
  return changed.map(([name, value]) => `${readable(name).toLowerCase()} ${String(value)}`).join(', ');
}
