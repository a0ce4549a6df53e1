// The replay of a logged recommendation, and its differences from the original.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { ReplayDocument, type ReplayQuery } from '../../../../client/insights.operations.js';
import { Figure } from '../parts/figure.js';
import { GarmentTile } from '../parts/garment.tile.js';
import { decimal } from '../words/format.js';

type Replay = NonNullable<ReplayQuery['insights']['recommendation']>['replay'];

interface ReplayViewProps {
  id: string;
  /** The SKUs in their original order. */
  shownSkus: string[];
}

/** Starts only after a click, because a replay costs as much as a recommendation. */
export function ReplayView({ id, shownSkus }: ReplayViewProps): JSX.Element {
  const [isStarted, setStarted] = useState(false);
  if (!isStarted) {
    return (
      <section class="figure wide" aria-label="Replay">
        <h2>Replay</h2>
        <p class="hint">
          Runs the logged request again. If the result differs, the replay lists the changes since then.
        </p>
        <p>
          <button type="button" class="quiet-button" onClick={() => setStarted(true)}>
            Run the replay
          </button>
        </p>
      </section>
    );
  }
  return (
    <Figure title="Replay" operation={ReplayDocument} variables={{ id, first: Math.max(1, shownSkus.length) }} isWide>
      {({ insights }) =>
        insights.recommendation && <ReplayResult replay={insights.recommendation.replay} before={shownSkus} />
      }
    </Figure>
  );
}

function ReplayResult({ replay, before }: { replay: Replay; before: string[] }): JSX.Element {
  const { identical, changes, edges } = replay;
  if (identical) {
    return (
      <p class="empty" role="status">
        <b>Identical:</b> the same garments at the same ranks, with the same scores to the last bit.
      </p>
    );
  }
  return (
    <>
      <div class="empty" role="status">
        <p>
          <b>The result differs.</b> {changes.length === 0 ? 'No known change explains it.' : 'Changes since then:'}
        </p>
        <ul>
          {changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      </div>
      <ul class="tiles">
        {edges.map(({ rank, score, node }) => (
          <li key={node.sku}>
            <GarmentTile garment={node}>
              <b>{rank}</b> · {decimal(score)} · {rankChange(before.indexOf(node.sku) + 1, rank)}
            </GarmentTile>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Returns a note on the earlier rank. @param before the earlier rank; 0 for a garment that was not there */
export function rankChange(before: number, now: number): string {
  if (before === 0) return 'new';
  return before === now ? 'same rank' : `was ${before}`;
}
