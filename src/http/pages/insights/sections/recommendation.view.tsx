// One logged recommendation: query understanding, garments with reasons and scores, feedback, latency.
import type { JSX } from 'preact';
import { AskAgainDocument, PastAnswerDocument, type PastAnswerQuery } from '../../../../client/insights.operations.js';
import { ChartCanvas } from '../charts/chart.canvas.js';
import { barChart } from '../charts/configs.js';
import { Figure } from '../parts/figure.js';
import { GarmentTile } from '../parts/garment.tile.js';
import { PlaygroundLink } from '../parts/playground.link.js';
import { addressOf } from '../state/address.js';
import {
  requestText,
  count,
  decimal,
  FEEDBACK_KINDS,
  fusionText,
  readable,
  milliseconds,
  moment,
  percent,
} from '../words/format.js';
import { ContributionChart, contributionTable } from './contribution.chart.js';
import { ReplayView } from './replay.view.js';
import { WhatIfView } from './what.if.view.js';

type Logged = NonNullable<PastAnswerQuery['insights']['recommendation']>;

interface RecommendationProps {
  logged: Logged;
  /** The experiments of the store, for their names. */
  experiments: PastAnswerQuery['experiments'];
}

/** The chart leaves out types with a lower probability. */
const MIN_PROBABILITY = 0.01;

export function RecommendationView({ id }: { id: string }): JSX.Element {
  return (
    <>
      <p class="back">
        <a href={addressOf({ section: 'answers' })}>← All recommendations</a>
      </p>
      <div class="figures">
        <Figure
          title="Recommendation"
          operation={PastAnswerDocument}
          variables={{ id }}
          isWide
          emptyText={({ insights }) =>
            insights.recommendation === null ? (
              <p>
                <b>The log has no recommendation with this id.</b> The server deletes recommendations after
                FITROOM_LOG_DAYS days, by default 30.
              </p>
            ) : null
          }
          table={({ insights }) => contributionTable(insights.recommendation!.shown)}
          following={({ insights, model }) => (
            <>
              <ReplayView id={id} shownSkus={insights.recommendation!.shownSkus} />
              <WhatIfView id={id} logged={insights.recommendation!} methods={model.fusionMethods} />
            </>
          )}
        >
          {({ insights, experiments }) => (
            <Recommendation logged={insights.recommendation!} experiments={experiments} />
          )}
        </Figure>
      </div>
    </>
  );
}

function Recommendation({ logged, experiments }: RecommendationProps): JSX.Element {
  const { avoid, shown, feedback } = logged;
  return (
    <>
      <p class="request-text">
        “{requestText(logged)}”{avoid && <span>, avoid “{avoid}”</span>}
      </p>
      <Summary logged={logged} />
      <div class="side-by-side">
        <QueryUnderstanding logged={logged} experiments={experiments} />
        <Latency logged={logged} />
      </div>
      <h3>Garments and reasons</h3>
      <ul class="tiles">
        {shown.map(({ rank, score, node, explanation }) => (
          <li key={node.sku}>
            <GarmentTile garment={node}>
              <b>{rank}</b> · {decimal(score)}
              <FeedbackKinds feedback={feedback.filter(({ sku }) => sku === node.sku)} />
              <br />
              {explanation.reasons.slice(0, 2).join(' · ')}
            </GarmentTile>
          </li>
        ))}
      </ul>
      <Missing logged={logged} />
      <h3>Score contributions</h3>
      <ContributionChart shown={shown} />
    </>
  );
}

/** Time, status and latency of the recommendation, with links to the playground and the map. */
function Summary({ logged }: { logged: Logged }): JSX.Element {
  const { id, at, text, avoid, status, latencyMs } = logged;
  const input = { text, ...(avoid && { avoid }) };
  return (
    <p class="hint summary-line">
      <time dateTime={at}>{moment(at)}</time>
      <span data-status={status} class="status">
        {status}
      </span>
      <span>{milliseconds(latencyMs)}</span>
      {text && (
        <PlaygroundLink about={text} query={AskAgainDocument} variables={{ input }}>
          Run it in the playground
        </PlaygroundLink>
      )}
      <a href={addressOf({ section: 'map', answer: id })}>Show it on the map</a>
    </p>
  );
}

function FeedbackKinds({ feedback }: { feedback: Logged['feedback'] }): JSX.Element | null {
  const kinds = FEEDBACK_KINDS.filter((kind) => feedback.some((event) => event.kind === kind));
  if (kinds.length === 0) return null;
  return (
    <>
      {kinds.map((kind) => (
        <span key={kind} class="feedback-kind" data-kind={kind}>
          {readable(kind)}
        </span>
      ))}
    </>
  );
}

function Missing({ logged }: { logged: Logged }): JSX.Element | null {
  const gone = logged.shownSkus.filter((sku) => !logged.shown.some(({ node }) => node.sku === sku));
  if (gone.length === 0) return null;
  return (
    <p class="hint">
      {count(gone.length)} of the garments shown are no longer in the catalog: {gone.join(', ')}
    </p>
  );
}

function QueryUnderstanding({ logged, experiments }: RecommendationProps): JSX.Element {
  const { garmentTypes, colors, model } = logged.query;
  const likely = garmentTypes.filter(({ probability }) => probability >= MIN_PROBABILITY);
  const facts: [string, string][] = [
    ['Colors', colors.join(', ') || 'none'],
    ['Text and picture', fusionText(logged.query)],
    ['Diversity', decimal(logged.diversity)],
    ['Model', model],
    ...logged.experiments.map(({ experiment, variant }): [string, string] => [
      'Experiment',
      `${variant} (${experiments.find(({ id }) => id === experiment)?.name ?? experiment})`,
    ]),
  ];
  return (
    <div>
      <h3>Query understanding</h3>
      <ChartCanvas
        label={`Types: ${likely.map(({ garmentType, probability }) => `${readable(garmentType)} ${percent(probability)}`).join(', ')}`}
        height={40 + 26 * likely.length}
        dependsOn={logged.id}
        configOf={({ accent }) =>
          barChart(
            likely.map(({ garmentType }) => readable(garmentType)),
            [{ label: 'Probability', color: accent, data: likely.map(({ probability }) => probability) }],
            { format: percent, isHorizontal: true, max: 1 },
          )
        }
      />
      <dl class="facts">
        {facts.map(([name, value]) => (
          <div key={name + value}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Latency({ logged }: { logged: Logged }): JSX.Element {
  const { latencyByStage, latencyMs } = logged;
  return (
    <div>
      <h3>Latency by stage</h3>
      <ChartCanvas
        label={`Total ${milliseconds(latencyMs)}: ${latencyByStage.map(({ stage, latencyMs: ms }) => `${stage} ${milliseconds(ms)}`).join(', ')}`}
        height={40 + 30 * latencyByStage.length}
        dependsOn={logged.id}
        configOf={({ kinds }) =>
          barChart(
            latencyByStage.map(({ stage }) => readable(stage)),
            [{ label: 'Time', color: kinds[1]!, data: latencyByStage.map(({ latencyMs: ms }) => ms) }],
            { format: milliseconds, isHorizontal: true },
          )
        }
      />
      <p class="hint">Stages can overlap. The whole recommendation took {milliseconds(latencyMs)}.</p>
    </div>
  );
}
