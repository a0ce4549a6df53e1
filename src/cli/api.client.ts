// Client of the GraphQL API over HTTP, with multipart uploads, timeouts and retries.
import { setTimeout as sleep } from 'node:timers/promises';
import { CannotRun } from './exit.js';
import { streamedBody } from './upload.body.js';

/** No usable server responds at the URL, so the command cannot continue. The message says how to fix it. */
export class ServerUnreachable extends CannotRun {
  override readonly name = 'ServerUnreachable';
}

/** The server responded and refused the whole call. */
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
  /** File contents by their path in the variables, for example 'variables.garments.3.image.upload'. */
  files?: ReadonlyMap<string, Uint8Array>;
}

interface GraphQLBody {
  data?: unknown;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/**
 * Delays between retries. A restarting server is back within about 10 s; longer retries would hide a server that is
 * gone.
 */
const RETRY_DELAYS_MS = [500, 1_500, 4_000, 8_000];
const TIMEOUT_MS = 120_000;
/** Long enough to upload a file of any size. */
const UPLOAD_TIMEOUT_MS = 60 * 60_000;

/** Client of the GraphQL API of one server. */
export class ApiClient {
  readonly endpoint: URL;

  /**
   * @param server URL with or without /graphql at its end
   * @param caller API key and store to send, if any
   * @throws ServerUnreachable if the URL is not an http or https URL
   */
  constructor(
    server: string,
    private readonly caller: { key?: string | null; store?: string } = {},
  ) {
    if (!/^https?:\/\//.test(server) || !URL.canParse(server)) {
      throw new ServerUnreachable(
        `The server URL ${server} is not an http or https URL such as http://127.0.0.1:4000.`,
      );
    }
    const base = new URL(server);
    const path = base.pathname.replace(/\/+$/, '');
    this.endpoint = new URL(path.endsWith('/graphql') ? path : `${path}/graphql`, base);
  }

  /**
   * Sends one operation and repeats it while the server is unavailable. Use it only for operations that may run twice.
   * @throws CallRefused if the server refuses the whole call
   * @throws ServerUnreachable if the server does not respond, after 14 s of retries
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

  /** Sends one operation once. Throws the same errors as `callPatiently`. */
  async call<T>(call: ApiCall): Promise<T> {
    const { query, variables = {}, files } = call;
    const operations = JSON.stringify({ query, variables });
    if (files?.size) return this.#dataOf(await this.#send({ body: multipart(operations, files) }));
    return this.#dataOf(await this.#send({ body: operations, headers: { 'content-type': 'application/json' } }));
  }

  /**
   * Sends one operation once, with one file that is streamed.
   * @param path path of the file in the variables, as in `files`
   */
  async upload<T>(call: Omit<ApiCall, 'files'>, path: string, file: AsyncIterable<Uint8Array>): Promise<T> {
    const { contentType, body } = streamedBody(JSON.stringify(call), path, file);
    const request: RequestInit = { body: ReadableStream.from(body), headers: { 'content-type': contentType } };
    // fetch must send a body of unknown length completely before it reads the response
    return this.#dataOf(await this.#send({ ...request, duplex: 'half' }, UPLOAD_TIMEOUT_MS));
  }

  async #dataOf<T>(response: Response): Promise<T> {
    const body = await this.#read(response);
    const error = body.errors?.[0];
    if (error) throw new CallRefused(error.extensions?.code ?? `HTTP_${response.status}`, error.message);
    if (body.data === undefined || body.data === null) throw this.#notFitroom(`HTTP ${response.status} without data`);
    return body.data as T;
  }

  async #send(request: RequestInit, timeoutMs = TIMEOUT_MS): Promise<Response> {
    const { key, store } = this.caller;
    const headers: Record<string, string> = {
      accept: 'application/json',
      // a header that an HTML form cannot send proves to the server that the request is not forged by a web page
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
        `No server answers at ${this.endpoint.origin} (${reason(error)}).\nStart one with \`npm start\`, or ` +
          'set its URL with --server or FITROOM_SERVER.',
        { cause: error },
      );
    }
  }

  async #read(response: Response): Promise<GraphQLBody> {
    const text = await response.text().catch((error: unknown) => {
      throw new ServerUnreachable(
        `${this.endpoint.origin} closed the connection before its response was complete (${reason(error)}).`,
        { cause: error },
      );
    });
    try {
      return JSON.parse(text) as GraphQLBody;
    } catch {
      throw this.#notFitroom(`HTTP ${response.status}, not JSON`);
    }
  }

  #notFitroom(what: string): ServerUnreachable {
    return new ServerUnreachable(
      `${this.endpoint.href} does not respond like a fitroom server (${what}).\nCheck the URL. It comes from ` +
        '--server, FITROOM_SERVER or PORT.',
    );
  }
}

/** Returns the body of a GraphQL multipart request: operations, map, then the files in the order of the map. */
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

/** Returns the reason of a failed request. undici only says "fetch failed"; its cause has the reason. */
function reason(error: unknown): string {
  const { cause, message } = error as { cause?: { code?: string; message?: string }; message?: string };
  return cause?.code ?? cause?.message ?? message ?? String(error);
}
