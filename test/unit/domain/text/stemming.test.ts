import { prefixQuery, descriptiveTerms } from '../../../../src/domain/text/stemming.js';

describe('the words that are looked for as words', () => {
  it.each([
    ['this one, but in navy blue', 'navy blue'],
    ['v-neck linen dress for a wedding', 'v-neck linen dress wedding'],
    ['红色 连衣裙', '红色 连衣裙'],
    ['501 jeans', '501 jeans'],
  ])('of "%s" are "%s"', (words, describing) => {
    expect(descriptiveTerms(words)).toBe(describing);
  });

  it('are none where the words only join others', () => {
    expect(descriptiveTerms('the same, but not this')).toBeNull();
  });
});

describe('what is to be avoided, as a query', () => {
  const query = (...titles: string[][]): string | null =>
    prefixQuery(titles.map((spellings) => ({ said: spellings[0]!, titles: spellings })));

  it('is all of its things, each by the beginning of any spelling', () => {
    expect(query(['stripes', 'striped'], ['shoes'])).toBe('(strip:*) & (shoe:*)');
    expect(query(['checked', 'plaid'])).toBe('(check:* | plaid:*)');
    expect(query(['round neck', 'crew'])).toBe('(round:* & neck:* | crew:*)');
  });

  it('keeps four letters of a word, so that it is not found in other words', () => {
    expect(query(['shoes'], ['string'], ['lining'])).toBe('(shoe:*) & (string:*) & (lining:*)');
  });

  it('is nothing where no word is long enough', () => {
    expect(query(["it's"], ['的'])).toBeNull();
    expect(query()).toBeNull();
  });
});
