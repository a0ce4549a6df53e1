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
  /** Cards that are about the same, once there is something to show. */
  following?: (data: Data) => ComponentChildren;
}

export function Figure<Data, Variables>(props: FigureProps<Data, Variables>): JSX.Element {
  const { title, hint, operation, variables, byGet, isWide, emptyText, following } = props;
  const reading = useReading(operation, variables, byGet);
  const { data, isBusy } = reading;
  return (
    <>
      <section class={isWide ? 'figure wide' : 'figure'} aria-label={title} aria-busy={isBusy}>
        <header>
          <h2>{title}</h2>
          {hint && <p class="hint">{hint}</p>}
        </header>
        <div class="figure-body" data-busy={isBusy}>
          <FigureBody {...props} reading={reading} />
        </div>
        <footer>
          <PlaygroundLink about={title} query={operation} variables={variables} />
        </footer>
      </section>
      {data !== null && (emptyText?.(data) ?? null) === null && following?.(data)}
    </>
  );
}

function FigureBody<Data, Variables>(props: FigureProps<Data, Variables> & { reading: Reading<Data> }): JSX.Element {
  const { reading, emptyCodes } = props;
  const { data, failure, again } = reading;
  if (failure) {
    const empty = emptyCodes?.[failure.code];
    if (empty !== undefined) return <div class="empty">{empty}</div>;
    return <Failure message={failure.message} again={mayPass(failure) ? again : null} />;
  }
  if (data === null) return <p class="waiting">Reading…</p>;
  return <Shown {...props} data={data} />;
}

function Shown<Data, Variables>(props: FigureProps<Data, Variables> & { data: Data }): JSX.Element {
  const { title, data, emptyText, table, isTableOpen, children } = props;
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
