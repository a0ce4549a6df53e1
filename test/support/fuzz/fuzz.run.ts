// Runs cases of one kind against a watched server, and finds out which of them is at fault.
import { setTimeout as sleep } from 'node:timers/promises';
import type { FuzzCase, FuzzKind } from './fuzz.case.js';
import { warmUp } from './warm.up.js';
import { REPORTS_WITHIN_MS, startWatchedServer, type WatchedServer } from './watched.server.js';

const MOST_BLOCKED_MS = 200;
/** What may be kept once everything is over. */
const MOST_KEPT_BYTES = 100_000_000;
/** What may be held at any time. */
const MOST_PEAK_BYTES = 600_000_000;
/** Small cases are run together. */
const AT_ONCE = 8;
/** Longer than any case waits for its answers. */
const CASE_WITHIN_MS = 60_000;
/** Memory is freed some time after its use. */
const FREED_WITHIN_MS = 10_000;
/** In how many random cases memory is looked at. */
const LOOKS_EVERY = 500;
/** More would say the same again. */
const MOST_FAULTS = 8;

export interface FoundFault {
  /** Names the case; with the seed it is made again. */
  name: string;
  fault: string;
  description: string;
}

export interface FuzzRun {
  seed: number;
  /** Random cases, beside the known ones. */
  cases: number;
  /** After so long what was found is told, and that cases are left over. */
  withinMs: number;
}

/** The server that is attacked; a new one after each that has ended or holds too much. */
export class Target {
  private server: WatchedServer | null = null;
  /** Bytes that it holds at rest. */
  baseline = 0;

  async use(): Promise<WatchedServer> {
    if (this.server?.isAlive()) return this.server;
    await this.end();
    this.server = await startWatchedServer();
    await warmUp(this.server);
    this.baseline = (await this.server.report({ collect: true, reset: true }))!.heldBytes;
    return this.server;
  }

  async end(): Promise<void> {
    await this.server?.end();
    this.server = null;
  }
}

/** @returns the faults that cases of the kind show, each once */
export async function runKind(
  kind: FuzzKind,
  target: Target,
  { seed, cases, withinMs }: FuzzRun,
): Promise<FoundFault[]> {
  const until = Date.now() + withinMs;
  const found = new Map<string, FoundFault>();
  const tell = (faults: FoundFault[]): void => {
    for (const one of faults) if (!found.has(likenessOf(one))) found.set(likenessOf(one), one);
  };
  // each known case shows its own fault, so none hides behind another
  for (const one of kind.known) {
    tell([...(await runBatch([one], target)), ...(await keptMemory(one, target))]);
  }
  const random = Array.from({ length: cases }, (_, i) => i);
  let done = 0;
  let looked = 0;
  for (const batch of batches(random, (index) => kind.caseOf(seed, index))) {
    if (found.size >= kind.known.length + MOST_FAULTS) break;
    if (Date.now() > until) {
      tell([{ name: kind.name, description: '', fault: `Only ${done} of ${cases} cases were run in time.` }]);
      break;
    }
    tell(await runBatch(batch, target, (fault) => found.has(likenessOf(fault))));
    done += batch.length;
    if (done - looked < LOOKS_EVERY) continue;
    looked = done;
    tell(await keptMemory(batch.at(-1)!, target));
  }
  if (done > looked) tell(await keptMemory({ name: `${kind.name}#0 to #${cases - 1}`, description: '' }, target));
  return [...found.values()];
}

/** Runs one case alone. */
export async function runAlone(one: FuzzCase, target: Target): Promise<FoundFault[]> {
  return [...(await runBatch([one], target)), ...(await keptMemory(one, target))];
}

/** Faults of one kind of case with the same words are the same; figures and names do not count. */
function likenessOf({ name, fault }: FoundFault): string {
  const isKnown = !name.includes('#');
  return `${isKnown ? name : ''}${fault.replace(/\d+|"[^"]*"/g, '').slice(0, 60)}`;
}

