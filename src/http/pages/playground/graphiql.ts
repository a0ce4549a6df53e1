// Types and accessors for the globals React, ReactDOM and GraphiQL.
// index.html loads their published browser files. React 18 has no types of its own, so this file declares them.

export interface ReactElement {
  readonly type: unknown;
  readonly props: unknown;
  readonly key: string | null;
}
export type ReactNode = ReactElement | string | number | boolean | null | undefined | ReactNode[];
type Component<Props> = (props: Props) => ReactNode;

interface ReactGlobal {
  createElement: <Props extends object>(
    type: string | Component<Props>,
    props?: (Props & { key?: string }) | null,
    ...children: ReactNode[]
  ) => ReactElement;
  Fragment: Component<object>;
  useEffect: (effect: () => void | (() => void), dependencies?: readonly unknown[]) => void;
  useMemo: <Value>(compute: () => Value, dependencies: readonly unknown[]) => Value;
  useRef: <Value>(initial: Value) => { current: Value };
}

interface ReactDOMGlobal {
  createPortal: (children: ReactNode, container: Element) => ReactElement;
  createRoot: (container: Element) => { render: (node: ReactNode) => void };
}

/** A CodeMirror editor. */
export interface TextEditor {
  getValue: () => string;
  setValue: (text: string) => void;
}

export interface EditorTab {
  query: string | null;
  variables: string | null;
  /** JSON text, or the message of a network failure. Null before the first response. */
  response: string | null;
}

export interface EditorContext {
  tabs: EditorTab[];
  activeTabIndex: number;
  /** Null until the editor is rendered, like the other two editors. */
  queryEditor: TextEditor | null;
  variableEditor: TextEditor | null;
  responseEditor: TextEditor | null;
  addTab: () => void;
  changeTab: (index: number) => void;
  updateActiveTabValues: (values: Partial<EditorTab>) => void;
  setOperationName: (name: string | null) => void;
}

export interface ExecutionContext {
  isFetching: boolean;
  /** Runs the open query. */
  run: () => Promise<void> | void;
}

type Fetch = (url: RequestInfo | URL, options?: RequestInit) => Promise<Response>;
type Fetcher = (...parameters: unknown[]) => unknown;
interface NonNull {
  nonNull: true;
}

interface GraphiQLProps {
  fetcher: Fetcher;
  defaultQuery: string;
  inputValueDeprecation: boolean;
  isHeadersEditorEnabled: boolean;
  defaultEditorToolsVisibility: 'variables';
}

interface GraphiQLGlobal {
  (props: GraphiQLProps): ReactNode;
  Logo: Component<object>;
  Footer: Component<object>;
  React: {
    useEditorContext: (options: NonNull) => EditorContext;
    useExecutionContext: (options: NonNull) => ExecutionContext;
    useSchemaStore: () => { introspect: () => void };
  };
  createFetcher: (options: { url: string; fetch: Fetch; enableIncrementalDelivery: boolean }) => Fetcher;
}

declare global {
  interface Window {
    React: ReactGlobal;
    ReactDOM: ReactDOMGlobal;
    GraphiQL: GraphiQLGlobal;
  }
}

export const { createElement: h, Fragment, useEffect, useMemo, useRef } = window.React;
export const { createPortal, createRoot } = window.ReactDOM;
export const GraphiQL = window.GraphiQL;

/** Returns the editor's tabs and text editors. */
export function useEditor(): EditorContext {
  return GraphiQL.React.useEditorContext({ nonNull: true });
}

/** Returns the function that runs the open query, and its state. */
export function useExecution(): ExecutionContext {
  return GraphiQL.React.useExecutionContext({ nonNull: true });
}

/** Returns the function that loads the schema again. */
export function useSchema(): { introspect: () => void } {
  return GraphiQL.React.useSchemaStore();
}

/** Returns the tab in view. Undefined before GraphiQL has made its first tab. */
export function useOpenTab(): EditorTab | undefined {
  const { tabs, activeTabIndex } = useEditor();
  return tabs[activeTabIndex];
}
