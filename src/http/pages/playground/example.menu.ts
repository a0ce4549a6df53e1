// The menu of worked examples, grouped by user and by task.
import { linkedQuery, openableExample, type Example, type ExampleGroup } from './examples.js';
import { Fragment, createPortal, h, useEffect, useOpenTab, type ReactElement } from './graphiql.js';
import { useOpenQuery } from './open.query.js';
import { PictureDrop } from './picture.drop.js';
import type { SkuSubstitutes } from './sku.substitutes.js';

const GROUPS: [ExampleGroup, string][] = [
  ['storefront', 'Storefronts'],
  ['merchant', 'Merchants'],
  ['analyst', 'Analysts'],
  ['admin', 'Administrators'],
];
/** The example for a dropped picture when the open query has no picture variable. */
const PICTURE_EXAMPLE = '02-like-this-photo';

interface ExampleMenuProps {
  examples: Example[];
  skus: SkuSubstitutes;
}

/** Renders into #examples next to the editor. It is a React child of GraphiQL because it controls the editor's tabs. */
export function ExampleMenu({ examples, skus }: ExampleMenuProps): ReactElement {
  const openedQuery = useOpenTab()?.query;
  const open = useOpenQuery(skus);

  useEffect(() => {
    const named = examples.find(({ id }) => `#${id}` === location.hash);
    const target = linkedQuery() ?? (named ? openableExample(named) : null);
    const first = examples[0];
    if (target) open(target);
    else if (first && !openedQuery?.trim()) open(openableExample(first));
    // runs once: the menu itself makes the later changes of the URL
  }, []);

  // the tab bar holds fewer tabs than there are examples
  useEffect(() => {
    document.querySelector('.graphiql-tab-active')?.scrollIntoView({ block: 'nearest' });
  }, [openedQuery]);

  const entry = (example: Example): ReactElement =>
    h(
      'button',
      {
        key: example.id,
        onClick: () => open(openableExample(example)),
        'aria-current': example.query === openedQuery,
        'data-example': example.id,
      },
      h('strong', null, example.title),
      h('small', null, example.shows),
    );
  return h(
    Fragment,
    null,
    createPortal(
      GROUPS.map(([group, title]) => groupSection(title, examplesOf(examples, group), entry)),
      document.getElementById('examples')!,
    ),
    h(PictureDrop, { example: examples.find(({ id }) => id === PICTURE_EXAMPLE), open }),
  );
}

function examplesOf(examples: Example[], group: ExampleGroup): Example[] {
  return examples.filter((example) => example.group === group);
}

function groupSection(title: string, examples: Example[], entry: (example: Example) => ReactElement): ReactElement {
  const tasks = [...new Set(examples.map(({ task }) => task))];
  return h(
    'section',
    { key: title },
    h('h2', null, title),
    tasks.map((task) =>
      h(Fragment, { key: task }, h('h3', null, task), examples.filter((example) => example.task === task).map(entry)),
    ),
  );
}
