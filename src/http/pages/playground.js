// GraphiQL with three additions: a key to ask with, a menu of worked examples, and the pictures of the garments in an answer.
// Plain script, sent as it is: React, ReactDOM, GraphiQL and the access are globals of the files before it.
'use strict';

const { createElement: h, Fragment, useEffect, useMemo, useState } = React;
const { useEditorContext, useExecutionContext, useSchemaStore } = GraphiQL.React;

const GROUPS = [
  ['storefront', 'Storefronts'],
  ['merchant', 'Merchants'],
  ['analyst', 'Analysts'],
  ['admin', 'Administrators'],
];
/** More pictures than this say nothing more about an answer. */
const MAX_PICTURES = 24;

/**
 * Opens examples one after the other, each in a tab of its own or the tab that it is in already, and runs the last where it has
 * no answer yet and changes nothing. GraphiQL's tabs take over what the editors hold a moment (0.1 s) after it was set there,
 * and answers go to the tab that is open when they arrive: whoever clicks faster than that waits for the tab before.
 */
function useOpenExample() {
  const editor = useEditorContext({ nonNull: true });
  const { run, isFetching } = useExecutionContext({ nonNull: true });
  const [clicked, setClicked] = useState([]);
  const [step, setStep] = useState('place');

  const place = (example) => {
    if (isFetching) return;
    const open = editor.tabs.findIndex(({ query }) => query === example.query);
    if (open >= 0) editor.changeTab(open);
    else if (editor.queryEditor.getValue().trim() !== '') editor.addTab();
    history.replaceState(null, '', `#${example.id}`);
    setStep(open >= 0 ? 'settle' : 'fill');
  };

  const fill = (example) => {
    editor.queryEditor.setValue(example.query);
    editor.variableEditor.setValue(example.variables);
    editor.responseEditor.setValue('');
    setStep('settle');
  };

  const settle = (example) => {
    const tab = editor.tabs[editor.activeTabIndex];
    const name = queryName(example);
    if (tab.query !== example.query) return;
    // run before the editor has read its text, it asks for the operation before
    if (name !== null && editor.queryEditor.operationName !== name) return;
    // tabs outlive a visit, their answers do not
    if (name !== null && !tab.response && clicked.length === 1) run();
    setClicked((all) => all.slice(1));
    setStep('place');
  };

  useEffect(() => {
    if (clicked.length > 0) ({ place, fill, settle })[step](clicked[0]);
  }, [clicked, step, isFetching, editor.tabs, editor.activeTabIndex]);

  return (example) => setClicked((all) => [...all, example]);
}

/** The operation's name where it changes nothing, else null. */
function queryName({ query }) {
  return /^query (\w+)/.exec(query)?.[1] ?? null;
}

function Examples({ examples }) {
  const { tabs, activeTabIndex, queryEditor } = useEditorContext({ nonNull: true });
  const openExample = useOpenExample();
  const shown = tabs[activeTabIndex]?.query;

  useEffect(() => {
    if (!queryEditor) return;
    const linked = examples.find(({ id }) => `#${id}` === location.hash);
    const isEmpty = queryEditor.getValue().trim() === '';
    if (linked || isEmpty) openExample(linked ?? examples[0]);
    // once, when the editor is there: later changes of the address are the menu's own
  }, [Boolean(queryEditor)]);

  // there are more examples than tabs fit beside each other
  useEffect(() => {
    document.querySelector('.graphiql-tab-active')?.scrollIntoView({ block: 'nearest' });
  }, [shown]);

  const entry = (example) =>
    h(
      'button',
      {
        key: example.id,
        onClick: () => openExample(example),
        'aria-current': example.query === shown,
        'data-example': example.id,
      },
      h('strong', null, example.title),
      h('small', null, example.shows),
    );
  const menu = GROUPS.map(([group, title]) =>
    h(
      'section',
      { key: group },
      h('h2', null, title),
      examples.filter((example) => example.group === group).map(entry),
    ),
  );
  // beside the editor on the page, inside it in React: the menu works on the editor's tabs
  return ReactDOM.createPortal(menu, document.getElementById('examples'));
}

/** The form beside the editor: another key may see another schema, so that is asked for again. */
function Access() {
  const { introspect } = useSchemaStore();

  useEffect(() => {
    const form = document.getElementById('access');
    const fields = ['key', 'store'].map((name) => form.elements[name]);
    for (const field of fields) field.value = window.access.given()[field.name];
    const use = (event) => {
      event.preventDefault();
      window.access.keep(Object.fromEntries(fields.map(({ name, value }) => [name, value.trim()])));
      introspect();
    };
    form.addEventListener('submit', use);
    return () => form.removeEventListener('submit', use);
  }, [introspect]);

  return null;
}

/** Garments with a picture, wherever they stand in an answer, each once. */
function garmentsIn(value, found = new Map(), rank = null) {
  if (Array.isArray(value)) for (const item of value) garmentsIn(item, found, rank);
  else if (value !== null && typeof value === 'object') {
    const place = value.rank ?? rank;
    if (typeof value.imageUrl === 'string' && !found.has(value.imageUrl))
      found.set(value.imageUrl, { ...value, rank: place });
    for (const inner of Object.values(value)) garmentsIn(inner, found, place);
  }
  return found;
}

/** What an answer holds; null for what is no answer: a failure of the network stands there as a text. */
function dataOf(response) {
  try {
    return JSON.parse(response ?? 'null')?.data ?? null;
  } catch {
    return null;
  }
}

/** The garments in the answer of the tab that is shown. */
function Pictures() {
  const { tabs, activeTabIndex } = useEditorContext({ nonNull: true });
  const response = tabs[activeTabIndex]?.response;
  const garments = useMemo(() => [...garmentsIn(dataOf(response)).values()].slice(0, MAX_PICTURES), [response]);
  if (garments.length === 0) return null;
  const figure = ({ imageUrl, title, sku, rank }) =>
    h(
      'figure',
      { key: imageUrl, title: [title, sku].filter(Boolean).join(' · ') },
      h('img', { src: imageUrl, alt: title ?? sku ?? '' }),
      h('figcaption', null, rank === null ? null : h('b', null, `${rank} `), title ?? sku ?? ''),
    );
  return h('div', { className: 'pictures', 'aria-label': 'Pictures of the answer' }, garments.map(figure));
}

async function start() {
  const examples = await (await fetch('/playground/examples.json')).json();
  const fetchWithAccess = (url, options) =>
    fetch(url, { ...options, headers: { ...options.headers, ...window.access.headers() } });
  const fetcher = GraphiQL.createFetcher({ url: '/graphql', fetch: fetchWithAccess, enableIncrementalDelivery: false });
  const looks = { isHeadersEditorEnabled: false, defaultEditorToolsVisibility: 'variables' };
  // an editor that is empty but for this takes the first example
  const playground = h(
    GraphiQL,
    { fetcher, defaultQuery: '\n', inputValueDeprecation: true, ...looks },
    h(GraphiQL.Logo, null, ' '),
    h(GraphiQL.Footer, null, h(Fragment, null, h(Access), h(Examples, { examples }), h(Pictures))),
  );
  ReactDOM.createRoot(document.getElementById('playground')).render(playground);
}

start().catch((error) => {
  document.querySelector('.waiting').textContent = `The playground could not start: ${error.message}`;
});
