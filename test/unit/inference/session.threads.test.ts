// The threads of a model between two runs.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEFAULT_MODEL, PROJECT_ROOT } from '../../../src/config.js';
import { loadBundle } from '../../../src/inference/bundle.js';
import { startEncoders } from '../../../src/inference/encoders.js';

const REST_MS = 40;

it('the threads of a model do not use the cores between two runs', async () => {
  const bundle = await loadBundle(join(PROJECT_ROOT, 'models', DEFAULT_MODEL));
  const encoders = await startEncoders(bundle, { execution: 'cpu', threads: 2 });
  const values = bundle.manifest.image.size ** 2 * 3;
  const busyMs: number[] = [];
  for (let round = 1; round <= 8; round++) {
    await encoders.encodePixels(new Uint8Array(values).fill(round * 20));
    const before = process.cpuUsage();
    await sleep(REST_MS);
    const { user, system } = process.cpuUsage(before);
    busyMs.push((user + system) / 1000);
  }
  await encoders.close();
  // This process may do other work now and then; a spinning thread would be busy after each run.
  expect(Math.min(...busyMs)).toBeLessThan(REST_MS / 4);
});
