// What came of each way in which shoppers were answered, and how sure that is.
import type { JSX } from 'preact';
import { ExperimentsDocument, type ExperimentsQuery } from '../../../../client/insights.operations.js';
import { ChartCanvas } from '../charts/chart.canvas.js';
import { barChart } from '../charts/configs.js';
import { DataTable, numbers, type Table } from '../parts/data.table.js';
import { Figure } from '../parts/figure.js';
import { count, day, inWords, interval, percent, signedPercent } from '../words/format.js';

type Experiment = ExperimentsQuery['experiments'][number];
type Variant = Experiment['variants'][number];
type Rate = Variant['rates'][number];

export function ExperimentsSection(): JSX.Element {
  return (
    <div class="figures">
      <Figure
        title="Experiments"
        hint="Which share of a variant’s shoppers did something at least once, with 95 % intervals, as far back as answers are kept. Intervals hold for one look at the end: who stops at the first difference is wrong more often."
        operation={ExperimentsDocument}
        variables={{}}
        isWide
        emptyText={({ experiments }) =>
          experiments.length === 0 ? (
            <p>
              <b>No experiment has been begun.</b> <code>saveExperiment</code> begins one:{' '}
              <a href="/playground#71-try-two-ways">an example</a>.
            </p>
          ) : null
        }
      >
        {({ experiments }) => experiments.map((one) => <OneExperiment key={one.id} experiment={one} />)}
      </Figure>
    </div>
  );
}

function OneExperiment({ experiment }: { experiment: Experiment }): JSX.Element {
  const { name, startedAt, endedAt, variants } = experiment;
  const until = endedAt ? `to ${day(endedAt)}` : 'and runs';
  return (
    <article class="experiment" aria-label={name}>
      <h3>{name}</h3>
      <p class="hint">
        Since {day(startedAt)} {until}
      </p>
      <ul class="variants">
        {variants.map((variant) => (
          <li key={variant.name}>
            <b>{variant.name}</b>: {settingsText(variant.settings)}; {count(variant.shoppers)} shoppers,{' '}
            {count(variant.answers)} answers
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
      label={`Shares of the shoppers of ${variants.map(({ name }) => name).join(' and ')}, by what they did`}
      height={290}
      of={experiment}
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
  return variants[0]?.rates.map(({ kind }) => inWords(kind)) ?? [];
}

function tableOf(variants: Variant[]): Table {
  return {
    columns: [
      { name: 'What they did' },
      { name: 'Variant' },
      ...numbers('Shoppers', 'Rate', '95 % interval', 'Against the first', '95 % interval of that'),
      { name: 'Than the first' },
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
    difference ? verdict(difference) : '–',
  ];
}

function verdict({ low, high }: { low: number; high: number }): string {
  if (low > 0) return 'more';
  if (high < 0) return 'less';
  return 'not known yet';
}

function settingsText(settings: Variant['settings']): string {
  const set = Object.entries(settings).filter(([, value]) => value !== null);
  if (set.length === 0) return 'as without the experiment';
  return set.map(([name, value]) => `${inWords(name).toLowerCase()} ${String(value)}`).join(', ');
}
