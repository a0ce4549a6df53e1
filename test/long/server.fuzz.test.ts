// A server under thousands of hostile requests.
// FITROOM_FUZZ_CASES sets the number of cases, FITROOM_FUZZ_SEED the seed, FITROOM_FUZZ_ONLY one kind or case.
import { Target, runAlone, runKind } from '../support/fuzz/fuzz.run.js';
import { KINDS } from '../support/fuzz/kinds.js';

const CASES = Number(process.env['FITROOM_FUZZ_CASES'] ?? 2_000);
const SEED = Number(process.env['FITROOM_FUZZ_SEED'] ?? 1);
const ONLY = process.env['FITROOM_FUZZ_ONLY'];
/** Time for one case, faults included. Most take a few milliseconds. */
const TIME_FOR_CASE_MS = 300;
/** Time for known cases and for restarts. */
const TIME_FOR_KIND_MS = 10 * 60_000;

const target = new Target();
afterAll(async () => {
  await target.end();
});

const selectedKinds = KINDS.filter(
  ({ name }) => ONLY === undefined || ONLY === name || (/[#:]/.test(ONLY) && ONLY.startsWith(name)),
);
const isOneCase = ONLY !== undefined && /[#:]/.test(ONLY);

it.each(selectedKinds.map((kind) => [kind.name, kind] as const))(
  'the server survives hostile cases of the kind “%s” without a fault',
  async (_name, kind) => {
    const cases = Math.round((CASES * kind.share) / 100);
    const withinMs = TIME_FOR_KIND_MS + CASES * TIME_FOR_CASE_MS;
    if (!isOneCase) return void expect(await runKind(kind, target, { seed: SEED, cases, withinMs })).toEqual([]);
    const fuzzCase = kind.known.find(({ name }) => name === ONLY) ?? kind.caseOf(SEED, Number(ONLY.split('#')[1]));
    expect(await runAlone(fuzzCase, target)).toEqual([]);
  },
  2 * TIME_FOR_KIND_MS + CASES * TIME_FOR_CASE_MS,
);
