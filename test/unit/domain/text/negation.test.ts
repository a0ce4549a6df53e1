import { splitNegation, avoidedTerms } from '../../../../src/domain/text/negation.js';

describe('A text is split into wanted and negated parts', () => {
  it.each([
    ['a red dress without stripes', 'a red dress', 'stripes'],
    ['dress red, no sleeves', 'dress red', 'sleeves'],
    ['not blue but white', 'but white', 'blue'],
    ['shoes, not black', 'shoes', 'black'],
    ['a dress without flowers for the beach', 'a dress for the beach', 'flowers'],
    ["a bag, i don't want leather", 'a bag', 'leather'],
    ["boots, I don't like black", 'boots', 'black'],
    ['dress with no belt in navy', 'dress in navy', 'belt'],
    ['shoes, not in black', 'shoes', 'black'],
    ['if not red then a blue dress', 'if then a blue dress', 'red'],
    ['连衣裙，不要条纹', '连衣裙', '条纹'],
    ['不要蓝色要白色', '要白色', '蓝色'],
    ['没有袖子的裙子', '裙子', '袖子'],
    ['除了黑色以外的鞋子', '鞋子', '黑色'],
    ['鞋子，除了黑色都可以', '鞋子 都可以', '黑色'],
    ['不要紧身的裤子', '裤子', '紧身'],
    ['不要带有花卉图案和蕾丝边的裙子', '裙子', '带有花卉图案和蕾丝边'],
  ])('splitNegation splits "%s" into "%s" and the negated "%s"', (words, wanted, unwanted) => {
    expect(splitNegation(words)).toEqual({ wanted, unwanted });
  });

  it.each([
    'red dress',
    'not too formal dress',
    'no-show socks',
    'no show socks',
    '有没有黑色的裙子',
    'knot tie',
    '不要太正式的裙子',
    'nothing too fancy',
    'no problem, a red dress',
    'not sure, maybe a blue shirt',
    'without a doubt a red dress',
    'no more than 50 dollars',
    'I do not have a black dress',
    'No I want a red dress',
    'no thanks',
    'why not a red dress',
    'a shirt with or without stripes',
    'a no nonsense coat',
    '要不要买裙子',
    '我没有裙子，想要一条',
    '没有要求，红色裙子',
    '没有什么要求，红色裙子',
    '没有特别要求的裙子',
    '不要紧，红色裙子',
    '不要钱的裙子',
    '不要了',
  ])('splitNegation finds no negation in "%s"', (words) => {
    expect(splitNegation(words)).toEqual({ wanted: words, unwanted: null });
  });

  it('splitNegation returns no wanted part if only stop words remain', () => {
    expect(splitNegation('the same but without stripes')).toEqual({ wanted: null, unwanted: 'stripes' });
    expect(splitNegation('不要条纹')).toEqual({ wanted: null, unwanted: '条纹' });
    expect(splitNegation('this one but not in black')).toEqual({ wanted: null, unwanted: 'black' });
    expect(splitNegation("I don't want to wear black")).toEqual({ wanted: null, unwanted: 'to wear black' });
  });

  it('splitNegation returns no wanted part if the whole text is negated', () => {
    expect(splitNegation('not black shoes')).toEqual({ wanted: null, unwanted: 'black shoes' });
    expect(splitNegation('不要黑色')).toEqual({ wanted: null, unwanted: '黑色' });
  });

  it.each([
    ['stripes', ['stripes']],
    ['black shoes, lace or stripes', ['black shoes', 'lace', 'stripes']],
    ['no stripes and without lace', ['stripes', 'lace']],
    ['不要黑色和条纹', ['黑色', '条纹']],
    ['除了黑色以外的、蕾丝', ['黑色', '蕾丝']],
    ['和服', ['和服']],
    ['a, b, c, d, e', ['a', 'b', 'c', 'd e']],
    ['!?', []],
  ])('avoidedTerms splits "%s" into %j', (words, terms) => {
    expect(avoidedTerms(words)).toEqual(terms);
  });
});
