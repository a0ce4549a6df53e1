// Replays of logged recommendations after one change each, and what-if settings.
import { DEFAULT_STORE_ID } from '../../src/domain/access/store.context.js';
import { LEARNABLE } from '../../src/domain/learning/learned.weights.js';
import { sampleCatalog } from '../../tools/garment-drawing/sample.catalog.js';
import { LearningRepository } from '../../src/store/learning.repository.js';
import { withApp } from '../support/app.js';
import { recommendationFor, replayOf, upsert } from '../support/past.recommendations.js';

const ctx = { storeId: DEFAULT_STORE_ID };
const server = withApp({ sample: true });

const RULE = `mutation ($input: MerchandisingRuleInput!) {
  saveMerchandisingRule(input: $input) { rule { id } userErrors { code message } }
}`;

async function saveRule(input: object): Promise<string> {
  const { saveMerchandisingRule: saved } = await server.data<{
    saveMerchandisingRule: { rule: { id: string } | null; userErrors: object[] };
  }>(RULE, { input });
  expect(saved.userErrors).toEqual([]);
  return saved.rule!.id;
}
const deleteRule = (id: string) =>
  server.data('mutation ($id: ID!) { deleteMerchandisingRule(id: $id) { deleted } }', { id });
const readLogged = <Data>(id: string, field: string, variables: object = {}, declared = '') =>
  server
    .data<{ insights: { recommendation: Data } }>(
      `query ($id: ID!${declared}) { insights { recommendation(id: $id) { ${field} } } }`,
      { id, ...variables },
    )
    .then(({ insights }) => insights.recommendation);

describe('a replay', () => {
  it('names a rule that changes the ranking, and no other rule', async () => {
    const { id, skus } = await recommendationFor(server, { text: 'blue shirt' });
    const idle = await saveRule({ name: 'Shoes first', action: 'BOOST', skus: ['nothing'], forWords: ['shirt'] });
    expect(await replayOf(server, id)).toMatchObject({ identical: true, changes: [] });
    const pin = await saveRule({ name: 'Pin the last', action: 'PIN', skus: [skus.at(-1)!] });
    expect(await replayOf(server, id)).toMatchObject({ identical: false, changes: ['rule begun: Pin the last'] });
    const withPin = await recommendationFor(server, { text: 'blue shirt' });
    expect(withPin.skus[0]).toBe(skus.at(-1));
    await deleteRule(pin);
    expect(await replayOf(server, id)).toMatchObject({ identical: true });
    expect((await replayOf(server, withPin.id)).changes).toEqual([`rule deleted: ${pin}`]);
    await deleteRule(idle);
  });

  it('reports that a rule was changed, and that a rule has expired', async () => {
    const { skus } = await recommendationFor(server, { text: 'green dress' });
    const rule = { name: 'More of it', action: 'BOOST', skus: [skus[5]!] };
    const ruleId = await saveRule({ ...rule, strength: 0.5 });
    const { id } = await recommendationFor(server, { text: 'green dress' });
    await saveRule({ id: ruleId, ...rule, strength: 1 });
    expect((await replayOf(server, id)).changes).toEqual(['rule changed: More of it']);
    await saveRule({ id: ruleId, ...rule, strength: 0.5, endsAt: new Date(Date.now() - 1000).toISOString() });
    expect((await replayOf(server, id)).changes).toEqual(['rule ended: More of it']);
    await deleteRule(ruleId);
  });

  it('names learned weights that came into use', async () => {
    const { id } = await recommendationFor(server, { text: 'yellow skirt' });
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
    // This mutation makes the running process use the weights.
    await server.data('mutation { useLearnedRanking(version: 1) { used } }');
    expect((await replayOf(server, id)).changes).toEqual([`learned weights: none → version ${version}`]);
    await server.data('mutation { useLearnedRanking { used } }');
    expect(await replayOf(server, id)).toMatchObject({ identical: true });
  });

  it('is not identical if the logged recommendation was empty and now has a garment', async () => {
    const { id } = await recommendationFor(server, { text: 'dress', filter: { brands: ['Late House'] } });
    expect(await replayOf(server, id)).toMatchObject({ identical: true, edges: [] });
    await upsert(server, [
      { sku: 'late', title: 'Blue dress', brand: 'Late House', inStock: true, image: { sku: drawnSku() } },
    ]);
    expect((await replayOf(server, id)).changes).toEqual(['garment added: late']);
  });

  it('is impossible if its text was deleted with the shopper, and reports that', async () => {
    const { id } = await recommendationFor(server, { text: 'grey coat', shopper: 'to be forgotten' });
    await server.data('mutation { forgetShopper(shopper: "to be forgotten") { forgotten } }');
    expect(await replayOf(server, id)).toEqual({
      identical: false,
      edges: [],
      changes: ['request: its text was deleted with the data of the shopper'],
    });
  });
});

