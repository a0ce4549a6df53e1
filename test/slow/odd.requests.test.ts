// Odd and meaningless requests against the whole server.
import { FUSION_METHODS } from '../../src/domain/recommend/fusion.js';
import { withApp } from '../support/app.js';
import { drawnImage } from '../support/drawn.garments.js';
import { DISGUISED, AMBIGUOUS, MEANINGLESS, redDress } from '../support/odd.pictures.js';

interface Edge {
  score: number;
  node: { sku: string; garmentType: string };
  explanation: { contributions: { name: string; value: number }[]; typeProbability: number };
}
interface Recommendation {
  status: string;
  query: { garmentTypes: { garmentType: string; probability: number }[]; textWeight: number; imageWeight: number };
  garments: { edges: Edge[] };
}

const RECOMMEND = `
  query ($input: RecommendOutfitInput!) {
    recommendOutfit(input: $input) {
      status
      query { garmentTypes { garmentType probability } colors textWeight imageWeight }
      garments(first: 12) {
        edges {
          score
          node { sku garmentType }
          explanation { contributions { name value } textSimilarity imageSimilarity typeProbability reasons }
        }
      }
    }
  }`;

const server = withApp({ sample: true });

/** Returns the recommendation after checking the form that every recommendation has. */
async function recommend(input: object): Promise<Recommendation> {
  const { recommendOutfit } = await server.data<{ recommendOutfit: Recommendation }>(RECOMMEND, { input });
  const { query, garments } = recommendOutfit;
  expect(query.garmentTypes).toHaveLength(10);
  expect(query.garmentTypes.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 4);
  expect(query.textWeight + query.imageWeight).toBeCloseTo(1, 6);
  expect(garments.edges).toHaveLength(12);
  for (const { score, explanation } of garments.edges) {
    expect(Number.isFinite(score)).toBe(true);
    expect(explanation.contributions.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(score, 6);
    expect(explanation.typeProbability).toBeGreaterThanOrEqual(0);
    expect(explanation.typeProbability).toBeLessThanOrEqual(1.0001);
  }
  const scores = garments.edges.map(({ score }) => score);
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
  return recommendOutfit;
}

const asImage = (bytes: Buffer): { base64: string } => ({ base64: bytes.toString('base64') });
const skus = ({ garments }: Recommendation): string[] => garments.edges.map(({ node }) => node.sku);

describe('a text that matches nothing in a catalog has the status WEAK', () => {
  it.each([
    ['emoji', '🙃🙃🙃'],
    ['an emoji of a garment, which the tokenizer does not know', '👗'],
    ['an emoji of many parts', '👨‍👩‍👧‍👦'],
    ['a heart', '❤️'],
    ['punctuation', '?!?!'],
    ['symbols', '∑∫√π'],
    ['numbers', '12345 67890'],
    ['random keys', 'asdfgh qwerty zxcvb'],
    ['one word of 1,000 letters', 'x'.repeat(1_000)],
    ['1,000 emoji', '🙃'.repeat(1_000)],
    ['500 combining accents', 'e\u0301'.repeat(500)],
    ['placeholder text', 'lorem ipsum dolor sit amet consectetur adipiscing elit'],
    ['a question on another subject', 'what is the weather tomorrow'],
    ['something not wearable', 'laptop charger'],
    ['markup', '<script>alert(1)</script>'],
    ['operators of full-text search', 'a & | ! :* <-> ('],
    ['wildcards', '%_%\\'],
    ['a pronoun', 'it'],
    ['an unspecific request', 'something nice'],
    ['German, a language the encoder was not trained on', 'rotes Kleid'],
    ['Spanish', 'vestido rojo'],
    ['Russian', 'красное платье'],
    ['Arabic', 'فستان أحمر'],
    ['Korean', '빨간 드레스'],
    ['Hindi', 'लाल पोशाक'],
  ])('for %s', async (_, text) => {
    expect((await recommend({ text })).status).toBe('WEAK');
  });

  it('a text of SQL is treated as text, and its word "garments" counts', async () => {
    expect((await recommend({ text: "'; drop table garments; --" })).garments).toBeDefined();
    expect((await recommend({ text: 'red dress' })).status).toBe('OK');
  });
});

describe('a text in an odd form is understood', () => {
  it.each<[string, string, string[]]>([
    ['1,000 characters of the same word', 'dress '.repeat(166), ['DRESS']],
    ['control characters between the words', '\u0000red\u0007\u0000 dress', ['DRESS']],
    ['capitals and full-width letters', 'ＲＥＤ ＤＲＥＳＳ', ['DRESS']],
    ['combining marks through the letters', 'd\u0334\u0351r\u0334e\u0334s\u0334s\u0334', ['DRESS']],
    ['two languages in one text', '红色 dress', ['DRESS']],
    ['a choice of two types', 'dress or trousers', ['DRESS', 'PANTS']],
  ])('for %s', async (_, text, types) => {
    const { status, query } = await recommend({ text });
    expect(status).toBe('OK');
    expect(types).toContain(query.garmentTypes[0]!.garmentType);
  });
});

describe('a text of invisible characters', () => {
  it.each(['\u200b\u200d\ufeff', '\u3000 \n', '\ud83d'])('is refused as empty: %j', async (text) => {
    const { errors } = await server.ask(RECOMMEND, { input: { text } });
    expect(errors![0]!.extensions).toMatchObject({ code: 'QUERY_EMPTY', field: ['input'] });
  });
});

describe('a meaningless picture has the status WEAK', () => {
  it.each(Object.entries(MEANINGLESS))('for %s', async (_, encode) => {
    expect((await recommend({ image: asImage(await encode()) })).status).toBe('WEAK');
  });

  it('unless the text with it names a garment', async () => {
    const { status, query } = await recommend({
      text: 'red dress',
      image: asImage(await MEANINGLESS['a white picture']!()),
    });
    expect(status).toBe('OK');
    expect(query.garmentTypes[0]).toMatchObject({ garmentType: 'DRESS' });
  });
});

describe('a red dress is recognized', () => {
  it.each(Object.entries(DISGUISED))('for %s', async (_, encode) => {
    const { status, query, garments } = await recommend({ image: asImage(await encode()) });
    expect(status).toBe('OK');
    expect(query.garmentTypes[0]!.garmentType).toBe('DRESS');
    expect(garments.edges[0]!.node.garmentType).toBe('DRESS');
  });

  it('with an emoji as without a text', async () => {
    const image = await drawnImage(redDress);
    expect(skus(await recommend({ image, text: '❤️😍' }))).toEqual(skus(await recommend({ image })));
  });
});

describe('an ambiguous picture gets a well-formed recommendation', () => {
  it.each(Object.entries(AMBIGUOUS))('for %s', async (_, encode) => {
    expect(['OK', 'WEAK']).toContain((await recommend({ image: asImage(await encode()) })).status);
  });
});

describe('an odd picture', () => {
  const pictures = Object.entries({ ...MEANINGLESS, ...DISGUISED, ...AMBIGUOUS });

  it('gets five probability distributions from classifyGarment', async () => {
    const outputs = ['garmentTypes', 'categories', 'colors', 'genders', 'usages'];
    for (const [, encode] of pictures) {
      const { classifyGarment } = await server.data<{ classifyGarment: Record<string, { probability: number }[]> }>(
        `query ($image: ImageInput) { classifyGarment(image: $image) {
          ${outputs.map((output) => `${output} { probability }`).join(' ')}
        } }`,
        { image: asImage(await encode()) },
      );
      for (const output of outputs) {
        expect(classifyGarment[output]!.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 4);
      }
    }
  });

  it('is accepted by upsertGarments', async () => {
    const garments = await Promise.all(
      pictures.map(async ([title, encode], i) => ({ sku: `ODD-${i}`, title, image: asImage(await encode()) })),
    );
    const { upsertGarments } = await server.data<{ upsertGarments: { created: number; userErrors: unknown[] } }>(
      `mutation ($garments: [GarmentInput!]!) {
        upsertGarments(garments: $garments, dryRun: true) { created userErrors { code } }
      }`,
      { garments },
    );
    expect(upsertGarments).toEqual({ created: garments.length, userErrors: [] });
  });
});

describe('fusion', () => {
  const input = (fusion: object) => ({ text: 'in blue', image: { sku: redDress.sku }, fusion });

  it('works for every method that the model offers, and any other method is refused by its field', async () => {
    const { model } = await server.data<{ model: { fusionMethods: string[] } }>('{ model { fusionMethods } }');
    expect(model.fusionMethods.length).toBeGreaterThan(0);
    for (const method of FUSION_METHODS) {
      if (model.fusionMethods.includes(method)) await recommend(input({ method }));
      else {
        const { errors } = await server.ask(RECOMMEND, { input: input({ method }) });
        expect(errors![0]!.extensions).toMatchObject({
          code: 'FUSION_METHOD_UNSUPPORTED',
          field: ['input', 'fusion', 'method'],
        });
      }
    }
  });

  it.each([
    ['too large to add up', 1.5e308, 1.5e308],
    ['too small for float32', 5e-324, 5e-324],
  ])('gives both modalities the same weight for two equal weights that are %s', async (_, textWeight, imageWeight) => {
    const even = await recommend(input({ textWeight: 1, imageWeight: 1 }));
    expect(skus(await recommend(input({ textWeight, imageWeight })))).toEqual(skus(even));
  });
});
