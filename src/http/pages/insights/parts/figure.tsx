// A card that runs one query and shows its data as chart and table.
import type { ComponentChildren, JSX } from 'preact';
import type { Operation } from '../../../../client/client.js';
import { mayPass } from '../../shared/failure.js';
import { useQuery, type QueryState } from '../state/query.js';
import { DataTable, FoldedTable, type Table } from './data.table.js';
import { PlaygroundLink } from './playground.link.js';

interface FigureProps<Data, Variables> {
  title: string;
  /** The explanation below the title. */
  hint?: ComponentChildren;
  operation: Operation<Data, Variables>;
  variables: Variables & object;
  /** Sends the query by GET, for catalog data. */
  byGet?: boolean;
  /** Uses the whole width of the page. */
  isWide?: boolean;
  /** Returns the text for empty data. Null if there is something to show. */
  emptyText?: (data: Data) => ComponentChildren | null;
  /** The empty text for error codes that only mean "no data". */
  emptyCodes?: Record<string, ComponentChildren>;
  /** The numbers of the chart. */
  table?: (data: Data) => Table;
  /** Shows the table openly, not collapsed. */
  isTableOpen?: boolean;
  children?: (data: Data) => ComponentChildren;
  /** Further cards, shown after this card has data. */
  following?: (data: Data) => ComponentChildren;
}

export function Figure<Data, Variables>(props: FigureProps<Data, Variables>): JSX.Element {
  const { title, hint, operation, variables, byGet, isWide, emptyText, following } = props;
  const query = useQuery(operation, variables, byGet);
  const { data, isBusy } = query;
  return (
    <>
      <section class={isWide ? 'figure wide' : 'figure'} aria-label={title} aria-busy={isBusy}>
        <header>
          <h2>{title}</h2>
          {hint && <p class="hint">{hint}</p>}
        </header>
        <div class="figure-body" data-busy={isBusy}>
          <FigureBody {...props} query={query} />
        </div>
        <footer>
          <PlaygroundLink about={title} query={operation} variables={variables} />
        </footer>
      </section>
      {data !== null && (emptyText?.(data) ?? null) === null && following?.(data)}
    </>
  );
}

function FigureBody<Data, Variables>(props: FigureProps<Data, Variables> & { query: QueryState<Data> }): JSX.Element {
  const { query, emptyCodes } = props;
  const { data, failure, retry } = query;
  if (failure) {
    const empty = emptyCodes?.[failure.code];
    if (empty !== undefined) return <div class="empty">{empty}</div>;
    return <Failure message={failure.message} retry={mayPass(failure) ? retry : null} />;
  }
  if (data === null) return <p class="waiting">Loading…</p>;
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

export function Failure({ message, retry }: { message: string; retry: (() => void) | null }): JSX.Element {
  return (
    <div class="notice" role="alert">
      <p>
        <b>Something went wrong.</b> {message}
      </p>
      {retry && (
        <button type="button" class="quiet-button" onClick={retry}>
          Try again
        </button>
      )}
    </div>
  );
}
