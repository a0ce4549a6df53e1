// The API for a storefront, in a browser or in Node: a typed operation in, its data out. Sends queries by their hash, files as
// multipart, and makes every failure an ApiError. Knows no page and keeps nothing but hashes.
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
import { ApiError, UNREACHABLE, type ErrorExtensions } from './api.error.js';
import { multipartBody } from './multipart.body.js';

export interface ClientOptions {
  /** Of the API: `https://fitroom.shop.example/graphql`. */
  url: string;
  /** Asked ahead of each request, for example for `authorization`. */
  headers?: () => Record<string, string>;
}

export interface AskOptions {
  signal?: AbortSignal;
  /**
   * By GET, whose answer the browser keeps and only asks whether it is still so: for the catalog. What a shopper asks for is
   * better sent by POST, the default, since servers on the way write addresses into their logs.
   */
  byGet?: boolean;
}

/** An operation's text with the types of its answer and its variables: each of operations.ts. */
export interface Operation<Data, Variables> extends DocumentTypeDecoration<Data, Variables> {
  toString(): string;
}

export interface Client {
  /** @throws ApiError; whatever `signal` was aborted with */
  ask<Data, Variables>(
    operation: Operation<Data, Variables>,
    variables: Variables,
    options?: AskOptions,
  ): Promise<Data>;
}

interface Answer {
  data?: unknown;
  errors?: { message: string; extensions: ErrorExtensions }[];
}

/** Addresses longer than this do not reach every server. */
const MAX_ADDRESS = 2000;
/** Tells the server that no form or picture of another site has sent this. */
const PREFLIGHT = { 'apollo-require-preflight': '1' };
const JSON_BODY = { 'content-type': 'application/json' };

export function createClient({ url, headers = () => ({}) }: ClientOptions): Client {
  const send = async (address: string, init: RequestInit): Promise<Answer> => {
    try {
      const response = await fetch(address, { ...init, headers: { ...init.headers, ...headers() } });
      return (await response.json()) as Answer;
    } catch (cause) {
      if (init.signal?.aborted) throw cause;
      throw new ApiError('The server cannot be reached.', { code: UNREACHABLE }, { cause });
    }
  };
  const post = (body: object, signal?: AbortSignal): Promise<Answer> =>
    send(url, { method: 'POST', headers: JSON_BODY, body: JSON.stringify(body), signal });

  return {
    async ask<Data, Variables>(
      operation: Operation<Data, Variables>,
      given: Variables,
      { signal, byGet = false }: AskOptions = {},
    ) {
      const query = operation.toString();
      const variables = given as Record<string, unknown>;
      const form = multipartBody({ query, variables });
      if (form) return dataOf<Data>(await send(url, { method: 'POST', headers: PREFLIGHT, body: form, signal }));
      const extensions = /^\s*mutation\b/.test(query) ? null : await persisted(query);
      if (extensions === null) return dataOf<Data>(await post({ query, variables }, signal));
      const address = byGet ? addressOf(url, { variables, extensions }) : null;
      const answer = await (address !== null && address.length <= MAX_ADDRESS
        ? send(address, { headers: PREFLIGHT, signal })
        : post({ variables, extensions }, signal));
      const isUnknown = answer.errors?.[0]?.extensions.code === 'PERSISTED_QUERY_NOT_FOUND';
      return dataOf<Data>(isUnknown ? await post({ query, variables, extensions }, signal) : answer);
    },
  };
}

function addressOf(url: string, parameters: Record<string, unknown>): string {
  const texts = Object.entries(parameters).map(
    ([name, value]) => `${name}=${encodeURIComponent(JSON.stringify(value))}`,
  );
  return `${url}?${texts.join('&')}`;
}

/** An answer with errors has no data that a page could show: fields that fail leave null where none may be. */
function dataOf<Data>({ data, errors }: Answer): Data {
  const [error] = errors ?? [];
  if (error) throw new ApiError(error.message, error.extensions);
  if (data == null) throw new ApiError('The answer is none of GraphQL.', { code: UNREACHABLE });
  return data as Data;
}

const hashes = new Map<string, Promise<object | null>>();

/** What names a query instead of its text; null where the browser has no hashes, which it keeps from pages without TLS. */
function persisted(query: string): Promise<object | null> {
  const known = hashes.get(query) ?? persistedQuery(query);
  hashes.set(query, known);
  return known;
}

async function persistedQuery(query: string): Promise<object | null> {
  const subtle: typeof globalThis.crypto.subtle | undefined = globalThis.crypto.subtle;
  if (subtle === undefined) return null;
  const digest = new Uint8Array(await subtle.digest('SHA-256', new TextEncoder().encode(query)));
  const sha256Hash = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return { persistedQuery: { version: 1, sha256Hash } };
}
