// How the model has changed from release to release, what it takes for something else, and how pinned requests have fared.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import {
  GoldenRunsDocument,
  ModelHistoryDocument,
  ModelReportDocument,
  type GoldenRunsQuery,
  type ModelHistoryQuery,
  type ModelReportQuery,
} from '../../../../client/insights.operations.js';
import { ChartCanvas } from '../charts/chart.canvas.js';
import { barChart } from '../charts/configs.js';
import { numbers, type Table } from '../parts/data.table.js';
import { Figure } from '../parts/figure.js';
import { instants } from '../state/period.js';
import { count, decimal, inWords, moment, percent } from '../words/format.js';

type Release = ModelHistoryQuery['insights']['modelHistory'][number];
type Confusion = ModelReportQuery['insights']['modelReport']['confusions'][number];
type Run = GoldenRunsQuery['insights']['goldenRuns'][number];

const FIRST_CONFUSIONS = 14;
const FIRST_METRIC = 'garmentType.picture';

export function Confusions(): JSX.Element {
  return (
    <Figure
      title="What it takes for something else"
      hint="By pictures alone, on garments that it was not trained on; the commonest first."
      operation={ModelReportDocument}
      variables={{}}
      byGet
      emptyText={({ insights }) =>
        insights.modelReport.confusions.length === 0 ? (
          <p>
            <b>The running bundle does not say.</b> <code>npm run fitroom -- evaluate</code> measures it.
          </p>
        ) : null
      }
      table={({ insights }) => ({
        columns: [{ name: 'What' }, { name: 'It is' }, { name: 'Taken for' }, ...numbers('Times', 'Of', 'Share')],
        rows: insights.modelReport.confusions.map(({ output, label, takenFor, count: times, rows }) => [
          inWords(output),
          label,
          takenFor,
          count(times),
          count(rows),
          percent(times / rows),
        ]),
      })}
    >
      {({ insights }) => <ConfusionChart confusions={insights.modelReport.confusions.slice(0, FIRST_CONFUSIONS)} />}
    </Figure>
  );
}

function ConfusionChart({ confusions }: { confusions: Confusion[] }): JSX.Element {
  const labels = confusions.map(({ label, takenFor }) => `${label} → ${takenFor}`);
  return (
    <ChartCanvas
      label={`How often: ${confusions.map(({ count: times }, i) => `${labels[i]} ${times}`).join(', ')}`}
      height={50 + 24 * confusions.length}
      of={confusions.map(({ count: times }, i) => labels[i]! + times).join()}
      configOf={({ kinds }) =>
        barChart(labels, [{ label: 'Times', color: kinds[0]!, data: confusions.map(({ count: times }) => times) }], {
          format: count,
          isLevel: true,
          colors: confusions.map(({ output }) => kinds[output === 'color' ? 1 : 0]!),
        })
      }
    />
  );
}

export function Releases(): JSX.Element {
  return (
    <Figure
      title="Release by release"
      hint="The same figure of every release up to the running model, with 95 % intervals where they were measured."
      operation={ModelHistoryDocument}
      variables={{}}
      byGet
      emptyText={({ insights }) =>
        insights.modelHistory.length === 0 ? (
          <p>
            <b>The running bundle has no history.</b>
          </p>
        ) : null
      }
      table={({ insights }) => releaseTable(insights.modelHistory)}
    >
      {({ insights }) => <ReleaseChart releases={insights.modelHistory} />}
    </Figure>
  );
}

function ReleaseChart({ releases }: { releases: Release[] }): JSX.Element {
  const names = [...new Set(releases.flatMap(({ metrics }) => metrics.map(({ name }) => name)))];
  const [chosen, choose] = useState(names.includes(FIRST_METRIC) ? FIRST_METRIC : (names[0] ?? ''));
  const found = releases.map(({ metrics }) => metrics.find(({ name }) => name === chosen) ?? null);
  return (
    <>
      <label class="before">
        Figure{' '}
        <select value={chosen} onChange={({ currentTarget }) => choose(currentTarget.value)}>
          {names.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <ChartCanvas
        label={`${chosen}: ${releases.map(({ model }, i) => `${model} ${found[i] ? decimal(found[i].value) : 'not measured'}`).join(', ')}`}
        height={260}
        of={chosen + releases.length}
        configOf={({ accent }) =>
          barChart(
            releases.map(({ model }) => model.replace('@', ' ')),
            [
              {
                label: chosen,
                color: accent,
                data: found.map((metric) => metric?.value ?? null),
                intervals: found.map((metric) =>
                  metric && metric.low !== null && metric.high !== null ? { low: metric.low, high: metric.high } : null,
                ),
              },
            ],
            { format: decimal },
          )
        }
      />
    </>
  );
}

function releaseTable(releases: Release[]): Table {
  const names = [...new Set(releases.flatMap(({ metrics }) => metrics.map(({ name }) => name)))];
  return {
    columns: [{ name: 'Figure' }, ...numbers(...releases.map(({ model }) => model))],
    rows: names.map((name) => [
      name,
      ...releases.map(({ metrics }) => {
        const metric = metrics.find((one) => one.name === name);
        return metric ? decimal(metric.value) : '–';
      }),
    ]),
  };
}

export function GoldenRuns(): JSX.Element {
  return (
    <Figure
      title="Golden queries over time"
      hint="Pinned requests whose expected garments all came up: run once a day, after imports and after a switch of the model."
      operation={GoldenRunsDocument}
      variables={instants.value}
      isWide
      emptyText={({ insights }) =>
        insights.goldenRuns.length === 0 ? (
          <p>
            <b>No golden query was run in this period.</b> <code>pinGoldenQuery</code> says which garments a request is
            to bring: <a href="/playground#51-pin-a-golden-query">an example</a>.
          </p>
        ) : null
      }
      table={({ insights }) => ({
        columns: [
          { name: 'When' },
          { name: 'Why' },
          { name: 'Model' },
          ...numbers('Passed', 'Of'),
          { name: 'Came up' },
          { name: 'Fell out' },
        ],
        rows: insights.goldenRuns.map(runRow),
      })}
    >
      {({ insights }) => <RunChart runs={insights.goldenRuns} />}
    </Figure>
  );
}

function runRow({ at, occasion, model, passed, queries, change }: Run): string[] {
  const listed = (changes: { name: string; sku: string }[] | undefined): string =>
    changes?.map(({ name, sku }) => `${name}: ${sku}`).join(', ') || '–';
  return [
    moment(at),
    inWords(occasion),
    model,
    count(passed),
    count(queries),
    listed(change?.wins),
    listed(change?.losses),
  ];
}

function RunChart({ runs }: { runs: Run[] }): JSX.Element {
  return (
    <ChartCanvas
      label={`Golden queries passed in ${runs.length} runs, ${runs.at(-1)!.passed} of ${runs.at(-1)!.queries} in the latest`}
      height={220}
      of={runs}
      configOf={({ kinds }) =>
        barChart(
          runs.map(({ at }) => moment(at).replace(' UTC', '')),
          [
            { label: 'Passed', color: kinds[3]!, data: runs.map(({ passed }) => passed) },
            { label: 'Failed', color: kinds[5]!, data: runs.map(({ passed, queries }) => queries - passed) },
          ],
          { format: count, isStacked: true },
        )
      }
    />
  );
}
