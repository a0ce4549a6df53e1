// Runs cases of one kind against a watched server and finds the case that causes a fault.
import { setTimeout as sleep } from 'node:timers/promises';
import type { FuzzCase, FuzzKind } from './fuzz.case.js';
import { warmUp } from './warm.up.js';
import { REPORTS_WITHIN_MS, startWatchedServer, type WatchedServer } from './watched.server.js';

const MAX_BLOCKED_MS = 200;
/** Bytes that may remain in use after all cases have ended. */
const MAX_RETAINED_BYTES = 100_000_000;
/** Bytes that a second run of the same cases may add. */
const MAX_GROWTH_BYTES = 30_000_000;
/** Bytes that may be in use at any time. */
const MAX_PEAK_BYTES = 600_000_000;
/** Number of small cases that run together. */
const AT_ONCE = 8;
/** Time limit of a case. No case waits longer for its responses. */
const CASE_WITHIN_MS = 60_000;
/** Time after which memory must be freed. */
const FREED_WITHIN_MS = 10_000;
/** Number of random cases between two checks of memory. */
const CHECK_EVERY = 500;
/** Number of faults after which the run ends. More faults would repeat the same ones. */
const MAX_FAULTS = 8;

export interface FoundFault {
  /** Name of the case. With the seed it can be generated again. */
  name: string;
  fault: string;
  description: string;
}

export interface FuzzRun {
  seed: number;
  /** Number of random cases, in addition to the known ones. */
  cases: number;
  /** Time limit. The run then ends and reports the faults so far, and that cases are left. */
  withinMs: number;
}

