// `fitroom models`: which bundles there are, whether they are sound, and published ones from the hub. Owns the options.
import type { CommandModule } from 'yargs';
import { bundleFolder, readConfig } from '../config.js';
import { findingLines } from './doctor/finding.js';
import { CannotRun, EXIT } from './exit.js';

const listCommand: CommandModule = {
  command: 'list',
  describe: 'Bundles that are here, which one runs, and what can be pulled',
  handler: async () => {
    // loaded here and below: models and hub client are nothing that another command should wait for
    const { inventory } = await import('./models/inventory.js');
    console.log(await inventory(readConfig()));
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

export const modelsCommand: CommandModule = {
  command: 'models',
  describe: 'List, verify and pull bundles of models',
  builder: (yargs) =>
    yargs.command(listCommand).command(verifyCommand).command(pullCommand).demandCommand(1, 'Name what to do.'),
  handler: () => undefined,
};
