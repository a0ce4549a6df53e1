// Assignment of variants, and the statistics of experiments.
import {
  NO_SETTINGS,
  bucketOf,
  problemsOfExperiment,
  settingsFor,
  variantFor,
  newcombeDifference,
  shareOf,
} from '../../../../src/domain/analytics/experiment.js';
import { rankingSettings } from '../../../../src/domain/recommend/ranking.settings.js';

const variants = [
  { name: 'a', weight: 1, settings: NO_SETTINGS },
  { name: 'b', weight: 3, settings: { ...NO_SETTINGS, diversity: 0.4 } },
];
const experiment = { id: 'e1', name: 'E', variants, startedAt: new Date(), endedAt: null };
const shoppers = Array.from({ length: 4_000 }, (_, i) => `shopper ${i}`);
const shareOfB = (id: string): number =>
  shoppers.filter((shopper) => variantFor({ id, variants }, shopper).name === 'b').length / shoppers.length;

describe('variantFor assigns a variant to a shopper', () => {
  it('A variant is as common as its weight, and a shopper always has the same one', () => {
    expect(shareOfB('e1')).toBeCloseTo(0.75, 1);
    expect(variantFor(experiment, 'ann')).toBe(variantFor(experiment, 'ann'));
  });

  it('The variants of two experiments are independent', () => {
    const inB = shoppers.filter((shopper) => variantFor(experiment, shopper).name === 'b');
    const inBoth = inB.filter((shopper) => variantFor({ id: 'e2', variants }, shopper).name === 'b');
    expect(inBoth.length / inB.length).toBeCloseTo(0.75, 1);
  });

  it('bucketOf returns the same value on every machine', () => {
    expect(bucketOf('e1', 'ann')).toBe(0.03322772802929208);
  });

  it('settingsFor combines the settings of several experiments', () => {
    const other = {
      ...experiment,
      id: 'e2',
      variants: [0, 1].map((taste) => ({ name: `taste ${taste}`, weight: 1, settings: { ...NO_SETTINGS, taste } })),
    };
    const { assigned, settings } = settingsFor([experiment, other], 'ann');
    expect(assigned.map((one) => one.experiment)).toEqual(['e1', 'e2']);
    expect(settings.diversity).toBe(variantFor(experiment, 'ann').settings.diversity);
    expect(settings.taste).toBe(variantFor(other, 'ann').settings.taste);
  });
});

describe('rankingSettings combines the request and the variants', () => {
  const trial = { ...NO_SETTINGS, fusion: 'CONCATENATION' as const, textWeight: 2, diversity: 0.4, learned: false };
  const context = { experimentSettings: trial, learned: { version: 1, weights: {} as never } };
  const methods = ['CONCATENATION', 'WEIGHTED_AVERAGE'] as const;

  it('A request’s own settings take precedence over those of the shopper’s variants', () => {
    expect(rankingSettings({ fusion: {}, diversity: 0 }, context, methods)).toMatchObject({
      fusion: { method: 'CONCATENATION', textWeight: 2 },
      diversity: 0.4,
      learned: null,
    });
    expect(rankingSettings({ fusion: { imageWeight: 1 }, diversity: 0.1 }, context, methods)).toMatchObject({
      fusion: { imageWeight: 1 },
      diversity: 0.1,
    });
  });

  it('rankingSettings ignores a fusion method that the active model does not offer', () => {
    expect(rankingSettings({ fusion: {}, diversity: 0 }, context, ['ATTENTION']).fusion.method).toBeNull();
  });
});

describe('Shares of shoppers have intervals', () => {
  it('shareOf returns the Wilson interval', () => {
    // Newcombe 1998, table I: 81 of 263 and 0 of 20
    expect(shareOf(81, 263)).toMatchObject({
      low: expect.closeTo(0.2553, 4) as number,
      high: expect.closeTo(0.3662, 4) as number,
    });
    expect(shareOf(0, 20)).toMatchObject({ low: 0, high: expect.closeTo(0.1611, 4) as number });
    expect(shareOf(0, 0)).toEqual({ rate: 0, low: 0, high: 1 });
  });

  it('newcombeDifference returns the interval of Newcombe’s method 10', () => {
    // Newcombe 1998, table II: 56/70 − 48/80
    const { difference, low, high } = newcombeDifference(shareOf(56, 70), shareOf(48, 80));
    expect([difference, low, high].map((value) => Number(value.toFixed(4)))).toEqual([0.2, 0.0524, 0.3339]);
  });
});

describe('problemsOfExperiment validates an experiment', () => {
  const codes = (fields: object, methods = ['CONCATENATION'] as never[]): string[] =>
    problemsOfExperiment({ id: null, name: 'E', variants, ...fields }, methods).map(
      ({ field, code }) => `${field.join('.')} ${code}`,
    );
  const withB = (settings: object, weight = 1) => ({
    variants: [variants[0], { name: 'b', weight, settings: { ...NO_SETTINGS, ...settings } }],
  });

  it.each([
    [{}, []],
    [{ name: ' ' }, ['name NAME_INVALID']],
    [{ variants: [variants[1]] }, ['variants EXPERIMENT_VARIANTS_INVALID']],
    [{ variants: [variants[1], variants[1]] }, ['variants EXPERIMENT_VARIANTS_INVALID']],
    [withB({}), ['variants EXPERIMENT_SETTINGS_INVALID']],
    [withB({ diversity: 0.5 }, 0), ['variants.1.weight EXPERIMENT_VARIANTS_INVALID']],
    [withB({ diversity: 1.1 }), ['variants.1.settings EXPERIMENT_SETTINGS_INVALID']],
    [withB({ taste: 3 }), ['variants.1.settings EXPERIMENT_SETTINGS_INVALID']],
    [withB({ textWeight: 0, imageWeight: 0 }), ['variants.1.settings EXPERIMENT_SETTINGS_INVALID']],
    [withB({ fusion: 'ATTENTION' }), ['variants.1.settings FUSION_METHOD_UNSUPPORTED']],
  ])('problemsOfExperiment reports the problems of %j', (fields, expected) => expect(codes(fields)).toEqual(expected));
});
