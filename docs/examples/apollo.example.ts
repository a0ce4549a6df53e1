// Apollo Client with persisted queries by GET and garments cached by their sku.
import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { documentNode } from 'fitroom/client/document.node';
import { BrowseDocument, type BrowseQuery } from 'fitroom/client/operations';
import type { Shop } from './fetch.example.js';

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function apolloClient({ url, key }: Shop): ApolloClient {
  const headers = { authorization: `Bearer ${key}`, 'apollo-require-preflight': '1' };
  const persisted = new PersistedQueryLink({ sha256, useGETForHashedQueries: true });
  return new ApolloClient({
    link: persisted.concat(new HttpLink({ uri: url, headers })),
    cache: new InMemoryCache({ typePolicies: { Garment: { keyFields: ['sku'] } } }),
  });
}

/** In React: `useQuery(documentNode(BrowseDocument), { variables })`. */
export async function browse(client: ApolloClient, first: number): Promise<BrowseQuery['garments']> {
  const { data } = await client.query({ query: documentNode(BrowseDocument), variables: { first } });
  return data!.garments;
}
