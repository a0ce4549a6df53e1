// Model switches through the API: under load, with a gate, forward and back.
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
import { recommendationFor, replayOf, upsert } from '../support/past.recommendations.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';

/**
 * Number of simultaneous shoppers. The full load is 16. The two cores of a build machine serve fewer while other tests
 * run, and the fewest with the embedded database.
 */
const SHOPPERS = Number(process.env['FITROOM_SHOPPERS'] ?? (SERVER_URL ? 4 : 2));
/** Time in milliseconds before the switch starts. Under full load it gives latencies to compare with. */
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

interface RecommendData {
  recommendOutfit: {
    query: { model: string };
    garments: {
      edges: { node: { sku: string }; explanation: { textSimilarity: number; imageSimilarity: number } }[];
    };
  };
}

const modelNow = async (): Promise<string> =>
  (await server.data<{ model: { id: string } }>('{ model { id } }')).model.id;

/**
 * Returns the SKUs of garments whose vector by `model` is missing, or was computed from an older text or picture than
 * the newest vector.
 */
async function skusWithoutVector(model: string): Promise<string[]> {
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

describe('a model switch under load from shoppers and a merchant', () => {
  const filter = { brands: ['Still'] };
  const requests = [
    { text: 'red dress', filter },
    { text: 'blue shirt for the office', filter },
    { image: { sku: 'FR-DR-001' }, filter },
    { text: 'in black', image: { sku: 'FR-DR-002' }, filter },
  ];
  let newModel: string;
  /** Colors that the old model infers for garments without a color. */
  let colorsByOldModel: (string | null)[];

  const recommend = async (request: number): Promise<RecommendData['recommendOutfit']> =>
    (await server.data<RecommendData>(RECOMMEND, { input: requests[request] })).recommendOutfit;
  /**
   * Returns the similarity of each garment to the request, by SKU. It depends on vectors only, so re-inferred
   * attributes do not change it.
   */
  const similarities = (recommendation: RecommendData['recommendOutfit']): Record<string, number> =>
    Object.fromEntries(
      recommendation.garments.edges.map(({ node, explanation }) => [
        node.sku,
        explanation.textSimilarity + explanation.imageSimilarity,
      ]),
    );

  beforeAll(async () => {
    await upsert(server, await drawnInputs(24, { brand: 'Still' }));
    await upsert(server, await drawnInputs(6, { brand: 'Moving', prefix: 'M-' }));
  }, 60_000);

  it('fails no request, mixes no two models in a recommendation, and misses no garment stored meanwhile', async () => {
    const expected = new Map([[OLD_MODEL, await Promise.all(requests.map((_, i) => recommend(i).then(similarities)))]]);
    const results: {
      request: number;
      recommendation: RecommendData['recommendOutfit'];
      tookMs: number;
      isBefore: boolean;
    }[] = [];
    let isBefore = true;
    let isOpen = true;
    const shopper = async (seed: number): Promise<void> => {
      for (let i = seed; isOpen; i++) {
        const request = i % requests.length;
        const sent = { isBefore, at: performance.now() };
        const recommendation = await recommend(request);
        results.push({ request, recommendation, isBefore: sent.isBefore, tookMs: performance.now() - sent.at });
      }
    };
    const edited = new Set<string>();
    const merchant = async (): Promise<void> => {
      for (let i = 0; isOpen; i++) {
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
    expect(await skusWithoutVector(newModel)).toEqual([]);
    const before = results.length;
    await switches.until(id, ({ rereading }) => !rereading);

    const rollbackAt = Date.now();
    expect(await switches.order('rollbackReembedding', id)).toMatchObject({
      userErrors: [],
      reembedding: { state: 'CANCELLED', phase: 'ROLLED_BACK' },
    });
    expect(await modelNow()).toBe(OLD_MODEL);
    expect(Date.now() - rollbackAt).toBeLessThan(5_000);
    expect(await skusWithoutVector(OLD_MODEL)).toEqual([]);
    await switches.order('finishReembedding', id);
    isOpen = false;
    await load;
    expect(await modelNow()).toBe(newModel);
    expect([...(await skusWithoutVector(newModel)), ...(await skusWithoutVector(OLD_MODEL))]).toEqual([]);
    expect(edited.size).toBeGreaterThan(1);
    expect(before).toBeGreaterThan(SHOPPERS);

    expected.set(newModel, await Promise.all(requests.map((_, i) => recommend(i).then(similarities))));
    if (BEFORE_MS > 0) {
      const parts = {
        before: results.filter((result) => result.isBefore),
        meanwhile: results.filter(
          ({ isBefore, recommendation }) => !isBefore && recommendation.query.model === OLD_MODEL,
        ),
        'by the new model': results.filter(({ recommendation }) => recommendation.query.model === newModel),
      };
      const p95 = Object.entries(parts).map(([name, part]) => {
        const latencies = part.map(({ tookMs }) => tookMs).sort((a, b) => a - b);
        return `${name} ${latencies.length} recommendations, p95 ${Math.round(latencies[Math.floor(latencies.length * 0.95)]!)} ms`;
      });
      console.info(p95.join('; '));
    }
    expect(new Set(results.map(({ recommendation }) => recommendation.query.model))).toEqual(
      new Set([OLD_MODEL, newModel]),
    );
    for (const { request, recommendation } of results) {
      const actual = similarities(recommendation);
      const expectedSimilarities = expected.get(recommendation.query.model)![request]!;
      expect(Object.keys(actual).sort()).toEqual(Object.keys(expectedSimilarities).sort());
      // Batches round differently. The difference between the two models is far larger.
      for (const [sku, similarity] of Object.entries(actual))
        expect(similarity).toBeCloseTo(expectedSimilarities[sku]!, 1);
    }
  }, 240_000);

  it('re-infers missing attributes when another model becomes active', async () => {
    const id = await latestId();
    await switches.until(id, ({ rereading }) => !rereading);
    const colorsByNewModel = await colors();
    await switches.order('rollbackReembedding', id);
    await switches.until(id, ({ rereading }) => !rereading);
    colorsByOldModel = await colors();
    expect(colorsByOldModel).not.toEqual(colorsByNewModel);
    await switches.order('finishReembedding', id);
    await switches.until(id, ({ rereading }) => !rereading);
    expect(await colors()).toEqual(colorsByNewModel);
  }, 60_000);

  /** Makes this process cache the store's model, which it then uses for a second. */
  async function cacheModel(model: string): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(await modelNow()).toBe(model);
  }

  it('re-infers with the active model even if another process switched less than a second ago', async () => {
    const id = await latestId();
    const colorsByNewModel = await colors();
    const from = { bundle: NEW_BUNDLE, model: newModel };
    const to = { bundle: 'tiny-bundle', model: OLD_MODEL };
    const queue = await JobQueue.open(server.app.database);
    try {
      const otherProcess = new ReembeddingRepository(server.app.database, queue);
      await cacheModel(newModel);
      await otherProcess.switchTo(CONTEXT, id, { ...SWITCHED, phase: 'ROLLED_BACK', from, to });
    } finally {
      await queue.close();
    }
    await switches.until(id, ({ rereading }) => !rereading);
    expect(await colors()).toEqual(colorsByOldModel);
    await switches.order('finishReembedding', id);
    await switches.until(id, ({ rereading }) => !rereading);
    expect(await colors()).toEqual(colorsByNewModel);
  }, 60_000);

  it('re-infers a garment that was stored with the previous model after the catalog had been re-inferred', async () => {
    const swapBundles = (): Promise<unknown> =>
      server.app.database.query(
        "update stores set bundle = beside_bundle, beside_bundle = bundle where store_id = 'default'",
      );
    const garments = await drawnInputs(8, { brand: 'Between', prefix: 'B-' });
    const byNew = (await colors()).slice(0, 8);
    await cacheModel(newModel);
    await swapBundles();
    await upsert(server, garments);
    expect(await colors('Between')).toEqual(colorsByOldModel.slice(0, 8));
    expect(await colors('Between')).not.toEqual(byNew);
    await swapBundles();
    await cacheModel(newModel);
  }, 60_000);

  it('keeps replays possible: of a text with either model, of a picture only with the model that embedded it', async () => {
    const id = await latestId();
    const withText = await recommendationFor(server, { text: 'red dress', filter });
    const withPicture = await recommendationFor(server, { image: { sku: 'FR-DR-001' }, filter });
    expect(await replayOf(server, withPicture.id)).toMatchObject({ identical: true });
    const field = 'whatIf(settings: { model: "tiny-bundle" }) { query { model } edges { node { sku } } }';
    const query = `query ($id: ID!) { insights { recommendation(id: $id) { ${field} } } }`;
    interface WhatIfData {
      insights: { recommendation: { whatIf: { query: { model: string }; edges: object[] } } };
    }
    const { whatIf } = (await server.data<WhatIfData>(query, { id: withText.id })).insights.recommendation;
    expect(whatIf).toMatchObject({ query: { model: OLD_MODEL }, edges: { length: 12 } });
    expect((await server.ask(query, { id: withPicture.id })).errors).toMatchObject([
      { extensions: { code: 'REQUEST_NOT_REPEATABLE' } },
    ]);
    await switches.order('rollbackReembedding', id);
    const change = `model: ${newModel} → ${OLD_MODEL}`;
    const replay = await replayOf(server, withText.id);
    expect(replay).toMatchObject({ identical: false, edges: { length: 12 } });
    expect(replay.changes[0]).toBe(change);
    expect(await replayOf(server, withPicture.id)).toEqual({
      identical: false,
      edges: [],
      changes: [
        change,
        `request: its picture was encoded by ${newModel} and not stored, so ${OLD_MODEL} cannot encode it`,
      ],
    });
    await switches.order('finishReembedding', id);
    await switches.until(id, ({ rereading }) => !rereading);
  }, 60_000);

  it('deletes the vectors of the old model when it is ended, and a rollback is then refused', async () => {
    const id = await latestId();
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

  async function latestId(): Promise<string> {
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
  let heldSwitch: Switch;

  it('holds the switch if the recommendations differ more than it allows, and reports the difference', async () => {
    const { reembedding } = await switches.start('tiny-bundle', 0.99);
    heldSwitch = await switches.until(reembedding!.id, isOver, 120_000);
    expect(heldSwitch).toMatchObject({
      state: 'FAILED',
      phase: 'HELD',
      error: { code: 'GATE_NOT_MET' },
      switchedAt: null,
    });
    for (const { requests, overlapAt10, rankCorrelation } of heldSwitch.report!.parts) {
      expect(requests).toBeGreaterThan(5);
      expect(overlapAt10).toBeGreaterThanOrEqual(0);
      expect(overlapAt10).toBeLessThan(0.99);
      expect(Math.abs(rankCorrelation!)).toBeLessThanOrEqual(1);
    }
    expect(await modelNow()).not.toBe(OLD_MODEL);
  }, 120_000);

  it('can be overridden by finishReembedding, even if garments were stored since', async () => {
    const [fresh] = await drawnInputs(1, { prefix: 'G-' });
    await upsert(server, [fresh!]);
    expect(await switches.order('finishReembedding', heldSwitch.id)).toMatchObject({
      userErrors: [],
      reembedding: { state: 'SUCCEEDED', phase: 'SWITCHED', error: null },
    });
    expect(await modelNow()).toBe(OLD_MODEL);
    expect(await skusWithoutVector(OLD_MODEL)).toEqual([]);
  });

  it('is passed by a model with the same recommendations', async () => {
    await switches.order('endReembedding', heldSwitch.id);
    const { reembedding } = await switches.start(NEW_BUNDLE, 0);
    expect(await switches.until(reembedding!.id, isOver, 120_000)).toMatchObject({ phase: 'SWITCHED', minOverlap: 0 });
  }, 120_000);
});

describe('an invalid order', () => {
  const codesOf = async (order: Promise<{ userErrors: { code: string }[] }>): Promise<string[]> =>
    (await order).userErrors.map(({ code }) => code);

  it.each(['no-such-bundle', '../fitroom-v2', ''])('names the unknown model "%s"', async (name) => {
    expect(await switches.start(name)).toEqual({
      reembedding: null,
      userErrors: [{ field: ['model'], code: 'MODEL_UNKNOWN' }],
    });
  });

  it('is refused for an invalid gate, an active model and an unknown id', async () => {
    expect(await codesOf(switches.start(NEW_BUNDLE, 1.1))).toEqual(['ARGUMENT_INVALID']);
    expect(await codesOf(switches.start(NEW_BUNDLE))).toEqual(['MODEL_SERVES_ALREADY']);
    for (const id of ['x', '00000000-0000-4000-8000-000000000000']) {
      expect(await switches.find(id)).toBeNull();
      expect(await codesOf(switches.order('rollbackReembedding', id))).toEqual(['REEMBEDDING_NOT_FOUND']);
    }
  });

  it('is refused for a second switch, and the first switch can be canceled', async () => {
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
