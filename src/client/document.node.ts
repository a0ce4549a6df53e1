// Converts operations to the syntax trees that Apollo Client and urql use.
// It imports GraphQL's parser, so pages that use client.ts do not import this file.
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { parse } from 'graphql';
import type { TypedDocumentString } from './operations.js';

export function documentNode<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
): TypedDocumentNode<Data, Variables> {
  return parse(String(document));
}
