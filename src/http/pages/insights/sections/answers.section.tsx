// The log: what was asked, when, and one answer by itself.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { PastAnswersDocument, type PastAnswersQuery } from '../../../../client/insights.operations.js';
import { DataTable, type Column } from '../parts/data.table.js';
import { Figure } from '../parts/figure.js';
import { NothingAsked } from '../parts/nothing.js';
import { addressOf, place } from '../state/address.js';
import { instants } from '../state/period.js';
import { asked, count, FEEDBACK_KINDS, inWords, milliseconds, moment } from '../words/format.js';
import { AnswerView } from './answer.view.js';

const PAGE = 25;
const COLUMNS: Column[] = [
  { name: 'When' },
  { name: 'Asked for' },
  { name: 'Answer' },
  { name: 'Shown', isNumber: true },
  { name: 'Time', isNumber: true },
  { name: 'What came of it' },
];

type Logged = PastAnswersQuery['insights']['recommendations']['nodes'][number];

export function AnswersSection(): JSX.Element {
  const { answer } = place.value;
  return answer === null ? (
    <AnswerList key={JSON.stringify(instants.value)} />
  ) : (
    <AnswerView key={answer} id={answer} />
  );
}

function AnswerList(): JSX.Element {
  const [before, setBefore] = useState('');
  // the cursors of the pages that were turned to
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
        title="Past answers"
        hint={<BeforeChooser before={before} from={from} to={to} onChoose={search} />}
        operation={PastAnswersDocument}
        variables={{ from, to: end, first: PAGE, after: pages.at(-1) ?? null }}
        isWide
        emptyText={({ insights }) => (insights.recommendations.nodes.length === 0 ? <NothingAsked /> : null)}
      >
        {({ insights: { recommendations } }) => (
          <>
            <DataTable
              caption="Past answers"
              isWhole
              table={{ columns: COLUMNS, rows: recommendations.nodes.map(rowOf) }}
            />
            <Turn
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
      The newest first, before (UTC){' '}
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

interface TurnProps {
  isFirst: boolean;
  next: string | null;
  onBack: () => void;
  onNext: (cursor: string) => void;
}

function Turn({ isFirst, next, onBack, onNext }: TurnProps): JSX.Element | null {
  if (isFirst && next === null) return null;
  return (
    <nav class="turn" aria-label="Pages of answers">
      <button type="button" class="quiet-button" disabled={isFirst} onClick={onBack}>
        Newer
      </button>
      <button type="button" class="quiet-button" disabled={next === null} onClick={() => next !== null && onNext(next)}>
        Older
      </button>
    </nav>
  );
}

function rowOf(one: Logged): (JSX.Element | string)[] {
  return [
    <time dateTime={one.at}>{moment(one.at)}</time>,
    <a href={addressOf({ section: 'answers', answer: one.id })}>{asked(one)}</a>,
    <span class="status" data-status={one.status}>
      {one.status}
    </span>,
    count(one.shownSkus.length),
    milliseconds(one.latencyMs),
    feedbackText(one.feedback),
  ];
}

function feedbackText(feedback: Logged['feedback']): string {
  const counts = FEEDBACK_KINDS.map((kind) => [kind, feedback.filter((one) => one.kind === kind).length] as const);
  const told = counts.filter(([, of]) => of > 0).map(([kind, of]) => `${of} × ${inWords(kind).toLowerCase()}`);
  return told.join(', ') || '–';
}
