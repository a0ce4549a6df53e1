// Experiments and learned weights through the API.
import type { ScoreContribution } from '../../src/domain/recommend/recommendation.js';
import { LEARNABLE } from '../../src/domain/learning/learned.weights.js';
import { DEFAULT_STORE_ID } from '../../src/domain/access/store.context.js';
import { withApp } from '../support/app.js';
import { choiceLog, wantsColor } from '../support/choice.log.js';
import { drawnInputs } from '../support/model.switch.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';

const server = withApp({ sample: false, config: { bundleDir: TINY_BUNDLE, workers: 0 } });
const store = { storeId: DEFAULT_STORE_ID };

interface Recommendation {
  id: string;
  experiments: { experiment: string; variant: string }[];
  garments: { edges: { score: number; node: { sku: string }; explanation: { contributions: ScoreContribution[] } }[] };
}
interface Variant {
  name: string;
  answers: number;
  shoppers: number;
  rates: {
    kind: string;
    shoppers: number;
    rate: number;
    low: number;
    difference: { low: number; high: number } | null;
  }[];
}
interface SavePayload {
  experiment: { id: string } | null;
  userErrors: { field: string[]; code: string }[];
}

const ASK = `query ($input: RecommendOutfitInput!) { recommendOutfit(input: $input) { id experiments { experiment variant }
  garments(first: 10) { edges { score node { sku } explanation { contributions { name value } } } } } }`;
const recommend = async (input: object): Promise<Recommendation> =>
  (await server.data<{ recommendOutfit: Recommendation }>(ASK, { input: { text: 'a dress', ...input } }))
    .recommendOutfit;
const save = async (input: object): Promise<SavePayload> =>
  (
    await server.data<{ saveExperiment: SavePayload }>(
      'mutation ($input: ExperimentInput!) { saveExperiment(input: $input) { experiment { id } userErrors { field code } } }',
      { input },
    )
  ).saveExperiment;
const results = async (): Promise<Variant[]> =>
  (
    await server.data<{ experiments: { variants: Variant[] }[] }>(
      '{ experiments { variants { name answers shoppers rates { kind shoppers rate low difference { low high } } } } }',
    )
  ).experiments[0]!.variants;
const contributes = ({ garments }: Recommendation, name: string): boolean =>
  garments.edges.some(({ explanation }) =>
    explanation.contributions.some((contribution) => contribution.name === name),
  );

beforeAll(async () => {
  await server.data('mutation ($g: [GarmentInput!]!) { upsertGarments(garments: $g) { created } }', {
    g: await drawnInputs(12),
  });
}, 60_000);

