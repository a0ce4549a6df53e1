// Command `fitroom models`, which lists, verifies, pulls and switches model bundles.
import type { CommandModule } from 'yargs';
import { bundleFolder, readConfig } from '../config.js';
import { findingLines } from './doctor/finding.js';
import { CannotRun, EXIT } from './exit.js';
import { clientOf, withServer, type ServerArguments } from './server.options.js';

const listCommand: CommandModule<object, ServerArguments> = {
  command: 'list',
  describe: 'List the installed bundles, the stores that use them, and the bundles available for pull',
  builder: withServer,
  handler: async (server) => {
    // imported here and below because models and hub client would slow down other commands
    const [{ inventory }, { fetchServingModels }] = await Promise.all([
      import('./models/inventory.js'),
      import('./models/serving.js'),
    ]);
    console.log(
      await inventory(
        readConfig(),
        await fetchServingModels((store) => clientOf({ ...server, store: store ?? server.store })),
      ),
    );
  },
};

const verifyCommand: CommandModule<object, { name: string | undefined }> = {
  command: 'verify [name]',
  describe: 'Check all files of a bundle and run it on golden inputs',
  builder: (yargs) =>
    yargs.positional('name', { type: 'string', describe: 'Bundle; default: the one that FITROOM_MODEL names' }),
  handler: async ({ name }) => {
    const { verifyBundle } = await import('./models/verification.js');
    const { modelsDir, bundleDir, inferenceThreads } = readConfig();
    let isSound = true;
    for await (const finding of verifyBundle(name ? bundleFolder(modelsDir, name) : bundleDir, inferenceThreads)) {
      console.log(findingLines(finding));
      if (finding.verdict === 'wrong') isSound = false;
    }
    process.exitCode = isSound ? EXIT.OK : EXIT.FAILED;
  },
};

const pullCommand: CommandModule<object, { name: string; hub: string | undefined }> = {
  command: 'pull <name>',
  describe: 'Download a published bundle; an interrupted pull resumes',
  builder: (yargs) =>
    yargs
      .positional('name', {
        type: 'string',
        demandOption: true,
        describe: 'Name from `models list`, or owner/repository of an uploaded bundle',
      })
      .option('hub', { type: 'string', describe: 'URL of the hub; default: HF_ENDPOINT' })
      .check(({ hub }) => {
        if (hub !== undefined && !/^https?:\/\//.test(hub)) throw new CannotRun('--hub must be an http or https URL.');
        return true;
      })
      .example('$0 models pull marqo-fashionsiglip', 'then start with FITROOM_MODEL=marqo-fashionsiglip'),
  handler: async ({ name, hub }) => {
    const [{ pull }, { Hub }] = await Promise.all([import('./models/pull.js'), import('./models/hub.js')]);
    const { modelsDir, hubUrl, inferenceThreads: threads } = readConfig();
    const pulled = await pull(name, { modelsDir, hub: new Hub(hub?.replace(/\/+$/, '') ?? hubUrl), threads });
    console.log(`${pulled.name} is in ${modelsDir}. Use it with FITROOM_MODEL=${pulled.name}.\n${pulled.next}`);
  },
};

const switchCommand: CommandModule<object, ServerArguments & { name: string; 'min-overlap': number | undefined }> = {
  command: 'switch <name>',
  describe: 'Embed the catalog of a running server with another bundle, then switch to it',
  builder: (yargs) =>
    withServer(yargs)
      .positional('name', { type: 'string', demandOption: true, describe: 'Bundle, as listed by `models list`' })
      .option('min-overlap', {
        type: 'number',
        describe: 'Minimum overlap of the top ten results, 0 to 1; below it the switch is held',
      })
      .example('$0 models switch bert-vit --min-overlap 0.5', 'the server continues to serve requests'),
  handler: async ({ name, 'min-overlap': minOverlap, ...server }) => {
    const { switchModel } = await import('./models/switch.js');
    process.exitCode = await switchModel(clientOf(server), name, minOverlap ?? null);
  },
};

const rollbackCommand: CommandModule<object, ServerArguments & { id: string }> = {
  command: 'rollback <id>',
  describe: 'Undo a switch: the previous model is active at once',
  builder: (yargs) =>
    withServer(yargs).positional('id', {
      type: 'string',
      demandOption: true,
      describe: 'ID of the switch, as printed by `models switch`',
    }),
  handler: async ({ id, ...server }) => {
    const { rollBack } = await import('./models/switch.js');
    process.exitCode = await rollBack(clientOf(server), id);
  },
};

export const modelsCommand: CommandModule = {
  command: 'models',
  describe: 'List, verify, pull and switch model bundles',
  builder: (yargs) =>
    yargs
      .command(listCommand)
      .command(verifyCommand)
      .command(pullCommand)
      .command(switchCommand)
      .command(rollbackCommand)
      .demandCommand(1, 'Specify a subcommand.'),
  handler: () => undefined,
};
