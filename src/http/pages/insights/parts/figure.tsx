// A card of the page: one query's answer as a chart, a table or both, what to do where there is none, and the query itself.
import type { ComponentChildren, JSX } from 'preact';
import type { Operation } from '../../../../client/client.js';
import { mayPass } from '../../shared/failure.js';
import { useReading, type Reading } from '../state/reading.js';
import { DataTable, FoldedTable, type Table } from './data.table.js';
import { PlaygroundLink } from './playground.link.js';

interface FigureProps<Data, Variables> {
  title: string;
  /** How it is to be read. */
  hint?: ComponentChildren;
  operation: Operation<Data, Variables>;
  variables: Variables & object;
  /** Read by GET, for the catalog. */
  byGet?: boolean;
  /** Over the whole width. */
  isWide?: boolean;
  /** @returns what to say, and to do, where there is nothing to show; null where there is */
  emptyText?: (data: Data) => ComponentChildren | null;
  /** The same for codes of errors that only say so. */
  emptyCodes?: Record<string, ComponentChildren>;
  /** What the chart shows, in figures. */
  table?: (data: Data) => Table;
  /** The table is what is shown, not what stands in for it. */
  isTableOpen?: boolean;
  children?: (data: Data) => ComponentChildren;
}

export function Figure<Data, Variables>(props: FigureProps<Data, Variables>): JSX.Element {
  const { title, hint, operation, variables, byGet, isWide } = props;
  const reading = useReading(operation, variables, byGet);
  return (
    <section class={isWide ? 'figure wide' : 'figure'} aria-label={title} aria-busy={reading.isBusy}>
      <header>
        <h2>{title}</h2>
        {hint && <p class="hint">{hint}</p>}
      </header>
      <div class="figure-body" data-busy={reading.isBusy}>
        <FigureBody {...props} reading={reading} />
      </div>
      <footer>
        <PlaygroundLink about={title} query={operation} variables={variables} />
      </footer>
    </section>
  );
}

function FigureBody<Data, Variables>(
  props: FigureProps<Data, Variables> & { reading: Reading<Data> },
): JSX.Element | null {
  const { title, reading, emptyText, emptyCodes, table, isTableOpen, children } = props;
  const { data, failure, again } = reading;
  if (failure && emptyCodes?.[failure.code]) return <div class="empty">{emptyCodes[failure.code]}</div>;
  if (failure) return <Failure message={failure.message} again={mayPass(failure) ? again : null} />;
  if (data === null) return <p class="waiting">Reading…</p>;
  const empty = emptyText?.(data) ?? null;
  if (empty !== null) return <div class="empty">{empty}</div>;
  return (
    <>
      {children?.(data)}
      {table && isTableOpen && <DataTable caption={title} table={table(data)} isWhole />}
      {table && !isTableOpen && <FoldedTable caption={title} table={table(data)} />}
    </>
  );
}

export function Failure({ message, again }: { message: string; again: (() => void) | null }): JSX.Element {
  return (
    <div class="notice" role="alert">
      <p>
        <b>That did not work.</b> {message}
      </p>
      {again && (
        <button type="button" class="quiet-button" onClick={again}>
          Try again
        </button>
      )}
    </div>
  );
}