describe('an experiment', () => {
  const ID = '0b6f5c1e-4d0a-4f6e-9c55-1f2f7c55a0aa';
  const variants = [{ name: 'plain' }, { name: 'varied', settings: { diversity: 0.5 } }];
  const SHOPPERS = Array.from({ length: 16 }, (_, i) => `shopper ${i}`);
  const variantOf = new Map<string, string>();

  it('assigns each shopper one variant, reports it, and ranks by it', async () => {
    expect(await save({ id: ID, name: 'Variety', variants })).toEqual({ experiment: { id: ID }, userErrors: [] });
    for (const shopper of SHOPPERS) {
      const recommendation = await recommend({ shopper });
      const [{ experiment, variant }] = recommendation.experiments as [Recommendation['experiments'][0]];
      expect(experiment).toBe(ID);
      expect(contributes(recommendation, 'diversity')).toBe(variant === 'varied');
      variantOf.set(shopper, variant);
      if (variant === 'plain') continue;
      const event = {
        recommendationId: recommendation.id,
        sku: recommendation.garments.edges[0]!.node.sku,
        kind: 'CLICK',
      };
      await server.data('mutation ($events: [FeedbackInput!]!) { recordFeedback(events: $events) { recorded } }', {
        events: [event],
      });
    }
    expect(new Set(variantOf.values())).toEqual(new Set(['plain', 'varied']));
    const again = await recommend({ shopper: SHOPPERS[0] });
    expect(again.experiments[0]!.variant).toBe(variantOf.get(SHOPPERS[0]!));
  });

  it('skips requests without a shopper and does not override settings of the request', async () => {
    const anonymous = await recommend({});
    expect(anonymous.experiments).toEqual([]);
    expect(contributes(anonymous, 'diversity')).toBe(false);
    const plain = SHOPPERS.find((shopper) => variantOf.get(shopper) === 'plain');
    expect(contributes(await recommend({ shopper: plain, diversity: 0.2 }), 'diversity')).toBe(true);
  });

  it('is logged with the recommendation', async () => {
    const { id, experiments } = await recommend({ shopper: 'shopper 1' });
    const { insights } = await server.data<{ insights: { recommendation: { experiments: object } } }>(
      'query ($id: ID!) { insights { recommendation(id: $id) { experiments { experiment variant } } } }',
      { id },
    );
    expect(insights.recommendation.experiments).toEqual(experiments);
  });

  it('counts shoppers and their feedback, with intervals', async () => {
    const [plain, varied] = await results();
    const byVariant = (name: string): number => [...variantOf.values()].filter((variant) => variant === name).length;
    expect(plain).toMatchObject({ name: 'plain', shoppers: byVariant('plain') });
    expect(varied).toMatchObject({ name: 'varied', shoppers: byVariant('varied') });
    const clicks = ({ rates }: Variant) => rates.find(({ kind }) => kind === 'CLICK')!;
    expect(clicks(varied!)).toMatchObject({ shoppers: byVariant('varied'), rate: 1 });
    expect(clicks(varied!).difference!.low).toBeGreaterThan(0);
    expect(clicks(plain!)).toMatchObject({ shoppers: 0, rate: 0, low: 0, difference: null });
  });

  it('no longer counts a forgotten shopper', async () => {
    const before = (await results()).reduce((sum, { shoppers }) => sum + shoppers, 0);
    await server.data('mutation { forgetShopper(shopper: "shopper 3") { forgotten } }');
    expect((await results()).reduce((sum, { shoppers }) => sum + shoppers, 0)).toBe(before - 1);
  });

  it('keeps its variants fixed, can be renamed, and shares no setting with another running experiment', async () => {
    expect((await save({ id: ID, name: 'Renamed', variants })).userErrors).toEqual([]);
    const changed = [variants[0], { name: 'varied', settings: { diversity: 0.6 } }];
    expect((await save({ id: ID, name: 'Renamed', variants: changed })).userErrors[0]!.code).toBe(
      'EXPERIMENT_VARIANTS_FIXED',
    );
    expect((await save({ name: 'Again', variants })).userErrors).toEqual([
      { field: ['input', 'variants'], code: 'EXPERIMENT_OVERLAPS' },
    ]);
    const taste = [{ name: 'a' }, { name: 'b', settings: { taste: 0 } }];
    expect((await save({ name: 'Taste', variants: taste })).userErrors).toEqual([]);
  });

  it('ends for all shoppers, and only once', async () => {
    const end = async () =>
      (
        await server.data<{ endExperiment: { userErrors: { code: string }[] } }>(
          `mutation { endExperiment(id: "${ID}") { userErrors { code } } }`,
        )
      ).endExperiment.userErrors;
    expect(await end()).toEqual([]);
    const varied = SHOPPERS.find((shopper) => variantOf.get(shopper) === 'varied');
    expect((await recommend({ shopper: varied })).experiments.map(({ experiment }) => experiment)).not.toContain(ID);
    expect(await end()).toEqual([{ code: 'EXPERIMENT_NOT_FOUND' }]);
  });
});

