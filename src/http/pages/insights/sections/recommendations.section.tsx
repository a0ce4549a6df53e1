// The recommendation log: the list of recommendations, and one recommendation in detail.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { PastAnswersDocument, type PastAnswersQuery } from '../../../../client/insights.operations.js';
import { DataTable, type Column } from '../parts/data.table.js';
import { Figure } from '../parts/figure.js';
import { NoRecommendations } from '../parts/empty.states.js';
import { addressOf, currentView } from '../state/address.js';
import { instants } from '../state/period.js';
import { requestText, count, FEEDBACK_KINDS, readable, milliseconds, moment } from '../words/format.js';
import { RecommendationView } from './recommendation.view.js';

const PAGE = 25;
const COLUMNS: Column[] = [
  { name: 'Time' },
  { name: 'Request' },
  { name: 'Status' },
  { name: 'Garments', isNumber: true },
  { name: 'Latency', isNumber: true },
  { name: 'Feedback' },
];

type Logged = PastAnswersQuery['insights']['recommendations']['nodes'][number];

export function RecommendationsSection(): JSX.Element {
  const { answer: id } = currentView.value;
  return id === null ? (
    <RecommendationList key={JSON.stringify(instants.value)} />
  ) : (
    <RecommendationView key={id} id={id} />
  );
}

function RecommendationList(): JSX.Element {
  const [before, setBefore] = useState('');
  // the cursors of the opened pages, the current page last
  const [pages, setPages] = useState<(string | null)[]>([null]);
  const { from, to } = instants.value;
  const end = before === '' ? to : `${before}:00.000Z`;
  const search = (time: string): void => {
    setBefore(time);
    setPages([null]);
  };
  return (
    <div class="figures">
      <Figure
        title="Logged recommendations"
        hint={<BeforeChooser before={before} from={from} to={to} onChoose={search} />}
        operation={PastAnswersDocument}
        variables={{ from, to: end, first: PAGE, after: pages.at(-1) ?? null }}
        isWide
        emptyText={({ insights }) => (insights.recommendations.nodes.length === 0 ? <NoRecommendations /> : null)}
      >
        {({ insights: { recommendations } }) => (
          <>
            <DataTable
              caption="Logged recommendations"
              isWhole
              table={{ columns: COLUMNS, rows: recommendations.nodes.map(rowOf) }}
            />
            <PageButtons
              isFirst={pages.length === 1}
              next={recommendations.pageInfo.hasNextPage ? recommendations.pageInfo.endCursor : null}
              onBack={() => setPages((all) => all.slice(0, -1))}
              onNext={(cursor) => setPages((all) => [...all, cursor])}
            />
          </>
        )}
      </Figure>
    </div>
  );
}

interface BeforeChooserProps {
  before: string;
  from: string;
  to: string;
  onChoose: (time: string) => void;
}

function BeforeChooser({ before, from, to, onChoose }: BeforeChooserProps): JSX.Element {
  return (
    <label class="before">
      Newest first, before (UTC){' '}
      <input
        type="datetime-local"
        value={before}
        min={from.slice(0, 16)}
        max={to.slice(0, 16)}
        onChange={({ currentTarget }) => onChoose(currentTarget.value)}
      />
    </label>
  );
}

interface PageButtonsProps {
  isFirst: boolean;
  next: string | null;
  onBack: () => void;
  onNext: (cursor: string) => void;
}

function PageButtons({ isFirst, next, onBack, onNext }: PageButtonsProps): JSX.Element | null {
  if (isFirst && next === null) return null;
  return (
    <nav class="turn" aria-label="Pages of recommendations">
      <button type="button" class="quiet-button" disabled={isFirst} onClick={onBack}>
        Newer
      </button>
      <button type="button" class="quiet-button" disabled={next === null} onClick={() => next !== null && onNext(next)}>
        Older
      </button>
    </nav>
  );
}

function rowOf(logged: Logged): (JSX.Element | string)[] {
  return [
    <time dateTime={logged.at}>{moment(logged.at)}</time>,
    <a href={addressOf({ section: 'answers', answer: logged.id })}>{requestText(logged)}</a>,
    <span class="status" data-status={logged.status}>
      {logged.status}
    </span>,
    count(logged.shownSkus.length),
    milliseconds(logged.latencyMs),
    feedbackText(logged.feedback),
  ];
}

function feedbackText(feedback: Logged['feedback']): string {
  const counts = FEEDBACK_KINDS.map((kind) => [kind, feedback.filter((event) => event.kind === kind).length] as const);
  const parts = counts
    .filter(([, total]) => total > 0)
    .map(([kind, total]) => `${total} × ${readable(kind).toLowerCase()}`);
  return parts.join(', ') || '–';
}
