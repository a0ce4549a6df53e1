// Servers with bundles from others, tiny and with random weights, and with a bundle exported by models/training.
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config.js';
import { sampleCatalog } from '../../tools/garment-drawing/sample.catalog.js';
import { withApp } from '../support/app.js';
import { fitroom } from '../support/command.line.js';
import { drawnImage } from '../support/drawn.garments.js';
import { TestHub } from '../support/hub.js';

interface Answer {
  recommendOutfit: {
    status: string;
    query: { fusion: string; textWeight: number; colors: string[]; model: string };
    garments: { edges: { node: { sku: string }; explanation: { contributions: { name: string; value: number }[] } }[] };
  };
}
interface Upserted {
  upsertGarments: { created: number; garments: { garmentType: string | null; inferredFields: string[] }[] };
}

const RECOMMEND = `query ($input: RecommendOutfitInput!) {
  recommendOutfit(input: $input) {
    status query { fusion textWeight colors model }
    garments(first: 3) { edges { node { sku } explanation { contributions { name value } } } }
  }
}`;
const UPSERT = `mutation ($garments: [GarmentInput!]!, $dryRun: Boolean) {
  upsertGarments(garments: $garments, dryRun: $dryRun) { created garments { garmentType inferredFields } }
}`;

const folder = mkdtempSync(join(tmpdir(), 'fitroom-pulled-'));
const garments = sampleCatalog().slice(0, 12);
const shown = garments[4]!;
let hub: TestHub;
beforeAll(async () => {
  hub = await TestHub.start();
});
afterAll(async () => {
  await hub.stop();
  await rm(folder, { recursive: true });
});

const inputOf = async (index: number, sku: string) => ({
  sku,
  title: garments[index]!.title,
  price: { amount: '20', currency: 'EUR' },
  image: await drawnImage(garments[index]!),
});

/** Starts a server with FITROOM_MODEL and an empty catalog. */
const serverOn = (name: string) =>
  withApp({
    sample: false,
    config: {
      // read when the server starts, which is after the pull
      get bundleDir() {
        return readConfig({ FITROOM_MODELS_DIR: folder, FITROOM_MODEL: name }).bundleDir;
      },
    },
  });

describe.each([
  ['marqo-fashionsiglip', 'marqo-fashionsiglip', 'WEIGHTED_AVERAGE'],
  ['bert-vit', 'bert-vit', 'CONCATENATION'],
  ['fitroom-test/tiny-bert-vit', 'tiny-bert-vit', 'CONCATENATION'],
])('a server with %s', (source, name, fusion) => {
  beforeAll(async () => {
    const environment = { FITROOM_MODELS_DIR: folder, HF_ENDPOINT: hub.url, FITROOM_THREADS: '1' };
    expect(await fitroom(['models', 'pull', source], environment)).toMatchObject({ status: 0 });
  }, 120_000);
  const server = serverOn(name);
  beforeAll(async () => {
    const inputs = await Promise.all(garments.map((garment, i) => inputOf(i, garment.sku)));
    const { upsertGarments } = await server.data<Upserted>(UPSERT, { garments: inputs });
    expect(upsertGarments.created).toBe(garments.length);
  }, 60_000);
  const recommend = async (input: object) => (await server.data<Answer>(RECOMMEND, { input })).recommendOutfit;

  it('the server reports its model', async () => {
    const { model } = await server.data<{ model: { id: string; dimensions: number } }>('{ model { id dimensions } }');
    expect(model).toEqual({ id: `${name}@1.0.0`, dimensions: 16 });
  });

  it('a text equal to a title recommends the garment with this title first', async () => {
    const {
      status,
      query,
      garments: found,
    } = await recommend({ text: shown.title, fusion: { method: 'CONCATENATION' } });
    expect({ status, model: query.model }).toEqual({ status: 'OK', model: `${name}@1.0.0` });
    expect(found.edges[0]!.node.sku).toBe(shown.sku);
  });

  it('a picture of a garment recommends this garment first', async () => {
    const { garments: found } = await recommend({
      image: await drawnImage(shown),
      fusion: { method: 'CONCATENATION' },
    });
    expect(found.edges[0]!.node.sku).toBe(shown.sku);
  });

  it('text and picture use the default fusion of the bundle', async () => {
    const { status, query, garments: found } = await recommend({ text: shown.title, image: await drawnImage(shown) });
    expect({ status, fusion: query.fusion, textWeight: query.textWeight }).toEqual({
      status: 'OK',
      fusion,
      textWeight: 0.5,
    });
    expect(found.edges.map(({ node }) => node.sku)).toContain(shown.sku);
  });
});

describe('a bundle whose text and pictures have no common space', () => {
  const server = serverOn('bert-vit');

  it('the weighted average is refused', async () => {
    const { errors } = await server.ask(RECOMMEND, { input: { text: 'hat', fusion: { method: 'WEIGHTED_AVERAGE' } } });
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'FUSION_METHOD_UNSUPPORTED',
      field: ['input', 'fusion', 'method'],
    });
  });

  it('a bundle without a head infers no attributes and finds no color', async () => {
    const inputs = [await inputOf(0, 'NEW-1')];
    const { upsertGarments } = await server.data<Upserted>(UPSERT, { garments: inputs, dryRun: true });
    expect(upsertGarments.garments).toEqual([{ garmentType: null, inferredFields: [] }]);
    const { recommendOutfit } = await server.data<Answer>(RECOMMEND, { input: { image: await drawnImage(shown) } });
    expect(recommendOutfit.query.colors).toEqual([]);
  });
});

describe('a classifier head', () => {
  const prompts = serverOn('marqo-fashionsiglip');
  const trained = serverOn('tiny-bert-vit');
  const CLASSIFY =
    'query ($text: String, $image: ImageInput) { classifyGarment(text: $text, image: $image) { garmentTypes { garmentType probability } } }';
  interface Classified {
    classifyGarment: { garmentTypes: { garmentType: string; probability: number }[] };
  }

  it('a zero-shot head gives probabilities that sum to 1 and differ', async () => {
    const { classifyGarment } = await prompts.data<Classified>(CLASSIFY, { image: await drawnImage(shown) });
    const probabilities = classifyGarment.garmentTypes.map(({ probability }) => probability);
    expect(probabilities.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 4);
    expect(probabilities[0]).toBeGreaterThan(probabilities[9]!);
  });

  it('a head trained on drawn garments recognizes most types from title and picture', async () => {
    const right = await Promise.all(
      garments.map(async (garment) => {
        const given = { text: garment.title, image: await drawnImage(garment) };
        const { classifyGarment } = await trained.data<Classified>(CLASSIFY, given);
        return classifyGarment.garmentTypes[0]!.garmentType === garment.garmentType;
      }),
    );
    expect(right.filter(Boolean).length).toBeGreaterThan(garments.length / 2);
  });
});
