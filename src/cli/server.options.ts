// Which server a command talks to, with which key, about which store. Owns these options for every command that has them.
import type { Argv } from 'yargs';
import { readClientKey, readServerAddress } from '../config.js';
import { ApiClient } from './api.client.js';

export interface ServerArguments {
  server: string;
  key: string | undefined;
  store: string | undefined;
}

export function withServer<Given>(yargs: Argv<Given>): Argv<Given & ServerArguments> {
  return yargs
    .option('server', { type: 'string', default: readServerAddress(), describe: 'Address of the server' })
    .option('key', {
      type: 'string',
      describe: 'Key to bring; default: FITROOM_KEY, which other users of this machine do not see among its processes',
    })
    .option('store', {
      type: 'string',
      describe: 'Store that it is about; only the deployment’s own key has a choice',
    });
}

/** @throws ServerUnreachable where the server's address is none */
export function clientOf({ server, key, store }: ServerArguments): ApiClient {
  return new ApiClient(server, { key: key ?? readClientKey(), store });
}
