// Command `fitroom stores`, which creates, lists and deletes stores with the key of the deployment.
import type { CommandModule } from 'yargs';
import { CannotRun } from './exit.js';
import { clientOf, withServer, type ServerArguments } from './server.options.js';
import { columns } from './table.js';
import { printUserErrors, type UserError } from './user.errors.js';

const createCommand: CommandModule<object, ServerArguments & { id: string; name: string }> = {
  command: 'create <id> <name>',
  describe: 'Create an empty store without keys',
  builder: (yargs) =>
    withServer(yargs)
      .positional('id', { type: 'string', demandOption: true, describe: 'Lower-case letters, digits and hyphens' })
      .positional('name', { type: 'string', demandOption: true, describe: 'Display name of the store' })
      .example('$0 stores create autumn "Autumn & Co."', 'then: $0 keys create admin "their own" --store autumn'),
  handler: async (args) => {
    const { id, name } = args;
    const { createStore } = await clientOf(args).call<{ createStore: { userErrors: UserError[] } }>({
      query: `mutation ($id: String!, $name: String!) {
        createStore(id: $id, name: $name) { userErrors { code message } }
      }`,
      variables: { id, name },
    });
    if (!printUserErrors(createStore.userErrors)) console.log(`Created the store ${id}. It has no keys yet.`);
  },
};

const listCommand: CommandModule<object, ServerArguments> = {
  command: 'list',
  describe: 'List the stores of the deployment',
  builder: withServer,
  handler: async (args) => {
    const { stores } = await clientOf(args).call<{ stores: { id: string; name: string; createdAt: string }[] }>({
      query: '{ stores { id name createdAt } }',
    });
    const rows = stores.map(({ id, name, createdAt }) => [id, createdAt.slice(0, 10), name]);
    console.log(columns([['ID', 'CREATED', 'NAME'], ...rows]));
  },
};

const deleteCommand: CommandModule<object, ServerArguments & { id: string; yes: boolean }> = {
  command: 'delete <id>',
  describe: 'Delete a store and all its data permanently',
  builder: (yargs) =>
    withServer(yargs)
      .positional('id', { type: 'string', demandOption: true, describe: 'ID of the store' })
      .option('yes', {
        type: 'boolean',
        default: false,
        describe: 'Confirm the deletion; only a backup can restore the store',
      })
      .example('$0 export autumn.tar --store autumn', 'first, to keep a copy of its data'),
  handler: async (args) => {
    const { id, yes } = args;
    if (!yes) {
      throw new CannotRun(
        `This deletes all garments, pictures, keys, rules and imports of ${id} permanently. Add --yes to confirm.`,
      );
    }
    const { deleteStore } = await clientOf(args).call<{ deleteStore: { userErrors: UserError[] } }>({
      query: 'mutation ($id: String!) { deleteStore(id: $id) { userErrors { code message } } }',
      variables: { id },
    });
    if (!printUserErrors(deleteStore.userErrors)) console.log(`Deleted the store ${id} and all its data.`);
  },
};

export const storesCommand: CommandModule = {
  command: 'stores',
  describe: 'Create, list and delete the stores of a deployment',
  builder: (yargs) =>
    yargs.command(createCommand).command(listCommand).command(deleteCommand).demandCommand(1, 'Specify a subcommand.'),
  handler: () => undefined,
};
