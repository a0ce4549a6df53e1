// Page size that a query selects and the recommendation service receives.
import { pino } from 'pino';
import { createApollos } from '../../src/graphql/server/apollo.js';
import type { GraphQLContext } from '../../src/graphql/server/context.js';
import type { Services } from '../../src/services/services.js';
import { createLoaders } from '../../src/graphql/server/loaders.js';
import { DEPLOYMENT } from '../support/callers.js';

const logger = pino({ level: 'silent' });
const apollo = createApollos({ logger, observe: () => undefined }).DEPLOYMENT;
afterAll(() => apollo.stop());

/** Returns the page sizes that the recommendation service receives for a query. */
async function pageSizesOf(query: string, variables: Record<string, unknown> = {}): Promise<number[]> {
  const pageSizes: number[] = [];
  const recommend = async (_store: unknown, _request: unknown, count: number): Promise<never> => {
    pageSizes.push(count);
    throw new Error('asked');
  };
  const services = { recommend: { recommend }, catalog: {} } as unknown as Services;
  const store = { storeId: 'default' };
  const loaders = createLoaders(store, services);
  const trace = { name: null, type: null, errors: [] };
  const contextValue: GraphQLContext = {
    services,
    caller: DEPLOYMENT,
    store,
    loaders,
    origin: 'http://shop.test',
    requestId: 'request-1',
    log: logger,
    trace,
  };
  await apollo.executeOperation({ query, variables }, { contextValue });
  return pageSizes;
}

const recommend = (selection: string): string => `recommendOutfit(input: { text: "x" }) { ${selection} }`;

describe('the page size of a recommendation request', () => {
  it.each([
    ['the default of the page', `{ ${recommend('garments { nodes { id } }')} }`, 12],
    ['the default if no page is selected', `{ ${recommend('status')} }`, 12],
    ['the size of the page', `{ ${recommend('garments(first: 30) { nodes { id } }')} }`, 30],
    [
      'the largest of several pages',
      `{ ${recommend('a: garments(first: 5) { nodes { id } } b: garments(first: 40) { nodes { id } }')} }`,
      40,
    ],
    [
      'a page in a named fragment',
      `{ ${recommend('...F')} } fragment F on OutfitRecommendation { garments(first: 33) { nodes { id } } }`,
      33,
    ],
    ['a page in an inline fragment', `{ ${recommend('... { garments(first: 34) { nodes { id } } }')} }`, 34],
    [
      'the size without a skipped page',
      `{ ${recommend('garments(first: 50) @skip(if: true) { nodes { id } } b: garments(first: 3) { nodes { id } }')} }`,
      3,
    ],
    ['the maximum of a page', `{ ${recommend('garments(first: 1000) { nodes { id } }')} }`, 100],
  ])('the page size is %s', async (_name, query, expected) => {
    expect(await pageSizesOf(query)).toEqual([expected]);
  });

  it('the page size comes from a variable or its default', async () => {
    const query = `query ($n: Int = 7) { ${recommend('garments(first: $n) { nodes { id } }')} }`;
    expect(await pageSizesOf(query, { n: 25 })).toEqual([25]);
    expect(await pageSizesOf(query)).toEqual([7]);
  });

  it('each request of an operation has its own page size', async () => {
    const query = `{ a: ${recommend('garments(first: 2) { nodes { id } }')} b: ${recommend('garments(first: 9) { nodes { id } }')} }`;
    expect((await pageSizesOf(query)).sort()).toEqual([2, 9]);
  });
});
