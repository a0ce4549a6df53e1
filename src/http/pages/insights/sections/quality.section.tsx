// The catalog quality audit: near-duplicates, and pictures that contradict their text.
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { CatalogDoubtsDocument, type CatalogDoubtsQuery } from '../../../../client/insights.operations.js';
import { api } from '../../shared/api.js';
import { failureOf } from '../../shared/failure.js';
import { Failure } from '../parts/figure.js';
import { GarmentTile } from '../parts/garment.tile.js';
import { PlaygroundLink } from '../parts/playground.link.js';
import { isRefusal, keyVersion, refusal } from '../state/lock.js';
import { count } from '../words/format.js';

/** The number of pages, of 100 garments each, that are checked at once. A button checks the next ones. */
const PAGES_AT_ONCE = 10;

export type Doubt = CatalogDoubtsQuery['insights']['catalogDoubts']['doubts'][number];

interface AuditResult {
  doubts: Doubt[];
  examined: number;
  /** Null at the end of the catalog. */
  endCursor: string | null;
}

const EMPTY_RESULT: AuditResult = { doubts: [], examined: 0, endCursor: null };

export function QualitySection(): JSX.Element {
  const { result, isBusy, problem, checkMore } = useAudit();
  const { doubts, examined, endCursor } = result;
  const pairs = pairsOf(doubts.filter(({ code }) => code === 'NEAR_DUPLICATE'));
  const contradictions = doubts.filter(({ code }) => code !== 'NEAR_DUPLICATE');
  const completeText = endCursor === null && examined > 0 ? 'The whole catalog is checked.' : '';
  return (
    <div class="figures" aria-busy={isBusy}>
      <p class="wide audited" role="status">
        {count(examined)} garments checked: {count(pairs.length)} pairs of near-duplicates,{' '}
        {count(contradictions.length)} pictures that contradict their text. {isBusy ? 'Checking…' : completeText}
      </p>
      {problem && <Failure message={problem} retry={checkMore} />}
      <Section
        title="Near-duplicates"
        hint="Almost the same picture under two SKUs. Sizes or sellers of one garment may share a picture. Otherwise, remove one of the two."
      >
        {pairs.map((doubt) => (
          <Pair key={doubt.garment.sku} doubt={doubt} />
        ))}
      </Section>
      <Section
        title="Mislabeled"
        hint="According to the active model, the picture shows another type than title and description."
      >
        {contradictions.map((doubt) => (
          <GarmentTile key={doubt.garment.sku} garment={doubt.garment}>
            {doubt.message}
          </GarmentTile>
        ))}
      </Section>
      {endCursor !== null && !isBusy && (
        <button type="button" class="quiet-button" onClick={checkMore}>
          Check the next {count(PAGES_AT_ONCE * 100)} garments
        </button>
      )}
    </div>
  );
}

interface Audit {
  result: AuditResult;
  isBusy: boolean;
  problem: string | null;
  /** Checks the next pages, starting where the last check stopped. */
  checkMore: () => void;
}

/** Checks the first pages. It starts again with another key. */
function useAudit(): Audit {
  const [result, setResult] = useState(EMPTY_RESULT);
  const [isBusy, setBusy] = useState(true);
  const [problem, setProblem] = useState<string | null>(null);
  const checkFrom = async (before: AuditResult): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await checkPages(before, setResult);
    } catch (thrown) {
      const failure = failureOf(thrown);
      if (isRefusal(failure)) refusal.value = failure;
      setProblem(failure.message);
    }
    setBusy(false);
  };
  useEffect(() => void checkFrom(EMPTY_RESULT), [keyVersion.value]);
  return { result, isBusy, problem, checkMore: () => void checkFrom(result) };
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
          <p class="empty">None among the garments checked so far.</p>
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

/** Checks page by page and reports the result after each page. */
async function checkPages(before: AuditResult, report: (result: AuditResult) => void): Promise<void> {
  let result = before;
  for (let page = 0; page < PAGES_AT_ONCE; page++) {
    const { insights } = await api.ask(CatalogDoubtsDocument, { after: result.endCursor });
    const { doubts, examined, endCursor } = insights.catalogDoubts;
    result = { doubts: [...result.doubts, ...doubts], examined: result.examined + examined, endCursor };
    report(result);
    if (endCursor === null) return;
  }
}

/** Returns each pair once. The API reports both garments of a pair. */
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
