// The server of app.child.mjs with a garbage collection twice a second.
import { setInterval } from 'node:timers';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
setInterval(runInNewContext('gc'), 500).unref();
await import('./app.child.mjs');
