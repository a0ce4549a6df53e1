import { beginningsQuery, describingWords } from '../../../src/domain/lexical.words.js';

describe('the words that are looked for as words', () => {
  it.each([
    ['this one, but in navy blue', 'navy blue'],
    ['v-neck linen dress for a wedding', 'v-neck linen dress wedding'],
    ['红色 连衣裙', '红色 连衣裙'],
    ['501 jeans', '501 jeans'],
  ])('of "%s" are "%s"', (words, describing) => {
    expect(describingWords(words)).toBe(describing);
  });

  it('are none where the words only join others', () => {
    expect(describingWords('the same, but not this')).toBeNull();
  });
});

it('finds what is to be avoided by the beginnings of its words', () => {
  expect(beginningsQuery('the stripes, red')).toBe('strip:* | red:*');
  expect(beginningsQuery("it's & | ! :*")).toBeNull();
  expect(beginningsQuery('not the')).toBeNull();
  expect(beginningsQuery("don't want anything")).toBeNull();
});

it('keeps four letters of a word, so that what is to be avoided is not found in other words', () => {
  expect(beginningsQuery('shoes, string, lining')).toBe('shoe:* | string:* | lining:*');
});
