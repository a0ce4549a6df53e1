// Thread of the bare encoders: one session that runs its prepared batches one after the other.
// Plain JavaScript that imports the compiled sources, because Node 20 starts no thread from TypeScript.
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { runPixels, runTokens } from '../dist/inference/encoder.run.js';
import { openModel } from '../dist/inference/session.js';

const { dir, model, side, threads } = workerData;
const open = await openModel(join(dir, model.file), { executionProvider: 'cpu', threads });
const runOne = side === 'text' ? runTokens : runPixels;
let batches = [];

parentPort.on('message', async (message) => {
  if (message === 'run') for (const batch of batches) await runOne(open, batch, model);
  else batches = message;
  parentPort.postMessage('done');
});
parentPort.postMessage('done');
