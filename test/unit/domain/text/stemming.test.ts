import { prefixQuery, descriptiveTerms } from '../../../../src/domain/text/stemming.js';

describe('descriptiveTerms removes stop words', () => {
  it.each([
    ['this one, but in navy blue', 'navy blue'],
    ['v-neck linen dress for a wedding', 'v-neck linen dress wedding'],
    ['红色 连衣裙', '红色 连衣裙'],
    ['501 jeans', '501 jeans'],
  ])('descriptiveTerms reduces "%s" to "%s"', (words, describing) => {
    expect(descriptiveTerms(words)).toBe(describing);
  });

  it('descriptiveTerms returns null for a text of stop words', () => {
    expect(descriptiveTerms('the same, but not this')).toBeNull();
  });
});

describe('prefixQuery builds a tsquery for avoided terms', () => {
  const query = (...titles: string[][]): string | null =>
    prefixQuery(titles.map((spellings) => ({ said: spellings[0]!, titles: spellings })));

  it('prefixQuery requires every concept and accepts any of its spellings', () => {
    expect(query(['stripes', 'striped'], ['shoes'])).toBe('(strip:*) & (shoe:*)');
    expect(query(['checked', 'plaid'])).toBe('(check:* | plaid:*)');
    expect(query(['round neck', 'crew'])).toBe('(round:* & neck:* | crew:*)');
  });

  it('prefixQuery keeps at least four letters of a word so that it does not match other words', () => {
    expect(query(['shoes'], ['string'], ['lining'])).toBe('(shoe:*) & (string:*) & (lining:*)');
  });

  it('prefixQuery returns null if no word is long enough', () => {
    expect(query(["it's"], ['的'])).toBeNull();
    expect(query()).toBeNull();
  });
});
