// Owns the way to a server: GraphQL over HTTP, files as a multipart request, waits and retries. Knows no command.
import { setTimeout as sleep } from 'node:timers/promises';
import { CannotRun } from './exit.js';
import { streamedBody } from './upload.body.js';

/** Nothing usable answers at the address: the run cannot go on. The message says what to do. */
export class ServerUnreachable extends CannotRun {
  override readonly name = 'ServerUnreachable';
}

/** The server answered, and refused the whole call. */
export class CallRefused extends CannotRun {
  override readonly name = 'CallRefused';
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export interface ApiCall {
  query: string;
  variables?: Record<string, unknown>;
  /** Bytes by where they belong, for example 'variables.garments.3.image.upload'. */
  files?: ReadonlyMap<string, Uint8Array>;
}

interface Answer {
  data?: unknown;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** A server that restarts is back within some 10 s; waiting longer would hide that it is gone. */
const RETRY_DELAYS_MS = [500, 1_500, 4_000, 8_000];
const TIMEOUT_MS = 120_000;
/** A file of any size goes up within it. */
const UPLOAD_TIMEOUT_MS = 60 * 60_000;

/** A client of one server's GraphQL API. */
export class ApiClient {
  readonly endpoint: URL;

  /**
   * @param server address with or without the /graphql at its end
   * @param caller the key to bring, and the store to name, where there are any
   * @throws ServerUnreachable where it is no http(s) address
   */
  constructor(
    server: string,
    private readonly caller: { key?: string | null; store?: string } = {},
  ) {
    if (!/^https?:\/\//.test(server) || !URL.canParse(server)) {
      throw new ServerUnreachable(
        `The server's address ${server} is no http(s) address, such as http://127.0.0.1:4000`,
      );
    }
    const base = new URL(server);
    const path = base.pathname.replace(/\/+$/, '');
    this.endpoint = new URL(path.endsWith('/graphql') ? path : `${path}/graphql`, base);
  }

  /**
   * Sends one operation, and again while the server is away: only for operations that may safely arrive twice.
   * @throws CallRefused where the server refuses the call as a whole
   * @throws ServerUnreachable where it does not answer, after 14 s of retries
   */
  async callPatiently<T>(call: ApiCall): Promise<T> {
    for (const delayMs of RETRY_DELAYS_MS) {
      try {
        return await this.call<T>(call);
      } catch (error) {
        if (!isTemporary(error)) throw error;
        await sleep(delayMs);
      }
    }
    return this.call<T>(call);
  }

  /** Sends one operation once. Errors as in callPatiently. */
  async call<T>(call: ApiCall): Promise<T> {
    const { query, variables = {}, files } = call;
    const operations = JSON.stringify({ query, variables });
    if (files?.size) return this.#dataOf(await this.#send({ body: multipart(operations, files) }));
    return this.#dataOf(await this.#send({ body: operations, headers: { 'content-type': 'application/json' } }));
  }

  /** Sends one operation once, with one file as it is read. @param path where it belongs, as in `files` */
  async upload<T>(call: Omit<ApiCall, 'files'>, path: string, file: AsyncIterable<Uint8Array>): Promise<T> {
    const { contentType, body } = streamedBody(JSON.stringify(call), path, file);
    const request: RequestInit = { body: ReadableStream.from(body), headers: { 'content-type': contentType } };
    // a body without a known length can only be sent before the answer is read
    return this.#dataOf(await this.#send({ ...request, duplex: 'half' }, UPLOAD_TIMEOUT_MS));
  }

  async #dataOf<T>(response: Response): Promise<T> {
    const answer = await this.#read(response);
    const error = answer.errors?.[0];
    if (error) throw new CallRefused(error.extensions?.code ?? `HTTP_${response.status}`, error.message);
    if (answer.data === undefined || answer.data === null) throw this.#stranger(`HTTP ${response.status} without data`);
    return answer.data as T;
  }

  async #send(request: RequestInit, timeoutMs = TIMEOUT_MS): Promise<Response> {
    const { key, store } = this.caller;
    const headers: Record<string, string> = {
      accept: 'application/json',
      // any header that a form cannot send proves to the server that no web page made a browser send this
      'apollo-require-preflight': 'true',
      ...(key != null && { authorization: `Bearer ${key}` }),
      ...(store !== undefined && { 'x-fitroom-store': store }),
      ...(request.headers as Record<string, string> | undefined),
    };
    try {
      return await fetch(this.endpoint, {
        ...request,
        method: 'POST',
        headers,
        signal: AbortSignal.timeout(timeoutMs),
      });
    } catch (error) {
      throw new ServerUnreachable(
        `No server answers at ${this.endpoint.origin} (${reason(error)}).\n` +
          'Start one with `npm start`, or name its address with --server or FITROOM_SERVER.',
        { cause: error },
      );
    }
  }

  async #read(response: Response): Promise<Answer> {
    const text = await response.text().catch((error: unknown) => {
      throw new ServerUnreachable(`${this.endpoint.origin} broke off its answer (${reason(error)}).`, { cause: error });
    });
    try {
      return JSON.parse(text) as Answer;
    } catch {
      throw this.#stranger(`HTTP ${response.status}, no JSON`);
    }
  }

  #stranger(what: string): ServerUnreachable {
    return new ServerUnreachable(
      `${this.endpoint.href} does not answer like a fitroom server (${what}).\nIs that the right address? --server, FITROOM_SERVER and PORT name it.`,
    );
  }
}

/** The body of the GraphQL multipart request specification: operations, map, then the files in the map's order. */
function multipart(operations: string, files: ReadonlyMap<string, Uint8Array>): FormData {
  const paths = [...files.keys()];
  const form = new FormData();
  form.append('operations', operations);
  form.append('map', JSON.stringify(Object.fromEntries(paths.map((path, i) => [i, [path]]))));
  paths.forEach((path, i) => form.append(String(i), new Blob([files.get(path)!]), `${i}`));
  return form;
}

function isTemporary(error: unknown): boolean {
  return error instanceof CallRefused
    ? ['SERVICE_UNAVAILABLE', 'SERVER_BUSY', 'DATABASE_BUSY', 'PICTURES_BUSY'].includes(error.code)
    : error instanceof ServerUnreachable;
}

/** undici says only "fetch failed"; its cause has the reason. */
function reason(error: unknown): string {
  const { cause, message } = error as { cause?: { code?: string; message?: string }; message?: string };
  return cause?.code ?? cause?.message ?? message ?? String(error);
}
