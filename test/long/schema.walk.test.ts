// A hostile value at every place of the schema's arguments, against a whole server: no answer is the server's own failure.
// FITROOM_FUZZ sets how many operations each place gets, FITROOM_FUZZ_SEED which.
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
/** Work that is not of a request: it fills queues, or takes a store away that other operations are about. */
const LEFT_OUT = /^Mutation\.(deleteStore|startReembedding|learn\w+)\(/;

const server = withApp({ sample: false, config: { bundleDir: TINY_BUNDLE, workers: 0 } });
const schema = buildSchema(readFileSync('schema/schema.graphql', 'utf8'));

/** Values of this server, without which most operations end at their first check. */
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
  'answers hostile values at every place of the schema with data or with a typed error',
  async () => {
    const cases = operationsOf(schema, await knownValues()).filter(({ name }) => !LEFT_OUT.test(name));
    expect(cases.length).toBeGreaterThan(200);
    const operations = cases.flatMap((one) =>
      fc
        .sample(hostileVariables(one), { seed: SEED, numRuns: EACH })
        .map((operation) => ({ ...operation, name: one.name })),
    );
    const failures: string[] = [];
    const limit = pLimit(AT_ONCE);
    await Promise.all(
      operations.map(({ name, query, variables }) =>
        limit(async () => {
          const answer = await server.ask(query, variables);
          const codes = JSON.stringify(answer).match(/INTERNAL_SERVER_ERROR|GARMENT_REFUSED/g);
          if (codes) failures.push(`${name} ${codes[0]}: ${JSON.stringify(variables).slice(0, 300)}`);
        }),
      ),
    );
    expect(failures).toEqual([]);
  },
  60_000 + EACH * 100_000,
);
