import { rareTermQuery, labelStems } from '../../../../src/domain/text/rare.terms.js';
import { readSynonyms } from '../../../../src/services/recommend/query.understander.js';

const SENSES = readSynonyms();
const KNOWN = labelStems([['Dresses', 'Casual Shoes'], ['Navy Blue']]);

describe('words that are looked for as they are spelled', () => {
  it.each([
    ['harrow linen shirt', 'harrow linen shirt', []],
    ['亚麻衬衫', '亚麻衬衫 linen shirt', []],
    ['fr-dr-004', 'fr-dr-004', ['fr-dr-004', 'FR-DR-004']],
    ['501 jeans', '501 jeans', ['501']],
  ])('of "%s" are "%s"', (words, text, skus) => {
    expect(rareTermQuery(words, SENSES)).toEqual({ text, skus });
  });

  it('are none that the labels have, in one form or another', () => {
    expect(rareTermQuery('navy linen dress', SENSES, KNOWN)!.text).toBe('linen');
    expect(rareTermQuery('蓝色亚麻连衣裙', SENSES, KNOWN)!.text).toBe('蓝色亚麻连衣裙 linen');
  });

  it('are nothing where words only join others', () => {
    expect(rareTermQuery('the same', SENSES)).toBeNull();
    expect(rareTermQuery(null, SENSES)).toBeNull();
  });
});
