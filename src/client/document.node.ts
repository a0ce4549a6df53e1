// Operations as the syntax trees that Apollo Client and urql take. Brings GraphQL's parser along, so pages that send texts
// leave it out.
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { parse } from 'graphql';
import type { TypedDocumentString } from './operations.js';

export function documentNode<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
): TypedDocumentNode<Data, Variables> {
  return parse(String(document));
}
