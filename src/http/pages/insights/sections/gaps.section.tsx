// Search gaps: requests for garments that the catalog hardly has.
import type { JSX } from 'preact';
import { AskAgainDocument, SearchGapsDocument, type SearchGapsQuery } from '../../../../client/insights.operations.js';
import { ChartCanvas } from '../charts/chart.canvas.js';
import { barChart } from '../charts/configs.js';
import { Figure } from '../parts/figure.js';
import { PlaygroundLink } from '../parts/playground.link.js';
import { addressOf } from '../state/address.js';
import { instants } from '../state/period.js';
import { count, decimal } from '../words/format.js';

const MAX_BARS = 12;

type Gap = SearchGapsQuery['insights']['searchGaps'][number];

export function GapsSection(): JSX.Element {
  return (
    <div class="figures">
      <Figure
        title="Requests without good matches"
        hint="Requests of the same meaning whose status was not OK, in their most frequent wording. Similarity is the highest cosine similarity to a garment shown. A low value means that the catalog has nothing similar."
        operation={SearchGapsDocument}
        variables={{ ...instants.value, first: 50 }}
        isWide
        isTableOpen
        emptyText={({ insights }) =>
          insights.searchGaps.length === 0 ? (
            <p>
              <b>All requests of this period had good matches</b>, or there were no requests. See{' '}
              <a href={addressOf({ section: 'answers' })}>Recommendations</a>.
            </p>
          ) : null
        }
        table={({ insights }) => ({
          columns: [
            { name: 'Request' },
            { name: 'Count', isNumber: true },
            { name: 'Best similarity', isNumber: true },
            { name: 'Other wordings' },
            { name: 'Details' },
          ],
          rows: insights.searchGaps.map(rowOf),
        })}
      >
        {({ insights }) => <GapChart gaps={insights.searchGaps.slice(0, MAX_BARS)} />}
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
        Latest<span class="unseen"> recommendation for {gap.text}</span>
      </a>
      <PlaygroundLink about={gap.text} query={AskAgainDocument} variables={{ input: { text: gap.text } }}>
        Run in the playground
      </PlaygroundLink>
    </span>,
  ];
}

function GapChart({ gaps }: { gaps: Gap[] }): JSX.Element {
  return (
    <ChartCanvas
      label={`Number of requests: ${gaps.map(({ text, count: total }) => `${text} ${total}`).join(', ')}`}
      height={60 + 26 * gaps.length}
      dependsOn={gaps.map(({ text, count: total }) => text + total).join()}
      configOf={({ accent }) =>
        barChart(
          gaps.map(({ text }) => (text.length > 34 ? `${text.slice(0, 33)}…` : text)),
          [{ label: 'Count', color: accent, data: gaps.map(({ count: total }) => total) }],
          { format: count, isHorizontal: true },
        )
      }
    />
  );
}
