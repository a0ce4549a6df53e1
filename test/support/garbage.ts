// The memory that JavaScript still refers to.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Objects and texts after a collection, in bytes. Buffers are freed later, in a thread of their own. */
export function keptBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
