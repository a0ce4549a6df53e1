// A merchant against the whole server, beginning with an empty catalog.
import { withApp } from '../support/app.js';
import { drawnImage, sampleWhere } from '../support/drawn.garments.js';

interface Problem {
  field: string[];
  code: string;
  message: string;
}
interface Upserted {
  upsertGarments: {
    garments: {
      id: string;
      sku: string;
      title: string;
      garmentType: string | null;
      category: string | null;
      color: string | null;
      brand: string | null;
      inferredFields: string[];
      imageUrl: string | null;
      inStock: boolean;
      updatedAt: string;
    }[];
    created: number;
    updated: number;
    userErrors: Problem[];
    warnings: Problem[];
  };
}

const UPSERT = `
  mutation ($garments: [GarmentInput!]!, $dryRun: Boolean) {
    upsertGarments(garments: $garments, dryRun: $dryRun) {
      garments { id sku title garmentType category color brand inferredFields imageUrl inStock updatedAt }
      created updated
      userErrors { field code message }
      warnings { field code message }
    }
  }`;
const DELETE = 'mutation ($skus: [String!]!) { deleteGarments(skus: $skus) { deletedSkus userErrors { field code } } }';
const COUNT = '{ insights { catalog { garments embedded } } }';

const server = withApp({ sample: false });

const upsert = async (garments: object[], dryRun = false): Promise<Upserted['upsertGarments']> =>
  (await server.data<Upserted>(UPSERT, { garments, dryRun })).upsertGarments;
const stored = async (): Promise<number> =>
  (await server.data<{ insights: { catalog: { garments: number } } }>(COUNT)).insights.catalog.garments;
const picturesEncoded = async (): Promise<number> => {
  const metrics = await (await fetch(`${server.app.url}/metrics`)).text();
  return Number(/fitroom_inference_batch_size_sum\{modality="pictures"\} (\d+)/.exec(metrics)?.[1] ?? 0);
};
const wordsEncoded = async (): Promise<number> => {
  const metrics = await (await fetch(`${server.app.url}/metrics`)).text();
  return Number(/fitroom_inference_batch_size_sum\{modality="words"\} (\d+)/.exec(metrics)?.[1] ?? 0);
};

const redDress = sampleWhere(({ garmentType, color }) => garmentType === 'DRESS' && color === 'Red');
const blackShoes = sampleWhere(({ garmentType, color }) => garmentType === 'SHOES' && color === 'Black');
const whiteTee = sampleWhere(({ garmentType, color }) => garmentType === 'T_SHIRT' && color === 'White');

afterEach(async () => {
  const { garments } = await server.data<{ garments: { nodes: { sku: string }[] } }>(
    '{ garments(first: 100, filter: { inStockOnly: false }) { nodes { sku } } }',
  );
  if (garments.nodes.length > 0) await server.data(DELETE, { skus: garments.nodes.map(({ sku }) => sku) });
});

describe('a new garment', () => {
  it('is found at once by its words and served with its picture', async () => {
    const image = await drawnImage(redDress);
    const { garments, created, userErrors } = await upsert([{ sku: 'A-1', title: 'Red summer dress', image }]);
    expect(userErrors).toEqual([]);
    expect(created).toBe(1);
    const { recommendOutfit } = await server.data<{ recommendOutfit: { garments: { nodes: { sku: string }[] } } }>(
      '{ recommendOutfit(input: { text: "red dress" }) { garments { nodes { sku } } } }',
    );
    expect(recommendOutfit.garments.nodes).toEqual([{ sku: 'A-1' }]);
    const picture = await fetch(new URL(`${garments[0]!.imageUrl}`, server.app.url));
    expect(picture.status).toBe(200);
    expect(picture.headers.get('content-type')).toBe('image/jpeg');
  });

  it('has what the merchant left out filled in, and says what that was', async () => {
    const image = await drawnImage(redDress);
    const { garments } = await upsert([{ sku: 'A-1', title: 'Red dress', image }]);
    expect(garments[0]).toMatchObject({ garmentType: 'DRESS', category: 'Dresses', color: 'Red' });
    expect(garments[0]!.inferredFields).toEqual(expect.arrayContaining(['garmentType', 'category', 'color']));
  });

  it('is told from its picture where its title says nothing', async () => {
    const { garments } = await upsert([{ sku: 'NEW-4711', title: 'Item 4711', image: await drawnImage(redDress) }]);
    expect(garments[0]).toMatchObject({ garmentType: 'DRESS', category: 'Dresses', color: 'Red' });
  });

  it('keeps what the merchant says, whatever the picture shows', async () => {
    const image = await drawnImage(redDress);
    const { garments } = await upsert([{ sku: 'A-1', title: 'Dress', color: 'Cherry', category: 'Gowns', image }]);
    expect(garments[0]).toMatchObject({ color: 'Cherry', category: 'Gowns' });
    expect(garments[0]!.inferredFields).not.toContain('color');
  });

  it('needs a picture', async () => {
    const { created, userErrors } = await upsert([{ sku: 'A-1', title: 'Dress' }]);
    expect(created).toBe(0);
    expect(userErrors).toEqual([
      expect.objectContaining({ field: ['garments', '0', 'image'], code: 'IMAGE_REQUIRED' }),
    ]);
  });
});

