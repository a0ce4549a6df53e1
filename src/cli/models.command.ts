// `fitroom models`: which bundles there are, whether they are sound, published ones from the hub, and switches of a running
// server. Owns the options.
import type { CommandModule } from 'yargs';
import { bundleFolder, readConfig } from '../config.js';
import { findingLines } from './doctor/finding.js';
import { CannotRun, EXIT } from './exit.js';
import { clientOf, withServer, type ServerArguments } from './server.options.js';

const listCommand: CommandModule<object, ServerArguments> = {
  command: 'list',
  describe: 'Bundles that are here, which one serves which store, and what can be pulled',
  builder: withServer,
  handler: async (server) => {
    // loaded here and below: models and hub client are nothing that another command should wait for
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
  describe: 'Check every file of a bundle, and run it on golden inputs',
  builder: (yargs) =>
    yargs.positional('name', { type: 'string', describe: 'Bundle; the one that FITROOM_MODEL names' }),
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
  describe: 'Fetch a published bundle; a pull that broke off goes on',
  builder: (yargs) =>
    yargs
      .positional('name', {
        type: 'string',
        demandOption: true,
        describe: 'As `models list` names it, or owner/repository of a bundle that was trained and uploaded',
      })
      .option('hub', { type: 'string', describe: 'Address of the hub; default: HF_ENDPOINT' })
      .check(({ hub }) => {
        if (hub !== undefined && !/^https?:\/\//.test(hub)) throw new CannotRun('--hub is an http(s) address');
        return true;
      })
      .example('$0 models pull marqo-fashionsiglip', 'then start with FITROOM_MODEL=marqo-fashionsiglip'),
  handler: async ({ name, hub }) => {
    const [{ pull }, { Hub }] = await Promise.all([import('./models/pull.js'), import('./models/hub.js')]);
    const { modelsDir, hubUrl, inferenceThreads: threads } = readConfig();
    const pulled = await pull(name, { modelsDir, hub: new Hub(hub?.replace(/\/+$/, '') ?? hubUrl), threads });
    console.log(`${pulled.name} is in ${modelsDir} and runs with FITROOM_MODEL=${pulled.name}.\n${pulled.next}`);
  },
};

const switchCommand: CommandModule<object, ServerArguments & { name: string; 'min-overlap': number | undefined }> = {
  command: 'switch <name>',
  describe: 'Embed the catalog of a running server with another bundle, then switch to it',
  builder: (yargs) =>
    withServer(yargs)
      .positional('name', { type: 'string', demandOption: true, describe: 'Bundle, as `models list` names it' })
      .option('min-overlap', {
        type: 'number',
        describe: 'Gate, 0 to 1: held where a kind of request agrees in less of its first ten',
      })
      .example('$0 models switch bert-vit --min-overlap 0.5', 'the server goes on answering meanwhile'),
  handler: async ({ name, 'min-overlap': minOverlap, ...server }) => {
    const { switchModel } = await import('./models/switch.js');
    process.exitCode = await switchModel(clientOf(server), name, minOverlap ?? null);
  },
};

const rollbackCommand: CommandModule<object, ServerArguments & { id: string }> = {
  command: 'rollback <id>',
  describe: 'Take a switch back: the model before answers at once',
  builder: (yargs) =>
    withServer(yargs).positional('id', { type: 'string', demandOption: true, describe: 'As `models switch` said it' }),
  handler: async ({ id, ...server }) => {
    const { rollBack } = await import('./models/switch.js');
    process.exitCode = await rollBack(clientOf(server), id);
  },
};

export const modelsCommand: CommandModule = {
  command: 'models',
  describe: 'List, verify, pull and switch bundles of models',
  builder: (yargs) =>
    yargs
      .command(listCommand)
      .command(verifyCommand)
      .command(pullCommand)
      .command(switchCommand)
      .command(rollbackCommand)
      .demandCommand(1, 'Name what to do.'),
  handler: () => undefined,
};
