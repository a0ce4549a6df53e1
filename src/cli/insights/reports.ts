// The reports that can be written as a table: what each asks the API for, and the rows in its answer. Rows of one report have
// the same columns, in the same order.
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
    describes: 'answers and feedback of each day',
    rows: listed('engagement', `engagement${PERIOD} { day recommendations ${COUNTS} }`),
  },
  ranks: {
    describes: 'what was done with garments by the rank they were shown at',
    rows: listed('engagementByRank', `engagementByRank${PERIOD} { rank shown ${COUNTS} clickRate { value low high } }`),
  },
  types: {
    describes: 'the same by their type',
    rows: listed(
      'engagementByGarmentType',
      `engagementByGarmentType${PERIOD} { garmentType shown ${COUNTS} clickRate { value low high } }`,
    ),
  },
  gaps: {
    describes: 'what is asked for and hardly there',
    rows: listed(
      'searchGaps',
      `searchGaps(from: $from, to: $to, first: ${PAGE}) { text count bestSimilarity texts recommendationId }`,
    ),
  },
  drift: {
    describes: 'how requests and catalog move from week to week',
    rows: listed('drift', `drift${PERIOD} { week requests requestShift garmentsAdded catalogShift }`),
  },
  doubts: { describes: 'garments that are worth a second look', rows: doubts },
  experiments: { describes: 'what came of each variant, by what shoppers did', rows: experiments },
  golden: { describes: 'every run of the golden queries', rows: golden },
  model: { describes: 'what was measured of the model, release by release', rows: model },
  map: { describes: 'the catalog as points on a plane', rows: map },
  answers: { describes: 'every answer with what came of it, the newest first', rows: answers },
} as const satisfies Record<string, Report>;

export type ReportName = keyof typeof REPORTS;
export const REPORT_NAMES = Object.keys(REPORTS) as ReportName[];

/** A report that comes as one list. */
function listed(field: string, selection: string): Report['rows'] {
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

/** A row for each variant and each thing that shoppers did; the period is the experiment's own. */
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
  const said = (changes: { name: string; sku: string }[] = []): string[] =>
    changes.map(({ name, sku }) => `${name}: ${sku}`);
  for (const { change, ...run } of insights.goldenRuns)
    yield { ...run, wins: said(change?.wins), losses: said(change?.losses) };
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
    for (const { query: read, shownSkus, feedback, ...answer } of nodes)
      yield {
        ...flat(answer),
        model: read.model,
        fusion: read.fusion,
        garmentType: read.garmentTypes[0]?.garmentType ?? null,
        colors: read.colors,
        shownSkus,
        // what was done and with what, as two columns of equal length
        feedbackSkus: feedback.map(({ sku }) => sku),
        feedbackKinds: feedback.map(({ kind }) => kind),
      };
    if (!pageInfo.hasNextPage) return;
    after = pageInfo.endCursor;
  }
}

/** Objects within a row as columns of their own: clickRate.low → clickRateLow. */
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
