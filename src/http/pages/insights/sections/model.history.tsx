// The model's confusions, its metrics per release, and the results of golden queries.
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
import { count, decimal, readable, moment, percent } from '../words/format.js';

type Release = ModelHistoryQuery['insights']['modelHistory'][number];
type Confusion = ModelReportQuery['insights']['modelReport']['confusions'][number];
type Run = GoldenRunsQuery['insights']['goldenRuns'][number];

const FIRST_CONFUSIONS = 14;
const FIRST_METRIC = 'garmentType.picture';

export function Confusions(): JSX.Element {
  return (
    <Figure
      title="Most frequent confusions"
      hint="Classification of pictures alone, on garments outside the training data."
      operation={ModelReportDocument}
      variables={{}}
      byGet
      emptyText={({ insights }) =>
        insights.modelReport.confusions.length === 0 ? (
          <p>
            <b>The active bundle has no confusions.</b> <code>npm run fitroom -- evaluate</code> measures them.
          </p>
        ) : null
      }
      table={({ insights }) => ({
        columns: [
          { name: 'Field' },
          { name: 'Correct' },
          { name: 'Predicted' },
          ...numbers('Count', 'Garments', 'Share'),
        ],
        rows: insights.modelReport.confusions.map(({ output, label, takenFor, count: times, rows }) => [
          readable(output),
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
      label={`Number of confusions: ${confusions.map(({ count: times }, i) => `${labels[i]} ${times}`).join(', ')}`}
      height={50 + 24 * confusions.length}
      dependsOn={confusions.map(({ count: times }, i) => labels[i]! + times).join()}
      configOf={({ kinds }) =>
        barChart(labels, [{ label: 'Count', color: kinds[0]!, data: confusions.map(({ count: times }) => times) }], {
          format: count,
          isHorizontal: true,
          colors: confusions.map(({ output }) => kinds[output === 'color' ? 1 : 0]!),
        })
      }
    />
  );
}

export function Releases(): JSX.Element {
  return (
    <Figure
      title="Metrics by release"
      hint="One metric for every release up to the active model, with 95% intervals where they were measured."
      operation={ModelHistoryDocument}
      variables={{}}
      byGet
      emptyText={({ insights }) =>
        insights.modelHistory.length === 0 ? (
          <p>
            <b>The active bundle has no release history.</b>
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
  const values = releases.map(({ metrics }) => metrics.find(({ name }) => name === chosen) ?? null);
  return (
    <>
      <label class="before">
        Metric{' '}
        <select value={chosen} onChange={({ currentTarget }) => choose(currentTarget.value)}>
          {names.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <ChartCanvas
        label={`${chosen}: ${releases.map(({ model }, i) => `${model} ${values[i] ? decimal(values[i].value) : 'not measured'}`).join(', ')}`}
        height={260}
        dependsOn={chosen + releases.length}
        configOf={({ accent }) =>
          barChart(
            releases.map(({ model }) => model.replace('@', ' ')),
            [
              {
                label: chosen,
                color: accent,
                data: values.map((metric) => metric?.value ?? null),
                intervals: values.map((metric) =>
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
    columns: [{ name: 'Metric' }, ...numbers(...releases.map(({ model }) => model))],
    rows: names.map((name) => [
      name,
      ...releases.map(({ metrics }) => {
        const metric = metrics.find((candidate) => candidate.name === name);
        return metric ? decimal(metric.value) : '–';
      }),
    ]),
  };
}

export function GoldenRuns(): JSX.Element {
  return (
    <Figure
      title="Golden queries"
      hint="A golden query passes if all its expected garments are in the results. The server runs them once a day, after imports and after a model switch."
      operation={GoldenRunsDocument}
      variables={instants.value}
      isWide
      emptyText={({ insights }) =>
        insights.goldenRuns.length === 0 ? (
          <p>
            <b>No golden query ran in this period.</b> Define the expected garments of a request with{' '}
            <code>pinGoldenQuery</code>: <a href="/playground#51-pin-a-golden-query">see the example</a>.
          </p>
        ) : null
      }
      table={({ insights }) => ({
        columns: [
          { name: 'Time' },
          { name: 'Occasion' },
          { name: 'Model' },
          ...numbers('Passed', 'Queries'),
          { name: 'Gained' },
          { name: 'Lost' },
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
    readable(occasion),
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
      label={`Golden queries in ${runs.length} runs; ${runs.at(-1)!.passed} of ${runs.at(-1)!.queries} passed in the latest run`}
      height={220}
      dependsOn={runs}
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
