import { partNegation } from '../../../src/domain/negation.js';

describe('what a shopper does not want', () => {
  it.each([
    ['a red dress without stripes', 'a red dress', 'stripes'],
    ['dress red, no sleeves', 'dress red', 'sleeves'],
    ['not blue but white', 'but white', 'blue'],
    ['shoes, not black', 'shoes', 'black'],
    ['a dress without flowers for the beach', 'a dress for the beach', 'flowers'],
    ["a bag, i don't want leather", 'a bag, i', 'leather'],
    ['连衣裙，不要条纹', '连衣裙', '条纹'],
    ['不要蓝色要白色', '要白色', '蓝色'],
    ['没有袖子的裙子', '裙子', '袖子'],
  ])('of "%s" leaves "%s" and rules out "%s"', (words, wanted, unwanted) => {
    expect(partNegation(words, false)).toEqual({ wanted, unwanted });
  });

  it.each([
    'red dress',
    'not too formal dress',
    'no-show socks',
    'no show socks',
    '有没有黑色的裙子',
    'knot tie',
    '不要太正式的裙子',
  ])('is not found in "%s"', (words) => {
    expect(partNegation(words, false)).toEqual({ wanted: words, unwanted: null });
  });

  it('may be all that words say beside a picture', () => {
    expect(partNegation('the same but without stripes', true)).toEqual({ wanted: null, unwanted: 'stripes' });
    expect(partNegation('不要条纹', true)).toEqual({ wanted: null, unwanted: '条纹' });
  });

  it('leaves words whole that would leave nothing to search for', () => {
    expect(partNegation('not black shoes', false)).toEqual({ wanted: 'not black shoes', unwanted: 'black shoes' });
  });
});
