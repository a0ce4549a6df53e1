// Figures for analysts over a month of known events, compared with counts over the events.
// FITROOM_MONTH_ANSWERS=20000 runs a month of full size.
import { createAnalysisServices } from '../../src/bootstrap/container.js';
import type { RecommendationRecord, ShownGarment } from '../../src/domain/recommend/recommendation.log.js';
import { NO_SETTINGS, settingsFor, type Experiment } from '../../src/domain/analytics/experiment.js';
import { FEEDBACK_KINDS, type FeedbackKind } from '../../src/domain/recommend/feedback.js';
import { GARMENT_TYPES, type GarmentType } from '../../src/domain/catalog/garment.js';
import { ExperimentService } from '../../src/services/recommend/experiment.service.js';
import { RecommendationRepository } from '../../src/store/recommendation.repository.js';
import { ExperimentRepository } from '../../src/store/experiment.repository.js';
import { FeedbackRepository } from '../../src/store/feedback.repository.js';
import { GarmentRepository } from '../../src/store/garment.repository.js';
import { axis, randomNumbers, row, STORE } from '../support/catalog.rows.js';
import { openTestDatabase } from '../support/database.js';
import type { Database } from '../../src/store/database/database.types.js';

const RECOMMENDATIONS = Number(process.env['FITROOM_MONTH_ANSWERS'] ?? 250);
const FROM = new Date('2026-03-01T00:00:00Z');
const TO = new Date('2026-03-31T00:00:00Z');
const DAY_MS = 86_400_000;
const GARMENTS = 60;
/** Number of garments that are ever shown. The others never are. */
const EVER_SHOWN = 45;
const SHOWN = 6;
const TEXTS = ['red dress', 'blue jeans', 'a poncho', 'green tuxedo'];
const SHARES: Record<FeedbackKind, number> = {
  VIEW: 0.6,
  CLICK: 0.2,
  TRY_ON: 0.08,
  CART: 0.05,
  PURCHASE: 0.02,
  DISMISS: 0.04,
};

const EXPERIMENT: Experiment = {
  id: '00000000-0000-4000-9000-000000000001',
  name: 'Variety',
  startedAt: FROM,
  endedAt: null,
  variants: [
    { name: 'as ever', weight: 2, settings: NO_SETTINGS },
    { name: 'varied', weight: 1, settings: { ...NO_SETTINGS, diversity: 0.5 } },
  ],
};
/** Returns a shopper id as the log stores it. Each shopper sends about six requests a month. */
const shopperOf = (i: number): string => String((i * 7919) % Math.ceil(RECOMMENDATIONS / 6)).padStart(32, '0');

interface LoggedRecommendation {
  at: Date;
  text: string;
  isPoor: boolean;
  skus: string[];
  events: { sku: string; kind: FeedbackKind; at: Date }[];
  record: RecommendationRecord & { shown: ShownGarment[] };
}

const random = randomNumbers(20_260_301);
const typeOf = (sku: string): GarmentType | null =>
  Number(sku.slice(1)) % 11 === 10 ? null : GARMENT_TYPES[Number(sku.slice(1)) % 11]!;

let database: Database;
let close: () => Promise<void>;
let month: LoggedRecommendation[];
let services: ReturnType<typeof createAnalysisServices>;

beforeAll(async () => {
  ({ database, close } = await openTestDatabase());
  services = createAnalysisServices(database, () => TO);
  const rows = Array.from({ length: GARMENTS }, (_, i) => row({ sku: `G${i}`, garmentType: typeOf(`G${i}`) }));
  await new GarmentRepository(database).saveGarments(STORE, rows);
  await database
    .within(STORE)
    .query(`update garments set in_stock = false where sku = 'G1' and store_id = $1`, [STORE.storeId]);
  month = Array.from({ length: RECOMMENDATIONS }, (_, i) => makeRecommendation(i));
  await saveAll();
}, 120_000);
afterAll(() => close());

function makeRecommendation(i: number): LoggedRecommendation {
  const at = new Date(FROM.getTime() + random() * 30 * DAY_MS);
  // The demand shifts: the later in the month, the more requests have the last text.
  const late = (at.getTime() - FROM.getTime()) / (30 * DAY_MS);
  const textIndex = random() < late / 2 ? 3 : Math.floor(random() * 4);
  // Some garments are shown far more often than others.
  const skus = new Set<string>();
  while (skus.size < SHOWN) skus.add(`G${Math.floor(random() ** 2 * EVER_SHOWN)}`);
  const feedbackAt = new Date(at.getTime() + random() * 2 * DAY_MS);
  const events = [...skus].flatMap((sku, position) =>
    FEEDBACK_KINDS.filter((kind) => random() < SHARES[kind] / (1 + position / 3)).map((kind) => ({
      sku,
      kind,
      at: feedbackAt,
    })),
  );
  const record = recordOf(i, at, { textIndex, skus: [...skus] });
  return { at, text: record.text!, isPoor: textIndex >= 2, skus: [...skus], events, record };
}

