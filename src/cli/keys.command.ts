// Command `fitroom keys`, which creates, lists and revokes API keys of a store.
import type { CommandModule } from 'yargs';
import { API_KEY_ROLES, type ApiKeyRole } from '../domain/access/caller.js';
import { clientOf, withServer, type ServerArguments } from './server.options.js';
import { columns } from './table.js';
import { printUserErrors, type UserError } from './user.errors.js';

const ROLES = API_KEY_ROLES.map((role) => role.toLowerCase());

const createCommand: CommandModule<object, ServerArguments & { role: string; name: string }> = {
  command: 'create <role> <name>',
  describe: 'Create a key and print it once',
  builder: (yargs) =>
    withServer(yargs)
      .positional('role', { choices: ROLES, demandOption: true, describe: 'Role of the key' })
      .positional('name', {
        type: 'string',
        demandOption: true,
        describe: 'Name that says who uses the key and for what',
      })
      .example('$0 keys create merchant "nightly feed"', 'only the key is written to standard output'),
  handler: async (args) => {
    const role = args.role.toUpperCase() as ApiKeyRole;
    const { createApiKey } = await clientOf(args).call<{
      createApiKey: { id: string; key: string; userErrors: UserError[] };
    }>({
      query: `mutation ($role: ApiKeyRole!, $name: String!) {
        createApiKey(role: $role, name: $name) { id key userErrors { code message } }
      }`,
      variables: { role, name: args.name },
    });
    if (printUserErrors(createApiKey.userErrors)) return;
    console.error(`Key ${createApiKey.id}. It is shown only once; the server stores only its hash:`);
    console.log(createApiKey.key);
  },
};

interface ListedKey {
  id: string;
  name: string;
  role: ApiKeyRole;
  createdAt: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

const listCommand: CommandModule<object, ServerArguments> = {
  command: 'list',
  describe: 'List the keys of the store, newest first, including revoked ones',
  builder: withServer,
  handler: async (args) => {
    const { apiKeys } = await clientOf(args).call<{ apiKeys: ListedKey[] }>({
      query: '{ apiKeys { id name role createdAt lastUsedAt revokedAt } }',
    });
    const rows = apiKeys.map(({ id, name, role, createdAt, lastUsedAt, revokedAt }) => [
      id,
      role.toLowerCase(),
      createdAt.slice(0, 10),
      lastUsedAt?.slice(0, 16).replace('T', ' ') ?? 'never',
      revokedAt === null ? 'valid' : `revoked ${revokedAt.slice(0, 10)}`,
      name,
    ]);
    console.log(columns([['ID', 'ROLE', 'CREATED', 'LAST USED', 'STATE', 'NAME'], ...rows]));
  },
};

const revokeCommand: CommandModule<object, ServerArguments & { id: string }> = {
  command: 'revoke <id>',
  describe: 'Revoke a key permanently',
  builder: (yargs) =>
    withServer(yargs).positional('id', {
      type: 'string',
      demandOption: true,
      describe: 'ID of the key, as shown by `keys list`; not the key itself',
    }),
  handler: async (args) => {
    const { revokeApiKey } = await clientOf(args).call<{ revokeApiKey: { userErrors: UserError[] } }>({
      query: 'mutation ($id: ID!) { revokeApiKey(id: $id) { userErrors { code message } } }',
      variables: { id: args.id },
    });
    if (!printUserErrors(revokeApiKey.userErrors)) console.log('Revoked. All servers refuse the key within 5 seconds.');
  },
};

export const keysCommand: CommandModule = {
  command: 'keys',
  describe: 'Create, list and revoke API keys of a store',
  builder: (yargs) =>
    yargs.command(createCommand).command(listCommand).command(revokeCommand).demandCommand(1, 'Specify a subcommand.'),
  handler: () => undefined,
};
