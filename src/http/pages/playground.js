// GraphiQL with six additions: a key to ask with, a menu of worked examples on the skus that the catalog has, queries that links
// bring along, pictures that are dropped in, the pictures of the garments in an answer, and what it cost.
// Plain script, sent as it is: React, ReactDOM, GraphiQL and the access are globals of the files before it.
'use strict';

const { createElement: h, Fragment, useEffect, useMemo, useRef } = React;
const { useEditorContext, useExecutionContext, useSchemaStore } = GraphiQL.React;

const GROUPS = [
  ['storefront', 'Storefronts'],
  ['merchant', 'Merchants'],
  ['analyst', 'Analysts'],
  ['admin', 'Administrators'],
];
/** Skus of the sample catalog name a kind of garment: in another catalog any of that kind takes their place. */
const SAMPLE_SKU = /\bFR-(DR|HA|FW|TS|SH|PA|SK|OU|LS|SO)-\d{3}\b/g;
const KINDS = {
  DR: 'DRESS',
  HA: 'HAT',
  FW: 'SHOES',
  TS: 'T_SHIRT',
  SH: 'SHIRT',
  PA: 'PANTS',
  SK: 'SKIRT',
  OU: 'OUTERWEAR',
  LS: 'LONG_SLEEVE',
  SO: 'SHORTS',
};
/** A dropped picture is made this small, on its longer side, before it is sent: the models see 224 pixels of it. */
const SENT_PIXELS = 448;
/** The example that takes a picture where the open query has no place for one. */
const PHOTO_EXAMPLE = '02-like-this-photo';

/** Kind and name of the operation that a query begins with. */
const OPERATION = /^(query|mutation) (\w+)/;

/** More pictures than this say nothing more about an answer. */
const MAX_PICTURES = 24;

/** How often it is looked whether GraphiQL has done what it was asked for, and for how long. */
const LOOK_EVERY_MS = 10;
const GIVE_UP_AFTER_MS = 10_000;

/**
 * Opens examples one after the other, each in a tab of its own or the tab that it is in already, and runs the last where it has
 * no answer yet and changes nothing. Answers go to the tab that is open when they arrive: a next tab waits for them. The steps
 * are no effects of React, which may run again before what they have set is rendered.
 */
function useOpenExample() {
  const graphiql = { ...useEditorContext({ nonNull: true }), ...useExecutionContext({ nonNull: true }) };
  const rendered = useRef(graphiql);
  const clicked = useRef(0);
  const opened = useRef(Promise.resolve());
  useEffect(() => {
    rendered.current = graphiql;
  });

  const until = async (holds, withinMs = GIVE_UP_AFTER_MS) => {
    const startedAt = performance.now();
    while (!holds(rendered.current)) {
      if (performance.now() - startedAt > withinMs) throw new Error('GraphiQL did not do what it was asked for.');
      await new Promise((resolve) => window.setTimeout(resolve, LOOK_EVERY_MS));
    }
    return rendered.current;
  };

  const open = async (example) => {
    const before = await until((now) => hasEditors(now) && !now.isFetching, Infinity);
    const kept = before.tabs.findIndex(({ query }) => query === example.query);
    const isUnused = before.queryEditor.getValue().trim() === '';
    const place = kept >= 0 ? kept : isUnused ? before.activeTabIndex : before.tabs.length;
    if (place === before.tabs.length) before.addTab();
    else if (place !== before.activeTabIndex) before.changeTab(place);
    const graphiql = await until(({ activeTabIndex }) => activeTabIndex === place);
    history.replaceState(null, '', example.address ?? `#${example.id}`);

    // the same query may come with other variables
    const isKept = kept >= 0 && !example.isDropped && !example.isLinked;
    if (!isKept) fill(graphiql, example);
    const [, kind, name = null] = OPERATION.exec(example.query) ?? [];
    graphiql.setOperationName(name);
    const { tabs } = await until(({ tabs }) => tabs[place]?.query === example.query);

    // tabs outlive a visit, their answers do not
    const isAsked = kind === 'query' && (!isKept || !tabs[place].response);
    const isLast = clicked.current === 1;
    // until it is under way: it may be stopped by hand, and its answer be there before that is rendered
    if (isAsked && isLast) await Promise.race([graphiql.run(), until(({ isFetching }) => isFetching)]);
  };

  return (example) => {
    clicked.current += 1;
    opened.current = opened.current
      .then(() => open(example))
      .catch((error) => console.error(error))
      .finally(() => (clicked.current -= 1));
  };
}

