// Memory of reachable JavaScript objects.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/**
 * Returns the size of objects and strings in bytes after a garbage collection. Buffers are freed later, in another
 * thread.
 */
export function heapBytesInUse(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