/** Small cases in groups, large ones alone. */
function* batches(indices: number[], caseOf: (index: number) => FuzzCase): Generator<FuzzCase[]> {
  let group: FuzzCase[] = [];
  for (const index of indices) {
    const one = caseOf(index);
    if (one.isLarge) yield [one];
    else group.push(one);
    if (group.length < AT_ONCE) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

const faultOf = ({ name, description }: FuzzCase, fault: string): FoundFault => ({ name, fault, description });

/** @param isKnown whether a fault of the whole server has been told before: nobody need find out again whose it is */
async function runBatch(
  batch: readonly FuzzCase[],
  target: Target,
  isKnown: (fault: FoundFault) => boolean = () => false,
): Promise<FoundFault[]> {
  const { own, common } = await attempt(batch, target);
  if (common === null || isKnown(faultOf(batch[0]!, common.fault))) return own;
  // of one case a second run tells a chance from a fault; the end of a process is no chance
  if (batch.length === 1) {
    const again = common.isCertain ? common : (await attempt(batch, target)).common;
    return again === null ? own : [...own, faultOf(batch[0]!, again.fault)];
  }
  for (const one of batch) {
    const alone = await runBatch([one], target, isKnown);
    if (alone.length > 0) return [...own, ...alone];
  }
  const again = (await attempt(batch, target)).common;
  if (again === null) return own;
  const together = { name: batch.map(({ name }) => name).join(' with '), description: batch[0]!.description };
  return [...own, { ...together, fault: again.fault }];
}

interface Attempt {
  own: FoundFault[];
  /** What the server as a whole did wrong meanwhile. */
  common: { fault: string; isCertain: boolean } | null;
}

async function attempt(batch: readonly FuzzCase[], target: Target): Promise<Attempt> {
  const server = await target.use();
  await server.report({ reset: true });
  const runs = batch.map(async (one) => {
    const limit = new AbortController();
    const late = sleep(CASE_WITHIN_MS, 'The case has not ended after 60 s.', { signal: limit.signal });
    late.catch(() => undefined);
    const fault = await Promise.race([
      one.run(server).then(
        () => null,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      ),
      late,
    ]);
    limit.abort();
    return fault === null ? [] : [faultOf(one, fault)];
  });
  const all = Promise.all(runs);
  const own = ((await Promise.race([all, silence(server, all)])) ?? []).flat();
  const common = await wholeServer(server, target);
  // an answer that is missing since the server has gone or stood still is no fault of its own
  return { own: common === null ? own : [], common };
}

/** Nobody waits for the answers of a server that stands still. @returns null once it does */
async function silence(server: WatchedServer, until: Promise<unknown>): Promise<null> {
  let isOver = false;
  void until.finally(() => (isOver = true));
  while (!isOver && (await server.report()) !== null) await sleep(1_000);
  return null;
}

async function wholeServer(server: WatchedServer, target: Target): Promise<Attempt['common']> {
  const report = await server.report({ reset: true });
  if (report === null) {
    const fault = server.isAlive()
      ? `The event loop is blocked for more than ${REPORTS_WITHIN_MS / 1_000} s.`
      : `The process ends: ${await cause(server)}`;
    await target.end();
    return { fault, isCertain: true };
  }
  const blocked = Math.round(report.blockedMs);
  if (blocked > MOST_BLOCKED_MS)
    return { fault: `The event loop is blocked for ${blocked} ms.`, isCertain: blocked > 2_000 };
  const peak = report.peakBytes - target.baseline;
  if (peak < MOST_PEAK_BYTES) return null;
  await target.end();
  return { fault: `The process grows by ${Math.round(peak / 1e6)} MB.`, isCertain: true };
}

/** The line of an uncaught error that names it. */
async function cause(server: WatchedServer): Promise<string> {
  const words = await server.lastWords();
  return /^.*(?:Error|FATAL|heap).*$/m.exec(words)?.[0].trim().slice(0, 200) ?? words.slice(-200);
}

/** @returns a fault where memory does not come back; the next case then finds a fresh server */
async function keptMemory(after: Pick<FuzzCase, 'name' | 'description'>, target: Target): Promise<FoundFault[]> {
  const server = await target.use();
  const keptNow = async (): Promise<number> =>
    ((await server.report({ collect: true }))?.heldBytes ?? 0) - target.baseline;
  let kept = await keptNow();
  for (const until = Date.now() + FREED_WITHIN_MS; kept > MOST_KEPT_BYTES && Date.now() < until; await sleep(500))
    kept = await keptNow();
  if (kept <= MOST_KEPT_BYTES) return [];
  await target.end();
  const { name, description } = after;
  return [{ name, description, fault: `The process keeps ${Math.round(kept / 1e6)} MB.` }];
}
