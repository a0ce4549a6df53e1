// `fitroom stores`: makes, lists and deletes the stores of a deployment through the API, with the deployment's own key.
import type { CommandModule } from 'yargs';
import { CannotRun } from './exit.js';
import { clientOf, withServer, type ServerArguments } from './server.options.js';
import { columns } from './table.js';
import { printUserErrors, type UserError } from './user.errors.js';

const createCommand: CommandModule<object, ServerArguments & { id: string; name: string }> = {
  command: 'create <id> <name>',
  describe: 'Make a store, empty and without keys',
  builder: (yargs) =>
    withServer(yargs)
      .positional('id', { type: 'string', demandOption: true, describe: 'Lower-case letters, digits and hyphens' })
      .positional('name', { type: 'string', demandOption: true, describe: 'What people call it' })
      .example('$0 stores create autumn "Autumn & Co."', 'then: $0 keys create admin "their own" --store autumn'),
  handler: async (args) => {
    const { id, name } = args;
    const { createStore } = await clientOf(args).call<{ createStore: { userErrors: UserError[] } }>({
      query: `mutation ($id: String!, $name: String!) {
        createStore(id: $id, name: $name) { userErrors { code message } }
      }`,
      variables: { id, name },
    });
    if (!printUserErrors(createStore.userErrors)) console.log(`The store ${id} is there. It has no keys yet.`);
  },
};

const listCommand: CommandModule<object, ServerArguments> = {
  command: 'list',
  describe: 'Stores of the deployment',
  builder: withServer,
  handler: async (args) => {
    const { stores } = await clientOf(args).call<{ stores: { id: string; name: string; createdAt: string }[] }>({
      query: '{ stores { id name createdAt } }',
    });
    const rows = stores.map(({ id, name, createdAt }) => [id, createdAt.slice(0, 10), name]);
    console.log(columns([['ID', 'MADE', 'NAME'], ...rows]));
  },
};

const deleteCommand: CommandModule<object, ServerArguments & { id: string; yes: boolean }> = {
  command: 'delete <id>',
  describe: 'Delete a store with everything in it, for ever',
  builder: (yargs) =>
    withServer(yargs)
      .positional('id', { type: 'string', demandOption: true, describe: 'The store' })
      .option('yes', { type: 'boolean', default: false, describe: 'Really: there is no way back but a back-up' })
      .example('$0 export autumn.tar --store autumn', 'first, to keep what is in it'),
  handler: async (args) => {
    const { id, yes } = args;
    if (!yes) {
      throw new CannotRun(
        `Garments, pictures, keys, rules and imports of ${id} would be gone for ever. --yes does it.`,
      );
    }
    const { deleteStore } = await clientOf(args).call<{ deleteStore: { userErrors: UserError[] } }>({
      query: 'mutation ($id: String!) { deleteStore(id: $id) { userErrors { code message } } }',
      variables: { id },
    });
    if (!printUserErrors(deleteStore.userErrors)) console.log(`Nothing is left of the store ${id}.`);
  },
};

export const storesCommand: CommandModule = {
  command: 'stores',
  describe: 'Make, list and delete the stores of a deployment',
  builder: (yargs) =>
    yargs.command(createCommand).command(listCommand).command(deleteCommand).demandCommand(1, 'Name what to do.'),
  handler: () => undefined,
};
