// Confidence figures: does the server know when it has no good recommendation?
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { PROJECT_ROOT } from '../../src/config.js';
import { confidenceOf, type ConfidenceModel } from '../../src/domain/recommend/confidence.js';
import type { RequestKind } from '../../src/domain/recommend/fusion.js';
import { DEFAULT_STORE_ID } from '../../src/domain/access/store.context.js';
import { labeledRequests, type LabeledRequest } from './confidence.queries.js';
import { areaUnderCurve, type LabeledSignals } from './confidence.fit.js';
import { shares, type Evaluation } from './evaluation.js';
import type { FigureSheet } from './figure.sheet.js';
import { ServedCatalog } from './served.catalog.js';
import { bootstrap } from './statistics.js';

export const REQUEST_KINDS: readonly RequestKind[] = ['text', 'image', 'both'];
const KIND_NAMES: Record<RequestKind, string> = { text: 'words', image: 'a picture', both: 'words and a picture' };
const AT_ONCE = 4;
const ctx = { storeId: DEFAULT_STORE_ID };

/** A labeled request with the confidence signals and the status of its recommendation. */
export type AssessedRequest = LabeledRequest & LabeledSignals & { isWeak: boolean };

/** Runs the labeled requests against a catalog of the split's products with their titles. */
export async function assessedRequests(
  evaluation: Pick<Evaluation, 'index' | 'sample' | 'split'>,
): Promise<AssessedRequest[]> {
  const { index, sample, split } = evaluation;
  const otherMatters = JSON.parse(
    readFileSync(join(PROJECT_ROOT, 'models', 'lexicon', 'other-matters.json'), 'utf8'),
  ) as Record<typeof split, string[]>;
  const requests = await labeledRequests({ index, sample }, otherMatters[split]);
  const catalog = await ServedCatalog.open(index.products, ({ title }) => ({ title }));
  try {
    await catalog.recommend({ text: 'dress' });
    const limit = pLimit(AT_ONCE);
    const assessed = await limit.map(requests, (request) => assess(catalog, request));
    return assessed.filter((request) => request !== null);
  } finally {
    await catalog.close();
  }
}

/** Runs in the process because the API does not return the signals. Returns null if no candidates are left. */
async function assess(catalog: ServedCatalog, request: LabeledRequest): Promise<AssessedRequest | null> {
  const { text, picture, excludeSkus } = request;
  const image = picture && ({ kind: 'bytes', bytes: picture } as const);
  const input = { text, image, filter: excludeSkus && { excludeSkus } };
  const { signals, status } = await catalog.app.own.unloggedRecommend.recommend(ctx, input, 1);
  return signals && { ...request, signals, isWeak: status === 'WEAK' };
}

export async function measureConfidence(evaluation: Evaluation, sheet: FigureSheet): Promise<void> {
  const models = evaluation.catalog.app.own.encoders.bundle.manifest.confidence;
  const assessed = await assessedRequests(evaluation);
  for (const kind of REQUEST_KINDS) {
    const requests = assessed.filter((request) => request.kind === kind);
    const weakShares = (isGood: boolean): number[] =>
      shares(requests.filter((request) => request.isGood === isGood).map(({ isWeak }) => isWeak));
    const name = KIND_NAMES[kind];
    sheet.mean(
      [`confidence.${kind}.falseAlarm`, `${name}: good requests with status WEAK (0 is best)`],
      weakShares(true),
    );
    const missed = weakShares(false).map((weak) => 1 - weak);
    sheet.mean([`confidence.${kind}.miss`, `${name}: unanswerable requests without status WEAK (0 is best)`], missed);
    if (models) measureModel(sheet, kind, { requests, model: models[kind] });
  }
  sheet.note(tableOfSorts(assessed));
}

function measureModel(
  sheet: FigureSheet,
  kind: RequestKind,
  { requests, model }: { requests: AssessedRequest[]; model: ConfidenceModel },
): void {
  const confidences = requests.map(({ signals }) => confidenceOf(signals, model));
  const name = KIND_NAMES[kind];
  sheet.measured([`confidence.${kind}.auc`, `${name}: area under the curve of the confidence (1 is best)`], {
    ...bootstrap(requests.length, (positions) => {
      const at = [...positions];
      const values = (isGood: boolean) => at.filter((i) => requests[i]!.isGood === isGood).map((i) => confidences[i]!);
      return areaUnderCurve(values(true), values(false));
    }),
  });
  const claimed = confidences.map((p) => Math.max(p, 1 - p));
  const right = confidences.map((p, i) => Number(p >= 0.5 === requests[i]!.isGood));
  sheet.calibrationError(
    [`confidence.${kind}.calibrationError`, `${name}: calibration error of the confidence (0 is best)`],
    claimed,
    right,
  );
}

/** Returns a line with the number of WEAK recommendations of each sort of request. */
function tableOfSorts(requests: readonly AssessedRequest[]): string {
  const sorts = new Map<string, AssessedRequest[]>();
  for (const request of requests) {
    const key = `${request.kind}: ${request.sort}`;
    sorts.set(key, [...(sorts.get(key) ?? []), request]);
  }
  const lines = [...sorts].map(([sort, group]) => {
    const weak = group.filter(({ isWeak }) => isWeak).length;
    return `${sort} ${group[0]!.isGood ? '' : '(unanswerable) '}${weak} of ${group.length}`;
  });
  return `status WEAK: ${lines.join('; ')}`;
}