function hasEditors({ queryEditor, variableEditor, responseEditor }) {
  return Boolean(queryEditor && variableEditor && responseEditor);
}

/** Tabs take over what editors hold a tenth of a second late: the open one is told at once. */
function fill({ queryEditor, variableEditor, responseEditor, updateActiveTabValues }, example) {
  const { query } = example;
  const variables = example.isLinked ? example.variables : window.skus.putInto(example.variables);
  queryEditor.setValue(query);
  variableEditor.setValue(variables);
  responseEditor.setValue('');
  updateActiveTabValues({ query, variables, response: null });
}

/**
 * The query that the address brings after its #, which no server is told: `#query=…&variables=…`, each encoded as in forms. Like an
 * example it is run where it changes nothing.
 */
function linkedQuery() {
  const given = new URLSearchParams(location.hash.slice(1));
  // forms send lines that end as editors do not keep them
  const query = given.get('query')?.replaceAll('\r\n', '\n');
  if (!query) return null;
  // what comes from elsewhere is not to name what is chosen for examples
  return { id: 'linked', query, variables: given.get('variables') ?? '', address: location.hash, isLinked: true };
}

function Examples({ examples }) {
  const { tabs, activeTabIndex } = useEditorContext({ nonNull: true });
  const openExample = useOpenExample();
  const shown = tabs[activeTabIndex]?.query;

  useEffect(() => {
    const linked = linkedQuery() ?? examples.find(({ id }) => `#${id}` === location.hash);
    const isEmpty = !shown?.trim();
    if (linked || isEmpty) openExample(linked ?? examples[0]);
    // once: later changes of the address are the menu's own
  }, []);

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
  const tasksOf = (group) => [...new Set(examples.filter((one) => one.group === group).map(({ task }) => task))];
  const section = (group, task) =>
    h(
      Fragment,
      { key: task },
      h('h3', null, task),
      examples.filter((one) => one.group === group && one.task === task).map(entry),
    );
  const menu = GROUPS.map(([group, title]) =>
    h(
      'section',
      { key: group },
      h('h2', null, title),
      tasksOf(group).map((task) => section(group, task)),
    ),
  );
  // beside the editor on the page, inside it in React: the menu works on the editor's tabs
  return h(
    Fragment,
    null,
    ReactDOM.createPortal(menu, document.getElementById('examples')),
    h(DroppedPictures, { photo: examples.find(({ id }) => id === PHOTO_EXAMPLE), openExample }),
  );
}

/** A picture that is dropped anywhere, or chosen, becomes the one that the open query asks with. */
function DroppedPictures({ photo, openExample }) {
  const editor = useEditorContext({ nonNull: true });
  const { run } = useExecutionContext({ nonNull: true });

  useEffect(() => {
    const input = document.getElementById('picture');
    const take = async (file) => {
      if (!file?.type.startsWith('image/')) return say('That is no picture.');
      try {
        const base64 = await shrunk(file);
        say(`${file.name}: ${Math.round(base64.length / 1000)} kB are sent.`);
        const variables = withPicture(editor.variableEditor.getValue(), base64);
        if (variables === null) {
          openExample({ ...photo, variables: JSON.stringify({ photo: base64 }, null, 2), isDropped: true });
          return;
        }
        editor.variableEditor.setValue(variables);
        if (!/^\s*mutation\b/.test(editor.queryEditor.getValue())) run();
      } catch {
        say('This picture could not be read.');
      }
    };
    const over = (event) => {
      if (![...event.dataTransfer.types].includes('Files')) return;
      event.preventDefault();
      document.body.classList.toggle('dropping', event.type === 'dragover');
    };
    const drop = (event) => {
      over(event);
      if (event.dataTransfer.files.length > 0) take(event.dataTransfer.files[0]);
    };
    const choose = () => {
      take(input.files[0]);
      input.value = '';
    };
    input.addEventListener('change', choose);
    // before the editor, which would take a file for text
    const events = { dragover: over, dragleave: over, drop };
    for (const [name, on] of Object.entries(events)) window.addEventListener(name, on, true);
    return () => {
      input.removeEventListener('change', choose);
      for (const [name, on] of Object.entries(events)) window.removeEventListener(name, on, true);
    };
  });
  return null;
}

function say(text) {
  document.getElementById('picture-said').textContent = text;
}

