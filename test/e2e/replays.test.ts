// Past answers given again: the same to the bit while nothing has changed, and otherwise with the name of what did.
// FITROOM_REPLAYS sets how many; 5,000 take some minutes.
import { ownScore } from '../../src/domain/ranking.js';
import type { Recommendation } from '../../src/domain/recommendation.js';
import { DEFAULT_STORE_ID } from '../../src/domain/store.context.js';
import { LEARNABLE } from '../../src/domain/learning/learned.weights.js';
import { sampleCatalog } from '../../src/drawing/sample.catalog.js';
import { LearningRepository } from '../../src/store/learning.repository.js';
import { withApp } from '../support/app.js';
import { answered, replayOf, variedRequest } from '../support/past.answers.js';

const ANSWERS = Number(process.env['FITROOM_REPLAYS'] ?? 56);
const EDITS = 50;
const ctx = { storeId: DEFAULT_STORE_ID };
const server = withApp({ sample: true });

const UPSERT = `mutation ($garments: [GarmentInput!]!) {
  upsertGarments(garments: $garments) { userErrors { field code message } }
}`;
const RULE = `mutation ($input: MerchandisingRuleInput!) {
  saveMerchandisingRule(input: $input) { rule { id } userErrors { code message } }
}`;

async function upsert(garments: object[]): Promise<void> {
  const { upsertGarments } = await server.data<{ upsertGarments: { userErrors: object[] } }>(UPSERT, { garments });
  expect(upsertGarments.userErrors).toEqual([]);
}
async function saveRule(input: object): Promise<string> {
  const { saveMerchandisingRule: saved } = await server.data<{
    saveMerchandisingRule: { rule: { id: string } | null; userErrors: object[] };
  }>(RULE, { input });
  expect(saved.userErrors).toEqual([]);
  return saved.rule!.id;
}
const deleteRule = (id: string) =>
  server.data('mutation ($id: ID!) { deleteMerchandisingRule(id: $id) { deleted } }', { id });
const like = (recommendationId: string, skus: string[], shopper: string) =>
  server.data('mutation ($events: [FeedbackInput!]!) { recordFeedback(events: $events) { recorded } }', {
    events: skus.map((sku) => ({ recommendationId, sku, shopper, kind: 'CART' })),
  });
const later = <Data>(id: string, field: string, variables: object = {}, declared = '') =>
  server
    .data<{ insights: { recommendation: Data } }>(
      `query ($id: ID!${declared}) { insights { recommendation(id: $id) { ${field} } } }`,
      { id, ...variables },
    )
    .then(({ insights }) => insights.recommendation);