/** The attacked server. It is replaced after it has ended or uses too much memory. */
export class Target {
  private server: WatchedServer | null = null;
  /** Bytes in use at rest. */
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

/** Runs the cases of a kind. @returns its faults, each once */
export async function runKind(
  kind: FuzzKind,
  target: Target,
  { seed, cases, withinMs }: FuzzRun,
): Promise<FoundFault[]> {
  const until = Date.now() + withinMs;
  const found = new Map<string, FoundFault>();
  const report = (faults: FoundFault[]): void => {
    for (const foundFault of faults)
      if (!found.has(signatureOf(foundFault))) found.set(signatureOf(foundFault), foundFault);
  };
  // Known cases run one by one, so that the fault of one does not hide that of another.
  for (const knownCase of kind.known) {
    report([...(await runBatch([knownCase], target)), ...(await retainedMemory([knownCase], target))]);
  }
  const random = Array.from({ length: cases }, (_, i) => i);
  let done = 0;
  let checkedAt = 0;
  let lastBatch: FuzzCase[] = [];
  for (const batch of batches(random, (index) => kind.caseOf(seed, index))) {
    if (found.size >= kind.known.length + MAX_FAULTS) break;
    if (Date.now() > until) {
      report([{ name: kind.name, description: '', fault: `Only ${done} of ${cases} cases were run in time.` }]);
      break;
    }
    report(await runBatch(batch, target, (fault) => found.has(signatureOf(fault))));
    done += batch.length;
    lastBatch = batch;
    if (done - checkedAt < CHECK_EVERY) continue;
    checkedAt = done;
    report(await retainedMemory(batch, target));
  }
  if (done > checkedAt && lastBatch.length > 0) report(await retainedMemory(lastBatch, target));
  return [...found.values()];
}

/** Runs one case alone. @returns its faults */
export async function runAlone(fuzzCase: FuzzCase, target: Target): Promise<FoundFault[]> {
  return [...(await runBatch([fuzzCase], target)), ...(await retainedMemory([fuzzCase], target))];
}

/** Returns a key for faults that are alike: same kind of case and same text, apart from numbers and names. */
function signatureOf({ name, fault }: FoundFault): string {
  const isKnown = !name.includes('#');
  return `${isKnown ? name : ''}${fault.replace(/\d+|"[^"]*"/g, '').slice(0, 60)}`;
}

/** Yields groups of small cases, and large cases alone. */
function* batches(indices: number[], caseOf: (index: number) => FuzzCase): Generator<FuzzCase[]> {
  let group: FuzzCase[] = [];
  for (const index of indices) {
    const fuzzCase = caseOf(index);
    if (fuzzCase.isLarge) yield [fuzzCase];
    else group.push(fuzzCase);
    if (group.length < AT_ONCE) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

const faultOf = ({ name, description }: FuzzCase, fault: string): FoundFault => ({ name, fault, description });

/**
 * Runs cases together and returns their faults. @param isKnown whether a fault of the whole server has been reported
 * before, so that its case need not be searched for again
 */
async function runBatch(
  batch: readonly FuzzCase[],
  target: Target,
  isKnown: (fault: FoundFault) => boolean = () => false,
): Promise<FoundFault[]> {
  const { own, common } = await attempt(batch, target);
  if (common === null || isKnown(faultOf(batch[0]!, common.fault))) return own;
  // A second run of a single case distinguishes a chance event from a fault. The end of a process is never a chance
  // event.
  if (batch.length === 1) {
    const again = common.isCertain ? common : (await attempt(batch, target)).common;
    return again === null ? own : [...own, faultOf(batch[0]!, again.fault)];
  }
  for (const fuzzCase of batch) {
    const alone = await runBatch([fuzzCase], target, isKnown);
    if (alone.length > 0) return [...own, ...alone];
  }
  const again = (await attempt(batch, target)).common;
  if (again === null) return own;
  const together = { name: batch.map(({ name }) => name).join(' with '), description: batch[0]!.description };
  return [...own, { ...together, fault: again.fault }];
}

interface Attempt {
  own: FoundFault[];
  /** Fault of the server as a whole during the attempt. */
  common: { fault: string; isCertain: boolean } | null;
}

async function attempt(batch: readonly FuzzCase[], target: Target): Promise<Attempt> {
  const server = await target.use();
  await server.report({ reset: true });
  const runs = batch.map(async (fuzzCase) => {
    const limit = new AbortController();
    const timeout = sleep(CASE_WITHIN_MS, 'The case has not ended after 60 s.', { signal: limit.signal });
    timeout.catch(() => undefined);
    const fault = await Promise.race([
      fuzzCase.run(server).then(
        () => null,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      ),
      timeout,
    ]);
    limit.abort();
    return fault === null ? [] : [faultOf(fuzzCase, fault)];
  });
  const all = Promise.all(runs);
  const own = ((await Promise.race([all, untilHanging(server, all)])) ?? []).flat();
  const common = await faultOfServer(server, target);
  // If the server has ended or hangs, a missing response is not a fault of the case.
  return { own: common === null ? own : [], common };
}

/** Resolves when the server hangs, so that no case waits for its responses. @returns null */
async function untilHanging(server: WatchedServer, until: Promise<unknown>): Promise<null> {
  let isOver = false;
  void until.finally(() => (isOver = true));
  while (!isOver && (await server.report()) !== null) await sleep(1_000);
  return null;
}

async function faultOfServer(server: WatchedServer, target: Target): Promise<Attempt['common']> {
  const report = await server.report({ reset: true });
  if (report === null) {
    const fault = server.isAlive()
      ? `The event loop is blocked for more than ${REPORTS_WITHIN_MS / 1_000} s.`
      : `The process ends: ${await cause(server)}`;
    await target.end();
    return { fault, isCertain: true };
  }
  const blocked = Math.round(report.blockedMs);
  if (blocked > MAX_BLOCKED_MS)
    return { fault: `The event loop is blocked for ${blocked} ms.`, isCertain: blocked > 2_000 };
  const peak = report.peakBytes - target.baseline;
  if (peak < MAX_PEAK_BYTES) return null;
  await target.end();
  return { fault: `The process grows by ${Math.round(peak / 1e6)} MB.`, isCertain: true };
}

/** Returns the line of an uncaught error that names the error. */
async function cause(server: WatchedServer): Promise<string> {
  const output = await server.lastWords();
  return /^.*(?:Error|FATAL|heap).*$/m.exec(output)?.[0].trim().slice(0, 200) ?? output.slice(-200);
}

/**
 * Checks that memory is freed after cases. If more than 100 MB remain, the cases run again: memory that a second run adds
 * to is a leak, and memory that it uses again is a cache or fragmentation of the allocator, up to 200 MB.
 * @returns a fault if it is not freed. The next case then gets a fresh server.
 */
async function retainedMemory(cases: readonly FuzzCase[], target: Target): Promise<FoundFault[]> {
  const first = await retainedBytes(target);
  if (first <= MAX_RETAINED_BYTES) return [];
  await runBatch(cases, target, () => true);
  const second = await retainedBytes(target);
  if (second <= 2 * MAX_RETAINED_BYTES && second - first <= MAX_GROWTH_BYTES) return [];
  await target.end();
  const [mb, before] = [Math.round(second / 1e6), Math.round(first / 1e6)];
  return [faultOf(cases.at(-1)!, `The process keeps ${mb} MB after a second run, ${before} MB after the first.`)];
}

/** Returns the bytes in use above the baseline. Waits for up to 10 s until they are below the limit. */
async function retainedBytes(target: Target): Promise<number> {
  const server = await target.use();
  const measure = async (): Promise<number> =>
    ((await server.report({ collect: true }))?.heldBytes ?? 0) - target.baseline;
  let retained = await measure();
  for (
    const until = Date.now() + FREED_WITHIN_MS;
    retained > MAX_RETAINED_BYTES && Date.now() < until;
    await sleep(500)
  )
    retained = await measure();
  return retained;
}