/** The picture as a data URL of a JPEG, its longer side SENT_PIXELS at most. */
async function shrunk(file) {
  const bitmap = await window.createImageBitmap(file);
  const scale = Math.min(1, SENT_PIXELS / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const brush = canvas.getContext('2d');
  // JPEG has no transparency: what is see-through would come out black
  brush.fillStyle = '#fff';
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/jpeg', 0.9);
}

/** Variables with the picture in the first place that holds one: a data URL, or an image input. Null where none does. */
function withPicture(text, base64) {
  let variables;
  try {
    variables = JSON.parse(text);
  } catch {
    return null;
  }
  return putPicture(variables, base64) ? JSON.stringify(variables, null, 2) : null;
}

function putPicture(value, base64) {
  if (value === null || typeof value !== 'object') return false;
  for (const [name, inner] of Object.entries(value)) {
    if (typeof inner === 'string' && inner.startsWith('data:image/')) value[name] = base64;
    else if (name === 'image' && inner !== null && typeof inner === 'object') value[name] = { base64 };
    else if (!putPicture(inner, base64)) continue;
    return true;
  }
  return false;
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
      window.skus.learn();
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

/** Null for what is no answer: a failure of the network stands there as a text. */
function answerOf(response) {
  try {
    return JSON.parse(response ?? 'null');
  } catch {
    return null;
  }
}

/** What the answer of the tab that is shown cost, of what an operation may. */
function Cost() {
  const { tabs, activeTabIndex } = useEditorContext({ nonNull: true });
  const response = tabs[activeTabIndex]?.response;
  const cost = useMemo(() => answerOf(response)?.extensions?.cost, [response]);
  if (!cost) return null;
  const [points, limit] = [cost.points, cost.limit].map((value) => value.toLocaleString('en'));
  const title = 'A point is some half a millisecond of one core; the cost is known before anything is done.';
  return h(
    'p',
    { className: 'cost', title },
    `Cost: ${points} of ${limit} points `,
    h('meter', { value: cost.points, max: cost.limit, 'aria-label': 'Share of the limit' }),
  );
}

/** The garments in the answer of the tab that is shown. */
function Pictures() {
  const { tabs, activeTabIndex } = useEditorContext({ nonNull: true });
  const response = tabs[activeTabIndex]?.response;
  const garments = useMemo(
    () => [...garmentsIn(answerOf(response)?.data ?? null).values()].slice(0, MAX_PICTURES),
    [response],
  );
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

/** The skus that examples name, and what stands for them in this catalog. */
function skusOf(examples) {
  const named = [...new Set(examples.flatMap(({ variables }) => variables.match(SAMPLE_SKU) ?? []))];
  const stand = new Map();
  const asked = named.map((sku, i) => {
    const kind = KINDS[sku.slice(3, 5)];
    return `is${i}: garment(sku: "${sku}") { sku }
      like${i}: garments(first: 1, filter: { garmentTypes: [${kind}] }) { nodes { sku } }`;
  });
  const query = `{ ${asked.join(' ')} any: garments(first: 1) { nodes { sku } } }`;
  return {
    /** Asks the catalog; without a key that may ask, examples stay as they are. */
    async learn() {
      stand.clear();
      const headers = { 'content-type': 'application/json', ...window.access.headers() };
      const answer = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify({ query }) })
        .then((response) => response.json())
        .catch(() => null);
      const data = answer?.data;
      if (!data) return;
      named.forEach((sku, i) => {
        const found = data[`is${i}`] ?? data[`like${i}`]?.nodes[0] ?? data.any?.nodes[0];
        if (found) stand.set(sku, found.sku);
      });
    },
    putInto: (variables) => variables.replace(SAMPLE_SKU, (sku) => JSON.stringify(stand.get(sku) ?? sku).slice(1, -1)),
  };
}

async function start() {
  const examples = await (await fetch('/playground/examples.json')).json();
  window.skus = skusOf(examples);
  await window.skus.learn();
  const fetchWithAccess = (url, options) =>
    fetch(url, { ...options, headers: { ...options.headers, ...window.access.headers() } });
  const fetcher = GraphiQL.createFetcher({ url: '/graphql', fetch: fetchWithAccess, enableIncrementalDelivery: false });
  const looks = { isHeadersEditorEnabled: false, defaultEditorToolsVisibility: 'variables' };
  // an editor that is empty but for this takes the first example
  const playground = h(
    GraphiQL,
    { fetcher, defaultQuery: '\n', inputValueDeprecation: true, ...looks },
    h(GraphiQL.Logo, null, ' '),
    h(GraphiQL.Footer, null, h(Fragment, null, h(Access), h(Examples, { examples }), h(Cost), h(Pictures))),
  );
  ReactDOM.createRoot(document.getElementById('playground')).render(playground);
}

start().catch((error) => {
  document.querySelector('.waiting').textContent = `The playground could not start: ${error.message}`;
});
