// A typed GraphQL client for storefronts, in browsers and in Node.
// It sends queries by their hash and files as multipart, and turns every failure into an ApiError.
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
import { ApiError, UNREACHABLE, type ErrorExtensions } from './api.error.js';
import { multipartBody } from './multipart.body.js';

export interface ClientOptions {
  /** The API's URL, for example `https://fitroom.shop.example/graphql`. */
  url: string;
  /** Returns headers such as `authorization`. Called before each request. */
  headers?: () => Record<string, string>;
}

export interface AskOptions {
  signal?: AbortSignal;
  /**
   * Sends the query by GET, so that the browser can cache and revalidate the response. Use it for catalog data. Shopper
   * requests should use POST, the default, because proxies write URLs into their logs.
   */
  byGet?: boolean;
}

/** A GraphQL operation with the types of its data and variables. operations.ts exports them. */
export interface Operation<Data, Variables> extends DocumentTypeDecoration<Data, Variables> {
  toString(): string;
}

export interface Client {
  /** Sends the operation and returns its data. @throws ApiError; the signal's reason after an abort */
  ask<Data, Variables>(
    operation: Operation<Data, Variables>,
    variables: Variables,
    options?: AskOptions,
  ): Promise<Data>;
}

interface GraphQLResponse {
  data?: unknown;
  errors?: { message: string; extensions: ErrorExtensions }[];
}

/** In characters. Some servers and proxies refuse longer URLs. */
const MAX_ADDRESS = 2000;
/** Proves to the server that no form or image tag of another site sent the request. */
const PREFLIGHT = { 'apollo-require-preflight': '1' };
const JSON_BODY = { 'content-type': 'application/json' };

export function createClient({ url, headers = () => ({}) }: ClientOptions): Client {
  const send = async (address: string, init: RequestInit): Promise<GraphQLResponse> => {
    try {
      const response = await fetch(address, { ...init, headers: { ...init.headers, ...headers() } });
      return (await response.json()) as GraphQLResponse;
    } catch (cause) {
      if (init.signal?.aborted) throw cause;
      throw new ApiError('The server cannot be reached.', { code: UNREACHABLE }, { cause });
    }
  };
  const post = (body: object, signal?: AbortSignal): Promise<GraphQLResponse> =>
    send(url, { method: 'POST', headers: JSON_BODY, body: JSON.stringify(body), signal });

  return {
    async ask<Data, Variables>(
      operation: Operation<Data, Variables>,
      typedVariables: Variables,
      { signal, byGet = false }: AskOptions = {},
    ) {
      const query = operation.toString();
      const variables = typedVariables as Record<string, unknown>;
      const form = multipartBody({ query, variables });
      if (form) return dataOf<Data>(await send(url, { method: 'POST', headers: PREFLIGHT, body: form, signal }));
      const extensions = /^\s*mutation\b/.test(query) ? null : await persisted(query);
      if (extensions === null) return dataOf<Data>(await post({ query, variables }, signal));
      const address = byGet ? addressOf(url, { variables, extensions }) : null;
      const response = await (address !== null && address.length <= MAX_ADDRESS
        ? send(address, { headers: PREFLIGHT, signal })
        : post({ variables, extensions }, signal));
      const isUnknown = response.errors?.[0]?.extensions.code === 'PERSISTED_QUERY_NOT_FOUND';
      return dataOf<Data>(isUnknown ? await post({ query, variables, extensions }, signal) : response);
    },
  };
}

function addressOf(url: string, parameters: Record<string, unknown>): string {
  const pairs = Object.entries(parameters).map(
    ([name, value]) => `${name}=${encodeURIComponent(JSON.stringify(value))}`,
  );
  return `${url}?${pairs.join('&')}`;
}

/** Returns the data. @throws ApiError for any error, because a failed field leaves null where the types forbid it */
function dataOf<Data>({ data, errors }: GraphQLResponse): Data {
  const [error] = errors ?? [];
  if (error) throw new ApiError(error.message, error.extensions);
  if (data == null) throw new ApiError('The response is not a GraphQL response.', { code: UNREACHABLE });
  return data as Data;
}

const hashes = new Map<string, Promise<object | null>>();

/** Returns the `persistedQuery` extension. Null on pages without TLS, where browsers offer no hash function. */
function persisted(query: string): Promise<object | null> {
  const extension = hashes.get(query) ?? persistedQuery(query);
  hashes.set(query, extension);
  return extension;
}

async function persistedQuery(query: string): Promise<object | null> {
  const subtle: typeof globalThis.crypto.subtle | undefined = globalThis.crypto.subtle;
  if (subtle === undefined) return null;
  const digest = new Uint8Array(await subtle.digest('SHA-256', new TextEncoder().encode(query)));
  const sha256Hash = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return { persistedQuery: { version: 1, sha256Hash } };
}
