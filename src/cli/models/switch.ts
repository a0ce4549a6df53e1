// Switch of the model of a running server, with its progress. The switch continues on the server if the command ends.
import { setTimeout as sleep } from 'node:timers/promises';
import type { GoldenComparison } from '../../domain/analytics/golden.query.js';
import type { ApiClient } from '../api.client.js';
import { EXIT, type ExitStatus } from '../exit.js';
import { GOLDEN_FIELDS, goldenLines } from '../golden.changes.js';
import { startProgress } from '../import/import.screen.js';
import { printUserErrors, type UserError } from '../user.errors.js';

const POLL_INTERVAL_MS = 1_000;

interface Part {
  name: string;
  requests: number;
  overlapAt10: number | null;
  rankCorrelation: number | null;
}

interface Reembedding {
  id: string;
  model: string;
  fromModel: string;
  state: string;
  phase: string;
  total: number;
  done: number;
  report: { parts: Part[]; golden: GoldenComparison | null } | null;
  error: { code: string; message: string } | null;
}

interface Payload {
  reembedding: Reembedding | null;
  userErrors: UserError[];
}

const FIELDS = `id model fromModel state phase total done
  report { parts { name requests overlapAt10 rankCorrelation } ${GOLDEN_FIELDS} } error { code message }`;
const PAYLOAD = `{ reembedding { ${FIELDS} } userErrors { code message } }`;
const START = `mutation ($model: String!, $minOverlap: Float) {
  startReembedding(model: $model, minOverlap: $minOverlap) ${PAYLOAD}
}`;
const FIND = `query ($id: ID!) { reembedding(id: $id) { ${FIELDS} } }`;
const ROLL_BACK = `mutation ($id: ID!) { rollbackReembedding(id: $id) ${PAYLOAD} }`;

/**
 * Starts a switch and follows it to its end. Returns the exit status.
 * @param name folder name of the bundle
 * @param minOverlap minimum overlap, 0 to 1, or null for none
 */
export async function switchModel(api: ApiClient, name: string, minOverlap: number | null): Promise<ExitStatus> {
  const variables = { model: name, minOverlap };
  const { startReembedding } = await api.call<{ startReembedding: Payload }>({ query: START, variables });
  if (printUserErrors(startReembedding.userErrors)) return EXIT.FAILED;
  const done = await waitForEnd(api, startReembedding.reembedding!);
  console.log(reportLines(done).join('\n'));
  if (done.state === 'SUCCEEDED') {
    console.log(`${done.model} is active now. To switch back to ${done.fromModel}: fitroom models rollback ${done.id}`);
    return EXIT.OK;
  }
  console.error(done.error ? `${done.error.code}: ${done.error.message}` : `The switch ended in phase ${done.phase}.`);
  if (done.phase === 'HELD') console.error(`To switch anyway, run the mutation finishReembedding(id: "${done.id}").`);
  return EXIT.FAILED;
}

export async function rollBack(api: ApiClient, id: string): Promise<ExitStatus> {
  const { rollbackReembedding } = await api.call<{ rollbackReembedding: Payload }>({
    query: ROLL_BACK,
    variables: { id },
  });
  if (printUserErrors(rollbackReembedding.userErrors)) return EXIT.FAILED;
  console.log(`${rollbackReembedding.reembedding!.fromModel} is active again.`);
  return EXIT.OK;
}

async function waitForEnd(api: ApiClient, started: Reembedding): Promise<Reembedding> {
  const progress = startProgress(started.model, started.total, process.stderr);
  try {
    for (let current = started; ; await sleep(POLL_INTERVAL_MS)) {
      progress.update(current.done);
      if (current.state !== 'QUEUED' && current.state !== 'RUNNING') return current;
      const variables = { id: started.id };
      current = (await api.callPatiently<{ reembedding: Reembedding }>({ query: FIND, variables })).reembedding;
    }
  } finally {
    progress.stop();
  }
}

function reportLines({ report }: Reembedding): string[] {
  const parts = (report?.parts ?? []).map(({ name, requests, overlapAt10, rankCorrelation }) =>
    [
      name.padEnd(16),
      `${requests} requests`,
      overlapAt10 === null ? 'not compared' : `overlap@10 ${overlapAt10.toFixed(3)}`,
      rankCorrelation === null ? '' : `rank correlation ${rankCorrelation.toFixed(3)}`,
    ].join('  '),
  );
  return [...parts, ...(report?.golden ? goldenLines(report.golden) : [])];
}
