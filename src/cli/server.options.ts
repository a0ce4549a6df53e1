// Options for server, key and store, shared by all commands that call a server.
import type { Argv } from 'yargs';
import { readClientKey, readServerAddress } from '../config.js';
import { ApiClient } from './api.client.js';

export interface ServerArguments {
  server: string;
  key: string | undefined;
  store: string | undefined;
}

export function withServer<Options>(yargs: Argv<Options>): Argv<Options & ServerArguments> {
  return yargs
    .option('server', { type: 'string', default: readServerAddress(), describe: 'URL of the server' })
    .option('key', {
      type: 'string',
      describe: 'API key; default: FITROOM_KEY, which is hidden from the process list of the machine',
    })
    .option('store', {
      type: 'string',
      describe: 'Store to use; only the key of the deployment can choose one',
    });
}

/** Returns a client for these options. @throws ServerUnreachable if the server URL is invalid */
export function clientOf({ server, key, store }: ServerArguments): ApiClient {
  return new ApiClient(server, { key: key ?? readClientKey(), store });
}
