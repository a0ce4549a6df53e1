// What in the catalog is worth a second look: near-duplicates, and pictures that contradict their words.
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { CatalogDoubtsDocument, type CatalogDoubtsQuery } from '../../../../client/insights.operations.js';
import { api } from '../../shared/api.js';
import { failureOf } from '../../shared/failure.js';
import { Failure } from '../parts/figure.js';
import { GarmentTile } from '../parts/garment.tile.js';
import { PlaygroundLink } from '../parts/playground.link.js';
import { isRefusal, keysGiven, refusal } from '../state/lock.js';
import { count } from '../words/format.js';

/** Of 100 garments each; the next ones are looked at when that is asked for. */
const STRETCHES_AT_ONCE = 10;

export type Doubt = CatalogDoubtsQuery['insights']['catalogDoubts']['doubts'][number];

interface Looked {
  doubts: Doubt[];
  examined: number;
  /** Null at the end of the catalog. */
  endCursor: string | null;
}

const NOTHING_YET: Looked = { doubts: [], examined: 0, endCursor: null };

export function DoubtsSection(): JSX.Element {
  const { looked, isBusy, problem, look } = useLooking();
  const { doubts, examined, endCursor } = looked;
  const pairs = pairsOf(doubts.filter(({ code }) => code === 'NEAR_DUPLICATE'));
  const contradictions = doubts.filter(({ code }) => code !== 'NEAR_DUPLICATE');
  const whole = endCursor === null && examined > 0 ? 'That is the whole catalog.' : '';
  return (
    <div class="figures" aria-busy={isBusy}>
      <p class="wide looked" role="status">
        {count(examined)} garments looked at: {count(pairs.length)} pairs of near-duplicates,{' '}
        {count(contradictions.length)} pictures that contradict their words. {isBusy ? 'Looking on…' : whole}
      </p>
      {problem && <Failure message={problem} again={look} />}
      <Section
        title="Near-duplicates"
        hint="Almost the same picture under two numbers. Two sizes or two sellers of one garment belong together; the rest is one too many."
      >
        {pairs.map((doubt) => (
          <Pair key={doubt.garment.sku} doubt={doubt} />
        ))}
      </Section>
      <Section
        title="Mislabelled"
        hint="The picture shows another type than title and description say, as far as the running model sees it."
      >
        {contradictions.map((doubt) => (
          <GarmentTile key={doubt.garment.sku} garment={doubt.garment}>
            {doubt.message}
          </GarmentTile>
        ))}
      </Section>
      {endCursor !== null && !isBusy && (
        <button type="button" class="quiet-button" onClick={look}>
          Look at the next {count(STRETCHES_AT_ONCE * 100)} garments
        </button>
      )}
    </div>
  );
}

interface Looking {
  looked: Looked;
  isBusy: boolean;
  problem: string | null;
  /** Goes on where it stopped. */
  look: () => void;
}

/** Looks at the first stretches at once, with another key anew. */
function useLooking(): Looking {
  const [looked, setLooked] = useState(NOTHING_YET);
  const [isBusy, setBusy] = useState(true);
  const [problem, setProblem] = useState<string | null>(null);
  const lookFrom = async (before: Looked): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await lookOn(before, setLooked);
    } catch (thrown) {
      const failure = failureOf(thrown);
      if (isRefusal(failure)) refusal.value = failure;
      setProblem(failure.message);
    }
    setBusy(false);
  };
  useEffect(() => void lookFrom(NOTHING_YET), [keysGiven.value]);
  return { looked, isBusy, problem, look: () => void lookFrom(looked) };
}

interface SectionProps {
  title: string;
  hint: string;
  children: JSX.Element[];
}

function Section({ title, hint, children }: SectionProps): JSX.Element {
  return (
    <section class="figure wide" aria-label={title}>
      <header>
        <h2>{title}</h2>
        <p class="hint">{hint}</p>
      </header>
      <div class="figure-body">
        {children.length === 0 ? (
          <p class="empty">None among the garments that were looked at.</p>
        ) : (
          <div class="tiles">{children}</div>
        )}
      </div>
      <footer>
        <PlaygroundLink about={title} query={CatalogDoubtsDocument} variables={{}} />
      </footer>
    </section>
  );
}

/** Goes on stretch by stretch, telling each. */
async function lookOn(before: Looked, tell: (looked: Looked) => void): Promise<void> {
  let looked = before;
  for (let stretch = 0; stretch < STRETCHES_AT_ONCE; stretch++) {
    const { insights } = await api.ask(CatalogDoubtsDocument, { after: looked.endCursor });
    const { doubts, examined, endCursor } = insights.catalogDoubts;
    looked = { doubts: [...looked.doubts, ...doubts], examined: looked.examined + examined, endCursor };
    tell(looked);
    if (endCursor === null) return;
  }
}

/** Each pair once, though either garment of it is in doubt. */
function pairsOf(doubts: Doubt[]): Doubt[] {
  const seen = new Set<string>();
  return doubts.filter(({ garment, twin }) => {
    const pair = JSON.stringify([garment.sku, twin?.sku].sort());
    return !seen.has(pair) && seen.add(pair);
  });
}

function Pair({ doubt: { garment, twin, message } }: { doubt: Doubt }): JSX.Element {
  return (
    <div class="pair">
      <GarmentTile garment={garment} />
      {twin ? <GarmentTile garment={twin}>{twin.sku}</GarmentTile> : <p>{message}</p>}
    </div>
  );
}
