// A hostile value at every position in the schema's arguments, against a whole server.
// FITROOM_FUZZ sets the number of operations per position, FITROOM_FUZZ_SEED the seed.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { buildSchema } from 'graphql';
import pLimit from 'p-limit';
import { sampleCatalog } from '../../tools/garment-drawing/sample.catalog.js';
import { withApp } from '../support/app.js';
import { drawnImage } from '../support/drawn.garments.js';
import { hostileVariables, operationsOf } from '../support/schema.fuzz.js';
import { TINY_BUNDLE } from '../support/tiny.bundle.js';

const EACH = Number(process.env['FITROOM_FUZZ'] ?? 1);
const SEED = Number(process.env['FITROOM_FUZZ_SEED'] ?? 1);
const AT_ONCE = 4;
/** Operations that are left out: they queue background work, or delete a store that other operations use. */
const LEFT_OUT = /^Mutation\.(deleteStore|startReembedding|learn\w+)\(/;

const server = withApp({ sample: false, config: { bundleDir: TINY_BUNDLE, workers: 0 } });
const schema = buildSchema(readFileSync('schema/schema.graphql', 'utf8'));

/** Returns valid values of this server. Without them most operations end at their first check. */
async function knownValues(): Promise<Record<string, unknown>> {
  const image = await drawnImage(sampleCatalog()[0]!);
  await server.data('mutation ($garments: [GarmentInput!]!) { upsertGarments(garments: $garments) { created } }', {
    garments: ['A', 'B', 'C'].map((sku, i) => ({
      sku,
      title: `Red dress ${i}`,
      price: { amount: '10', currency: 'EUR' },
      image,
    })),
  });
  const { recommendOutfit } = await server.data<{ recommendOutfit: { id: string } }>(
    '{ recommendOutfit(input: { text: "red dress" }) { id garments { edges { cursor } } } }',
  );
  return {
    'Insights.recommendation.id': recommendOutfit.id,
    'FeedbackInput.recommendationId': recommendOutfit.id,
    'FeedbackInput.sku': 'A',
    'Query.garment.sku': 'A',
    'Query.classifyGarment.text': 'red dress',
    'Mutation.createStore.id': 'walked',
    'GarmentInput.image': image,
    'GoldenQueryInput.expectedSkus': ['A'],
    'GoldenQueryInput.text': 'red dress',
    'MerchandisingRuleInput.skus': ['A'],
    'ImageInput.sku': 'A',
    'ExperimentInput.variants': [{ name: 'a' }, { name: 'b', settings: { diversity: 0.5 } }],
  };
}

it(
  'the server responds to hostile values at every position of the schema with data or a typed error',
  async () => {
    const cases = operationsOf(schema, await knownValues()).filter(({ name }) => !LEFT_OUT.test(name));
    expect(cases.length).toBeGreaterThan(200);
    const operations = cases.flatMap((fieldCase) =>
      fc
        .sample(hostileVariables(fieldCase), { seed: SEED, numRuns: EACH })
        .map((operation) => ({ ...operation, name: fieldCase.name })),
    );
    const failures: string[] = [];
    const limit = pLimit(AT_ONCE);
    await Promise.all(
      operations.map(({ name, query, variables }) =>
        limit(async () => {
          const response = await server.ask(query, variables);
          const codes = JSON.stringify(response).match(/INTERNAL_SERVER_ERROR|GARMENT_REFUSED/g);
          if (codes) failures.push(`${name} ${codes[0]}: ${JSON.stringify(variables).slice(0, 300)}`);
        }),
      ),
    );
    expect(failures).toEqual([]);
  },
  60_000 + EACH * 100_000,
);