function recordOf(
  i: number,
  at: Date,
  { textIndex, skus }: { textIndex: number; skus: string[] },
): LoggedRecommendation['record'] {
  const text = TEXTS[textIndex]!;
  return {
    id: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
    at,
    text: i % 3 === 0 ? text.toUpperCase() : i % 3 === 1 ? ` ${text.replace(' ', '  ')} ` : text,
    avoid: null,
    hadImage: false,
    filter: null,
    diversity: 0,
    shopper: i % 3 === 0 ? null : shopperOf(i),
    understanding: {
      garmentTypes: GARMENT_TYPES.map((garmentType, t) => ({
        garmentType,
        probability: t === textIndex ? 0.91 : 0.01,
      })),
      colors: [],
      fusion: 'WEIGHTED_AVERAGE',
      textWeight: 1,
      imageWeight: 0,
      model: 'test@1',
    },
    status: textIndex >= 2 ? 'WEAK' : 'OK',
    vector: { text: axis(textIndex), image: axis(textIndex) },
    picture: null,
    words: null,
    ranking: [],
    settings: { fusion: {}, taste: 1, learned: null, rules: [], wanted: skus.length },
    variants: i % 3 === 0 ? [] : settingsFor([EXPERIMENT], shopperOf(i)).assigned,
    latencyMs: 1,
    stages: { search: 1 },
    shown: skus.map((sku, position) => ({
      garmentId: String(position + 1),
      sku,
      rank: position + 1,
      score: 1 - position / 10,
      contributions: [],
      textSimilarity: (i % 100) / 200,
      imageSimilarity: null,
      typeProbability: 0,
      reasons: [],
    })),
  };
}

async function saveAll(): Promise<void> {
  const recommendations = new RecommendationRepository(database);
  for (let start = 0; start < month.length; start += 200)
    await recommendations.keep(
      STORE,
      month.slice(start, start + 200).map(({ record }) => record),
    );
  const feedback = new FeedbackRepository(database);
  for (const { record, events } of month) {
    const feedbackEvents = events.map(({ sku, kind }) => ({ recommendationId: record.id, sku, kind, shopper: null }));
    if (feedbackEvents.length > 0) await feedback.record(STORE, feedbackEvents, events[0]!.at);
  }
}

const events = () => month.flatMap((recommendation) => recommendation.events);
const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
const NAMES: Record<FeedbackKind, string> = {
  VIEW: 'views',
  CLICK: 'clicks',
  TRY_ON: 'tryOns',
  CART: 'carts',
  PURCHASE: 'purchases',
  DISMISS: 'dismissals',
};
const countByKind = (list: { kind: FeedbackKind }[]) =>
  Object.fromEntries(FEEDBACK_KINDS.map((kind) => [NAMES[kind], list.filter((event) => event.kind === kind).length]));
const MONTH = { from: FROM, to: TO };

it('engagement.byDay counts the recommendations and events of each day, including days without any', async () => {
  const days = await services.engagement.byDay(STORE, { from: new Date('2026-02-27T00:00:00Z'), to: TO });
  expect(days).toHaveLength(32);
  expect(days[0]).toEqual({ day: '2026-02-27', recommendations: 0, ...countByKind([]) });
  for (const { day, ...counts } of days) {
    const recommendations = month.filter(({ at }) => dayOf(at) === day);
    expect({ day, ...counts }).toEqual({
      day,
      recommendations: recommendations.length,
      ...countByKind(events().filter(({ at }) => dayOf(at) === day && at < TO)),
    });
  }
});

it('engagement.byRank counts the shown garments and the events by rank', async () => {
  const ranks = await services.engagement.byRank(STORE, MONTH);
  expect(ranks.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5, 6]);
  for (const { rank, clickRate, ...counts } of ranks) {
    const eventsAtRank = month.flatMap(({ skus, events }) => events.filter(({ sku }) => sku === skus[rank - 1]));
    expect(counts).toEqual({ shown: RECOMMENDATIONS, ...countByKind(eventsAtRank) });
    expect(clickRate.value).toBe(counts.clicks / RECOMMENDATIONS);
  }
  expect(ranks[0]!.clicks).toBeGreaterThan(ranks[5]!.clicks);
});

it('engagement.byGarmentType counts by the type of the shown garment', async () => {
  const types = await services.engagement.byGarmentType(STORE, MONTH);
  expect(new Set(types.map(({ garmentType }) => garmentType)).size).toBe(types.length);
  for (const { garmentType, clickRate, ...counts } of types) {
    const shown = month.flatMap(({ skus }) => skus).filter((sku) => typeOf(sku) === garmentType);
    const eventsOfType = events().filter(({ sku }) => typeOf(sku) === garmentType);
    expect(counts).toEqual({ shown: shown.length, ...countByKind(eventsOfType) });
    expect(clickRate.low).toBeLessThanOrEqual(clickRate.value);
  }
});

