import { rareTermQuery, labelStems } from '../../../../src/domain/text/rare.terms.js';
import { readSynonyms } from '../../../../src/services/recommend/query.understander.js';

const SYNONYMS = readSynonyms();
const KNOWN = labelStems([['Dresses', 'Casual Shoes'], ['Navy Blue']]);

describe('rareTermQuery selects the words that are matched literally', () => {
  it.each([
    ['harrow linen shirt', 'harrow linen shirt', []],
    ['亚麻衬衫', '亚麻衬衫 linen shirt', []],
    ['fr-dr-004', 'fr-dr-004', ['fr-dr-004', 'FR-DR-004']],
    ['501 jeans', '501 jeans', ['501']],
  ])('rareTermQuery("%s") has the text "%s"', (words, text, skus) => {
    expect(rareTermQuery(words, SYNONYMS)).toEqual({ text, skus });
  });

  it('rareTermQuery excludes the words of labels in any form', () => {
    expect(rareTermQuery('navy linen dress', SYNONYMS, KNOWN)!.text).toBe('linen');
    expect(rareTermQuery('蓝色亚麻连衣裙', SYNONYMS, KNOWN)!.text).toBe('蓝色亚麻连衣裙 linen');
  });

  it('rareTermQuery returns null without describing words', () => {
    expect(rareTermQuery('the same', SYNONYMS)).toBeNull();
    expect(rareTermQuery(null, SYNONYMS)).toBeNull();
  });
});
