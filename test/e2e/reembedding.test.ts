// Switching models through the API: under load, with a gate, there and back.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_STORE_ID } from '../../src/domain/access/store.context.js';
import { SWITCHED } from '../../src/services/models/reembedding.steps.js';
import { JobQueue } from '../../src/store/database/job.queue.js';
import { ReembeddingRepository } from '../../src/store/reembedding.repository.js';
import { withApp } from '../support/app.js';
import { SERVER_URL } from '../support/database.js';
import { drawnInputs, isOver, NEW_BUNDLE, OLD_MODEL, Switches, type Switch } from '../support/model.switch.js';
import { answered, replayOf, upsert } from '../support/past.recommendations.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';

/** The full load is 16; what both cores of a build machine can bear beside the rest of the suite is less, and least embedded. */
const SHOPPERS = Number(process.env['FITROOM_SHOPPERS'] ?? (SERVER_URL ? 4 : 2));
/** Under full load the switch waits for so long, to have something to compare with. */
const BEFORE_MS = SHOPPERS >= 16 ? 10_000 : 0;

const folder = mkdtempSync(join(tmpdir(), 'fitroom-switch-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const server = withApp({ sample: false, config: { bundleDir: TINY_BUNDLE, modelsDir: folder } });
const CONTEXT = { storeId: DEFAULT_STORE_ID };
const switches = new Switches((query, variables) => server.data(query, variables));

const RECOMMEND = `query ($input: RecommendOutfitInput!) {
  recommendOutfit(input: $input) {
    query { model } garments(first: 100) { edges { node { sku } explanation { textSimilarity imageSimilarity } } }
  }
}`;

interface Answer {
  recommendOutfit: {
    query: { model: string };
    garments: {
      edges: { node: { sku: string }; explanation: { textSimilarity: number; imageSimilarity: number } }[];
    };
  };
}

const modelNow = async (): Promise<string> =>
  (await server.data<{ model: { id: string } }>('{ model { id } }')).model.id;

/** Garments of the store whose vectors by `model` are missing, or made of other words or another picture than the newest. */
async function lacking(model: string): Promise<string[]> {
  const rows = await server.app.database.query<{ sku: string }>(
    `select g.sku from garments g
     cross join lateral (
       select words_hash, image_hash from garment_embeddings e where e.garment_id = g.id order by embedded_at desc limit 1
     ) newest
     where g.store_id = 'default' and not exists (
       select from garment_embeddings e where e.garment_id = g.id and e.model = $1
         and e.words_hash = newest.words_hash and e.image_hash is not distinct from newest.image_hash)
     order by g.sku`,
    [model],
  );
  return rows.map(({ sku }) => sku);
}

const vectorsOf = async (model: string): Promise<number> =>
  (await server.app.database.query('select from garment_embeddings where model = $1', [model])).length;

describe('a switch while shoppers ask and a merchant sells', () => {
  const filter = { brands: ['Still'] };
  const requests = [
    { text: 'red dress', filter },
    { text: 'blue shirt for the office', filter },
    { image: { sku: 'FR-DR-001' }, filter },
    { text: 'in black', image: { sku: 'FR-DR-002' }, filter },
  ];
  let newModel: string;
  /** What the old model makes of the colours that were left out. */
  let byOld: (string | null)[];

  const ask = async (request: number): Promise<Answer['recommendOutfit']> =>
    (await server.data<Answer>(RECOMMEND, { input: requests[request] })).recommendOutfit;
  /** How near each garment is to the request: by vectors alone, which no re-reading of facts touches. */
  const nearness = (answer: Answer['recommendOutfit']): Record<string, number> =>
    Object.fromEntries(
      answer.garments.edges.map(({ node, explanation }) => [
        node.sku,
        explanation.textSimilarity + explanation.imageSimilarity,
      ]),
    );

  beforeAll(async () => {
    await upsert(server, await drawnInputs(24, { brand: 'Still' }));
    await upsert(server, await drawnInputs(6, { brand: 'Moving', prefix: 'M-' }));
  }, 60_000);

  it('fails no request, mixes no two models in an answer, and misses nothing that is stored meanwhile', async () => {
    const expected = new Map([[OLD_MODEL, await Promise.all(requests.map((_, i) => ask(i).then(nearness)))]]);
    const answers: { request: number; answer: Answer['recommendOutfit']; tookMs: number; isBefore: boolean }[] = [];
    let isBefore = true;
    let open = true;
    const shopper = async (seed: number): Promise<void> => {
      for (let i = seed; open; i++) {
        const request = i % requests.length;
        const asked = { request, isBefore, at: performance.now() };
        const answer = await ask(request);
        answers.push({ request, answer, isBefore: asked.isBefore, tookMs: performance.now() - asked.at });
      }
    };
    const edited = new Set<string>();
    const merchant = async (): Promise<void> => {
      for (let i = 0; open; i++) {
        const sku = `M-FR-DR-00${1 + (i % 4)}`;
        await upsert(server, [{ sku, title: `yellow rain hat number ${i}` }]);
        edited.add(sku);
        const [fresh] = await drawnInputs(1, { brand: 'Moving', prefix: `N-${i}-` });
        await upsert(server, [fresh!]);
        if (i % 3 === 2)
          await server.data('mutation ($skus: [String!]!) { deleteGarments(skus: $skus) { deletedSkus } }', {
            skus: [`N-${i}-FR-DR-001`],
          });
      }
    };
    const load = Promise.all([...Array.from({ length: SHOPPERS }, (_, i) => shopper(i)), merchant()]);

    await new Promise((resolve) => setTimeout(resolve, BEFORE_MS));
    isBefore = false;
    const started = await switches.start(NEW_BUNDLE);
    expect(started).toMatchObject({ userErrors: [], reembedding: { state: 'QUEUED', fromModel: OLD_MODEL } });
    const { id } = started.reembedding!;
    newModel = started.reembedding!.model;
    const done = await switches.until(id, isOver, 120_000);
    expect(done).toMatchObject({ state: 'SUCCEEDED', phase: 'SWITCHED', error: null });
    expect(done.report!.parts.map(({ name }) => name)).toEqual(['catalogWords', 'catalogPictures']);
    expect(await modelNow()).toBe(newModel);
    expect(await lacking(newModel)).toEqual([]);
    const before = answers.length;
    await switches.until(id, ({ rereading }) => !rereading);

    const wentBack = Date.now();
    expect(await switches.order('rollbackReembedding', id)).toMatchObject({
      userErrors: [],
      reembedding: { state: 'CANCELLED', phase: 'ROLLED_BACK' },
    });
    expect(await modelNow()).toBe(OLD_MODEL);
    expect(Date.now() - wentBack).toBeLessThan(5_000);
    expect(await lacking(OLD_MODEL)).toEqual([]);
    await switches.order('finishReembedding', id);
    open = false;
    await load;
    expect(await modelNow()).toBe(newModel);
    expect([...(await lacking(newModel)), ...(await lacking(OLD_MODEL))]).toEqual([]);
    expect(edited.size).toBeGreaterThan(1);
    expect(before).toBeGreaterThan(SHOPPERS);

    expected.set(newModel, await Promise.all(requests.map((_, i) => ask(i).then(nearness))));
    if (BEFORE_MS > 0) {
      const parts = {
        before: answers.filter((one) => one.isBefore),
        meanwhile: answers.filter(({ isBefore, answer }) => !isBefore && answer.query.model === OLD_MODEL),
        'by the new model': answers.filter(({ answer }) => answer.query.model === newModel),
      };
      const p95 = Object.entries(parts).map(([name, part]) => {
        const took = part.map(({ tookMs }) => tookMs).sort((a, b) => a - b);
        return `${name} ${took.length} answers, p95 ${Math.round(took[Math.floor(took.length * 0.95)]!)} ms`;
      });
      console.info(p95.join('; '));
    }
    expect(new Set(answers.map(({ answer }) => answer.query.model))).toEqual(new Set([OLD_MODEL, newModel]));
    for (const { request, answer } of answers) {
      const found = nearness(answer);
      const wanted = expected.get(answer.query.model)![request]!;
      expect(Object.keys(found).sort()).toEqual(Object.keys(wanted).sort());
      // batches round differently; the two models are apart by far more
      for (const [sku, near] of Object.entries(found)) expect(near).toBeCloseTo(wanted[sku]!, 1);
    }
  }, 240_000);

  it('reads again what merchants left out, once another model answers', async () => {
    const id = await latest();
    await switches.until(id, ({ rereading }) => !rereading);
    const stored = await colors();
    await switches.order('rollbackReembedding', id);
    await switches.until(id, ({ rereading }) => !rereading);
    byOld = await colors();
    expect(byOld).not.toEqual(stored);
    await switches.order('finishReembedding', id);
    await switches.until(id, ({ rereading }) => !rereading);
    expect(await colors()).toEqual(stored);
  }, 60_000);

  /** What this process knows of the store's model it has asked just now, and will believe for a second. */
  async function believe(model: string): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(await modelNow()).toBe(model);
  }

  it('reads them again with the model that answers, though another process switched less than a second ago', async () => {
    const id = await latest();
    const stored = await colors();
    const from = { bundle: NEW_BUNDLE, model: newModel };
    const to = { bundle: 'tiny-bundle', model: OLD_MODEL };
    const queue = await JobQueue.open(server.app.database);
    try {
      const elsewhere = new ReembeddingRepository(server.app.database, queue);
      await believe(newModel);
      await elsewhere.switchTo(CONTEXT, id, { ...SWITCHED, phase: 'ROLLED_BACK', from, to });
    } finally {
      await queue.close();
    }
    await switches.until(id, ({ rereading }) => !rereading);
    expect(await colors()).toEqual(byOld);
    await switches.order('finishReembedding', id);
    await switches.until(id, ({ rereading }) => !rereading);
    expect(await colors()).toEqual(stored);
  }, 60_000);

  it('reads a garment again that was stored by the model before, when the catalog had been read already', async () => {
    const turnRound = (): Promise<unknown> =>
      server.app.database.query(
        "update stores set bundle = beside_bundle, beside_bundle = bundle where store_id = 'default'",
      );
    const garments = await drawnInputs(8, { brand: 'Between', prefix: 'B-' });
    const byNew = (await colors()).slice(0, 8);
    await believe(newModel);
    await turnRound();
    await upsert(server, garments);
    expect(await colors('Between')).toEqual(byOld.slice(0, 8));
    expect(await colors('Between')).not.toEqual(byNew);
    await turnRound();
    await believe(newModel);
  }, 60_000);

  it('leaves past answers to be asked again: of words by either model, of pictures only by the one that read them', async () => {
    const id = await latest();
    const words = await answered(server, { text: 'red dress', filter });
    const picture = await answered(server, { image: { sku: 'FR-DR-001' }, filter });
    expect(await replayOf(server, picture.id)).toMatchObject({ identical: true });
    const field = 'whatIf(settings: { model: "tiny-bundle" }) { query { model } edges { node { sku } } }';
    const tried = `query ($id: ID!) { insights { recommendation(id: $id) { ${field} } } }`;
    interface Tried {
      insights: { recommendation: { whatIf: { query: { model: string }; edges: object[] } } };
    }
    const { whatIf } = (await server.data<Tried>(tried, { id: words.id })).insights.recommendation;
    expect(whatIf).toMatchObject({ query: { model: OLD_MODEL }, edges: { length: 12 } });
    expect((await server.ask(tried, { id: picture.id })).errors).toMatchObject([
      { extensions: { code: 'REQUEST_NOT_REPEATABLE' } },
    ]);
    await switches.order('rollbackReembedding', id);
    const change = `model: ${newModel} → ${OLD_MODEL}`;
    const again = await replayOf(server, words.id);
    expect(again).toMatchObject({ identical: false, edges: { length: 12 } });
    expect(again.changes[0]).toBe(change);
    expect(await replayOf(server, picture.id)).toEqual({
      identical: false,
      edges: [],
      changes: [change, `request: its picture was read by ${newModel} and is not kept, so ${OLD_MODEL} cannot read it`],
    });
    await switches.order('finishReembedding', id);
    await switches.until(id, ({ rereading }) => !rereading);
  }, 60_000);

  it('keeps one model’s vectors only once it is ended, and then there is no way back', async () => {
    const id = await latest();
    expect(await switches.order('endReembedding', id)).toMatchObject({
      reembedding: { phase: 'ENDED', state: 'SUCCEEDED' },
    });
    const deadline = Date.now() + 20_000;
    while ((await vectorsOf(OLD_MODEL)) > 0 && Date.now() < deadline) await new Promise((r) => setTimeout(r, 100));
    expect(await vectorsOf(OLD_MODEL)).toBe(0);
    await upsert(server, [{ sku: 'M-FR-DR-001', title: 'green coat' }]);
    expect(await vectorsOf(OLD_MODEL)).toBe(0);
    const { reembedding, userErrors } = await switches.order('rollbackReembedding', id);
    expect(reembedding).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'REEMBEDDING_OVER' }]);
  }, 60_000);

  async function latest(): Promise<string> {
    const [row] = await server.app.database.query<{ id: string }>(
      'select id from reembeddings order by started_at desc, id limit 1',
    );
    return row!.id;
  }

  async function colors(brand = 'Still'): Promise<(string | null)[]> {
    const rows = await server.app.database.query<{ color: string | null }>(
      'select color from garments where brand = $1 order by sku',
      [brand],
    );
    return rows.map(({ color }) => color);
  }
});

