// Opens queries in GraphiQL tabs, one after the other.
import type { OpenableQuery } from './examples.js';
import {
  useEditor,
  useEffect,
  useExecution,
  useRef,
  type EditorContext,
  type ExecutionContext,
  type TextEditor,
} from './graphiql.js';
import type { SkuSubstitutes } from './sku.substitutes.js';

type GraphiQLState = EditorContext & ExecutionContext;
type ReadyState = GraphiQLState & Record<'queryEditor' | 'variableEditor' | 'responseEditor', TextEditor>;

/** Kind and name of the first operation in a query. */
const OPERATION = /^(query|mutation) (\w+)/;

/** The time between two checks of the GraphiQL state, and the time after which a step has failed. */
const POLL_MS = 10;
const TIMEOUT_MS = 10_000;

/**
 * Returns a function that opens a query in its own tab, or switches to the tab that already shows it.
 * It runs the query if the tab has no response yet. It never runs a mutation. After several clicks only the last query
 * runs.
 * GraphiQL writes a response to the tab in view, so the next tab opens after the running request has ended.
 * The steps are not React effects because React may run an effect again before it has rendered the previous step.
 */
export function useOpenQuery(skus: SkuSubstitutes): (target: OpenableQuery) => void {
  const state: GraphiQLState = { ...useEditor(), ...useExecution() };
  const rendered = useRef(state);
  const waiting = useRef(0);
  const queue = useRef(Promise.resolve());
  useEffect(() => {
    rendered.current = state;
  });

  return (target) => {
    waiting.current += 1;
    const isLast = (): boolean => waiting.current === 1;
    queue.current = queue.current
      .then(() => openQuery(target, { current: () => rendered.current, isLast, skus }))
      .catch((error: unknown) => window.reportError(error))
      .finally(() => {
        waiting.current -= 1;
      });
  };
}

interface OpenContext {
  /** Returns the state that React rendered last. */
  current: () => GraphiQLState;
  /** Returns whether no other query waits to be opened. */
  isLast: () => boolean;
  skus: SkuSubstitutes;
}

async function openQuery(target: OpenableQuery, { current, isLast, skus }: OpenContext): Promise<void> {
  const before = await poll(current, (state) => isReady(state) && !state.isFetching, Infinity);
  const existing = before.tabs.findIndex(({ query }) => query === target.query);
  const index = existing >= 0 ? existing : freeTab(before);
  showTab(before, index);
  const state = await poll(current, ({ activeTabIndex }) => activeTabIndex === index);
  history.replaceState(null, '', target.address);

  // a link or a picture can bring other variables for the same query
  const isUnchanged = existing >= 0 && target.source === 'menu';
  if (!isUnchanged) fillTab(state as ReadyState, target, skus);
  const [, kind, name = null] = OPERATION.exec(target.query) ?? [];
  state.setOperationName(name);
  const { tabs } = await poll(current, ({ tabs }) => tabs[index]?.query === target.query);

  // GraphiQL restores tabs on the next visit, but not their responses
  const shouldRun = kind === 'query' && (!isUnchanged || !tabs[index]?.response);
  // The user may stop the request, and a fast response may arrive before React renders isFetching. So wait for either.
  if (shouldRun && isLast()) await Promise.race([state.run(), poll(current, ({ isFetching }) => isFetching)]);
}

/** Shows the tab with this index. The index behind the last tab opens a new one. */
function showTab(state: GraphiQLState, index: number): void {
  if (index === state.tabs.length) state.addTab();
  else if (index !== state.activeTabIndex) state.changeTab(index);
}

function isReady({ queryEditor, variableEditor, responseEditor }: GraphiQLState): boolean {
  return Boolean(queryEditor && variableEditor && responseEditor);
}

/** Returns the index of the open tab if it is empty, else that of a new tab. */
function freeTab({ queryEditor, activeTabIndex, tabs }: GraphiQLState): number {
  const isEmpty = queryEditor?.getValue().trim() === '';
  return isEmpty ? activeTabIndex : tabs.length;
}

/** Fills the editors and the tab. GraphiQL copies the editors' text to the tab only after 0.1 s. */
function fillTab(state: ReadyState, target: OpenableQuery, skus: SkuSubstitutes): void {
  const { query } = target;
  const variables = target.source === 'link' ? target.variables : skus.replaceIn(target.variables);
  state.queryEditor.setValue(query);
  state.variableEditor.setValue(variables);
  state.responseEditor.setValue('');
  state.updateActiveTabValues({ query, variables, response: null });
}

/** Waits until the condition is true and returns the state. @throws Error after `timeoutMs` */
async function poll(
  current: () => GraphiQLState,
  condition: (state: GraphiQLState) => boolean,
  timeoutMs = TIMEOUT_MS,
): Promise<GraphiQLState> {
  const startedAt = performance.now();
  while (!condition(current())) {
    if (performance.now() - startedAt > timeoutMs) throw new Error(`GraphiQL did not respond within ${timeoutMs} ms.`);
    await new Promise((resolve) => window.setTimeout(resolve, POLL_MS));
  }
  return current();
}
