// A server attacked with thousands of hostile requests: it lives, answers others, says what is wrong, and frees its memory.
// FITROOM_FUZZ_CASES sets how many, FITROOM_FUZZ_SEED which, FITROOM_FUZZ_ONLY names one kind or one case to run alone.
import { Target, runAlone, runKind } from '../support/fuzz/fuzz.run.js';
import { KINDS } from '../support/fuzz/kinds.js';

const CASES = Number(process.env['FITROOM_FUZZ_CASES'] ?? 2_000);
const SEED = Number(process.env['FITROOM_FUZZ_SEED'] ?? 1);
const ONLY = process.env['FITROOM_FUZZ_ONLY'];
/** For one case, faults included; most take a few milliseconds. */
const TIME_FOR_CASE_MS = 300;
/** For known cases and for restarts. */
const TIME_FOR_KIND_MS = 10 * 60_000;

const target = new Target();
afterAll(async () => {
  await target.end();
});

const chosen = KINDS.filter(
  ({ name }) => ONLY === undefined || ONLY === name || (/[#:]/.test(ONLY) && ONLY.startsWith(name)),
);
const isOneCase = ONLY !== undefined && /[#:]/.test(ONLY);

it.each(chosen.map((kind) => [kind.name, kind] as const))(
  'answers hostile cases of the kind “%s” without a fault',
  async (_name, kind) => {
    const cases = Math.round((CASES * kind.share) / 100);
    const withinMs = TIME_FOR_KIND_MS + CASES * TIME_FOR_CASE_MS;
    if (!isOneCase) return void expect(await runKind(kind, target, { seed: SEED, cases, withinMs })).toEqual([]);
    const one = kind.known.find(({ name }) => name === ONLY) ?? kind.caseOf(SEED, Number(ONLY.split('#')[1]));
    expect(await runAlone(one, target)).toEqual([]);
  },
  2 * TIME_FOR_KIND_MS + CASES * TIME_FOR_CASE_MS,
);