describe('a replay', () => {
  it('is the same to the last bit while nothing has changed, for every kind of request and whatever the shopper did since', async () => {
    const ids: string[] = [];
    let next = 0;
    const shopping = async (whose: string): Promise<void> => {
      for (let i = next++; i < ANSWERS; i = next++) {
        const asked = (await variedRequest(i)) as { shopper?: string };
        // nobody asks while they click: what is on its way then counts for the replay and may not have counted for the answer
        const shopper = asked.shopper && `${asked.shopper} ${whose}`;
        const input = { ...asked, shopper };
        const { id, skus } = await answered(server, input);
        ids.push(id);
        if (shopper !== undefined && skus.length > 3) await like(id, skus.slice(1, 3), shopper);
      }
    };
    // at once, so that they are encoded in batches, and asked again alone
    await Promise.all(['a', 'b', 'c', 'd'].map(shopping));
    const otherwise: object[] = [];
    for (const id of ids) {
      const replay = await replayOf(server, id);
      if (!replay.identical || replay.changes.length > 0) otherwise.push({ id, ...replay });
    }
    expect(otherwise).toEqual([]);
  }, 1_800_000);

  it('names of fifty edits exactly those that moved a place', async () => {
    const requests = await Promise.all(Array.from({ length: 40 }, (_, i) => requestOfNobody(i)));
    const answers: { id: string; before: Recommendation }[] = [];
    for (const input of requests) {
      const { id } = await answered(server, input);
      answers.push({ id, before: await ranking(input) });
    }
    const kinds = await fiftyEdits();
    for (const [i, { id, before }] of answers.entries()) {
      const expected = movedAmong(kinds, before, await ranking(requests[i]!));
      const { identical, changes } = await replayOf(server, id);
      expect({ i, garments: changes.filter((change) => change.startsWith('garment ')).sort() }).toEqual({
        i,
        garments: (await expected).sort(),
      });
      // what else there can be: edited titles make their words commoner or rarer, and what is varied hangs on what stands below
      const others = (requests[i]!.diversity ?? 0) > 0 ? /^(garment |words: |diversity: )/ : /^(garment |words: )/;
      expect(changes.filter((change) => !others.test(change))).toEqual([]);
      expect(identical).toBe(changes.length === 0);
    }
  }, 120_000);

  it('names a rule that moves something, and none that does not', async () => {
    const { id, skus } = await answered(server, { text: 'blue shirt' });
    const idle = await saveRule({ name: 'Shoes first', action: 'BOOST', skus: ['nothing'], forWords: ['shirt'] });
    expect(await replayOf(server, id)).toMatchObject({ identical: true, changes: [] });
    const pin = await saveRule({ name: 'Pin the last', action: 'PIN', skus: [skus.at(-1)!] });
    expect(await replayOf(server, id)).toMatchObject({ identical: false, changes: ['rule begun: Pin the last'] });
    const under = await answered(server, { text: 'blue shirt' });
    expect(under.skus[0]).toBe(skus.at(-1));
    await deleteRule(pin);
    expect(await replayOf(server, id)).toMatchObject({ identical: true });
    expect((await replayOf(server, under.id)).changes).toEqual([`rule deleted: ${pin}`]);
    await deleteRule(idle);
  });

  it('says that a rule was changed, and that one has ended by its time', async () => {
    const { skus } = await answered(server, { text: 'green dress' });
    const rule = { name: 'More of it', action: 'BOOST', skus: [skus[5]!] };
    const ruleId = await saveRule({ ...rule, strength: 0.5 });
    const { id } = await answered(server, { text: 'green dress' });
    await saveRule({ id: ruleId, ...rule, strength: 1 });
    expect((await replayOf(server, id)).changes).toEqual(['rule changed: More of it']);
    await saveRule({ id: ruleId, ...rule, strength: 0.5, endsAt: new Date(Date.now() - 1000).toISOString() });
    expect((await replayOf(server, id)).changes).toEqual(['rule ended: More of it']);
    await deleteRule(ruleId);
  });

  it('names learned weights that came into use', async () => {
    const { id } = await answered(server, { text: 'yellow skirt' });
    const model = server.app.own.encoders.bundle.id;
    const learned = new LearningRepository(server.app.database);
    const weights = Object.fromEntries(LEARNABLE.map((name) => [name, name === 'color' ? 3 : 1]));
    const report = {} as never;
    const { version } = await learned.save(ctx, {
      model,
      trainedAt: new Date(),
      weights: weights as never,
      report,
      inUse: true,
    });
    // felt in this process when it is switched here
    await server.data('mutation { useLearnedRanking(version: 1) { used } }');
    expect((await replayOf(server, id)).changes).toEqual([`learned weights: none → version ${version}`]);
    await server.data('mutation { useLearnedRanking { used } }');
    expect(await replayOf(server, id)).toMatchObject({ identical: true });
  });

  it('is not the same where it found nothing and would now', async () => {
    const { id } = await answered(server, { text: 'dress', filter: { brands: ['Late House'] } });
    expect(await replayOf(server, id)).toMatchObject({ identical: true, edges: [] });
    await upsert([
      { sku: 'late', title: 'Blue dress', brand: 'Late House', inStock: true, image: { sku: drawnSku() } },
    ]);
    expect((await replayOf(server, id)).changes).toEqual(['garment added: late']);
  });

  it('cannot be had of words that were forgotten with their shopper, and says so', async () => {
    const { id } = await answered(server, { text: 'grey coat', shopper: 'to be forgotten' });
    await server.data('mutation { forgetShopper(shopper: "to be forgotten") { forgotten } }');
    expect(await replayOf(server, id)).toEqual({
      identical: false,
      edges: [],
      changes: ['request: its words were forgotten with the shopper who asked'],
    });
  });
});

