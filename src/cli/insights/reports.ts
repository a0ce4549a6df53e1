// Reports for `fitroom insights`: the API query of each and the rows of its result.
// All rows of a report have the same columns in the same order.
import { MOST_POINTS } from '../../domain/analytics/map.position.js';
import type { ApiClient } from '../api.client.js';

export type Cell = string | number | boolean | null | readonly string[];
export type Row = Record<string, Cell>;

export interface ReportPeriod {
  from: string | null;
  to: string | null;
}

interface Report {
  describes: string;
  rows(api: ApiClient, period: ReportPeriod): AsyncIterable<Row>;
}

const COUNTS = 'views clicks tryOns carts purchases dismissals';
const PERIOD = '(from: $from, to: $to)';
const PAGE = 100;

export const REPORTS = {
  engagement: {
    describes: 'recommendations and feedback by day',
    rows: singleList('engagement', `engagement${PERIOD} { day recommendations ${COUNTS} }`),
  },
  ranks: {
    describes: 'engagement by rank',
    rows: singleList(
      'engagementByRank',
      `engagementByRank${PERIOD} { rank shown ${COUNTS} clickRate { value low high } }`,
    ),
  },
  types: {
    describes: 'engagement by garment type',
    rows: singleList(
      'engagementByGarmentType',
      `engagementByGarmentType${PERIOD} { garmentType shown ${COUNTS} clickRate { value low high } }`,
    ),
  },
  gaps: {
    describes: 'requests that the catalog cannot serve well',
    rows: singleList(
      'searchGaps',
      `searchGaps(from: $from, to: $to, first: ${PAGE}) { text count bestSimilarity texts recommendationId }`,
    ),
  },
  drift: {
    describes: 'weekly changes of requests and catalog',
    rows: singleList('drift', `drift${PERIOD} { week requests requestShift garmentsAdded catalogShift }`),
  },
  doubts: { describes: 'garments with quality problems', rows: doubts },
  experiments: { describes: 'results of each experiment variant, by kind of feedback', rows: experiments },
  golden: { describes: 'runs of the golden queries', rows: golden },
  model: { describes: 'metrics of the model for each release', rows: model },
  map: { describes: 'the catalog as points on a plane', rows: map },
  answers: { describes: 'logged recommendations with feedback, newest first', rows: answers },
} as const satisfies Record<string, Report>;

export type ReportName = keyof typeof REPORTS;
export const REPORT_NAMES = Object.keys(REPORTS) as ReportName[];

/** Returns the rows function of a report whose result is a single list. */
function singleList(field: string, selection: string): Report['rows'] {
  return async function* (api, period) {
    const query = `query ($from: DateTime, $to: DateTime) { insights { ${selection} } }`;
    const { insights } = await api.callPatiently<{ insights: Record<string, object[]> }>({
      query,
      variables: { ...period },
    });
    for (const row of insights[field]!) yield flat(row);
  };
}

interface DoubtsPage {
  insights: {
    catalogDoubts: {
      doubts: { code: string; message: string; garment: { sku: string; title: string } }[];
      endCursor: string | null;
    };
  };
}

async function* doubts(api: ApiClient): AsyncIterable<Row> {
  const query = `query ($after: String) { insights { catalogDoubts(after: $after) {
    doubts { garment { sku title } code message } endCursor } } }`;
  for (let after: string | null = null; ;) {
    const { insights }: DoubtsPage = await api.callPatiently({ query, variables: { after } });
    for (const { garment, code, message } of insights.catalogDoubts.doubts) yield { ...garment, code, message };
    after = insights.catalogDoubts.endCursor;
    if (after === null) return;
  }
}

interface ExperimentsList {
  experiments: {
    name: string;
    startedAt: string;
    endedAt: string | null;
    variants: {
      name: string;
      answers: number;
      shoppers: number;
      rates: {
        kind: string;
        rate: number;
        low: number;
        high: number;
        difference: { difference: number; low: number; high: number } | null;
      }[];
    }[];
  }[];
}

