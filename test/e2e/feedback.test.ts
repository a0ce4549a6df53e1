// Feedback, the recommendation log and the shopper profile through the API.
import { setTimeout as sleep } from 'node:timers/promises';
import { DEFAULT_STORE_ID } from '../../src/domain/access/store.context.js';
import { HourlyJobs } from '../../src/jobs/scheduler.js';
import { createLogger } from '../../src/observability/logger.js';
import { JobQueue } from '../../src/store/database/job.queue.js';
import { StoreRepository } from '../../src/store/store.repository.js';
import { withApp } from '../support/app.js';

interface Edge {
  rank: number;
  score: number;
  node: { sku: string; color: string | null };
  explanation: { contributions: { name: string; value: number }[] };
}
interface Recommendation {
  id: string;
  garments: { edges: Edge[] };
}
interface LoggedRecommendation {
  id: string;
  at: string;
  text: string | null;
  hadImage: boolean;
  status: string;
  latencyMs: number;
  latencyByStage: { stage: string; latencyMs: number }[];
  query: { model: string; colors: string[] };
  shown: Edge[];
  shownSkus: string[];
  feedback: { sku: string; kind: string }[];
}

const EDGES = 'edges { rank score node { sku color } explanation { contributions { name value } } }';
const ASK = `query ($input: RecommendOutfitInput!, $first: Int) { recommendOutfit(input: $input) { id garments(first: $first) { ${EDGES} } } }`;
const LOG = `id at text hadImage status latencyMs latencyByStage { stage latencyMs } query { model colors } shownSkus
  shown { rank score node { sku color } explanation { contributions { name value } } } feedback { sku kind }`;
const RECORD = `mutation ($events: [FeedbackInput!]!) { recordFeedback(events: $events) { recorded userErrors { field code } } }`;

const server = withApp({ sample: true });
const store = { storeId: DEFAULT_STORE_ID };

const recommend = async (input: object, first = 10): Promise<Recommendation> =>
  (await server.data<{ recommendOutfit: Recommendation }>(ASK, { input, first })).recommendOutfit;
const record = async (...events: object[]) =>
  (
    await server.data<{ recordFeedback: { recorded: number; userErrors: { field: string[]; code: string }[] } }>(
      RECORD,
      {
        events,
      },
    )
  ).recordFeedback;
const find = async (id: string): Promise<LoggedRecommendation | null> =>
  (
    await server.data<{ insights: { recommendation: LoggedRecommendation | null } }>(
      `query ($id: ID!) { insights { recommendation(id: $id) { ${LOG} } } }`,
      { id },
    )
  ).insights.recommendation;
const skus = ({ garments }: Recommendation): string[] => garments.edges.map(({ node }) => node.sku);

describe('a logged recommendation', () => {
  it('is found by its id, with the shown garments, their explanations and the latency', async () => {
    const recommendation = await recommend({ text: 'red dress' }, 5);
    const logged = (await find(recommendation.id))!;
    expect(logged).toMatchObject({
      id: recommendation.id,
      text: 'red dress',
      hadImage: false,
      status: 'OK',
      feedback: [],
    });
    expect(logged.shown).toEqual(recommendation.garments.edges);
    expect(logged.shownSkus).toEqual(skus(recommendation));
    expect(logged.query.colors[0]).toBe('Red');
    expect(logged.latencyByStage.map(({ stage }) => stage).sort()).toEqual(['encode', 'rank', 'search', 'understand']);
    expect(logged.latencyMs).toBeGreaterThan(0);
    expect(Date.now() - Date.parse(logged.at)).toBeLessThan(30_000);
  });

  it('holds every page that was read, and only the fact that a picture was sent', async () => {
    const sku = skus(await recommend({ text: 'shoes' }, 1))[0]!;
    const { recommendOutfit: recommendation } = await server.data<{
      recommendOutfit: { id: string; a: object; b: object };
    }>(
      `query ($input: RecommendOutfitInput!) { recommendOutfit(input: $input) { id
         a: garments(first: 2) { nodes { sku } } b: garments(first: 4) { nodes { sku } } } }`,
      { input: { image: { sku } } },
    );
    const logged = (await find(recommendation.id))!;
    expect(logged).toMatchObject({ text: null, hadImage: true });
    expect(logged.shown.map(({ rank }) => rank)).toEqual([1, 2, 3, 4]);
  });

  it('is listed newest first, in pages that do not move when new recommendations arrive', async () => {
    const ids: string[] = [];
    for (const text of ['a hat', 'a skirt', 'shorts']) ids.unshift((await recommend({ text }, 1)).id);
    await find(ids[0]!);
    const page = async (after: string | null) =>
      (
        await server.data<{ insights: { recommendations: { edges: { cursor: string; node: { id: string } }[] } } }>(
          `query ($after: String) { insights { recommendations(first: 2, after: $after) { edges { cursor node { id } } } } }`,
          { after },
        )
      ).insights.recommendations.edges;
    const first = await page(null);
    expect(first.map(({ node }) => node.id)).toEqual(ids.slice(0, 2));
    await find((await recommend({ text: 'late' }, 1)).id);
    expect((await page(first[1]!.cursor))[0]!.node.id).toBe(ids[2]);
  });

  it('is null for an unknown id and for an invalid id', async () => {
    expect(await find('0b6f5c1e-4d0a-4f6e-9c55-1f2f7c55a002')).toBeNull();
    expect(await find("' or true --")).toBeNull();
  });
});