describe('a gate', () => {
  let held: Switch;

  it('holds the switch where the answers differ more than it allows, with a report of how much', async () => {
    const { reembedding } = await switches.start('tiny-bundle', 0.99);
    held = await switches.until(reembedding!.id, isOver, 120_000);
    expect(held).toMatchObject({ state: 'FAILED', phase: 'HELD', error: { code: 'GATE_NOT_MET' }, switchedAt: null });
    for (const { requests, overlapAt10, rankCorrelation } of held.report!.parts) {
      expect(requests).toBeGreaterThan(5);
      expect(overlapAt10).toBeGreaterThanOrEqual(0);
      expect(overlapAt10).toBeLessThan(0.99);
      expect(Math.abs(rankCorrelation!)).toBeLessThanOrEqual(1);
    }
    expect(await modelNow()).not.toBe(OLD_MODEL);
  }, 120_000);

  it('lets somebody switch all the same, though garments were stored since', async () => {
    const [fresh] = await drawnInputs(1, { prefix: 'G-' });
    await upsert(server, [fresh!]);
    expect(await switches.order('finishReembedding', held.id)).toMatchObject({
      userErrors: [],
      reembedding: { state: 'SUCCEEDED', phase: 'SWITCHED', error: null },
    });
    expect(await modelNow()).toBe(OLD_MODEL);
    expect(await lacking(OLD_MODEL)).toEqual([]);
  });

  it('is met by a model that answers the same', async () => {
    await switches.order('endReembedding', held.id);
    const { reembedding } = await switches.start(NEW_BUNDLE, 0);
    expect(await switches.until(reembedding!.id, isOver, 120_000)).toMatchObject({ phase: 'SWITCHED', minOverlap: 0 });
  }, 120_000);
});

