// The worked examples of the server, and the query that a link can carry.

export interface Example {
  /** The file name in schema/queries, without its extension. */
  id: string;
  title: string;
  group: ExampleGroup;
  /** The user's task in a few words. The menu groups examples by it. */
  task: string;
  /** One sentence about the example. */
  shows: string;
  query: string;
  /** JSON text. Empty for a query without variables. */
  variables: string;
}

export type ExampleGroup = 'storefront' | 'merchant' | 'analyst' | 'admin';

/** A query to open in a tab, with its variables as JSON text. */
export interface OpenableQuery {
  query: string;
  variables: string;
  /** The part of the page's URL that starts with #. */
  address: string;
  /** The variables of a menu example get SKUs of this catalog. Those of a link stay unchanged. */
  source: 'menu' | 'link' | 'picture';
}

export async function fetchExamples(): Promise<Example[]> {
  const response = await fetch('/playground/examples.json');
  return (await response.json()) as Example[];
}

export function openableExample(example: Example): OpenableQuery {
  const { id, query, variables } = example;
  return { query, variables, address: `#${id}`, source: 'menu' };
}

/**
 * Returns the query of a `#query=…&variables=…` URL, with both values form-encoded. Null for other URLs.
 * Browsers do not send the part after # to the server.
 */
export function linkedQuery(): OpenableQuery | null {
  const fields = new URLSearchParams(location.hash.slice(1));
  // forms encode line ends as \r\n, the editor uses \n
  const query = fields.get('query')?.replaceAll('\r\n', '\n');
  if (!query) return null;
  return { query, variables: fields.get('variables') ?? '', address: location.hash, source: 'link' };
}