it('demand.gaps counts requests without good results, in every spelling', async () => {
  const gaps = await services.demand.gaps(STORE, MONTH, 10);
  const expected = ['a poncho', 'green tuxedo'].map((words) => {
    const searches = month.filter(({ text }) => text.toLowerCase().split(/\s+/).join(' ').trim() === words);
    return {
      words,
      count: searches.length,
      bestSimilarity: Math.max(...searches.map(({ record }) => record.shown[0]!.textSimilarity!)),
    };
  });
  const actual = gaps.map(({ text, count, bestSimilarity }) => ({
    words: text.toLowerCase().split(/\s+/).join(' ').trim(),
    count,
    bestSimilarity,
  }));
  expect(actual).toEqual(expected.sort((a, b) => b.count - a.count));
  expect(month.filter(({ isPoor }) => isPoor)).toHaveLength(gaps.reduce((sum, { count }) => sum + count, 0));
});

it('experiment results count the shoppers of each variant, and those with at least one event of a kind', async () => {
  const results = await new ExperimentService(new ExperimentRepository(database)).results(STORE, EXPERIMENT);
  for (const { name, answers, shoppers, rates } of results) {
    const assigned = month.filter(({ record }) => record.variants.some(({ variant }) => variant === name));
    const shoppersWith = (kind: FeedbackKind): number =>
      new Set(
        assigned
          .filter(({ events: done }) => done.some((event) => event.kind === kind))
          .map(({ record }) => record.shopper),
      ).size;
    const shopperCount = new Set(assigned.map(({ record }) => record.shopper)).size;
    expect({ answers, shoppers }).toEqual({ answers: assigned.length, shoppers: shopperCount });
    expect(shoppers).toBeGreaterThan(5);
    for (const { kind, shoppers: did, rate, low, high } of rates) {
      expect([kind, did, rate]).toEqual([kind, shoppersWith(kind), shoppersWith(kind) / shopperCount]);
      // The Wilson interval, from its formula.
      const z = 1.959963984540054;
      const middle = (rate + z ** 2 / (2 * shopperCount)) / (1 + z ** 2 / shopperCount);
      const half =
        (z / (1 + z ** 2 / shopperCount)) *
        Math.sqrt((rate * (1 - rate)) / shopperCount + z ** 2 / (4 * shopperCount ** 2));
      expect([low, high]).toEqual([expect.closeTo(middle - half, 9), expect.closeTo(middle + half, 9)]);
    }
  }
});

it('exposure.coverage counts the garments in stock', async () => {
  const { period, gini, topTenth, ...coverage } = await services.exposure.coverage(STORE, MONTH);
  const inStock = Array.from({ length: GARMENTS }, (_, i) => `G${i}`).filter((sku) => sku !== 'G1');
  const showingsOf = inStock.map((sku) => month.filter(({ skus }) => skus.includes(sku)).length);
  const showings = showingsOf.reduce((sum, count) => sum + count, 0);
  expect(coverage).toEqual({
    garments: inStock.length,
    shown: showingsOf.filter((count) => count > 0).length,
    showings,
  });
  const differences = showingsOf
    .flatMap((a) => showingsOf.map((b) => Math.abs(a - b)))
    .reduce((sum, value) => sum + value, 0);
  expect(gini).toBeCloseTo(differences / (2 * showingsOf.length * showings), 10);
  const topShowings = [...showingsOf].sort((a, b) => b - a).slice(0, 6);
  expect(topTenth).toBeCloseTo(topShowings.reduce((sum, count) => sum + count, 0) / showings, 10);
  const never = await services.exposure.neverShown(STORE, period, 100);
  expect(never.map(({ sku }) => sku).sort()).toEqual(inStock.filter((_, i) => showingsOf[i] === 0).sort());
});

it('demand.drift reports the shift of demand from week to week', async () => {
  const weeks = await services.demand.drift(STORE, MONTH);
  expect(weeks.map(({ week }) => week)).toEqual([
    '2026-02-23',
    '2026-03-02',
    '2026-03-09',
    '2026-03-16',
    '2026-03-23',
    '2026-03-30',
  ]);
  const mondayOf = (at: Date): string => {
    const days = (at.getUTCDay() + 6) % 7;
    return dayOf(new Date(at.getTime() - days * DAY_MS));
  };
  for (const { week, requests } of weeks) expect(requests).toBe(month.filter(({ at }) => mondayOf(at) === week).length);
  expect(weeks[0]!.requestShift).toBeNull();
  expect(weeks[4]!.requestShift).toBeGreaterThan(0);
  expect(weeks[4]!.asked.find(({ kind }) => kind === GARMENT_TYPES[3])).toMatchObject({ kind: GARMENT_TYPES[3] });
  const rising = weeks[4]!.asked.find(({ kind }) => kind === GARMENT_TYPES[3])!;
  expect(rising.share).toBeGreaterThan(rising.earlier);
});

it('analytics of another store count nothing of this store', async () => {
  const other = { storeId: 'other' };
  expect(await services.engagement.byRank(other, MONTH)).toEqual([]);
  expect(await services.demand.gaps(other, MONTH, 10)).toEqual([]);
  expect(await services.exposure.coverage(other, MONTH)).toMatchObject({ garments: 0, shown: 0, showings: 0, gini: 0 });
});