describe('an order that cannot be followed', () => {
  const codesOf = async (order: Promise<{ userErrors: { code: string }[] }>): Promise<string[]> =>
    (await order).userErrors.map(({ code }) => code);

  it.each(['no-such-bundle', '../fitroom-v2', ''])('names the model that is not there: "%s"', async (name) => {
    expect(await switches.start(name)).toEqual({
      reembedding: null,
      userErrors: [{ field: ['model'], code: 'MODEL_UNKNOWN' }],
    });
  });

  it('says what is wrong with a gate, a model that answers already, and an id of nothing', async () => {
    expect(await codesOf(switches.start(NEW_BUNDLE, 1.1))).toEqual(['ARGUMENT_INVALID']);
    expect(await codesOf(switches.start(NEW_BUNDLE))).toEqual(['MODEL_SERVES_ALREADY']);
    for (const id of ['x', '00000000-0000-4000-8000-000000000000']) {
      expect(await switches.find(id)).toBeNull();
      expect(await codesOf(switches.order('rollbackReembedding', id))).toEqual(['REEMBEDDING_NOT_FOUND']);
    }
  });

  it('lets no second switch begin, and breaks the first one off when asked to', async () => {
    const { reembedding } = await switches.start('tiny-bundle');
    expect(await codesOf(switches.start('tiny-bundle'))).toEqual(['REEMBEDDING_RUNNING']);
    const { id } = reembedding!;
    expect(await switches.order('endReembedding', id)).toMatchObject({
      reembedding: { state: 'CANCELLED', phase: 'ENDED' },
    });
    expect(await codesOf(switches.order('finishReembedding', id))).toEqual(['REEMBEDDING_OVER']);
    expect(await codesOf(switches.order('endReembedding', id))).toEqual(['REEMBEDDING_OVER']);
  });
});
