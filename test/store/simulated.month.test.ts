// A month of answers and feedback that is known event by event: every figure that analysts read equals a count over the
// events themselves. FITROOM_MONTH_ANSWERS=20000 for a month of full size.
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

const ANSWERS = Number(process.env['FITROOM_MONTH_ANSWERS'] ?? 250);
const FROM = new Date('2026-03-01T00:00:00Z');
const TO = new Date('2026-03-31T00:00:00Z');
const DAY_MS = 86_400_000;
const GARMENTS = 60;
/** Beyond these no garment is ever shown. */
const EVER_SHOWN = 45;
const SHOWN = 6;
const WISHES = ['red dress', 'blue jeans', 'a poncho', 'green tuxedo'];
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
/** As the log keeps them: one asks some six times a month. */
const shopperOf = (i: number): string => String((i * 7919) % Math.ceil(ANSWERS / 6)).padStart(32, '0');

interface Answer {
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
let month: Answer[];
let services: ReturnType<typeof createAnalysisServices>;

beforeAll(async () => {
  ({ database, close } = await openTestDatabase());
  services = createAnalysisServices(database, () => TO);
  const rows = Array.from({ length: GARMENTS }, (_, i) => row({ sku: `G${i}`, garmentType: typeOf(`G${i}`) }));
  await new GarmentRepository(database).saveGarments(STORE, rows);
  await database
    .within(STORE)
    .query(`update garments set in_stock = false where sku = 'G1' and store_id = $1`, [STORE.storeId]);
  month = Array.from({ length: ANSWERS }, (_, i) => makeAnswer(i));
  await keepAll();
}, 120_000);
afterAll(() => close());

function makeAnswer(i: number): Answer {
  const at = new Date(FROM.getTime() + random() * 30 * DAY_MS);
  // what is asked for moves: the later in the month, the more of the last wish
  const late = (at.getTime() - FROM.getTime()) / (30 * DAY_MS);
  const wish = random() < late / 2 ? 3 : Math.floor(random() * 4);
  // some garments are shown far more often than others
  const skus = new Set<string>();
  while (skus.size < SHOWN) skus.add(`G${Math.floor(random() ** 2 * EVER_SHOWN)}`);
  const then = new Date(at.getTime() + random() * 2 * DAY_MS);
  const events = [...skus].flatMap((sku, position) =>
    FEEDBACK_KINDS.filter((kind) => random() < SHARES[kind] / (1 + position / 3)).map((kind) => ({
      sku,
      kind,
      at: then,
    })),
  );
  const record = recordOf(i, at, { wish, skus: [...skus] });
  return { at, text: record.text!, isPoor: wish >= 2, skus: [...skus], events, record };
}

function recordOf(i: number, at: Date, { wish, skus }: { wish: number; skus: string[] }): Answer['record'] {
  const spelled = WISHES[wish]!;
  return {
    id: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
    at,
    text: i % 3 === 0 ? spelled.toUpperCase() : i % 3 === 1 ? ` ${spelled.replace(' ', '  ')} ` : spelled,
    avoid: null,
    hadImage: false,
    filter: null,
    diversity: 0,
    shopper: i % 3 === 0 ? null : shopperOf(i),
    understanding: {
      garmentTypes: GARMENT_TYPES.map((garmentType, t) => ({ garmentType, probability: t === wish ? 0.91 : 0.01 })),
      colors: [],
      fusion: 'WEIGHTED_AVERAGE',
      textWeight: 1,
      imageWeight: 0,
      model: 'test@1',
    },
    status: wish >= 2 ? 'WEAK' : 'OK',
    vector: { text: axis(wish), image: axis(wish) },
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

async function keepAll(): Promise<void> {
  const answers = new RecommendationRepository(database);
  for (let start = 0; start < month.length; start += 200)
    await answers.keep(
      STORE,
      month.slice(start, start + 200).map(({ record }) => record),
    );
  const feedback = new FeedbackRepository(database);
  for (const { record, events } of month) {
    const told = events.map(({ sku, kind }) => ({ recommendationId: record.id, sku, kind, shopper: null }));
    if (told.length > 0) await feedback.record(STORE, told, events[0]!.at);
  }
}

const events = () => month.flatMap((answer) => answer.events);
const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
const NAMES: Record<FeedbackKind, string> = {
  VIEW: 'views',
  CLICK: 'clicks',
  TRY_ON: 'tryOns',
  CART: 'carts',
  PURCHASE: 'purchases',
  DISMISS: 'dismissals',
};
const counted = (some: { kind: FeedbackKind }[]) =>
  Object.fromEntries(FEEDBACK_KINDS.map((kind) => [NAMES[kind], some.filter((one) => one.kind === kind).length]));
const asked = { from: FROM, to: TO };

it('counts answers and events of each day, and the days without any', async () => {
  const days = await services.engagement.byDay(STORE, { from: new Date('2026-02-27T00:00:00Z'), to: TO });
  expect(days).toHaveLength(32);
  expect(days[0]).toEqual({ day: '2026-02-27', recommendations: 0, ...counted([]) });
  for (const { day, ...counts } of days) {
    const answers = month.filter(({ at }) => dayOf(at) === day);
    expect({ day, ...counts }).toEqual({
      day,
      recommendations: answers.length,
      ...counted(events().filter(({ at }) => dayOf(at) === day && at < TO)),
    });
  }
});

it('counts by rank what was shown and what was done with it', async () => {
  const ranks = await services.engagement.byRank(STORE, asked);
  expect(ranks.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5, 6]);
  for (const { rank, clickRate, ...counts } of ranks) {
    const done = month.flatMap(({ skus, events }) => events.filter(({ sku }) => sku === skus[rank - 1]));
    expect(counts).toEqual({ shown: ANSWERS, ...counted(done) });
    expect(clickRate.value).toBe(counts.clicks / ANSWERS);
  }
  expect(ranks[0]!.clicks).toBeGreaterThan(ranks[5]!.clicks);
});

it('counts by the type of what was shown', async () => {
  const types = await services.engagement.byGarmentType(STORE, asked);
  expect(new Set(types.map(({ garmentType }) => garmentType)).size).toBe(types.length);
  for (const { garmentType, clickRate, ...counts } of types) {
    const shown = month.flatMap(({ skus }) => skus).filter((sku) => typeOf(sku) === garmentType);
    const done = events().filter(({ sku }) => typeOf(sku) === garmentType);
    expect(counts).toEqual({ shown: shown.length, ...counted(done) });
    expect(clickRate.low).toBeLessThanOrEqual(clickRate.value);
  }
});

it('finds the gaps: what was asked for and hardly found, however it was spelled', async () => {
  const gaps = await services.demand.gaps(STORE, asked, 10);
  const expected = ['a poncho', 'green tuxedo'].map((wish) => {
    const searches = month.filter(({ text }) => text.toLowerCase().split(/\s+/).join(' ').trim() === wish);
    return {
      words: wish,
      count: searches.length,
      bestSimilarity: Math.max(...searches.map(({ record }) => record.shown[0]!.textSimilarity!)),
    };
  });
  const found = gaps.map(({ text, count, bestSimilarity }) => ({
    words: text.toLowerCase().split(/\s+/).join(' ').trim(),
    count,
    bestSimilarity,
  }));
  expect(found).toEqual(expected.sort((a, b) => b.count - a.count));
  expect(month.filter(({ isPoor }) => isPoor)).toHaveLength(gaps.reduce((sum, { count }) => sum + count, 0));
});

it('counts the shoppers of an experiment by variant, and those of them who did each thing at least once', async () => {
  const results = await new ExperimentService(new ExperimentRepository(database)).results(STORE, EXPERIMENT);
  for (const { name, answers, shoppers, rates } of results) {
    const given = month.filter(({ record }) => record.variants.some(({ variant }) => variant === name));
    const whoDid = (kind: FeedbackKind): number =>
      new Set(
        given.filter(({ events: done }) => done.some((one) => one.kind === kind)).map(({ record }) => record.shopper),
      ).size;
    const all = new Set(given.map(({ record }) => record.shopper)).size;
    expect({ answers, shoppers }).toEqual({ answers: given.length, shoppers: all });
    expect(shoppers).toBeGreaterThan(5);
    for (const { kind, shoppers: did, rate, low, high } of rates) {
      expect([kind, did, rate]).toEqual([kind, whoDid(kind), whoDid(kind) / all]);
      // Wilson's interval, from its formula
      const z = 1.959963984540054;
      const middle = (rate + z ** 2 / (2 * all)) / (1 + z ** 2 / all);
      const half = (z / (1 + z ** 2 / all)) * Math.sqrt((rate * (1 - rate)) / all + z ** 2 / (4 * all ** 2));
      expect([low, high]).toEqual([expect.closeTo(middle - half, 9), expect.closeTo(middle + half, 9)]);
    }
  }
});

it('measures coverage over the garments in stock', async () => {
  const { period, gini, topTenth, ...coverage } = await services.exposure.coverage(STORE, asked);
  const inStock = Array.from({ length: GARMENTS }, (_, i) => `G${i}`).filter((sku) => sku !== 'G1');
  const times = inStock.map((sku) => month.filter(({ skus }) => skus.includes(sku)).length);
  const showings = times.reduce((sum, one) => sum + one, 0);
  expect(coverage).toEqual({ garments: inStock.length, shown: times.filter((one) => one > 0).length, showings });
  const differences = times.flatMap((a) => times.map((b) => Math.abs(a - b))).reduce((sum, one) => sum + one, 0);
  expect(gini).toBeCloseTo(differences / (2 * times.length * showings), 10);
  const most = [...times].sort((a, b) => b - a).slice(0, 6);
  expect(topTenth).toBeCloseTo(most.reduce((sum, one) => sum + one, 0) / showings, 10);
  const never = await services.exposure.neverShown(STORE, period, 100);
  expect(never.map(({ sku }) => sku).sort()).toEqual(inStock.filter((_, i) => times[i] === 0).sort());
});

it('sees what is asked for move from week to week', async () => {
  const weeks = await services.demand.drift(STORE, asked);
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
  const risen = weeks[4]!.asked.find(({ kind }) => kind === GARMENT_TYPES[3])!;
  expect(risen.share).toBeGreaterThan(risen.earlier);
});

it('has nothing of another store’s', async () => {
  const other = { storeId: 'other' };
  expect(await services.engagement.byRank(other, asked)).toEqual([]);
  expect(await services.demand.gaps(other, asked, 10)).toEqual([]);
  expect(await services.exposure.coverage(other, asked)).toMatchObject({ garments: 0, shown: 0, showings: 0, gini: 0 });
});
