// A past request answered again: the same, or what has changed since and moved a place.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { ReplayDocument, type ReplayQuery } from '../../../../client/insights.operations.js';
import { Figure } from '../parts/figure.js';
import { GarmentTile } from '../parts/garment.tile.js';
import { decimal } from '../words/format.js';

type Replay = NonNullable<ReplayQuery['insights']['recommendation']>['replay'];

interface ReplayViewProps {
  id: string;
  /** In their order of then. */
  shownSkus: string[];
}

/** Only where it is asked for: it costs what an answer costs. */
export function ReplayView({ id, shownSkus }: ReplayViewProps): JSX.Element {
  const [isAsked, ask] = useState(false);
  if (!isAsked) {
    return (
      <section class="figure wide" aria-label="The same again">
        <h2>The same again</h2>
        <p class="hint">
          Answers the request as it was recorded, and says what has changed since where anything came out otherwise.
        </p>
        <p>
          <button type="button" class="quiet-button" onClick={() => ask(true)}>
            Answer it again
          </button>
        </p>
      </section>
    );
  }
  return (
    <Figure
      title="The same again"
      operation={ReplayDocument}
      variables={{ id, first: Math.max(1, shownSkus.length) }}
      isWide
    >
      {({ insights }) =>
        insights.recommendation && <Replayed replay={insights.recommendation.replay} then={shownSkus} />
      }
    </Figure>
  );
}

function Replayed({ replay, then }: { replay: Replay; then: string[] }): JSX.Element {
  const { identical, changes, edges } = replay;
  if (identical) {
    return (
      <p class="empty" role="status">
        <b>Identical:</b> the same garments at the same places, with the same scores to the last bit.
      </p>
    );
  }
  return (
    <>
      <div class="empty" role="status">
        <p>
          <b>It comes out otherwise.</b> {changes.length === 0 ? 'Nothing is known that moved a place.' : 'Since then:'}
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
              <b>{rank}</b> · {decimal(score)} · {placeThen(then.indexOf(node.sku) + 1, rank)}
            </GarmentTile>
          </li>
        ))}
      </ul>
    </>
  );
}

/** @param before 0: it was not there */
export function placeThen(before: number, now: number): string {
  if (before === 0) return 'new';
  return before === now ? 'as before' : `was ${before}`;
}