describe('a bad garment', () => {
  it('is reported by its index and harms no other', async () => {
    const image = await drawnImage(redDress);
    const good = (i: number): object => ({ sku: `G-${i}`, title: `Dress ${i}`, image });
    const { created, userErrors } = await upsert([
      good(0),
      { sku: '', title: 'No sku', image },
      { sku: 'B-1', title: 'Text as picture', image: { base64: Buffer.from('not a picture').toString('base64') } },
      good(1),
      { sku: 'B-2', title: 'Price', image, price: { amount: '-1', currency: 'EUR' } },
      { sku: 'G-0', title: 'Again', image },
      { sku: 'B-3', title: 'Private', image: { url: 'http://127.0.0.1:1/a.png' } },
      good(2),
    ]);
    expect(created).toBe(3);
    expect(userErrors.map(({ field, code }) => [field.join('.'), code])).toEqual([
      ['garments.1.sku', 'SKU_INVALID'],
      ['garments.2.image.base64', 'IMAGE_FORMAT_UNSUPPORTED'],
      ['garments.4.price.amount', 'PRICE_INVALID'],
      ['garments.5.sku', 'DUPLICATE_SKU'],
      ['garments.6.image.url', 'IMAGE_URL_REFUSED'],
    ]);
    expect(await stored()).toBe(3);
  });

  it.each([0, 101])('is not what a call of %i garments is about: it is refused whole', async (count) => {
    const garments = Array.from({ length: count }, (_, i) => ({ sku: `G-${i}`, title: 'x' }));
    const { errors } = await server.ask(UPSERT, { garments });
    expect(errors![0]!.extensions).toMatchObject({ code: 'TOO_MANY_GARMENTS', field: ['garments'] });
  });
});

describe('an update', () => {
  it('sets what is given, clears what is null, and leaves the rest and the picture', async () => {
    const image = await drawnImage(whiteTee);
    const first = await upsert([{ sku: 'A-1', title: 'White tee', brand: 'Harrow', color: 'White', image }]);
    const second = await upsert([{ sku: 'A-1', title: 'White tee', brand: null, inStock: false }]);
    expect(second).toMatchObject({ created: 0, updated: 1 });
    expect(second.garments[0]).toMatchObject({
      brand: null,
      color: 'White',
      inStock: false,
      id: first.garments[0]!.id,
    });
    expect(second.garments[0]!.imageUrl).toBe(first.garments[0]!.imageUrl);
  });

  it('embeds only what changed', async () => {
    const image = await drawnImage(whiteTee);
    await upsert([{ sku: 'A-1', title: 'White tee', image }]);
    const [words, pictures] = [await wordsEncoded(), await picturesEncoded()];
    await upsert([
      { sku: 'A-1', title: 'White tee', image, price: { amount: '9.90', currency: 'EUR' }, inStock: false },
    ]);
    expect([await wordsEncoded(), await picturesEncoded()]).toEqual([words, pictures]);
    await upsert([{ sku: 'A-1', title: 'White tee with a slogan nobody has written before' }]);
    expect([await wordsEncoded(), await picturesEncoded()]).toEqual([words + 1, pictures]);
  });

  it('with a new picture infers anew and serves the new picture', async () => {
    const first = await upsert([{ sku: 'A-1', title: 'New in', image: await drawnImage(redDress) }]);
    const second = await upsert([{ sku: 'A-1', title: 'New in', image: await drawnImage(blackShoes) }]);
    expect(first.garments[0]!.garmentType).toBe('DRESS');
    expect(second.garments[0]!.garmentType).toBe('SHOES');
    expect(second.garments[0]!.imageUrl).not.toBe(first.garments[0]!.imageUrl);
  });
});

