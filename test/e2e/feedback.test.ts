// Feedback through the API: recorded once, kept with its answer, felt in the next one, and forgotten where a shopper wishes it.
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
interface Answer {
  id: string;
  garments: { edges: Edge[] };
}
interface Log {
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
const within = { storeId: DEFAULT_STORE_ID };

const ask = async (input: object, first = 10): Promise<Answer> =>
  (await server.data<{ recommendOutfit: Answer }>(ASK, { input, first })).recommendOutfit;
const record = async (...events: object[]) =>
  (
    await server.data<{ recordFeedback: { recorded: number; userErrors: { field: string[]; code: string }[] } }>(
      RECORD,
      {
        events,
      },
    )
  ).recordFeedback;
const find = async (id: string): Promise<Log | null> =>
  (
    await server.data<{ insights: { recommendation: Log | null } }>(
      `query ($id: ID!) { insights { recommendation(id: $id) { ${LOG} } } }`,
      { id },
    )
  ).insights.recommendation;
const skus = ({ garments }: Answer): string[] => garments.edges.map(({ node }) => node.sku);

describe('an answer', () => {
  it('is found again by its id, with what was shown, why, and how long it took', async () => {
    const answer = await ask({ text: 'red dress' }, 5);
    const kept = (await find(answer.id))!;
    expect(kept).toMatchObject({ id: answer.id, text: 'red dress', hadImage: false, status: 'OK', feedback: [] });
    expect(kept.shown).toEqual(answer.garments.edges);
    expect(kept.shownSkus).toEqual(skus(answer));
    expect(kept.query.colors[0]).toBe('Red');
    expect(kept.latencyByStage.map(({ stage }) => stage).sort()).toEqual(['encode', 'rank', 'search', 'understand']);
    expect(kept.latencyMs).toBeGreaterThan(0);
    expect(Date.now() - Date.parse(kept.at)).toBeLessThan(30_000);
  });

  it('holds every page that was read of it, and nothing of its picture but that there was one', async () => {
    const sku = skus(await ask({ text: 'shoes' }, 1))[0]!;
    const { recommendOutfit: answer } = await server.data<{ recommendOutfit: { id: string; a: object; b: object } }>(
      `query ($input: RecommendOutfitInput!) { recommendOutfit(input: $input) { id
         a: garments(first: 2) { nodes { sku } } b: garments(first: 4) { nodes { sku } } } }`,
      { input: { image: { sku } } },
    );
    const kept = (await find(answer.id))!;
    expect(kept).toMatchObject({ text: null, hadImage: true });
    expect(kept.shown.map(({ rank }) => rank)).toEqual([1, 2, 3, 4]);
  });

  it('stands in the log, the newest first, in pages that do not move when answers come in', async () => {
    const ids: string[] = [];
    for (const text of ['a hat', 'a skirt', 'shorts']) ids.unshift((await ask({ text }, 1)).id);
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
    await find((await ask({ text: 'late' }, 1)).id);
    expect((await page(first[1]!.cursor))[0]!.node.id).toBe(ids[2]);
  });

  it('is not kept when no such id was ever given out, nor found under what is no id', async () => {
    expect(await find('0b6f5c1e-4d0a-4f6e-9c55-1f2f7c55a002')).toBeNull();
    expect(await find("' or true --")).toBeNull();
  });
});

describe('feedback', () => {
  it('is recorded as soon as the answer is there, once however often it is told, and read with the answer', async () => {
    const answer = await ask({ text: 'trousers' });
    const [first, second] = skus(answer);
    const event = { recommendationId: answer.id, sku: first, kind: 'CLICK' };
    expect(await record(event, { ...event, sku: second, kind: 'PURCHASE' })).toEqual({ recorded: 2, userErrors: [] });
    await record(event);
    expect((await find(answer.id))!.feedback).toEqual([
      { sku: first, kind: 'CLICK' },
      { sku: second, kind: 'PURCHASE' },
    ]);
  });

  it('that is wrong is named by its index and harms no other', async () => {
    const answer = await ask({ text: 'trousers' });
    const good = { recommendationId: answer.id, sku: skus(answer)[0], kind: 'VIEW' };
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

  it('goes with its answer when the time of both is over, once an hour', async () => {
    const answer = await ask({ text: 'a coat' });
    await record({ recommendationId: answer.id, sku: skus(answer)[0], kind: 'CLICK' });
    const database = server.app.database.within(within);
    await database.query("update recommendations set at = now() - interval '31 days' where id = $1", [answer.id]);
    await find(answer.id);
    const queue = await JobQueue.open(server.app.database);
    const stores = new StoreRepository(server.app.database, queue);
    const hourly = new HourlyJobs({ queue, stores, logger: createLogger('silent') });
    await hourly.queueAll();
    await hourly.queueAll();
    await queue.close();
    // the server's own worker takes it
    while (await find(answer.id)) await sleep(50);
    const jobs = await server.app.database.query("select from pgboss.job where name = 'answers-expire'");
    expect(jobs).toHaveLength(1);
    expect(await database.query('select from feedback where recommendation_id = $1', [answer.id])).toEqual([]);
  });
});

describe('a shopper', () => {
  const TASTE = 'Blue';
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
  const taste = (answer: Answer): number => answer.garments.edges.filter(({ node }) => node.color === TASTE).length;

  it('whose clicks follow a colour gets half as much again of it within ten answers, and nobody else gets any', async () => {
    let before = 0;
    let after = 0;
    for (const text of REQUESTS) {
      const anonymous = await ask({ text });
      before += taste(anonymous);
      const answer = await ask({ text, shopper: 'likes one colour' });
      after += taste(answer);
      const liked = answer.garments.edges.filter(({ node }) => node.color === TASTE);
      const events = liked.map(({ node }) => ({ recommendationId: answer.id, sku: node.sku, kind: 'CLICK' }));
      if (events.length > 0) expect((await record(...events)).recorded).toBe(events.length);
    }
    // those that taught count as well: the last answers rise by more than the sum
    expect(after / before).toBeGreaterThan(1.5);
    for (const text of REQUESTS.slice(0, 3)) {
      const { garments } = await ask({ text, shopper: 'somebody else' });
      expect(garments).toEqual((await ask({ text })).garments);
    }
  });

  it('sees it in the explanation, and the parts still add up', async () => {
    const { garments } = await ask({ text: 'a dress', shopper: 'likes one colour' });
    for (const { score, explanation } of garments.edges) {
      expect(explanation.contributions.map(({ name }) => name)).toContain('shopper');
      expect(explanation.contributions.reduce((sum, { value }) => sum + value, 0)).toBe(score);
    }
  });

  it('pushes down what they dismiss', async () => {
    const answer = await ask({ text: 'a shirt', shopper: 'dismisses' });
    const sku = skus(answer)[0]!;
    await record({ recommendationId: answer.id, sku, kind: 'DISMISS', shopper: 'dismisses' });
    expect(skus(await ask({ text: 'a shirt', shopper: 'dismisses' })).indexOf(sku)).not.toBe(0);
  });

  it('can be forgotten: their next answer is anybody’s, and nothing of theirs is left', async () => {
    const { forgetShopper } = await server.data<{ forgetShopper: { forgotten: number } }>(
      'mutation { forgetShopper(shopper: "likes one colour") { forgotten } }',
    );
    expect(forgetShopper.forgotten).toBeGreaterThan(REQUESTS.length);
    const { garments } = await ask({ text: 'a dress', shopper: 'likes one colour' });
    expect(garments).toEqual((await ask({ text: 'a dress' })).garments);
  });

  it('is nowhere in the database under their id', async () => {
    await find((await ask({ text: 'a dress', shopper: 'shopper-4711-secret' }, 1)).id);
    const rows = await server.app.database.query<{ row: string }>(
      'select r::text as row from recommendations r union all select f::text from feedback f',
    );
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.filter(({ row }) => row.includes('4711-secret'))).toEqual([]);
  });
});
