// Entry point of the thread that collects rows and draws one map.
import { parentPort, workerData } from 'node:worker_threads';
import { drawMap } from './catalog.map.js';
import type { FromThread, ThreadSetup, ToThread } from './map.messages.js';
import { tableOf } from './vector.table.js';

const { width } = workerData as ThreadSetup;
const vectors: Float32Array[] = [];
const last: number[] = [];

parentPort!.on('message', (message: ToThread) => {
  if (message.kind === 'slice') {
    vectors.push(message.vectors);
    last.push(...message.last);
    return;
  }
  const drawn: FromThread = drawMap(tableOf(vectors, width), Float64Array.from(last));
  parentPort!.postMessage(drawn, [drawn.points.buffer as ArrayBuffer]);
  parentPort!.close();
});
