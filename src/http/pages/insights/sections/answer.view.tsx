// One past answer: how it was understood, what was shown and why, what came of it, where the time went.
import type { JSX } from 'preact';
import { AskAgainDocument, PastAnswerDocument, type PastAnswerQuery } from '../../../../client/insights.operations.js';
import { ChartCanvas } from '../charts/chart.canvas.js';
import { barChart } from '../charts/configs.js';
import { Figure } from '../parts/figure.js';
import { GarmentTile } from '../parts/garment.tile.js';
import { PlaygroundLink } from '../parts/playground.link.js';
import { addressOf } from '../state/address.js';
import {
  asked,
  count,
  decimal,
  FEEDBACK_KINDS,
  fusionInWords,
  inWords,
  milliseconds,
  moment,
  percent,
} from '../words/format.js';
import { ContributionChart, contributionTable } from './contribution.chart.js';
import { ReplayView } from './replay.view.js';
import { WhatIfView } from './what.if.view.js';

type PastAnswer = NonNullable<PastAnswerQuery['insights']['recommendation']>;

interface AnswerProps {
  answer: PastAnswer;
  /** Of the store, for their names. */
  experiments: PastAnswerQuery['experiments'];
}

/** Types less likely than this say nothing. */
const LEAST_PROBABILITY = 0.01;

export function AnswerView({ id }: { id: string }): JSX.Element {
  return (
    <>
      <p class="back">
        <a href={addressOf({ section: 'answers' })}>← All answers</a>
      </p>
      <div class="figures">
        <Figure
          title="One answer"
          operation={PastAnswerDocument}
          variables={{ id }}
          isWide
          emptyText={({ insights }) =>
            insights.recommendation === null ? (
              <p>
                <b>No answer is kept under this id.</b> Answers are dropped after FITROOM_LOG_DAYS days, by default 30.
              </p>
            ) : null
          }
          table={({ insights }) => contributionTable(insights.recommendation!.shown)}
          following={({ insights, model }) => (
            <>
              <ReplayView id={id} shownSkus={insights.recommendation!.shownSkus} />
              <WhatIfView id={id} answer={insights.recommendation!} methods={model.fusionMethods} />
            </>
          )}
        >
          {({ insights, experiments }) => <Answer answer={insights.recommendation!} experiments={experiments} />}
        </Figure>
      </div>
    </>
  );
}

function Answer({ answer, experiments }: AnswerProps): JSX.Element {
  const { avoid, shown, feedback } = answer;
  return (
    <>
      <p class="asked">
        “{asked(answer)}”{avoid && <span> but not “{avoid}”</span>}
      </p>
      <Circumstances answer={answer} />
      <div class="beside">
        <Understood answer={answer} experiments={experiments} />
        <Latency answer={answer} />
      </div>
      <h3>What was shown, and why</h3>
      <ul class="tiles">
        {shown.map(({ rank, score, node, explanation }) => (
          <li key={node.sku}>
            <GarmentTile garment={node}>
              <b>{rank}</b> · {decimal(score)}
              <Told feedback={feedback.filter(({ sku }) => sku === node.sku)} />
              <br />
              {explanation.reasons.slice(0, 2).join(' · ')}
            </GarmentTile>
          </li>
        ))}
      </ul>
      <Missing answer={answer} />
      <h3>What each score is made of</h3>
      <ContributionChart shown={shown} />
    </>
  );
}

/** When, how good, how long; and where else it can be looked at. */
function Circumstances({ answer }: { answer: PastAnswer }): JSX.Element {
  const { id, at, text, avoid, status, latencyMs } = answer;
  const input = { text, ...(avoid && { avoid }) };
  return (
    <p class="hint circumstances">
      <time dateTime={at}>{moment(at)}</time>
      <span data-status={status} class="status">
        {status}
      </span>
      <span>{milliseconds(latencyMs)}</span>
      {text && (
        <PlaygroundLink about={text} query={AskAgainDocument} variables={{ input }}>
          Ask it again in the playground
        </PlaygroundLink>
      )}
      <a href={addressOf({ section: 'map', answer: id })}>See it on the map</a>
    </p>
  );
}

function Told({ feedback }: { feedback: PastAnswer['feedback'] }): JSX.Element | null {
  const kinds = FEEDBACK_KINDS.filter((kind) => feedback.some((one) => one.kind === kind));
  if (kinds.length === 0) return null;
  return (
    <>
      {kinds.map((kind) => (
        <span key={kind} class="told" data-kind={kind}>
          {inWords(kind)}
        </span>
      ))}
    </>
  );
}

function Missing({ answer }: { answer: PastAnswer }): JSX.Element | null {
  const gone = answer.shownSkus.filter((sku) => !answer.shown.some(({ node }) => node.sku === sku));
  if (gone.length === 0) return null;
  return (
    <p class="hint">
      {count(gone.length)} of what was shown have left the catalog: {gone.join(', ')}
    </p>
  );
}

function Understood({ answer, experiments }: AnswerProps): JSX.Element {
  const { garmentTypes, colors, model } = answer.query;
  const likely = garmentTypes.filter(({ probability }) => probability >= LEAST_PROBABILITY);
  const facts: [string, string][] = [
    ['Colours', colors.join(', ') || 'none'],
    ['Words and picture', fusionInWords(answer.query)],
    ['Diversity', decimal(answer.diversity)],
    ['Model', model],
    ...answer.experiments.map(({ experiment, variant }): [string, string] => [
      'Experiment',
      `${variant} (${experiments.find(({ id }) => id === experiment)?.name ?? experiment})`,
    ]),
  ];
  return (
    <div>
      <h3>How it was understood</h3>
      <ChartCanvas
        label={`Types: ${likely.map(({ garmentType, probability }) => `${inWords(garmentType)} ${percent(probability)}`).join(', ')}`}
        height={40 + 26 * likely.length}
        of={answer.id}
        configOf={({ accent }) =>
          barChart(
            likely.map(({ garmentType }) => inWords(garmentType)),
            [{ label: 'Probability', color: accent, data: likely.map(({ probability }) => probability) }],
            { format: percent, isLevel: true, max: 1 },
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

function Latency({ answer }: { answer: PastAnswer }): JSX.Element {
  const { latencyByStage, latencyMs } = answer;
  return (
    <div>
      <h3>Where the time went</h3>
      <ChartCanvas
        label={`Of ${milliseconds(latencyMs)}: ${latencyByStage.map(({ stage, latencyMs: of }) => `${stage} ${milliseconds(of)}`).join(', ')}`}
        height={40 + 30 * latencyByStage.length}
        of={answer.id}
        configOf={({ kinds }) =>
          barChart(
            latencyByStage.map(({ stage }) => inWords(stage)),
            [{ label: 'Time', color: kinds[1]!, data: latencyByStage.map(({ latencyMs: of }) => of) }],
            { format: milliseconds, isLevel: true },
          )
        }
      />
      <p class="hint">Stages may overlap; together with what is between them it took {milliseconds(latencyMs)}.</p>
    </div>
  );
}