describe('what if', () => {
  interface Part {
    name: string;
    value: number;
  }
  interface WhatIf {
    overlap: number;
    rankCorrelation: number;
    query: { fusion: string; textWeight: number };
    moves: { sku: string; from: number | null; to: number | null }[];
    edges: { node: { sku: string } }[];
    baseline: { node: { sku: string } }[];
  }
  const whatIf = async (id: string, settings: object): Promise<WhatIf> => {
    const field = `whatIf(settings: $settings) { overlap rankCorrelation query { fusion textWeight }
      moves { sku from to } edges { node { sku } } baseline { node { sku } } }`;
    return (await later<{ whatIf: WhatIf }>(id, field, { settings }, ', $settings: WhatIfInput!')).whatIf;
  };
  const skusOf = (edges: { node: { sku: string } }[]): string[] => edges.map(({ node }) => node.sku);

  it('moves nothing where nothing is set otherwise', async () => {
    const { id, skus } = await answered(server, { text: 'red dress' });
    const same = await whatIf(id, {});
    expect(same).toMatchObject({ overlap: 1, rankCorrelation: 1, moves: [] });
    expect(skusOf(same.edges)).toEqual(skus);
    expect(skusOf(same.baseline)).toEqual(skus);
  });

  it('answers a photo with words under other weights, from what was made of the photo', async () => {
    const input = { text: 'in blue', image: { sku: drawnSku() } };
    const { id } = await answered(server, input);
    const fusion = { method: 'WEIGHTED_AVERAGE', textWeight: 0.9, imageWeight: 0.1 };
    const tried = await whatIf(id, { fusion });
    expect(tried.query).toEqual({ fusion: 'WEIGHTED_AVERAGE', textWeight: expect.closeTo(0.9) as number });
    expect(skusOf(tried.edges)).toEqual((await answered(server, { ...input, fusion })).skus);
    expect(tried.moves.length).toBeGreaterThan(0);
  });

  it('tells who moves where under another diversity, as asking so would show it', async () => {
    const { id, skus } = await answered(server, { text: 'shoes' });
    const tried = await whatIf(id, { diversity: 0.9 });
    const asked = (await answered(server, { text: 'shoes', diversity: 0.9 })).skus;
    expect(skusOf(tried.edges)).toEqual(asked);
    expect(tried.overlap).toBeCloseTo(asked.filter((sku) => skus.includes(sku)).length / 12, 10);
    for (const { sku, from, to } of tried.moves) {
      if (from !== null && from <= 12) expect(skus[from - 1]).toBe(sku);
      if (to !== null && to <= 12) expect(asked[to - 1]).toBe(sku);
    }
  });

  it('leaves out rules, and multiplies parts of scores', async () => {
    const { skus } = await answered(server, { text: 'white shirt' });
    const rule = await saveRule({ name: 'Up', action: 'PIN', skus: [skus[8]!] });
    const { id } = await answered(server, { text: 'white shirt' });
    expect(skusOf((await whatIf(id, { rules: false })).edges)).toEqual(skus);
    const field = `whatIf(settings: $settings) { edges { explanation { contributions { name value } } } }`;
    const settings = { rules: false, weights: [{ name: 'color', factor: 3 }] };
    const tried = await later<{ whatIf: { edges: { explanation: { contributions: Part[] } }[] } }>(
      id,
      field,
      { settings },
      ', $settings: WhatIfInput!',
    );
    for (const { explanation } of tried.whatIf.edges) {
      const part = (name: string): number => explanation.contributions.find((one) => one.name === name)?.value ?? 0;
      expect(part('learned')).toBeCloseTo(2 * part('color'), 10);
    }
    await deleteRule(rule);
  });

  it.each([
    [{ model: 'nowhere' }, 'MODEL_NOT_EMBEDDED', ['settings', 'model']],
    [{ taste: 3 }, 'WHAT_IF_INVALID', ['settings', 'taste']],
    [{ weights: [{ name: 'pin', factor: 2 }] }, 'WHAT_IF_INVALID', ['settings', 'weights']],
    [{ diversity: 2 }, 'DIVERSITY_INVALID', ['settings', 'diversity']],
    [{ fusion: { textWeight: -1 } }, 'FUSION_WEIGHTS_INVALID', ['settings', 'fusion', 'textWeight']],
  ])('refuses %j with %s', async (settings, code, field) => {
    const { id } = await answered(server, { text: 'red dress' });
    const { errors } = await server.ask(
      'query ($id: ID!, $settings: WhatIfInput!) { insights { recommendation(id: $id) { whatIf(settings: $settings) { overlap } } } }',
      { id, settings },
    );
    expect(errors).toMatchObject([{ extensions: { code, field } }]);
  });
});

