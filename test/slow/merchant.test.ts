// A merchant against the whole server, starting with an empty catalog.
import { withApp } from '../support/app.js';
import { drawnImage, sampleWhere } from '../support/drawn.garments.js';

interface Problem {
  field: string[];
  code: string;
  message: string;
}
interface UpsertData {
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

const upsert = async (garments: object[], dryRun = false): Promise<UpsertData['upsertGarments']> =>
  (await server.data<UpsertData>(UPSERT, { garments, dryRun })).upsertGarments;
const garmentCount = async (): Promise<number> =>
  (await server.data<{ insights: { catalog: { garments: number } } }>(COUNT)).insights.catalog.garments;
const picturesEncoded = async (): Promise<number> => {
  const metrics = await (await fetch(`${server.app.url}/metrics`)).text();
  return Number(/fitroom_inference_batch_size_sum\{modality="pictures"\} (\d+)/.exec(metrics)?.[1] ?? 0);
};
const textsEncoded = async (): Promise<number> => {
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
  it('is recommended at once for a matching text and served with its picture', async () => {
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

  it('gets its missing attributes inferred, and inferredFields lists them', async () => {
    const image = await drawnImage(redDress);
    const { garments } = await upsert([{ sku: 'A-1', title: 'Red dress', image }]);
    expect(garments[0]).toMatchObject({ garmentType: 'DRESS', category: 'Dresses', color: 'Red' });
    expect(garments[0]!.inferredFields).toEqual(expect.arrayContaining(['garmentType', 'category', 'color']));
  });

  it('is classified by its picture if its title says nothing', async () => {
    const { garments } = await upsert([{ sku: 'NEW-4711', title: 'Item 4711', image: await drawnImage(redDress) }]);
    expect(garments[0]).toMatchObject({ garmentType: 'DRESS', category: 'Dresses', color: 'Red' });
  });

  it("keeps the merchant's attributes, whatever the picture shows", async () => {
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
  it('is reported by its index, and the other garments are stored', async () => {
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
    expect(await garmentCount()).toBe(3);
  });

  it.each([0, 101])('in a call of %i garments is not checked: the whole call is refused', async (count) => {
    const garments = Array.from({ length: count }, (_, i) => ({ sku: `G-${i}`, title: 'x' }));
    const { errors } = await server.ask(UPSERT, { garments });
    expect(errors![0]!.extensions).toMatchObject({ code: 'TOO_MANY_GARMENTS', field: ['garments'] });
  });
});

describe('an update', () => {
  it('sets fields that are given, clears fields that are null, and keeps other fields and the picture', async () => {
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
    const [texts, pictures] = [await textsEncoded(), await picturesEncoded()];
    await upsert([
      { sku: 'A-1', title: 'White tee', image, price: { amount: '9.90', currency: 'EUR' }, inStock: false },
    ]);
    expect([await textsEncoded(), await picturesEncoded()]).toEqual([texts, pictures]);
    await upsert([{ sku: 'A-1', title: 'White tee with a slogan nobody has written before' }]);
    expect([await textsEncoded(), await picturesEncoded()]).toEqual([texts + 1, pictures]);
  });

  it('with a new picture infers attributes again and serves the new picture', async () => {
    const first = await upsert([{ sku: 'A-1', title: 'New in', image: await drawnImage(redDress) }]);
    const second = await upsert([{ sku: 'A-1', title: 'New in', image: await drawnImage(blackShoes) }]);
    expect(first.garments[0]!.garmentType).toBe('DRESS');
    expect(second.garments[0]!.garmentType).toBe('SHOES');
    expect(second.garments[0]!.imageUrl).not.toBe(first.garments[0]!.imageUrl);
  });
});

describe('a dry run', () => {
  it('reports what an upsert would report and stores nothing', async () => {
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
    expect(await garmentCount()).toBe(0);
  });

  it('returns no similar garments for a garment that is not stored', async () => {
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
  it("report a picture that contradicts the garment's text, and the garment is stored anyway", async () => {
    const { created, warnings } = await upsert([
      { sku: 'A-1', title: 'Red dress', category: 'Dresses', image: await drawnImage(blackShoes) },
    ]);
    expect(created).toBe(1);
    expect(warnings).toContainEqual(
      expect.objectContaining({ field: ['garments', '0', 'image'], code: 'PICTURE_CONTRADICTS_WORDS' }),
    );
  });

  it('report a picture that contradicts only the title', async () => {
    const { warnings } = await upsert([{ sku: 'A-1', title: 'Red skater dress', image: await drawnImage(blackShoes) }]);
    expect(warnings).toContainEqual(expect.objectContaining({ code: 'PICTURE_CONTRADICTS_WORDS' }));
    const matching = await upsert([{ sku: 'A-2', title: 'Black shoes', image: await drawnImage(blackShoes) }]);
    expect(matching.warnings.map(({ code }) => code)).not.toContain('PICTURE_CONTRADICTS_WORDS');
  });

  it('report a near-duplicate of another SKU, stored or in the same call, but not of the garment itself', async () => {
    const image = await drawnImage(redDress);
    const first = await upsert([{ sku: 'A-1', title: 'Red dress', image }]);
    expect(first.warnings).toEqual([]);
    const again = await upsert([{ sku: 'A-1', title: 'Red dress', image: await drawnImage(redDress) }]);
    expect(again.warnings).toEqual([]);
    const duplicate = await upsert([{ sku: 'A-2', title: 'Red dress', image }]);
    expect(duplicate.warnings).toEqual([
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

describe('deleteGarments', () => {
  it('deletes garments at once and reports unknown SKUs', async () => {
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
    expect(await garmentCount()).toBe(0);
  });
});

describe('many garments', () => {
  it('are stored when eight clients upsert the same SKUs in different orders', async () => {
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
    expect(await garmentCount()).toBe(20);
  });

  it('are stored if they are valid: of a hundred with seven bad ones, ninety-three', async () => {
    const image = await drawnImage(whiteTee);
    const garments = Array.from({ length: 100 }, (_, i) =>
      i % 15 === 0 ? { sku: `D-${i}`, title: 'no picture' } : { sku: `D-${i}`, title: `Tee ${i}`, image },
    );
    const { created, userErrors } = await upsert(garments);
    expect(created).toBe(93);
    expect(userErrors.map(({ field }) => field[1])).toEqual(['0', '15', '30', '45', '60', '75', '90']);
  });
});