describe('learning to rank', () => {
  const learn = async () =>
    (
      await server.data<{
        learnRanking: {
          learnedRanking: {
            version: number;
            inUse: boolean;
            weights: { contribution: string; weight: number }[];
          } | null;
        };
      }>('mutation { learnRanking { learnedRanking { version inUse weights { contribution weight } } } }')
    ).learnRanking.learnedRanking;
  const use = async (version: number | null) =>
    (
      await server.data<{ useLearnedRanking: { used: boolean; userErrors: { code: string }[] } }>(
        'mutation ($version: Int) { useLearnedRanking(version: $version) { used userErrors { code } } }',
        { version },
      )
    ).useLearnedRanking;

  /** Writes a recommendation log with the choices of simulated shoppers. */
  async function fill(): Promise<void> {
    const { database } = server.app;
    const logged = choiceLog(800, wantsColor).map(({ at, rows }, i) => ({
      id: `0b6f5c1e-4d0a-4f6e-9c55-${String(i).padStart(12, '0')}`,
      at,
      skus: rows.map(({ rank }) => `sku ${rank}`),
      ranks: rows.map(({ rank }) => rank),
      chosen: rows.filter(({ isChosen }) => isChosen).map(({ rank }) => `sku ${rank}`),
      shown: rows.map(({ rank, features }) => ({
        rank,
        sku: `sku ${rank}`,
        contributions: LEARNABLE.map((name, k) => ({ name, value: features[k] })).filter(({ value }) => value !== 0),
      })),
    }));
    await database.within(store).batch([
      {
        text: `insert into recommendations (store_id, id, at, had_image, diversity, model, status, understanding, vector, shown,
                 shown_skus, shown_ranks, latency_ms, stages)
               select $1, id, at, false, 0, $2, 'OK', '{}', '', shown, skus, ranks, 1, '{}'
               from json_to_recordset($3::json) as r(id uuid, at timestamptz, skus text[], ranks integer[], shown json)`,
        values: [DEFAULT_STORE_ID, server.app.own.encoders.bundle.id, JSON.stringify(logged)],
      },
      {
        text: `insert into feedback (store_id, recommendation_id, sku, kind, shopper, at)
               select $1, id, sku, 'CLICK', '', at
               from json_to_recordset($2::json) as r(id uuid, at timestamptz, chosen text[]), unnest(chosen) as sku`,
        values: [DEFAULT_STORE_ID, JSON.stringify(logged)],
      },
    ]);
  }

  it('learns no weights from a few clicks', async () => {
    expect(await learn()).toBeNull();
  });

  it('learns the real preference behind the position bias, and uses it', async () => {
    await fill();
    const learned = (await learn())!;
    expect(learned.inUse).toBe(true);
    const weight = (name: string): number => learned.weights.find(({ contribution }) => contribution === name)!.weight;
    expect(weight('color')).toBeGreaterThan(1.2);
    expect(weight('textSimilarity')).toBeLessThan(0.6);
    const recommendation = await recommend({});
    expect(contributes(recommendation, 'learned')).toBe(true);
    for (const { score, explanation } of recommendation.garments.edges)
      expect(explanation.contributions.reduce((sum, { value }) => sum + value, 0)).toBe(score);
  }, 60_000);

  it('does not change pins and filters', async () => {
    const [first, , , fourth] = (await recommend({})).garments.edges.map(({ node }) => node.sku);
    const rule = { name: 'pin', action: 'PIN', skus: [fourth] };
    await server.data(
      'mutation ($input: MerchandisingRuleInput!) { saveMerchandisingRule(input: $input) { rule { id } } }',
      {
        input: rule,
      },
    );
    expect((await recommend({})).garments.edges[0]!.node.sku).toBe(fourth);
    const filtered = await recommend({ filter: { maxPrice: '1' } });
    expect(filtered.garments.edges).toEqual([]);
    expect(first).not.toBe(fourth);
  });

  it('can be switched off and on again', async () => {
    expect(await use(null)).toEqual({ used: true, userErrors: [] });
    expect(contributes(await recommend({}), 'learned')).toBe(false);
    expect(await use(99)).toEqual({ used: false, userErrors: [{ code: 'LEARNED_RANKING_NOT_FOUND' }] });
    expect(await use(1)).toEqual({ used: true, userErrors: [] });
    expect(contributes(await recommend({}), 'learned')).toBe(true);
  });
});
