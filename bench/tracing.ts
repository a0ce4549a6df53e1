// Cost of tracing: one span without an exporter, and the CPU time of text recommendations without and with traces
// that are sent to a collector in another process.
//   npx tsx bench/tracing.ts
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readConfig } from '../src/config.js';
import { startApp } from '../src/bootstrap/server.js';
import { createLogger } from '../src/observability/logger.js';
import { startTelemetry } from '../src/observability/telemetry.js';
import { traced, tracedWithin } from '../src/observability/tracing.js';

const SPANS = 200_000;
const REQUESTS = 150;
const ROUNDS = 5;
const logger = createLogger('silent');
const nothing = (): Promise<void> => Promise.resolve();

async function microsecondsEach(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  for (let i = 0; i < SPANS; i++) await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / SPANS;
}
const [bare, off, within] = [
  await microsecondsEach(nothing),
  await microsecondsEach(() => traced('a', { attributes: { b: 1 } }, nothing)),
  await microsecondsEach(() => tracedWithin('a', { attributes: { b: 1 } }, nothing)),
];
console.log(
  `without an exporter: a span ${(off - bare).toFixed(2)} µs, a statement span ${(within - bare).toFixed(2)} µs`,
);

const config = {
  ...readConfig({ PORT: '0', FITROOM_EXECUTION: 'cpu', FITROOM_WORKERS: '0' }),
  dataDir: process.argv[2]!,
};
const app = await startApp({ config, logger });
const query =
  'query ($text: String!) { recommendOutfit(input: { text: $text }) { id garments(first: 12) { nodes { sku } } } }';

async function millisecondsEach(round: number): Promise<number> {
  const before = process.cpuUsage();
  for (let i = 0; i < REQUESTS; i++) {
    const body = JSON.stringify({ query, variables: { text: `red dress ${round} ${i}` } });
    const headers = { 'content-type': 'application/json' };
    await (await fetch(`${app.url}/graphql`, { method: 'POST', headers, body })).text();
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / REQUESTS;
}
const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!;
const measure = async (from: number): Promise<number> => {
  const rounds: number[] = [];
  for (let i = 0; i < ROUNDS; i++) rounds.push(await millisecondsEach(from + i));
  return median(rounds);
};
await millisecondsEach(0);
const without = await measure(100);
const sink = spawn(process.execPath, [
  '-e',
  "require('http').createServer((q,s)=>{q.resume();q.on('end',()=>s.end('{}'))}).listen(0,'127.0.0.1',function(){console.log(this.address().port)})",
]);
const [port] = (await once(sink.stdout, 'data')) as [Buffer];
const end = await startTelemetry({ tracesUrl: `http://127.0.0.1:${String(port).trim()}/v1/traces` }, logger);
await millisecondsEach(200);
const traces = await measure(300);
console.log(`processor time of a request: ${without.toFixed(2)} ms without traces, ${traces.toFixed(2)} ms with them`);
await app.close();
await end();
sink.kill();
