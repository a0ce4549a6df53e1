// What shoppers ask for and hardly find.
import type { JSX } from 'preact';
import { AskAgainDocument, SearchGapsDocument, type SearchGapsQuery } from '../../../../client/insights.operations.js';
import { ChartCanvas } from '../charts/chart.canvas.js';
import { barChart } from '../charts/configs.js';
import { Figure } from '../parts/figure.js';
import { PlaygroundLink } from '../parts/playground.link.js';
import { addressOf } from '../state/address.js';
import { instants } from '../state/period.js';
import { count, decimal } from '../words/format.js';

const CHARTED = 12;

type Gap = SearchGapsQuery['insights']['searchGaps'][number];

export function GapsSection(): JSX.Element {
  return (
    <div class="figures">
      <Figure
        title="What shoppers miss"
        hint="Requests of one meaning whose answers were not OK, in the words that were used most. Similarity is the highest cosine to a garment that was shown: the lower, the further off is all there is."
        operation={SearchGapsDocument}
        variables={{ ...instants.value, first: 50 }}
        isWide
        isTableOpen
        emptyText={({ insights }) =>
          insights.searchGaps.length === 0 ? (
            <p>
              <b>No request of this period was left without good matches</b>, or none was made. What was asked is under{' '}
              <a href={addressOf({ section: 'answers' })}>Answers</a>.
            </p>
          ) : null
        }
        table={({ insights }) => ({
          columns: [
            { name: 'Asked for' },
            { name: 'Times', isNumber: true },
            { name: 'Best similarity', isNumber: true },
            { name: 'Other wordings' },
            { name: 'Look closer' },
          ],
          rows: insights.searchGaps.map(rowOf),
        })}
      >
        {({ insights }) => <GapChart gaps={insights.searchGaps.slice(0, CHARTED)} />}
      </Figure>
    </div>
  );
}

function rowOf(gap: Gap): (JSX.Element | string)[] {
  return [
    <b>{gap.text}</b>,
    count(gap.count),
    decimal(gap.bestSimilarity),
    gap.texts.filter((text) => text !== gap.text).join(' · ') || '–',
    <span class="row-links">
      <a href={addressOf({ section: 'answers', answer: gap.recommendationId })}>
        The latest answer<span class="unseen"> to {gap.text}</span>
      </a>
      <PlaygroundLink about={gap.text} query={AskAgainDocument} variables={{ input: { text: gap.text } }}>
        Ask it in the playground
      </PlaygroundLink>
    </span>,
  ];
}

function GapChart({ gaps }: { gaps: Gap[] }): JSX.Element {
  return (
    <ChartCanvas
      label={`How often each was asked for: ${gaps.map(({ text, count: of }) => `${text} ${of}`).join(', ')}`}
      height={60 + 26 * gaps.length}
      of={gaps.map(({ text, count: of }) => text + of).join()}
      configOf={({ accent }) =>
        barChart(
          gaps.map(({ text }) => (text.length > 34 ? `${text.slice(0, 33)}…` : text)),
          [{ label: 'Times', color: accent, data: gaps.map(({ count: of }) => of) }],
          { format: count, isLevel: true },
        )
      }
    />
  );
}
