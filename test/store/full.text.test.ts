// The full-text baseline of the evaluation.
import { rankByFullText } from '../../tools/evaluate/full.text.baseline.js';
import { withDatabase } from '../support/database.js';

describe('the full-text baseline', () => {
  const testDatabase = withDatabase();
  const titles = ['Blue Shirts for Men', 'Red Dress', 'Red Shirt', 'Watch'];
  const rank = (queries: string[], limit = 10) => rankByFullText(testDatabase.database, titles, queries, limit);

  it("ranks texts with more of the query's words first and leaves out texts with none", async () => {
    expect(await rank(['red shirt'])).toEqual([[2, 0, 1]]);
  });

  it('ranks for each query separately, in order, up to the limit', async () => {
    expect(await rank(['dress', 'nothing of the kind', 'shirt'], 1)).toEqual([[1], [], [0]]);
  });

  it('uses English stemming and stop words, and treats any query as text', async () => {
    expect(await rank(['in shirts', 'the', "'; drop & | ! ( :*", '红色'])).toEqual([[0, 2], [], [], []]);
  });
});
