// Rules that every response follows, whatever the request was.
import { ERROR_CODES } from '../../../src/errors.js';
import { GRAPHQL_CODES } from '../../../src/graphql/server/error.format.js';
import { Fault } from './fuzz.case.js';
import type { RawResponse } from './raw.http.js';

/** Largest size of an error response in bytes. An error response contains few errors. */
const LONGEST_REFUSAL = 50_000;
/** Traces of internals: a stack, a file or a statement of the server. */
const INTERNALS = /node_modules|\/dist\/|\/src\/|\bat \S+ \(|\b(?:Type|Range|Reference)Error: |\bselect .+ from \w+/;

export interface ParsedResponse {
  status: number;
  data: Record<string, unknown> | null;
  codes: string[];
  messages: string[];
}

/** Checks the response to a complete request. @throws Fault if it breaks a rule or is missing */
export function requireResponse(answer: RawResponse | null | 'silent'): ParsedResponse {
  if (answer === null) throw new Fault('The connection ended without a response.');
  return requireValid(answer)!;
}

/** Does the same, but the server may also close the connection without a response. */
export function requireValid(answer: RawResponse | null | 'silent'): ParsedResponse | null {
  if (answer === 'silent') throw new Fault('No response came within 30 s.');
  if (answer === null) return null;
  const { status, body } = answer;
  if (status === 500 || status > 503) throw new Fault(`The response has the status ${status}: ${excerpt(body)}`);
  if (status >= 400 && body.length > LONGEST_REFUSAL) throw new Fault(`An error response has ${body.length} bytes.`);
  const isJson = answer.headers['content-type']?.includes('json') ?? false;
  if (status >= 400 && !isJson) throw new Fault(`An error ${status} is not in the documented form: ${excerpt(body)}`);
  if (!isJson) return { status, data: null, codes: [], messages: [] };
  return readErrors(status, body);
}

function readErrors(status: number, body: Buffer): ParsedResponse {
  let parsed: { data?: Record<string, unknown> | null; errors?: { message: string; extensions?: { code?: string } }[] };
  try {
    parsed = JSON.parse(body.toString()) as typeof parsed;
  } catch {
    throw new Fault(`A response ${status} is not JSON: ${excerpt(body)}`);
  }
  const errors = parsed.errors ?? [];
  if (status >= 400 && (!Array.isArray(errors) || errors.length === 0) && parsed.data === undefined) {
    // The health endpoint reports missing parts in its own form.
    if (status !== 503) throw new Fault(`An error ${status} is not in the documented form: ${excerpt(body)}`);
  }
  const codes = errors.map(({ extensions }) => String(extensions?.code));
  const messages = errors.map(({ message }) => message);
  const unknown = codes.find((code) => !(code in ERROR_CODES) && !(code in GRAPHQL_CODES));
  if (unknown !== undefined) throw new Fault(`The code ${unknown} is not documented: ${excerpt(body)}`);
  if (codes.includes('INTERNAL_SERVER_ERROR'))
    throw new Fault(`The response is INTERNAL_SERVER_ERROR: ${excerpt(body)}`);
  const leak = messages.find((message) => INTERNALS.test(message));
  if (leak !== undefined) throw new Fault(`A message shows internals: ${leak.slice(0, 200)}`);
  return { status, data: parsed.data ?? null, codes, messages };
}

const excerpt = (body: Buffer): string => JSON.stringify(body.toString('utf8', 0, 200));
