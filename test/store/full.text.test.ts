import { rankByFullText } from '../../tools/evaluate/full.text.baseline.js';
import { withDatabase } from '../support/database.js';

describe('full text over given texts', () => {
  const store = withDatabase();
  const titles = ['Blue Shirts for Men', 'Red Dress', 'Red Shirt', 'Watch'];
  const rank = (queries: string[], limit = 10) => rankByFullText(store.database, titles, queries, limit);

  it('puts texts with more of the words first and leaves out those with none', async () => {
    expect(await rank(['red shirt'])).toEqual([[2, 0, 1]]);
  });

  it('answers each query by itself, in order, with as many as asked for', async () => {
    expect(await rank(['dress', 'nothing of the kind', 'shirt'], 1)).toEqual([[1], [], [0]]);
  });

  it('knows word stems and stop words of English, and takes any text for words', async () => {
    expect(await rank(['in shirts', 'the', "'; drop & | ! ( :*", '红色'])).toEqual([[0, 2], [], [], []]);
  });
});