describe('feedback', () => {
  it('is recorded as soon as the recommendation arrives, only once, and returned with the logged recommendation', async () => {
    const recommendation = await recommend({ text: 'trousers' });
    const [first, second] = skus(recommendation);
    const event = { recommendationId: recommendation.id, sku: first, kind: 'CLICK' };
    expect(await record(event, { ...event, sku: second, kind: 'PURCHASE' })).toEqual({ recorded: 2, userErrors: [] });
    await record(event);
    expect((await find(recommendation.id))!.feedback).toEqual([
      { sku: first, kind: 'CLICK' },
      { sku: second, kind: 'PURCHASE' },
    ]);
  });

  it('with an error is refused by its index, and other events are recorded', async () => {
    const recommendation = await recommend({ text: 'trousers' });
    const good = { recommendationId: recommendation.id, sku: skus(recommendation)[0], kind: 'VIEW' };
    const { recorded, userErrors } = await record(
      { ...good, sku: 'never shown' },
      { ...good, recommendationId: '0b6f5c1e-4d0a-4f6e-9c55-1f2f7c55a002' },
      { ...good, shopper: '' },
      good,
    );
    expect(recorded).toBe(1);
    expect(userErrors).toEqual([
      { field: ['events', '0', 'sku'], code: 'SKU_NOT_SHOWN' },
      { field: ['events', '1', 'recommendationId'], code: 'RECOMMENDATION_NOT_FOUND' },
      { field: ['events', '2', 'shopper'], code: 'SHOPPER_INVALID' },
    ]);
  });

  it('is deleted together with its recommendation by an hourly job when the retention period ends', async () => {
    const recommendation = await recommend({ text: 'a coat' });
    await record({ recommendationId: recommendation.id, sku: skus(recommendation)[0], kind: 'CLICK' });
    const database = server.app.database.within(store);
    await database.query("update recommendations set at = now() - interval '31 days' where id = $1", [
      recommendation.id,
    ]);
    await find(recommendation.id);
    const queue = await JobQueue.open(server.app.database);
    const stores = new StoreRepository(server.app.database, queue);
    const hourly = new HourlyJobs({ queue, stores, logger: createLogger('silent') });
    await hourly.queueAll();
    await hourly.queueAll();
    await queue.close();
    // The server's own worker runs the job.
    while (await find(recommendation.id)) await sleep(50);
    const jobs = await server.app.database.query("select from pgboss.job where name = 'answers-expire'");
    expect(jobs).toHaveLength(1);
    expect(await database.query('select from feedback where recommendation_id = $1', [recommendation.id])).toEqual([]);
  });
});

describe('a shopper', () => {
  const LIKED_COLOR = 'Blue';
  const REQUESTS = [
    'a dress',
    'a shirt',
    'shoes',
    'trousers',
    'a T-shirt',
    'a skirt',
    'a hat',
    'shorts',
    'a jacket',
    'a top',
  ];
  const likedCount = (recommendation: Recommendation): number =>
    recommendation.garments.edges.filter(({ node }) => node.color === LIKED_COLOR).length;

  it('gets at least 1.5 times as much of a clicked color within ten recommendations, and other shoppers see no change', async () => {
    let before = 0;
    let after = 0;
    for (const text of REQUESTS) {
      const anonymous = await recommend({ text });
      before += likedCount(anonymous);
      const recommendation = await recommend({ text, shopper: 'likes one color' });
      after += likedCount(recommendation);
      const liked = recommendation.garments.edges.filter(({ node }) => node.color === LIKED_COLOR);
      const events = liked.map(({ node }) => ({ recommendationId: recommendation.id, sku: node.sku, kind: 'CLICK' }));
      if (events.length > 0) expect((await record(...events)).recorded).toBe(events.length);
    }
    // The first requests count too, so the last recommendations rise by more than this ratio.
    expect(after / before).toBeGreaterThan(1.5);
    for (const text of REQUESTS.slice(0, 3)) {
      const { garments } = await recommend({ text, shopper: 'somebody else' });
      expect(garments).toEqual((await recommend({ text })).garments);
    }
  });

  it('sees the contribution in the explanation, and the contributions still add up to the score', async () => {
    const { garments } = await recommend({ text: 'a dress', shopper: 'likes one color' });
    for (const { score, explanation } of garments.edges) {
      expect(explanation.contributions.map(({ name }) => name)).toContain('shopper');
      expect(explanation.contributions.reduce((sum, { value }) => sum + value, 0)).toBe(score);
    }
  });

  it('sees a dismissed garment rank lower', async () => {
    const recommendation = await recommend({ text: 'a shirt', shopper: 'dismisses' });
    const sku = skus(recommendation)[0]!;
    await record({ recommendationId: recommendation.id, sku, kind: 'DISMISS', shopper: 'dismisses' });
    expect(skus(await recommend({ text: 'a shirt', shopper: 'dismisses' })).indexOf(sku)).not.toBe(0);
  });

  it('can be forgotten: later recommendations are anonymous and no data is left', async () => {
    const { forgetShopper } = await server.data<{ forgetShopper: { forgotten: number } }>(
      'mutation { forgetShopper(shopper: "likes one color") { forgotten } }',
    );
    expect(forgetShopper.forgotten).toBeGreaterThan(REQUESTS.length);
    const { garments } = await recommend({ text: 'a dress', shopper: 'likes one color' });
    expect(garments).toEqual((await recommend({ text: 'a dress' })).garments);
  });

  it('is never stored under the plain id', async () => {
    await find((await recommend({ text: 'a dress', shopper: 'shopper-4711-secret' }, 1)).id);
    const rows = await server.app.database.query<{ row: string }>(
      'select r::text as row from recommendations r union all select f::text from feedback f',
    );
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.filter(({ row }) => row.includes('4711-secret'))).toEqual([]);
  });
});
