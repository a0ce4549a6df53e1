// A server on the real bundle for a test file, with its own database and a GraphQL client.
import { startApp, type App, type AppParts } from '../../src/bootstrap/server.js';
import { type Config } from '../../src/config.js';
import { openTestDatabase } from './database.js';
import { withoutClose, SETTINGS, SILENT, startedSeed } from './started.seed.js';

export interface GraphQLResponse<Data> {
  data: Data | null;
  errors?: {
    message: string;
    path?: (string | number)[];
    extensions: { code: string; field?: string[]; requestId?: string };
  }[];
}

/** API key and store that a request sends. */
export interface Credentials {
  key?: string;
  store?: string;
}

export function headersOf({ key, store }: Credentials): Record<string, string> {
  return {
    'content-type': 'application/json',
    ...(key !== undefined && { authorization: `Bearer ${key}` }),
    ...(store !== undefined && { 'x-fitroom-store': store }),
  };
}

export interface TestApp {
  readonly app: App;
  /** Sends an operation over HTTP. @returns the whole response, including errors */
  ask<Data = Record<string, never>>(
    query: string,
    variables?: Record<string, unknown>,
    credentials?: Credentials,
  ): Promise<GraphQLResponse<Data>>;
  /** Sends an operation that must succeed, and returns its data. */
  data<Data>(query: string, variables?: Record<string, unknown>, credentials?: Credentials): Promise<Data>;
}

export interface TestAppOptions {
  /** True: the server starts with the drawn sample catalog. */
  sample: boolean;
  fetchOptions?: AppParts['fetchOptions'];
  now?: AppParts['now'];
  /** Settings that override those of the tests, for example a bundle that starts faster. */
  config?: Partial<Config>;
  /** Silent when absent. */
  logger?: AppParts['logger'];
}

/** Starts the server before all tests of the file and stops it after them. */
export function withApp(options: TestAppOptions): TestApp {
  let started: App | undefined;
  let closeDatabase: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    const config = { ...SETTINGS, sampleCatalog: options.sample, ...options.config };
    const { database, close } = await openTestDatabase(startedSeed(config));
    closeDatabase = close;
    const { logger = SILENT, fetchOptions, now } = options;
    started = await startApp({ config, logger, fetchOptions, now, database: withoutClose(database) });
  }, 120_000);
  afterAll(async () => {
    await started?.close();
    await closeDatabase?.();
  }, 30_000);

  const ask = async <Data>(
    query: string,
    variables: Record<string, unknown> = {},
    credentials: Credentials = {},
  ): Promise<GraphQLResponse<Data>> => {
    const response = await fetch(`${started!.url}/graphql`, {
      method: 'POST',
      headers: headersOf(credentials),
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as GraphQLResponse<Data>;
  };
  return {
    get app() {
      return started!;
    },
    ask,
    async data<Data>(query: string, variables?: Record<string, unknown>, credentials?: Credentials) {
      const response = await ask<Data>(query, variables, credentials);
      if (response.errors) throw new Error(JSON.stringify(response.errors, null, 2));
      return response.data!;
    },
  };
}