describe('a dry run', () => {
  it('reports all that would come of it and stores nothing', async () => {
    const image = await drawnImage(redDress);
    const { garments, created, userErrors } = await upsert(
      [
        { sku: 'A-1', title: 'Red dress', image },
        { sku: 'A-2', title: 'x' },
      ],
      true,
    );
    expect(created).toBe(1);
    expect(garments[0]).toMatchObject({ sku: 'A-1', garmentType: 'DRESS' });
    expect(userErrors).toHaveLength(1);
    expect(await stored()).toBe(0);
  });

  it('knows of no garments that are like one that is not stored', async () => {
    const garments = [{ sku: 'A-1', title: 'Red dress', image: await drawnImage(redDress) }];
    const query = `mutation ($garments: [GarmentInput!]!) {
      upsertGarments(garments: $garments, dryRun: true) { garments { sku similar { sku } } }
    }`;
    expect(await server.data(query, { garments })).toEqual({
      upsertGarments: { garments: [{ sku: 'A-1', similar: [] }] },
    });
  });
});

describe('warnings', () => {
  it('tell of a picture that contradicts its words; the garment is stored all the same', async () => {
    const { created, warnings } = await upsert([
      { sku: 'A-1', title: 'Red dress', category: 'Dresses', image: await drawnImage(blackShoes) },
    ]);
    expect(created).toBe(1);
    expect(warnings).toContainEqual(
      expect.objectContaining({ field: ['garments', '0', 'image'], code: 'PICTURE_CONTRADICTS_WORDS' }),
    );
  });

  it('tell of a picture that contradicts the title alone', async () => {
    const { warnings } = await upsert([{ sku: 'A-1', title: 'Red skater dress', image: await drawnImage(blackShoes) }]);
    expect(warnings).toContainEqual(expect.objectContaining({ code: 'PICTURE_CONTRADICTS_WORDS' }));
    const fitting = await upsert([{ sku: 'A-2', title: 'Black shoes', image: await drawnImage(blackShoes) }]);
    expect(fitting.warnings.map(({ code }) => code)).not.toContain('PICTURE_CONTRADICTS_WORDS');
  });

  it('tell of a near-duplicate of another sku, stored or in the same call, but not of the garment itself', async () => {
    const image = await drawnImage(redDress);
    const first = await upsert([{ sku: 'A-1', title: 'Red dress', image }]);
    expect(first.warnings).toEqual([]);
    const again = await upsert([{ sku: 'A-1', title: 'Red dress', image: await drawnImage(redDress) }]);
    expect(again.warnings).toEqual([]);
    const twin = await upsert([{ sku: 'A-2', title: 'Red dress', image }]);
    expect(twin.warnings).toEqual([
      expect.objectContaining({ code: 'NEAR_DUPLICATE', message: expect.stringContaining('A-1') }),
    ]);
    const other = await drawnImage(blackShoes);
    const both = await upsert([
      { sku: 'B-1', title: 'Shoes', image: other },
      { sku: 'B-2', title: 'Shoes', image: other },
    ]);
    expect(both.warnings).toEqual([
      expect.objectContaining({ field: ['garments', '1', 'image'], code: 'NEAR_DUPLICATE' }),
    ]);
  });
});

describe('deleting', () => {
  it('takes garments out at once and reports the skus that were not there', async () => {
    await upsert([{ sku: 'A-1', title: 'Red dress', image: await drawnImage(redDress) }]);
    const { deleteGarments } = await server.data<{ deleteGarments: { deletedSkus: string[]; userErrors: Problem[] } }>(
      DELETE,
      {
        skus: ['A-1', 'nope'],
      },
    );
    expect(deleteGarments).toEqual({
      deletedSkus: ['A-1'],
      userErrors: [{ field: ['skus', '1'], code: 'GARMENT_NOT_FOUND' }],
    });
    expect(await stored()).toBe(0);
  });
});

describe('many at once', () => {
  it('are stored by eight clients upserting the same skus in different orders', async () => {
    const image = await drawnImage(whiteTee);
    const garments = Array.from({ length: 20 }, (_, i) => ({ sku: `C-${i}`, title: `Tee ${i}`, image }));
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, client) =>
        upsert([...garments.slice(client * 2), ...garments.slice(0, client * 2)]),
      ),
    );
    for (const { userErrors, garments: saved } of outcomes) {
      expect(userErrors).toEqual([]);
      expect(saved).toHaveLength(20);
    }
    expect(await stored()).toBe(20);
  });

  it('and a hundred with seven bad ones store ninety-three', async () => {
    const image = await drawnImage(whiteTee);
    const garments = Array.from({ length: 100 }, (_, i) =>
      i % 15 === 0 ? { sku: `D-${i}`, title: 'no picture' } : { sku: `D-${i}`, title: `Tee ${i}`, image },
    );
    const { created, userErrors } = await upsert(garments);
    expect(created).toBe(93);
    expect(userErrors.map(({ field }) => field[1])).toEqual(['0', '15', '30', '45', '60', '75', '90']);
  });
});
