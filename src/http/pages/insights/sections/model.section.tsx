// The model card: evaluation metrics of the active model, and its errors in this catalog.
import type { JSX } from 'preact';
import {
  AnswerStatusesDocument,
  CatalogDoubtsDocument,
  ModelReportDocument,
  type ModelReportQuery,
} from '../../../../client/insights.operations.js';
import { ChartCanvas } from '../charts/chart.canvas.js';
import { barChart } from '../charts/configs.js';
import { FoldedTable, numbers, type Table } from '../parts/data.table.js';
import { Figure } from '../parts/figure.js';
import { GarmentTile } from '../parts/garment.tile.js';
import { StatTiles } from '../parts/stat.tiles.js';
import { addressOf } from '../state/address.js';
import { instants } from '../state/period.js';
import { requestText, count, day, decimal } from '../words/format.js';
import { Confusions, GoldenRuns, Releases } from './model.history.js';
import { METRIC_GROUPS, type MetricGroup } from '../words/metric.groups.js';

type Report = ModelReportQuery;
type Metric = Report['insights']['modelReport']['metrics'][number];

export function ModelSection(): JSX.Element {
  return (
    <div class="figures">
      <Figure
        title="Evaluation metrics"
        hint="Measured on garments and requests outside the training data, with 95% bootstrap intervals. models/training/README.md in the repository explains each metric."
        operation={ModelReportDocument}
        variables={{}}
        byGet
        isWide
      >
        {(report) => <ModelCard report={report} />}
      </Figure>
      <Confusions />
      <Releases />
      <Mislabeled />
      <WeakResults />
      <GoldenRuns />
    </div>
  );
}

function ModelCard({ report }: { report: Report }): JSX.Element {
  const { model, insights } = report;
  const { trainedAt, metrics } = insights.modelReport;
  return (
    <>
      <StatTiles
        stats={[
          { name: 'Model', value: model.id, note: `${model.dimensions} dimensions, on ${model.executionProvider}` },
          { name: 'Trained', value: trainedAt ? `${day(trainedAt)} ${trainedAt.slice(0, 4)}` : 'unknown' },
          { name: 'Text encoder', value: model.textEncoder },
          { name: 'Image encoder', value: model.imageEncoder },
        ]}
      />
      {metrics.length === 0 && (
        <p class="empty">
          <b>This bundle has no metrics.</b> <code>npm run fitroom -- evaluate</code> measures them.
        </p>
      )}
      {groupsOf(metrics).map(([group, groupMetrics], i) => (
        <details class="metrics" key={group.title} open={i < 2}>
          <summary>
            <h3>{group.title}</h3> <span class="hint">{group.hint}</span>
          </summary>
          <MetricChart group={group} metrics={groupMetrics} />
          <FoldedTable caption={group.title} table={tableOf(groupMetrics)} />
        </details>
      ))}
    </>
  );
}

function MetricChart({ group, metrics }: { group: MetricGroup; metrics: Metric[] }): JSX.Element {
  return (
    <ChartCanvas
      label={`${group.title}: ${metrics.length} metrics with intervals`}
      height={50 + 22 * metrics.length}
      dependsOn={metrics}
      configOf={({ accent }) =>
        barChart(
          metrics.map(({ name }) => name),
          [
            {
              label: group.title,
              color: accent,
              data: metrics.map(({ value }) => value),
              intervals: metrics.map(({ low, high }) => (low === null || high === null ? null : { low, high })),
            },
          ],
          { format: decimal, isHorizontal: true, max: 1 },
        )
      }
    />
  );
}

function tableOf(metrics: Metric[]): Table {
  return {
    columns: [{ name: 'Metric' }, ...numbers('Value', 'From', 'To', 'Rows')],
    rows: metrics.map(({ name, value, low, high, rows }) => [
      name,
      decimal(value),
      low === null ? '–' : decimal(low),
      high === null ? '–' : decimal(high),
      count(rows),
    ]),
  };
}

/** Returns the groups that have metrics. A metric belongs to the first group whose pattern matches its name. */
function groupsOf(metrics: Metric[]): [MetricGroup, Metric[]][] {
  const groups = METRIC_GROUPS.map((group): [MetricGroup, Metric[]] => [group, []]);
  for (const metric of metrics) groups.find(([group]) => group.pattern.test(metric.name))![1].push(metric);
  return groups.filter(([, groupMetrics]) => groupMetrics.length > 0);
}

function Mislabeled(): JSX.Element {
  return (
    <Figure
      title="Pictures that contradict their text"
      hint="Among the first 100 garments. Either the label or the model is wrong."
      operation={CatalogDoubtsDocument}
      variables={{}}
      emptyText={({ insights }) =>
        contradicted(insights.catalogDoubts.doubts).length === 0 ? (
          <p>
            <b>None among the first {insights.catalogDoubts.examined} garments.</b> The{' '}
            <a href={addressOf({ section: 'doubts' })}>catalog quality audit</a> checks the rest.
          </p>
        ) : null
      }
    >
      {({ insights }) => (
        <div class="tiles">
          {contradicted(insights.catalogDoubts.doubts).map(({ garment, message }) => (
            <GarmentTile key={garment.sku} garment={garment}>
              {message}
            </GarmentTile>
          ))}
        </div>
      )}
    </Figure>
  );
}

function contradicted<Doubt extends { code: string }>(doubts: Doubt[]): Doubt[] {
  return doubts.filter(({ code }) => code === 'PICTURE_CONTRADICTS_WORDS');
}

function WeakResults(): JSX.Element {
  return (
    <Figure
      title="Requests with weak results"
      hint="Among the latest 100 recommendations of the period. The catalog lacks such garments, or the model misunderstood the request."
      operation={AnswerStatusesDocument}
      variables={instants.value}
      emptyText={({ insights }) =>
        insights.recommendations.nodes.every(({ status }) => status !== 'WEAK') ? (
          <p>
            <b>None.</b> All of the latest {insights.recommendations.nodes.length} recommendations had matching
            garments.
          </p>
        ) : null
      }
    >
      {({ insights }) => (
        <ul class="requests">
          {insights.recommendations.nodes
            .filter(({ status }) => status === 'WEAK')
            .map((weak) => (
              <li key={weak.id}>
                <a href={addressOf({ section: 'answers', answer: weak.id })}>{requestText(weak)}</a>
              </li>
            ))}
        </ul>
      )}
    </Figure>
  );
}