function drawnSku(): string {
  return sampleCatalog().find(({ inStock }) => inStock)!.sku;
}

/** Without a shopper, whose taste the ground truth below does not know. */
async function requestOfNobody(i: number): Promise<{ diversity?: number }> {
  const { shopper: _, ...input } = (await variedRequest(i)) as { shopper?: string; diversity?: number };
  return input;
}

/** The whole ranking, from within. */
async function ranking(input: object): Promise<Recommendation> {
  const { image, ...given } = input as { image?: { sku?: string; base64?: string } };
  const source = image?.sku !== undefined ? { kind: 'sku' as const, sku: image.sku } : null;
  const bytes = image?.base64 === undefined ? null : { kind: 'base64' as const, data: image.base64 };
  return server.app.own.trial.recommend(ctx, { ...given, image: source ?? bytes }, 12);
}

/** Ten each of new garments, new words, new prices, sold out and deleted. @returns what was done by sku */
async function fiftyEdits(): Promise<Map<string, string>> {
  const catalog = sampleCatalog().filter(({ inStock }) => inStock);
  const group = (n: number) => catalog.filter((_, i) => i % 25 === n).slice(0, EDITS / 5);
  const [worded, priced, sold, gone, copied] = [1, 5, 9, 13, 17].map(group) as [
    typeof catalog,
    typeof catalog,
    typeof catalog,
    typeof catalog,
    typeof catalog,
  ];
  await upsert(worded.map(({ sku, title }) => ({ sku, title: `Striped linen ${title}` })));
  await upsert(priced.map(({ sku, title }) => ({ sku, title, price: { amount: '1.23', currency: 'EUR' } })));
  await upsert(sold.map(({ sku, title }) => ({ sku, title, inStock: false })));
  await upsert(copied.map(({ sku, title }) => ({ sku: `copy-${sku}`, title: `Another ${title}`, image: { sku } })));
  await server.data('mutation ($skus: [String!]!) { deleteGarments(skus: $skus) { deletedSkus } }', {
    skus: gone.map(({ sku }) => sku),
  });
  return new Map([
    ...worded.map(({ sku }) => [sku, 'edited'] as const),
    ...priced.map(({ sku }) => [sku, 'edited'] as const),
    ...sold.map(({ sku }) => [sku, 'sold out'] as const),
    ...gone.map(({ sku }) => [sku, 'removed'] as const),
    ...copied.map(({ sku }) => [`copy-${sku}`, 'added'] as const),
  ]);
}

/** By both whole rankings: what was changed, is in either top, and does not have the score that it had. */
async function movedAmong(
  kinds: ReadonlyMap<string, string>,
  before: Recommendation,
  after: Recommendation,
): Promise<string[]> {
  const scores = [before, after].map(({ ranked }) => new Map(ranked.map((row) => [row.garmentId, ownScore(row)])));
  const top = new Set([before, after].flatMap(({ ranked }) => ranked.slice(0, 12).map(({ garmentId }) => garmentId)));
  const moved: string[] = [];
  for (const id of top) {
    if (scores[0]!.get(id) === scores[1]!.get(id)) continue;
    const sku = await skuOf(id);
    const kind = kinds.get(sku);
    if (kind) moved.push(`garment ${kind}: ${sku}`);
  }
  return moved;
}

const skus = new Map<string, string>();

/** Garments that are gone by now included. */
async function skuOf(id: string): Promise<string> {
  if (skus.size === 0) throw new Error('remember the catalog first');
  const known = skus.get(id);
  if (known) return known;
  const [row] = await server.app.database.query<{ sku: string }>('select sku from garments where id = $1', [id]);
  return row!.sku;
}

beforeAll(async () => {
  const rows = await server.app.database.query<{ id: string; sku: string }>('select id::text, sku from garments');
  for (const { id, sku } of rows) skus.set(id, sku);
});
