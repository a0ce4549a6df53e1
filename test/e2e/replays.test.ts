// Past answers given again, after one change each: what is told of it. Many of them: test/long/replays.test.ts.
import { DEFAULT_STORE_ID } from '../../src/domain/access/store.context.js';
import { LEARNABLE } from '../../src/domain/learning/learned.weights.js';
import { sampleCatalog } from '../../tools/garment-drawing/sample.catalog.js';
import { LearningRepository } from '../../src/store/learning.repository.js';
import { withApp } from '../support/app.js';
import { answered, replayOf, upsert } from '../support/past.recommendations.js';

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
const later = <Data>(id: string, field: string, variables: object = {}, declared = '') =>
  server
    .data<{ insights: { recommendation: Data } }>(
      `query ($id: ID!${declared}) { insights { recommendation(id: $id) { ${field} } } }`,
      { id, ...variables },
    )
    .then(({ insights }) => insights.recommendation);

describe('a replay', () => {
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
    await upsert(server, [
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
