// Number of database statements for a page of recommendations with all its fields.
// The server has no workers, because their jobs do not belong to a request.
import { withApp } from '../support/app.js';
import { statementsDuring } from '../support/statements.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';

const server = withApp({ sample: true, config: { bundleDir: TINY_BUNDLE, workers: 0 } });

describe('fifty recommendations with all their fields', () => {
  it('take at most six statements', async () => {
    // Learned weights are read every 5 s. This request reads them before the count starts.
    await server.data('{ recommendOutfit(input: { text: "shoes" }) { id } }');
    const statements = await statementsDuring(server.app.database, async () => {
      const { recommendOutfit } = await server.data<{ recommendOutfit: { garments: { edges: unknown[] } } }>(`{
        recommendOutfit(input: { text: "red dress", avoid: "black", diversity: 0.3, filter: { maxPrice: "500", currency: "EUR" } }) {
          id status query { garmentTypes { garmentType probability } colors fusion textWeight imageWeight model }
          garments(first: 50) {
            edges {
              cursor rank score
              explanation {
                contributions { name value } textSimilarity imageSimilarity typeProbability reasons
              }
              node {
                id sku title description brand category garmentType color material gender usage tags sizes
                price { amount currency } inStock productUrl imageUrl(width: 256) inferredFields createdAt updatedAt
              }
            }
            pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
          }
        }
      }`);
      expect(recommendOutfit.garments.edges.length).toBe(50);
    });
    expect(statements.length).toBeGreaterThan(0);
    expect(statements.slice(6)).toEqual([]);
  });
});