describe('whatIf', () => {
  interface Contribution {
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
    return (await readLogged<{ whatIf: WhatIf }>(id, field, { settings }, ', $settings: WhatIfInput!')).whatIf;
  };
  const skusOf = (edges: { node: { sku: string } }[]): string[] => edges.map(({ node }) => node.sku);

  it('moves nothing without settings', async () => {
    const { id, skus } = await recommendationFor(server, { text: 'red dress' });
    const unchanged = await whatIf(id, {});
    expect(unchanged).toMatchObject({ overlap: 1, rankCorrelation: 1, moves: [] });
    expect(skusOf(unchanged.edges)).toEqual(skus);
    expect(skusOf(unchanged.baseline)).toEqual(skus);
  });

  it('reuses the logged vectors of a text and photo under other weights', async () => {
    const input = { text: 'in blue', image: { sku: drawnSku() } };
    const { id } = await recommendationFor(server, input);
    const fusion = { method: 'WEIGHTED_AVERAGE', textWeight: 0.9, imageWeight: 0.1 };
    const result = await whatIf(id, { fusion });
    expect(result.query).toEqual({ fusion: 'WEIGHTED_AVERAGE', textWeight: expect.closeTo(0.9) as number });
    expect(skusOf(result.edges)).toEqual((await recommendationFor(server, { ...input, fusion })).skus);
    expect(result.moves.length).toBeGreaterThan(0);
  });

  it('reports the moves under another diversity, as a new request with it returns', async () => {
    const { id, skus } = await recommendationFor(server, { text: 'shoes' });
    const result = await whatIf(id, { diversity: 0.9 });
    const expected = (await recommendationFor(server, { text: 'shoes', diversity: 0.9 })).skus;
    expect(skusOf(result.edges)).toEqual(expected);
    expect(result.overlap).toBeCloseTo(expected.filter((sku) => skus.includes(sku)).length / 12, 10);
    for (const { sku, from, to } of result.moves) {
      if (from !== null && from <= 12) expect(skus[from - 1]).toBe(sku);
      if (to !== null && to <= 12) expect(expected[to - 1]).toBe(sku);
    }
  });

  it('can ignore rules and multiply contributions', async () => {
    const { skus } = await recommendationFor(server, { text: 'white shirt' });
    const rule = await saveRule({ name: 'Up', action: 'PIN', skus: [skus[8]!] });
    const { id } = await recommendationFor(server, { text: 'white shirt' });
    expect(skusOf((await whatIf(id, { rules: false })).edges)).toEqual(skus);
    const field = `whatIf(settings: $settings) { edges { explanation { contributions { name value } } } }`;
    const settings = { rules: false, weights: [{ name: 'color', factor: 3 }] };
    const result = await readLogged<{ whatIf: { edges: { explanation: { contributions: Contribution[] } }[] } }>(
      id,
      field,
      { settings },
      ', $settings: WhatIfInput!',
    );
    for (const { explanation } of result.whatIf.edges) {
      const contribution = (name: string): number =>
        explanation.contributions.find((entry) => entry.name === name)?.value ?? 0;
      expect(contribution('learned')).toBeCloseTo(2 * contribution('color'), 10);
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
    const { id } = await recommendationFor(server, { text: 'red dress' });
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
