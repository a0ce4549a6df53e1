// Does the server know when it has no good answer? Confidence and status of labelled requests, on a catalog with its titles.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { PROJECT_ROOT } from '../../src/config.js';
import { confidenceOf, type ConfidenceModel } from '../../src/domain/recommend/confidence.js';
import type { RequestKind } from '../../src/domain/recommend/fusion.js';
import { DEFAULT_STORE_ID } from '../../src/domain/access/store.context.js';
import { labelledRequests, type LabelledRequest } from './confidence.queries.js';
import { areaUnderCurve, type Labelled } from './confidence.fit.js';
import { shares, type Evaluation } from './evaluation.js';
import type { FigureSheet } from './figure.sheet.js';
import { ServedCatalog } from './served.catalog.js';
import { bootstrap } from './statistics.js';

export const REQUEST_KINDS: readonly RequestKind[] = ['text', 'image', 'both'];
const KIND_NAMES: Record<RequestKind, string> = { text: 'words', image: 'a picture', both: 'words and a picture' };
const AT_ONCE = 4;
const ctx = { storeId: DEFAULT_STORE_ID };

/** A labelled request and what the server made of it. */
export type Judged = LabelledRequest & Labelled & { isWeak: boolean };

/** What a catalog of the split's products with their titles says to labelled requests. */
export async function judgedRequests(evaluation: Pick<Evaluation, 'index' | 'sample' | 'split'>): Promise<Judged[]> {
  const { index, sample, split } = evaluation;
  const matters = JSON.parse(
    readFileSync(join(PROJECT_ROOT, 'models', 'lexicon', 'other-matters.json'), 'utf8'),
  ) as Record<typeof split, string[]>;
  const requests = await labelledRequests({ index, sample }, matters[split]);
  const catalog = await ServedCatalog.open(index.products, ({ title }) => ({ title }));
  try {
    await catalog.recommend({ text: 'dress' });
    const limit = pLimit(AT_ONCE);
    const judged = await limit.map(requests, (request) => judge(catalog, request));
    return judged.filter((one) => one !== null);
  } finally {
    await catalog.close();
  }
}

/** In the process: what the confidence is read from is no part of the API. Null where nothing is left to find. */
async function judge(catalog: ServedCatalog, request: LabelledRequest): Promise<Judged | null> {
  const { text, picture, excludeSkus } = request;
  const image = picture && ({ kind: 'bytes', bytes: picture } as const);
  const asked = { text, image, filter: excludeSkus && { excludeSkus } };
  const { signals, status } = await catalog.app.own.unloggedRecommend.recommend(ctx, asked, 1);
  return signals && { ...request, signals, isWeak: status === 'WEAK' };
}

export async function measureConfidence(evaluation: Evaluation, sheet: FigureSheet): Promise<void> {
  const models = evaluation.catalog.app.own.encoders.bundle.manifest.confidence;
  const judged = await judgedRequests(evaluation);
  for (const kind of REQUEST_KINDS) {
    const of = judged.filter((one) => one.kind === kind);
    const weakOf = (isGood: boolean): number[] =>
      shares(of.filter((one) => one.isGood === isGood).map(({ isWeak }) => isWeak));
    const name = KIND_NAMES[kind];
    sheet.mean(
      [`confidence.${kind}.falseAlarm`, `${name}: good requests that are called WEAK (0 is best)`],
      weakOf(true),
    );
    const missed = weakOf(false).map((weak) => 1 - weak);
    sheet.mean([`confidence.${kind}.miss`, `${name}: requests without a good answer that are not (0 is best)`], missed);
    if (models) measureModel(sheet, kind, { of, model: models[kind] });
  }
  sheet.note(tableOfSorts(judged));
}

function measureModel(
  sheet: FigureSheet,
  kind: RequestKind,
  { of, model }: { of: Judged[]; model: ConfidenceModel },
): void {
  const sure = of.map(({ signals }) => confidenceOf(signals, model));
  const name = KIND_NAMES[kind];
  sheet.measured([`confidence.${kind}.auc`, `${name}: area under the curve of the confidence (1 is best)`], {
    ...bootstrap(of.length, (positions) => {
      const at = [...positions];
      const values = (isGood: boolean) => at.filter((i) => of[i]!.isGood === isGood).map((i) => sure[i]!);
      return areaUnderCurve(values(true), values(false));
    }),
  });
  const claimed = sure.map((p) => Math.max(p, 1 - p));
  const right = sure.map((p, i) => Number(p >= 0.5 === of[i]!.isGood));
  sheet.calibrationError(
    [`confidence.${kind}.calibrationError`, `${name}: its calibration error (0 is best)`],
    claimed,
    right,
  );
}

/** What of each sort was called weak. */
function tableOfSorts(judged: readonly Judged[]): string {
  const sorts = new Map<string, Judged[]>();
  for (const one of judged) {
    const key = `${one.kind}: ${one.sort}`;
    sorts.set(key, [...(sorts.get(key) ?? []), one]);
  }
  const lines = [...sorts].map(([sort, of]) => {
    const weak = of.filter(({ isWeak }) => isWeak).length;
    return `${sort} ${of[0]!.isGood ? '' : '(none is good) '}${weak} of ${of.length}`;
  });
  return `called WEAK: ${lines.join('; ')}`;
}
