// urql with persisted queries by GET.
import { cacheExchange, Client, fetchExchange } from '@urql/core';
import { persistedExchange } from '@urql/exchange-persisted';
import { documentNode } from 'fitroom/client/document.node';
import { FacetsDocument, type FacetsQuery } from 'fitroom/client/operations';
import type { Shop } from './fetch.example.js';

export function urqlClient({ url, key }: Shop): Client {
  return new Client({
    url,
    fetchOptions: { headers: { authorization: `Bearer ${key}`, 'apollo-require-preflight': '1' } },
    exchanges: [cacheExchange, persistedExchange({ preferGetForPersistedQueries: true }), fetchExchange],
  });
}

/** In React: `useQuery({ query: documentNode(FacetsDocument), variables })`. */
export async function facets(client: Client): Promise<FacetsQuery['chosen']> {
  const none = { typesChosen: false, colorsChosen: false, gendersChosen: false };
  const { data, error } = await client.query(documentNode(FacetsDocument), none).toPromise();
  if (error) throw error;
  return data!.chosen;
}
