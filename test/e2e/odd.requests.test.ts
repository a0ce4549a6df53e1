// Requests that make little sense, against the whole server: each gets an answer of the right form, and those that ask for
// nothing are told so.
import { FUSION_METHODS } from '../../src/domain/recommend/fusion.js';
import { withApp } from '../support/app.js';
import { drawnImage } from '../support/drawn.garments.js';
import { DISGUISED, DOUBTFUL, MEANINGLESS, redDress } from '../support/odd.pictures.js';

interface Edge {
  score: number;
  node: { sku: string; garmentType: string };
  explanation: { contributions: { name: string; value: number }[]; typeProbability: number };
}
interface Recommended {
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

/** The answer, once it has the form that every answer has. */
async function recommend(input: object): Promise<Recommended> {
  const { recommendOutfit } = await server.data<{ recommendOutfit: Recommended }>(RECOMMEND, { input });
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
const skus = ({ garments }: Recommended): string[] => garments.edges.map(({ node }) => node.sku);

describe('words that ask for nothing a catalog has are answered as WEAK', () => {
  it.each([
    ['emoji', '🙃🙃🙃'],
    ['an emoji of a garment, for which the encoder has no word', '👗'],
    ['an emoji of many parts', '👨‍👩‍👧‍👦'],
    ['a heart', '❤️'],
    ['marks', '?!?!'],
    ['signs', '∑∫√π'],
    ['numbers', '12345 67890'],
    ['keys at random', 'asdfgh qwerty zxcvb'],
    ['one word of 1,000 letters', 'x'.repeat(1_000)],
    ['1,000 emoji', '🙃'.repeat(1_000)],
    ['accents over accents', 'e\u0301'.repeat(500)],
    ['no words at all', 'lorem ipsum dolor sit amet consectetur adipiscing elit'],
    ['something else', 'what is the weather tomorrow'],
    ['a thing that nobody wears', 'laptop charger'],
    ['markup', '<script>alert(1)</script>'],
    ['operators of a word search', 'a & | ! :* <-> ('],
    ['wildcards', '%_%\\'],
    ['a pronoun', 'it'],
    ['no more than a wish', 'something nice'],
    ['German, which the encoder was not taught', 'rotes Kleid'],
    ['Spanish', 'vestido rojo'],
    ['Russian', 'красное платье'],
    ['Arabic', 'فستان أحمر'],
    ['Korean', '빨간 드레스'],
    ['Hindi', 'लाल पोशाक'],
  ])('%s', async (_, text) => {
    expect((await recommend({ text })).status).toBe('WEAK');
  });

  it('take SQL for words: garments are what it names', async () => {
    expect((await recommend({ text: "'; drop table garments; --" })).garments).toBeDefined();
    expect((await recommend({ text: 'red dress' })).status).toBe('OK');
  });
});

describe('words in a strange dress are understood', () => {
  it.each<[string, string, string[]]>([
    ['1,000 characters of the same word', 'dress '.repeat(166), ['DRESS']],
    ['control characters between', '\u0000red\u0007\u0000 dress', ['DRESS']],
    ['capitals and full-width letters', 'ＲＥＤ ＤＲＥＳＳ', ['DRESS']],
    ['marks struck through the letters', 'd\u0334\u0351r\u0334e\u0334s\u0334s\u0334', ['DRESS']],
    ['two languages in one', '红色 dress', ['DRESS']],
    ['either of two', 'dress or trousers', ['DRESS', 'PANTS']],
  ])('%s', async (_, text, types) => {
    const { status, query } = await recommend({ text });
    expect(status).toBe('OK');
    expect(types).toContain(query.garmentTypes[0]!.garmentType);
  });
});

describe('words that show nothing', () => {
  it.each(['\u200b\u200d\ufeff', '\u3000 \n', '\ud83d'])('are no words: %j', async (text) => {
    const { errors } = await server.ask(RECOMMEND, { input: { text } });
    expect(errors![0]!.extensions).toMatchObject({ code: 'QUERY_EMPTY', field: ['input'] });
  });
});

describe('a picture of nothing is answered as WEAK', () => {
  it.each(Object.entries(MEANINGLESS))('%s', async (_, make) => {
    expect((await recommend({ image: asImage(await make()) })).status).toBe('WEAK');
  });

  it('but words beside it that name something are answered', async () => {
    const { status, query } = await recommend({
      text: 'red dress',
      image: asImage(await MEANINGLESS['a white sheet']!()),
    });
    expect(status).toBe('OK');
    expect(query.garmentTypes[0]).toMatchObject({ garmentType: 'DRESS' });
  });
});

describe('a red dress stays a dress', () => {
  it.each(Object.entries(DISGUISED))('%s', async (_, make) => {
    const { status, query, garments } = await recommend({ image: asImage(await make()) });
    expect(status).toBe('OK');
    expect(query.garmentTypes[0]!.garmentType).toBe('DRESS');
    expect(garments.edges[0]!.node.garmentType).toBe('DRESS');
  });

  it('with an emoji as with no words', async () => {
    const image = await drawnImage(redDress);
    expect(skus(await recommend({ image, text: '❤️😍' }))).toEqual(skus(await recommend({ image })));
  });
});

describe('a picture that may mean anything gets an answer of the same form', () => {
  it.each(Object.entries(DOUBTFUL))('%s', async (_, make) => {
    expect(['OK', 'WEAK']).toContain((await recommend({ image: asImage(await make()) })).status);
  });
});

describe('the other operations', () => {
  const pictures = Object.entries({ ...MEANINGLESS, ...DISGUISED, ...DOUBTFUL });

  it('read every such picture as five distributions', async () => {
    const outputs = ['garmentTypes', 'categories', 'colors', 'genders', 'usages'];
    for (const [, make] of pictures) {
      const { classifyGarment } = await server.data<{ classifyGarment: Record<string, { probability: number }[]> }>(
        `query ($image: ImageInput) { classifyGarment(image: $image) {
          ${outputs.map((output) => `${output} { probability }`).join(' ')}
        } }`,
        { image: asImage(await make()) },
      );
      for (const output of outputs) {
        expect(classifyGarment[output]!.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 4);
      }
    }
  });

  it('take every such picture for a garment', async () => {
    const garments = await Promise.all(
      pictures.map(async ([title, make], i) => ({ sku: `ODD-${i}`, title, image: asImage(await make()) })),
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

  it('is answered by every method that the model offers, and refused by name for the others', async () => {
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
  ])('weighs evenly by two equal weights that are %s', async (_, textWeight, imageWeight) => {
    const even = await recommend(input({ textWeight: 1, imageWeight: 1 }));
    expect(skus(await recommend(input({ textWeight, imageWeight })))).toEqual(skus(even));
  });
});
