// The playground page: GraphiQL with a key form, worked examples, picture drop, cost and pictures.
import { accessHeaders } from '../shared/access.js';
import { AccessForm } from './access.form.js';
import { ExampleMenu } from './example.menu.js';
import { fetchExamples } from './examples.js';
import { Fragment, GraphiQL, createRoot, h } from './graphiql.js';
import { ResponseCost, ResponsePictures } from './response.js';
import { skuSubstitutes } from './sku.substitutes.js';

async function start(): Promise<void> {
  const examples = await fetchExamples();
  const skus = skuSubstitutes(examples);
  await skus.refresh();
  const fetcher = GraphiQL.createFetcher({
    url: '/graphql',
    fetch: (url, options) => fetch(url, { ...options, headers: { ...options?.headers, ...accessHeaders() } }),
    enableIncrementalDelivery: false,
  });
  const playground = h(
    GraphiQL,
    {
      fetcher,
      // with '' GraphiQL would insert its welcome text, and the first example would not open
      defaultQuery: '\n',
      inputValueDeprecation: true,
      isHeadersEditorEnabled: false,
      defaultEditorToolsVisibility: 'variables',
    },
    h(GraphiQL.Logo, null, ' '),
    h(
      GraphiQL.Footer,
      null,
      h(
        Fragment,
        null,
        h(AccessForm, { skus }),
        h(ExampleMenu, { examples, skus }),
        h(ResponseCost),
        h(ResponsePictures),
      ),
    ),
  );
  createRoot(document.getElementById('playground')!).render(playground);
}

start().catch((error: Error) => {
  document.querySelector('.waiting')!.textContent = `The playground could not start: ${error.message}`;
});
