import { labelsCoveringText } from '../../../../src/domain/text/negated.labels.js';
import { conceptsOf } from '../../../../src/domain/text/synonyms.js';
import { readSynonyms } from '../../../../src/services/recommend/query.understander.js';

const SYNONYMS = readSynonyms();
const titlesOf = (words: string): (readonly string[])[] => conceptsOf(words, SYNONYMS).map(({ titles }) => titles);

describe('conceptsOf finds the spellings of concepts in titles', () => {
  it.each([
    ['linen shirt', [['linen'], ['shirt']]],
    ['亚麻衬衫', [['linen'], ['shirt']]],
    ['黑色的鞋子', [['black'], ['shoes']]],
    ['V领T恤', [['v neck', 'v-neck'], ['t-shirt']]],
    ['花里胡哨的裙子', [['花里胡哨'], ['skirt']]],
    ['Nike鞋', [['nike'], ['shoes']]],
    ['plaid', [['check', 'checks', 'checked', 'checkered', 'plaid']]],
    ['?!', []],
  ])('conceptsOf("%s") has the titles %j', (words, titles) => {
    expect(titlesOf(words)).toEqual(titles);
  });
});

describe('labelsCoveringText finds the labels that cover a negated text', () => {
  const labels = (words: string, kind: boolean, colors: string[]) =>
    labelsCoveringText(conceptsOf(words, SYNONYMS), { kind, colors });

  it('labelsCoveringText returns the labels if they cover every word', () => {
    expect(labels('black', false, ['Black'])).toEqual({ kind: false, color: true });
    expect(labels('black shoes', true, ['Black'])).toEqual({ kind: true, color: true });
    expect(labels('noir shoes', true, ['Black'])).toEqual({ kind: true, color: true });
    expect(labels('黑色鞋子', true, ['Black'])).toEqual({ kind: true, color: true });
    expect(labels('heels', true, ['Black'])).toEqual({ kind: true, color: false });
  });

  it('labelsCoveringText returns no label if a word is not covered', () => {
    expect(labels('striped shoes', true, [])).toEqual({ kind: false, color: false });
    expect(labels('stripes', false, [])).toEqual({ kind: false, color: false });
  });
});
