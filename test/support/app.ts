// A whole server on the real bundle for a test file: its own database, a free port, and a client that speaks GraphQL.
import { startApp, type App, type AppParts } from '../../src/bootstrap/server.js';
import { type Config } from '../../src/config.js';
import { openTestDatabase } from './database.js';
import { kept, SETTINGS, SILENT, startedSeed } from './started.seed.js';

export interface GraphQLAnswer<Data> {
  data: Data | null;
  errors?: {
    message: string;
    path?: (string | number)[];
    extensions: { code: string; field?: string[]; requestId?: string };
  }[];
}

/** The key that a request brings and the store that it names. */
export interface Asker {
  key?: string;
  store?: string;
}

export function headersOf({ key, store }: Asker): Record<string, string> {
  return {
    'content-type': 'application/json',
    ...(key !== undefined && { authorization: `Bearer ${key}` }),
    ...(store !== undefined && { 'x-fitroom-store': store }),
  };
}

export interface TestApp {
  readonly app: App;
  /** Sends an operation over HTTP. @returns the whole answer, errors too */
  ask<Data = Record<string, never>>(
    query: string,
    variables?: Record<string, unknown>,
    asker?: Asker,
  ): Promise<GraphQLAnswer<Data>>;
  /** Sends an operation that must succeed. */
  data<Data>(query: string, variables?: Record<string, unknown>, asker?: Asker): Promise<Data>;
}

export interface TestAppOptions {
  /** With the drawn sample catalog. */
  sample: boolean;
  fetchOptions?: AppParts['fetchOptions'];
  now?: AppParts['now'];
  /** Settings beside the tests' own, for example a bundle that starts faster. */
  config?: Partial<Config>;
  /** Absent: silent. */
  logger?: AppParts['logger'];
}

/** Registers the start before and the stop after all tests of the file. */
export function withApp(options: TestAppOptions): TestApp {
  let started: App | undefined;
  let closeDatabase: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    const config = { ...SETTINGS, sampleCatalog: options.sample, ...options.config };
    const { database, close } = await openTestDatabase(startedSeed(config));
    closeDatabase = close;
    const { logger = SILENT, fetchOptions, now } = options;
    started = await startApp({ config, logger, fetchOptions, now, database: kept(database) });
  }, 120_000);
  afterAll(async () => {
    await started?.close();
    await closeDatabase?.();
  }, 30_000);

  const ask = async <Data>(
    query: string,
    variables: Record<string, unknown> = {},
    asker: Asker = {},
  ): Promise<GraphQLAnswer<Data>> => {
    const response = await fetch(`${started!.url}/graphql`, {
      method: 'POST',
      headers: headersOf(asker),
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as GraphQLAnswer<Data>;
  };
  return {
    get app() {
      return started!;
    },
    ask,
    async data<Data>(query: string, variables?: Record<string, unknown>, asker?: Asker) {
      const answer = await ask<Data>(query, variables, asker);
      if (answer.errors) throw new Error(JSON.stringify(answer.errors, null, 2));
      return answer.data!;
    },
  };
}
