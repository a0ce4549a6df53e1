// The model card: what was measured of the running model, how sure it is, and what it gets wrong in this catalog.
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
import { asked, count, day, decimal } from '../words/format.js';
import { Confusions, GoldenRuns, Releases } from './model.history.js';
import { METRIC_GROUPS, type MetricGroup } from '../words/metric.groups.js';

type Report = ModelReportQuery;
type Metric = Report['insights']['modelReport']['metrics'][number];

export function ModelSection(): JSX.Element {
  return (
    <div class="figures">
      <Figure
        title="What was measured"
        hint="On garments and requests that the model was not trained on, with 95 % bootstrap intervals. What each name means is in models/training/README.md of the repository."
        operation={ModelReportDocument}
        variables={{}}
        byGet
        isWide
      >
        {(report) => <ModelCard report={report} />}
      </Figure>
      <Confusions />
      <Releases />
      <Mislabelled />
      <WeakAnswers />
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
          { name: 'Trained', value: trainedAt ? `${day(trainedAt)} ${trainedAt.slice(0, 4)}` : 'not said' },
          { name: 'Words', value: model.textEncoder },
          { name: 'Pictures', value: model.imageEncoder },
        ]}
      />
      {metrics.length === 0 && (
        <p class="empty">
          <b>This bundle carries no figures.</b> <code>npm run fitroom -- evaluate</code> measures them.
        </p>
      )}
      {groupsOf(metrics).map(([group, of], i) => (
        <details class="metrics" key={group.title} open={i < 2}>
          <summary>
            <h3>{group.title}</h3> <span class="hint">{group.hint}</span>
          </summary>
          <MetricChart group={group} metrics={of} />
          <FoldedTable caption={group.title} table={tableOf(of)} />
        </details>
      ))}
    </>
  );
}

function MetricChart({ group, metrics }: { group: MetricGroup; metrics: Metric[] }): JSX.Element {
  return (
    <ChartCanvas
      label={`${group.title}: ${metrics.length} figures with intervals`}
      height={50 + 22 * metrics.length}
      of={metrics}
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
          { format: decimal, isLevel: true, max: 1 },
        )
      }
    />
  );
}

function tableOf(metrics: Metric[]): Table {
  return {
    columns: [{ name: 'Figure' }, ...numbers('Value', 'From', 'to', 'Rows')],
    rows: metrics.map(({ name, value, low, high, rows }) => [
      name,
      decimal(value),
      low === null ? '–' : decimal(low),
      high === null ? '–' : decimal(high),
      count(rows),
    ]),
  };
}

/** Each figure in the first group that takes it. */
function groupsOf(metrics: Metric[]): [MetricGroup, Metric[]][] {
  const groups = METRIC_GROUPS.map((group): [MetricGroup, Metric[]] => [group, []]);
  for (const metric of metrics) groups.find(([group]) => group.takes.test(metric.name))![1].push(metric);
  return groups.filter(([, of]) => of.length > 0);
}

function Mislabelled(): JSX.Element {
  return (
    <Figure
      title="Where picture and words disagree"
      hint="Among the first 100 garments: either the label is wrong or the model is."
      operation={CatalogDoubtsDocument}
      variables={{}}
      emptyText={({ insights }) =>
        contradicted(insights.catalogDoubts.doubts).length === 0 ? (
          <p>
            <b>None among the first {insights.catalogDoubts.examined} garments.</b> The rest is looked at under{' '}
            <a href={addressOf({ section: 'doubts' })}>Catalog doubts</a>.
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

function WeakAnswers(): JSX.Element {
  return (
    <Figure
      title="Requests it found nothing good for"
      hint="Of the latest 100 answers of the period. Some ask for what the catalog lacks; the others it did not understand."
      operation={AnswerStatusesDocument}
      variables={instants.value}
      emptyText={({ insights }) =>
        insights.recommendations.nodes.every(({ status }) => status !== 'WEAK') ? (
          <p>
            <b>None.</b> Every one of the latest {insights.recommendations.nodes.length} answers had something that
            fits.
          </p>
        ) : null
      }
    >
      {({ insights }) => (
        <ul class="requests">
          {insights.recommendations.nodes
            .filter(({ status }) => status === 'WEAK')
            .map((one) => (
              <li key={one.id}>
                <a href={addressOf({ section: 'answers', answer: one.id })}>{asked(one)}</a>
              </li>
            ))}
        </ul>
      )}
    </Figure>
  );
}
