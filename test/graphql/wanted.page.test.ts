// How many garments the services are told that an operation will show.
import { pino } from 'pino';
import { createApollos } from '../../src/graphql/server/apollo.js';
import type { GraphQLContext } from '../../src/graphql/server/context.js';
import type { Services } from '../../src/services/services.js';
import { createLoaders } from '../../src/graphql/server/loaders.js';
import { DEPLOYMENT } from '../support/callers.js';

const logger = pino({ level: 'silent' });
const apollo = createApollos({ logger, observe: () => undefined }).DEPLOYMENT;
afterAll(() => apollo.stop());

/** How many garments the service is told that a query wants. */
async function wantedBy(query: string, variables: Record<string, unknown> = {}): Promise<number[]> {
  const wanted: number[] = [];
  const recommend = async (_store: unknown, _request: unknown, count: number): Promise<never> => {
    wanted.push(count);
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
  return wanted;
}

const recommend = (selection: string): string => `recommendOutfit(input: { text: "x" }) { ${selection} }`;

describe('how many garments an answer is to show', () => {
  it.each([
    ['the default of the page', `{ ${recommend('garments { nodes { id } }')} }`, 12],
    ['the default where no page is selected', `{ ${recommend('status')} }`, 12],
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
      'no page that is skipped',
      `{ ${recommend('garments(first: 50) @skip(if: true) { nodes { id } } b: garments(first: 3) { nodes { id } }')} }`,
      3,
    ],
    ['at most what a page may have', `{ ${recommend('garments(first: 1000) { nodes { id } }')} }`, 100],
  ])('is %s', async (_name, query, expected) => {
    expect(await wantedBy(query)).toEqual([expected]);
  });

  it('is a variable, given or by its default', async () => {
    const query = `query ($n: Int = 7) { ${recommend('garments(first: $n) { nodes { id } }')} }`;
    expect(await wantedBy(query, { n: 25 })).toEqual([25]);
    expect(await wantedBy(query)).toEqual([7]);
  });

  it('is told for each request of an operation by itself', async () => {
    const query = `{ a: ${recommend('garments(first: 2) { nodes { id } }')} b: ${recommend('garments(first: 9) { nodes { id } }')} }`;
    expect((await wantedBy(query)).sort()).toEqual([2, 9]);
  });
});
