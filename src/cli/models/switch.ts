// Switches the model of a running server and shows how far it is. The server does it all: ended here, it goes on there.
import { setTimeout as sleep } from 'node:timers/promises';
import type { GoldenComparison } from '../../domain/analytics/golden.query.js';
import type { ApiClient } from '../api.client.js';
import { EXIT, type ExitStatus } from '../exit.js';
import { GOLDEN_FIELDS, goldenLines } from '../golden.changes.js';
import { startProgress } from '../import/import.screen.js';
import { printUserErrors, type UserError } from '../user.errors.js';

const LOOK_EVERY_MS = 1_000;

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

/** @param name folder of the bundle @param minOverlap 0…1, or null: without a gate */
export async function switchModel(api: ApiClient, name: string, minOverlap: number | null): Promise<ExitStatus> {
  const variables = { model: name, minOverlap };
  const { startReembedding } = await api.call<{ startReembedding: Payload }>({ query: START, variables });
  if (printUserErrors(startReembedding.userErrors)) return EXIT.FAILED;
  const done = await followed(api, startReembedding.reembedding!);
  console.log(reportLines(done).join('\n'));
  if (done.state === 'SUCCEEDED') {
    console.log(`${done.model} answers now. Back to ${done.fromModel}: fitroom models rollback ${done.id}`);
    return EXIT.OK;
  }
  console.error(done.error ? `${done.error.code}: ${done.error.message}` : `It was ended: ${done.phase}.`);
  if (done.phase === 'HELD') console.error(`finishReembedding(id: "${done.id}") switches all the same.`);
  return EXIT.FAILED;
}

export async function rollBack(api: ApiClient, id: string): Promise<ExitStatus> {
  const { rollbackReembedding } = await api.call<{ rollbackReembedding: Payload }>({
    query: ROLL_BACK,
    variables: { id },
  });
  if (printUserErrors(rollbackReembedding.userErrors)) return EXIT.FAILED;
  console.log(`${rollbackReembedding.reembedding!.fromModel} answers again.`);
  return EXIT.OK;
}

async function followed(api: ApiClient, begun: Reembedding): Promise<Reembedding> {
  const progress = startProgress(begun.model, begun.total, process.stderr);
  try {
    for (let at = begun; ; await sleep(LOOK_EVERY_MS)) {
      progress.update(at.done);
      if (at.state !== 'QUEUED' && at.state !== 'RUNNING') return at;
      const variables = { id: begun.id };
      at = (await api.callPatiently<{ reembedding: Reembedding }>({ query: FIND, variables })).reembedding;
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
