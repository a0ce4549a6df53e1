// Rules that every answer keeps, whatever was asked.
import { ERROR_CODES } from '../../../src/errors.js';
import { GRAPHQL_CODES } from '../../../src/graphql/server/error.format.js';
import { Fault } from './fuzz.case.js';
import type { Answer } from './raw.http.js';

/** A refusal says one thing. */
const LONGEST_REFUSAL = 50_000;
/** A stack, a file or a statement of the server. */
const INTERNALS = /node_modules|\/dist\/|\/src\/|\bat \S+ \(|\b(?:Type|Range|Reference)Error: |\bselect .+ from \w+/;

export interface ReadAnswer {
  status: number;
  data: Record<string, unknown> | null;
  codes: string[];
  messages: string[];
}

/** @throws Fault where the answer breaks a rule, or where there is none though the request was whole */
export function requireAnswer(answer: Answer | null | 'silent'): ReadAnswer {
  if (answer === null) throw new Fault('The connection ended without an answer.');
  return requireSound(answer)!;
}

/** The same where the server may just close the connection. */
export function requireSound(answer: Answer | null | 'silent'): ReadAnswer | null {
  if (answer === 'silent') throw new Fault('No answer came within 30 s.');
  if (answer === null) return null;
  const { status, body } = answer;
  if (status === 500 || status > 503) throw new Fault(`The answer has the status ${status}: ${excerpt(body)}`);
  if (status >= 400 && body.length > LONGEST_REFUSAL) throw new Fault(`A refusal has ${body.length} bytes.`);
  const isJson = answer.headers['content-type']?.includes('json') ?? false;
  if (status >= 400 && !isJson) throw new Fault(`An error ${status} is not in the documented form: ${excerpt(body)}`);
  if (!isJson) return { status, data: null, codes: [], messages: [] };
  return readErrors(status, body);
}

function readErrors(status: number, body: Buffer): ReadAnswer {
  let parsed: { data?: Record<string, unknown> | null; errors?: { message: string; extensions?: { code?: string } }[] };
  try {
    parsed = JSON.parse(body.toString()) as typeof parsed;
  } catch {
    throw new Fault(`An answer ${status} is not JSON: ${excerpt(body)}`);
  }
  const errors = parsed.errors ?? [];
  if (status >= 400 && (!Array.isArray(errors) || errors.length === 0) && parsed.data === undefined) {
    // health says what is missing in a form of its own
    if (status !== 503) throw new Fault(`An error ${status} is not in the documented form: ${excerpt(body)}`);
  }
  const codes = errors.map(({ extensions }) => String(extensions?.code));
  const messages = errors.map(({ message }) => message);
  const unknown = codes.find((code) => !(code in ERROR_CODES) && !(code in GRAPHQL_CODES));
  if (unknown !== undefined) throw new Fault(`The code ${unknown} is not documented: ${excerpt(body)}`);
  if (codes.includes('INTERNAL_SERVER_ERROR')) throw new Fault(`INTERNAL_SERVER_ERROR is answered: ${excerpt(body)}`);
  const leak = messages.find((message) => INTERNALS.test(message));
  if (leak !== undefined) throw new Fault(`A message shows internals: ${leak.slice(0, 200)}`);
  return { status, data: parsed.data ?? null, codes, messages };
}

const excerpt = (body: Buffer): string => JSON.stringify(body.toString('utf8', 0, 200));
