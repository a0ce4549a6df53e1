// A storefront against the whole server: real encoders, the drawn sample catalog, a real database.
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { sampleCatalog } from '../../tools/garment-drawing/sample.catalog.js';
import { withApp } from '../support/app.js';
import { drawnPng, sampleWhere } from '../support/drawn.garments.js';
import { dataFile, tarEntries } from '../support/training.data.js';

interface Edge {
  cursor: string;
  rank: number;
  score: number;
  node: { sku: string; title: string; garmentType: string; color: string; gender: string; price: { amount: string } };
  explanation: {
    contributions: { name: string; value: number }[];
    textSimilarity: number | null;
    imageSimilarity: number | null;
    typeProbability: number;
    reasons: string[];
  };
}
interface RecommendData {
  recommendOutfit: {
    id: string;
    status: string;
    query: {
      garmentTypes: { garmentType: string; probability: number }[];
      colors: string[];
      fusion: string;
      textWeight: number;
      imageWeight: number;
      model: string;
    };
    garments: { edges: Edge[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
  };
}

const RECOMMEND = `
  query ($input: RecommendOutfitInput!, $first: Int, $after: String) {
    recommendOutfit(input: $input) {
      id status
      query { garmentTypes { garmentType probability } colors fusion textWeight imageWeight model }
      garments(first: $first, after: $after) {
        edges {
          cursor rank score
          node { sku title garmentType color gender price { amount } }
          explanation { contributions { name value } textSimilarity imageSimilarity typeProbability reasons }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }`;

const allowedHosts: string[] = [];
const server = withApp({ sample: true, fetchOptions: { allowedHosts } });

const recommend = async (
  input: object,
  page: { first?: number; after?: string } = {},
): Promise<RecommendData['recommendOutfit']> =>
  (await server.data<RecommendData>(RECOMMEND, { input, first: 12, ...page })).recommendOutfit;

describe('a text without a picture', () => {
  it.each([
    ['red dress', 'DRESS', 'Red'],
    ['striped shirt for men', 'SHIRT', null],
    ['black shoes', 'SHOES', 'Black'],
    ['红色连衣裙', 'DRESS', 'Red'],
  ])(
    '"%s" ranks garments of the right type first, and of the right color if the text names one',
    async (text, type, color) => {
      const { status, garments } = await recommend({ text }, { first: 3 });
      expect(status).toBe('OK');
      for (const { node } of garments.edges) expect(node.garmentType).toBe(type);
      if (color) expect(garments.edges[0]!.node.color).toBe(color);
    },
  );

  it('is classified as a distribution over the ten types and as a list of colors', async () => {
    const { query } = await recommend({ text: 'red dress' });
    expect(query.garmentTypes).toHaveLength(10);
    expect(query.garmentTypes.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 5);
    expect(query.garmentTypes[0]!.garmentType).toBe('DRESS');
    expect(query.colors[0]).toBe('Red');
    expect(query).toMatchObject({ textWeight: 1, imageWeight: 0 });
  });

  it('that names no color leaves the list of colors empty', async () => {
    expect((await recommend({ text: 'dress' })).query.colors).toEqual([]);
  });

  it('reports no image similarity', async () => {
    const [edge] = (await recommend({ text: 'red dress' })).garments.edges;
    expect(edge!.explanation.textSimilarity).not.toBeNull();
    expect(edge!.explanation.imageSimilarity).toBeNull();
    expect(edge!.explanation.reasons).toContain('red, as you asked');
  });
});

describe('a picture', () => {
  const redDress = sampleWhere(({ garmentType, color }) => garmentType === 'DRESS' && color === 'Red');

  it('of a catalog garment ranks that garment first, sent as SKU, base64 or data URL', async () => {
    const { sku } = redDress;
    const bytes = (await drawnPng(redDress)).toString('base64');
    for (const image of [{ sku }, { base64: bytes }, { base64: `data:image/png;base64,${bytes}` }]) {
      const { garments } = await recommend({ image }, { first: 1 });
      expect(garments.edges[0]!.node.sku).toBe(sku);
    }
  });

  it('gives the same recommendation as upload, base64 and URL, and when EXIF rotates it', async () => {
    const png = await drawnPng(redDress);
    const turned = await sharp(png).rotate(90).withExif({ IFD0: {} }).withMetadata({ orientation: 8 }).png().toBuffer();
    const host = await servePicture(png);
    allowedHosts.push(new URL(host.origin).host);
    try {
      const byBase64 = await recommend({ image: { base64: png.toString('base64') } });
      const byAddress = await recommend({ image: { url: `${host.origin}/dress.png` } });
      const byUpload = await upload(png);
      const byTurned = await recommend({ image: { base64: turned.toString('base64') } });
      const skus = (recommendation: RecommendData['recommendOutfit']): string[] =>
        recommendation.garments.edges.map(({ node }) => node.sku);
      expect(skus(byAddress)).toEqual(skus(byBase64));
      expect(skus(byUpload)).toEqual(skus(byBase64));
      expect(skus(byTurned)).toEqual(skus(byBase64));
    } finally {
      host.server.close();
    }
  });

  it('with the text "in blue" changes the color to blue and keeps the type', async () => {
    const { garments, query } = await recommend({ image: { sku: redDress.sku }, text: 'in blue' }, { first: 3 });
    expect(query.colors[0]).toMatch(/Blue/);
    for (const { node } of garments.edges) expect(node.garmentType).toBe('DRESS');
    expect(garments.edges[0]!.node.color).toMatch(/Blue/);
  });

  it('of the real test split is classified with its type', async () => {
    const path = dataFile('fashion-products-test.tar');
    if (!path) return console.log('skipped: fashion-products-test.tar is missing (FITROOM_DATA)');
    const entries = tarEntries(await readFile(path), 600);
    const types: Record<string, string> = {
      Tshirts: 'T_SHIRT',
      Shirts: 'SHIRT',
      Dresses: 'DRESS',
      Jeans: 'PANTS',
      'Sports Shoes': 'SHOES',
    };
    const rows = entries.rows.filter(({ articleType }) => types[articleType]).slice(0, 40);
    let correct = 0;
    for (const row of rows) {
      const { query } = await recommend(
        { image: { base64: entries.files.get(row.image)!.toString('base64') } },
        { first: 1 },
      );
      if (query.garmentTypes[0]!.garmentType === types[row.articleType]) correct++;
    }
    expect(rows.length).toBeGreaterThan(20);
    expect(correct / rows.length).toBeGreaterThanOrEqual(0.88);
  });

  async function upload(png: Buffer): Promise<RecommendData['recommendOutfit']> {
    const form = new FormData();
    form.set(
      'operations',
      JSON.stringify({ query: RECOMMEND, variables: { input: { image: { upload: null } }, first: 12 } }),
    );
    form.set('map', JSON.stringify({ 0: ['variables.input.image.upload'] }));
    form.set('0', new Blob([png], { type: 'image/png' }), 'dress.png');
    const response = await fetch(`${server.app.url}/graphql`, {
      method: 'POST',
      headers: { 'apollo-require-preflight': 'true' },
      body: form,
    });
    const body = (await response.json()) as { data: RecommendData; errors?: unknown };
    expect(body.errors).toBeUndefined();
    return body.data.recommendOutfit;
  }

  async function servePicture(png: Buffer): Promise<{ server: Server; origin: string }> {
    const host = createServer((_request, response) => response.setHeader('content-type', 'image/png').end(png));
    await new Promise<void>((listening) => host.listen(0, '127.0.0.1', listening));
    return { server: host, origin: `http://127.0.0.1:${(host.address() as AddressInfo).port}` };
  }
});

describe('an explanation', () => {
  it.each([
    [{ text: 'green jacket', avoid: 'stripes', diversity: 0.4 }],
    [
      {
        text: 'in white',
        image: { sku: 'FR-SH-001' },
        fusion: { method: 'CONCATENATION', textWeight: 2, imageWeight: 1 },
      },
    ],
  ])('adds up to the score for %j', async (input) => {
    const { garments } = await recommend(input, { first: 50 });
    expect(garments.edges.length).toBeGreaterThan(10);
    for (const { score, explanation } of garments.edges) {
      expect(explanation.contributions.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(score, 9);
      expect(explanation.reasons.length).toBeGreaterThan(0);
    }
  });

  it('names the fusion method and the weights', async () => {
    const fusion = { method: 'CONCATENATION', textWeight: 3, imageWeight: 1 };
    const { query } = await recommend({ text: 'in white', image: { sku: 'FR-SH-001' }, fusion });
    expect(query).toMatchObject({ fusion: 'CONCATENATION', textWeight: 0.75, imageWeight: 0.25 });
  });

  it('ranks garments with an avoided color lower', async () => {
    const whiteCount = async (avoid?: string): Promise<number> => {
      const { garments } = await recommend({ text: 'shirt', avoid }, { first: 20 });
      return garments.edges.filter(({ node }) => node.color === 'White').length;
    };
    expect(await whiteCount('white')).toBeLessThan((await whiteCount()) || 1);
  });
});

describe('paging', () => {
  const readPages = async (input: object, first: number): Promise<string[]> => {
    const skus: string[] = [];
    let after: string | undefined;
    do {
      const { garments } = await recommend(input, { first, after });
      skus.push(...garments.edges.map(({ node }) => node.sku));
      after = garments.pageInfo.hasNextPage ? garments.pageInfo.endCursor! : undefined;
    } while (after && skus.length < 120);
    return skus.slice(0, 100);
  };

  it.each([{ text: 'blue jeans' }, { text: 'summer', diversity: 0.5 }])(
    'shows the same order with any page size, without repeats, for %j',
    async (input) => {
      const expected = await readPages(input, 100);
      expect(new Set(expected).size).toBe(100);
      expect(await readPages(input, 7)).toEqual(expected);
    },
  );

  it('ends after every matching garment was shown once, itself or as a color variant', async () => {
    const filter = { garmentTypes: ['HAT'] };
    const shownSkus = await readPages({ text: 'hat', filter }, 5);
    const listing = await server.data<{ garments: { nodes: { sku: string; variants: { sku: string }[] }[] } }>(
      '{ garments(first: 100, filter: { garmentTypes: [HAT] }) { nodes { sku variants { sku } } } }',
    );
    const otherVariants = listing.garments.nodes
      .filter(({ sku }) => shownSkus.includes(sku))
      .flatMap(({ variants }) => variants);
    const skus = [...shownSkus, ...otherVariants.map(({ sku }) => sku)];
    const expected = sampleCatalog().filter(({ garmentType, inStock }) => garmentType === 'HAT' && inStock);
    expect(skus.sort()).toEqual(expected.map(({ sku }) => sku).sort());
  });
});

describe('a filter', () => {
  it('applies to every garment with all its conditions at once', async () => {
    const filter = {
      garmentTypes: ['SHIRT', 'T_SHIRT'],
      genders: ['MEN'],
      maxPrice: '60',
      minPrice: '10',
      currency: 'EUR',
      excludeSkus: ['FR-TS-001'],
    };
    const { garments } = await recommend({ text: 'something blue', filter }, { first: 100 });
    expect(garments.edges.length).toBeGreaterThan(3);
    for (const { node } of garments.edges) {
      expect(['SHIRT', 'T_SHIRT']).toContain(node.garmentType);
      expect(node.gender).toBe('MEN');
      expect(Number(node.price.amount)).toBeLessThanOrEqual(60);
      expect(Number(node.price.amount)).toBeGreaterThanOrEqual(10);
      expect(node.sku).not.toBe('FR-TS-001');
    }
  });

  it('shows sold-out garments only on request', async () => {
    const soldOut = sampleCatalog()
      .filter(({ inStock }) => !inStock)
      .map(({ sku }) => sku);
    const skusFor = async (filter?: object): Promise<string[]> =>
      (await recommend({ text: 'garment', filter }, { first: 100 })).garments.edges.map(({ node }) => node.sku);
    expect((await skusFor()).filter((sku) => soldOut.includes(sku))).toEqual([]);
    const { garments } = await recommend({ image: { sku: soldOut[0] }, filter: { inStockOnly: false } }, { first: 1 });
    expect(garments.edges[0]!.node.sku).toBe(soldOut[0]);
  });

  it('that excludes everything gives the status EMPTY, and one that leaves few garments gives PARTIAL', async () => {
    expect(await recommend({ text: 'red dress', filter: { brands: ['no such brand'] } })).toMatchObject({
      status: 'EMPTY',
      garments: { edges: [] },
    });
    const few = await recommend(
      { text: 'red dress', filter: { garmentTypes: ['DRESS'], colors: ['red'] } },
      { first: 50 },
    );
    expect(few.status).toBe('PARTIAL');
  });
});

describe('a short text', () => {
  it.each(['in blue', 'skirt', 'winter coat', '白色'])('"%s" gets good matches and the status OK', async (text) => {
    expect((await recommend({ text }, { first: 3 })).status).toBe('OK');
  });
});

describe('a text that the catalog cannot match', () => {
  it.each(['quarterly tax return for a limited company', '🙃🙃🙃', 'red watch', 'pink lipstick'])(
    '"%s" gets the status WEAK',
    async (text) => {
      expect((await recommend({ text })).status).toBe('WEAK');
    },
  );
});

describe('invalid input', () => {
  it.each<[string, object, string, string[]]>([
    ['nothing', {}, 'QUERY_EMPTY', ['input']],
    ['a blank text', { text: ' \n ' }, 'QUERY_EMPTY', ['input']],
    ['1,001 characters', { text: 'x'.repeat(1001) }, 'TEXT_TOO_LONG', ['input', 'text']],
    ['no picture source', { image: {} }, 'IMAGE_SOURCE_INVALID', ['input', 'image']],
    ['two picture sources', { image: { sku: 'a', base64: 'b' } }, 'IMAGE_SOURCE_INVALID', ['input', 'image']],
    ['an unknown sku', { image: { sku: 'nope' } }, 'GARMENT_NOT_FOUND', ['input', 'image', 'sku']],
    ['an empty picture', { image: { base64: '' } }, 'IMAGE_EMPTY', ['input', 'image', 'base64']],
    [
      'bytes that are not a picture',
      { image: { base64: 'aGVsbG8gd29ybGQ=' } },
      'IMAGE_FORMAT_UNSUPPORTED',
      ['input', 'image', 'base64'],
    ],
    [
      'SVG',
      { image: { base64: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64') } },
      'IMAGE_FORMAT_UNSUPPORTED',
      ['input', 'image', 'base64'],
    ],
    [
      'a private URL',
      { image: { url: 'http://169.254.169.254/latest' } },
      'IMAGE_URL_REFUSED',
      ['input', 'image', 'url'],
    ],
    ['a file URL', { image: { url: 'file:///etc/passwd' } }, 'IMAGE_URL_REFUSED', ['input', 'image', 'url']],
    [
      'an unreachable URL',
      { image: { url: 'https://no-such-host.invalid/a.png' } },
      'IMAGE_URL_UNREACHABLE',
      ['input', 'image', 'url'],
    ],
    [
      'a negative weight',
      { text: 'a', fusion: { textWeight: -1 } },
      'FUSION_WEIGHTS_INVALID',
      ['input', 'fusion', 'textWeight'],
    ],
    [
      'weights of zero',
      { text: 'a', fusion: { textWeight: 0, imageWeight: 0 } },
      'FUSION_WEIGHTS_INVALID',
      ['input', 'fusion', 'textWeight'],
    ],
    [
      'an unknown currency',
      { text: 'a', filter: { maxPrice: '5', currency: 'ZZZ' } },
      'CURRENCY_UNKNOWN',
      ['input', 'filter', 'currency'],
    ],
    ['diversity over 1', { text: 'a', diversity: 1.5 }, 'DIVERSITY_INVALID', ['input', 'diversity']],
  ])('with %s causes a typed error that names its field', async (_name, input, code, field) => {
    const { data, errors } = await server.ask(RECOMMEND, { input });
    expect(data).toBeNull();
    expect(errors).toEqual([expect.objectContaining({ extensions: expect.objectContaining({ code, field }) })]);
    expect(JSON.stringify(errors)).not.toMatch(/node_modules|\.[jt]s:\d|stacktrace/);
  });

  it.each([0, -1, 101])('with a page of %i garments is refused', async (first) => {
    const { errors } = await server.ask(RECOMMEND, { input: { text: 'red dress' }, first });
    expect(errors![0]!.extensions).toMatchObject({ code: 'PAGE_SIZE_INVALID', field: ['first'] });
  });

  it('with a forged cursor is refused', async () => {
    const { errors } = await server.ask(RECOMMEND, { input: { text: 'red dress' }, first: 3, after: 'forged' });
    expect(errors![0]!.extensions).toMatchObject({ code: 'CURSOR_INVALID', field: ['after'] });
  });
});
