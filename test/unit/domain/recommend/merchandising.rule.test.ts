import {
  isInForce,
  problemsOfRule,
  rulesFor,
  searchRules,
  type MerchandisingRule,
  type RuleInput,
} from '../../../../src/domain/recommend/merchandising.rule.js';

const rule = (fields: Partial<MerchandisingRule> = {}): MerchandisingRule => ({
  id: '0b6f5c1e-4d0a-4f6e-9c55-1f2f7c55a003',
  name: 'Summer first',
  action: 'BOOST',
  skus: ['a'],
  filter: null,
  strength: 0.2,
  startsAt: null,
  endsAt: null,
  forTypes: [],
  forWords: [],
  ...fields,
});
const at = (time: string): Date => new Date(`2026-06-01T${time}Z`);

describe('A rule applies to a period and to requests', () => {
  it('A rule is active from its start (inclusive) to its end (exclusive)', () => {
    const period = { startsAt: at('10:00:00'), endsAt: at('12:00:00') };
    expect(isInForce(period, at('09:59:59.999'))).toBe(false);
    expect(isInForce(period, at('10:00:00'))).toBe(true);
    expect(isInForce(period, at('11:59:59.999'))).toBe(true);
    expect(isInForce(period, at('12:00:00'))).toBe(false);
    expect(isInForce({ startsAt: null, endsAt: null }, at('00:00:00'))).toBe(true);
  });

  it.each([
    ['wedding', 'A dress for a WEDDING.', true],
    ['wedding', 'wedding-ready shoes', true],
    ['wed', 'a wedding', false],
    ['summer dress', 'my Summer dress', true],
    ['summer dress', 'a dress for summer', false],
    ['c++ (new)', 'the c++ (new) shirt', true],
    ['婚礼', '参加婚礼的裙子', true],
    ['婚礼', '参加晚宴的裙子', false],
  ])('rulesFor matches the phrase "%s" with the text "%s": %s', (word, words, holds) => {
    const forWords = rule({ forWords: ['never', word] });
    expect(rulesFor([forWords], { words, garmentType: null })).toEqual(holds ? [forWords] : []);
  });

  it('A rule with phrases or types needs a request that has them, and both if it has both conditions', () => {
    const words = rule({ forWords: ['red'] });
    const types = rule({ forTypes: ['DRESS', 'SKIRT'] });
    const both = rule({ forWords: ['red'], forTypes: ['DRESS'] });
    const all = [rule(), words, types, both];
    expect(rulesFor(all, { words: null, garmentType: null })).toEqual([rule()]);
    expect(rulesFor(all, { words: 'red', garmentType: 'SHOES' })).toEqual([rule(), words]);
    expect(rulesFor(all, { words: 'blue', garmentType: 'DRESS' })).toEqual([rule(), types]);
    expect(rulesFor(all, { words: 'red', garmentType: 'DRESS' })).toEqual(all);
  });

  it('searchRules separates hide rules from the other rules and marks pins', () => {
    const rules = [rule({ action: 'HIDE' }), rule(), rule({ action: 'PIN' })];
    const { bending, rules: search } = searchRules(rules);
    expect(bending).toEqual([rules[1], rules[2]]);
    expect(search.hide).toEqual([rules[0]]);
    expect(search.bend.map(({ isPin }) => isPin)).toEqual([false, true]);
  });
});

describe('problemsOfRule validates a rule', () => {
  const none = { filter: null, skus: null };
  const wrong: [string, string, Partial<RuleInput>][] = [
    ['ARGUMENT_INVALID', 'id', { id: 'mine' }],
    ['NAME_INVALID', 'name', { name: 'x'.repeat(201) }],
    ['RULE_TARGET_INVALID', 'skus', none],
    ['RULE_TARGET_INVALID', 'skus', { filter: { brands: ['b'] } }],
    ['VALUE_TOO_LONG', 'skus', { action: 'PIN', strength: null, skus: Array.from({ length: 21 }, (_, i) => `${i}`) }],
    ['SKU_INVALID', 'skus.0', { skus: ['x'.repeat(201)] }],
    ['RULE_STRENGTH_INVALID', 'strength', { strength: 2.1 }],
    ['RULE_STRENGTH_INVALID', 'strength', { strength: Number.NaN }],
    ['RULE_STRENGTH_INVALID', 'strength', { strength: 0 }],
    ['RULE_STRENGTH_INVALID', 'strength', { action: 'HIDE' }],
    ['RULE_PERIOD_INVALID', 'endsAt', { startsAt: at('10:00:00'), endsAt: at('10:00:00') }],
    ['VALUE_TOO_LONG', 'forWords', { forWords: ['x'.repeat(101)] }],
  ];
  it.each(wrong)('problemsOfRule reports %s at %s', (code, field, fields) => {
    expect(problemsOfRule({ ...rule(), ...fields })).toEqual([
      { field: field.split('.'), code, message: expect.any(String) as string },
    ]);
  });

  it('problemsOfRule finds no problem in a valid rule', () => {
    expect(problemsOfRule(rule())).toEqual([]);
    expect(problemsOfRule(rule({ skus: null, filter: { tags: ['new'] }, strength: 2 }))).toEqual([]);
    expect(problemsOfRule(rule({ action: 'PIN', strength: null }))).toEqual([]);
  });
});