/** Yields one row for each variant and kind of feedback, over the whole time of the experiment. */
async function* experiments(api: ApiClient): AsyncIterable<Row> {
  const query = `{ experiments { name startedAt endedAt variants { name answers shoppers
    rates { kind rate low high difference { difference low high } } } } }`;
  const { experiments: all } = await api.callPatiently<ExperimentsList>({ query });
  for (const { name: experiment, variants, ...times } of all)
    for (const { name: variant, rates, ...counts } of variants)
      for (const { difference, ...rate } of rates)
        yield {
          experiment,
          ...times,
          variant,
          ...counts,
          ...rate,
          difference: difference?.difference ?? null,
          differenceLow: difference?.low ?? null,
          differenceHigh: difference?.high ?? null,
        };
}

interface GoldenRuns {
  insights: {
    goldenRuns: {
      at: string;
      model: string;
      occasion: string;
      queries: number;
      passed: number;
      change: { wins: { name: string; sku: string }[]; losses: { name: string; sku: string }[] } | null;
    }[];
  };
}

async function* golden(api: ApiClient, period: ReportPeriod): AsyncIterable<Row> {
  const query = `query ($from: DateTime, $to: DateTime) { insights { goldenRuns${PERIOD} {
    at model occasion queries passed change { wins { name sku } losses { name sku } } } } }`;
  const { insights } = await api.callPatiently<GoldenRuns>({ query, variables: { ...period } });
  const changeTexts = (changes: { name: string; sku: string }[] = []): string[] =>
    changes.map(({ name, sku }) => `${name}: ${sku}`);
  for (const { change, ...run } of insights.goldenRuns)
    yield { ...run, wins: changeTexts(change?.wins), losses: changeTexts(change?.losses) };
}

interface ModelHistory {
  insights: { modelHistory: { model: string; evaluatedAt: string | null; metrics: object[] }[] };
}

async function* model(api: ApiClient): AsyncIterable<Row> {
  const query = '{ insights { modelHistory { model evaluatedAt metrics { name value low high rows } } } }';
  const { insights } = await api.callPatiently<ModelHistory>({ query });
  for (const { model: release, evaluatedAt, metrics } of insights.modelHistory)
    for (const metric of metrics) yield { model: release, evaluatedAt, ...flat(metric) };
}

async function* map(api: ApiClient): AsyncIterable<Row> {
  const query = `{ insights { embeddingMap(sample: ${MOST_POINTS}) {
    sku title x y garmentType category color gender usage inStock } } }`;
  const { insights } = await api.callPatiently<{ insights: { embeddingMap: object[] } }>({ query });
  for (const point of insights.embeddingMap) yield flat(point);
}

interface AnswersPage {
  insights: {
    recommendations: {
      nodes: {
        query: { model: string; fusion: string; garmentTypes: { garmentType: string }[]; colors: string[] };
        shownSkus: string[];
        feedback: { sku: string; kind: string }[];
        [field: string]: unknown;
      }[];
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  };
}

async function* answers(api: ApiClient, period: ReportPeriod): AsyncIterable<Row> {
  const query = `query ($from: DateTime, $to: DateTime, $after: String) { insights {
    recommendations(from: $from, to: $to, first: ${PAGE}, after: $after) {
      nodes { id at text avoid hadImage status diversity latencyMs query { model fusion garmentTypes { garmentType } colors }
        shownSkus feedback { sku kind } }
      pageInfo { hasNextPage endCursor } } } }`;
  for (let after: string | null = null; ;) {
    const page: AnswersPage = await api.callPatiently({ query, variables: { ...period, after } });
    const { nodes, pageInfo }: AnswersPage['insights']['recommendations'] = page.insights.recommendations;
    for (const { query: understanding, shownSkus, feedback, ...answer } of nodes)
      yield {
        ...flat(answer),
        model: understanding.model,
        fusion: understanding.fusion,
        garmentType: understanding.garmentTypes[0]?.garmentType ?? null,
        colors: understanding.colors,
        shownSkus,
        // SKU and kind of each event, as two columns of equal length
        feedbackSkus: feedback.map(({ sku }) => sku),
        feedbackKinds: feedback.map(({ kind }) => kind),
      };
    if (!pageInfo.hasNextPage) return;
    after = pageInfo.endCursor;
  }
}

/** Returns a row with nested objects as separate columns: clickRate.low becomes clickRateLow. */
function flat(row: object): Row {
  const cells: Row = {};
  for (const [name, value] of Object.entries(row)) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) cells[name] = value as Cell;
    else
      for (const [inner, cell] of Object.entries(flat(value as object)))
        cells[name + inner[0]!.toUpperCase() + inner.slice(1)] = cell;
  }
  return cells;
}
