// Browsing, searching and reading the drawn sample catalog through the whole server.
import sharp from 'sharp';
import { sampleCatalog } from '../../tools/garment-drawing/sample.catalog.js';
import { withApp } from '../support/app.js';
import { drawnImage, sampleWhere } from '../support/drawn.garments.js';

interface Node {
  sku: string;
  title: string;
  garmentType: string | null;
  color: string | null;
  inStock: boolean;
}
interface BrowseData {
  garments: {
    totalCount: number;
    nodes: Node[];
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null };
  };
}

const BROWSE = `
  query ($search: String, $filter: GarmentFilter, $first: Int, $after: String) {
    garments(search: $search, filter: $filter, first: $first, after: $after) {
      totalCount
      nodes { sku title garmentType color inStock }
      pageInfo { hasNextPage hasPreviousPage endCursor }
    }
  }`;

const server = withApp({ sample: true });
const browse = async (variables: object): Promise<BrowseData['garments']> =>
  (await server.data<BrowseData>(BROWSE, { first: 24, ...variables })).garments;

describe('browsing', () => {
  it('returns every garment in stock once, ordered by SKU', async () => {
    const skus: string[] = [];
    let after: string | null = null;
    do {
      const page: BrowseData['garments'] = await browse({ first: 50, after });
      skus.push(...page.nodes.map(({ sku }) => sku));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    const expected = sampleCatalog()
      .filter(({ inStock }) => inStock)
      .map(({ sku }) => sku);
    expect(skus).toEqual([...expected].sort());
  });

  it('counts the garments that match a filter, ignoring case', async () => {
    const expected = sampleCatalog().filter(
      ({ inStock, color, garmentType }) => inStock && color === 'Black' && garmentType === 'SHOES',
    );
    const { totalCount, nodes } = await browse({ filter: { colors: ['BLACK'], garmentTypes: ['SHOES'] } });
    expect(totalCount).toBe(expected.length);
    expect(nodes.map(({ sku }) => sku).sort()).toEqual(expected.map(({ sku }) => sku).sort());
  });

  it('treats null and empty lists in a filter as absent', async () => {
    const { totalCount } = await browse({ filter: { colors: [], brands: null } });
    expect(totalCount).toBe(sampleCatalog().filter(({ inStock }) => inStock).length);
  });
});

describe('searching by text', () => {
  it('returns the garment with the searched SKU first', async () => {
    const { sku } = sampleCatalog()[37]!;
    expect((await browse({ search: sku, filter: { inStockOnly: false } })).nodes[0]!.sku).toBe(sku);
  });

  it('matches words in titles and retrieves similar garments', async () => {
    const { nodes } = await browse({ search: 'floral dress', first: 5 });
    for (const node of nodes) expect(node.garmentType).toBe('DRESS');
    expect(nodes[0]!.title.toLowerCase()).toContain('floral');
  });

  it('returns the same order for every page size', async () => {
    const whole = (await browse({ search: 'blue shirt', first: 30 })).nodes.map(({ sku }) => sku);
    const first = await browse({ search: 'blue shirt', first: 10 });
    const second = await browse({ search: 'blue shirt', first: 20, after: first.pageInfo.endCursor });
    expect([...first.nodes, ...second.nodes].map(({ sku }) => sku)).toEqual(whole);
    expect(second.pageInfo.hasPreviousPage).toBe(true);
  });

  it.each(["' ; drop table garments; --", '& | ! ( ) <-> :*', '"""', '\\', '🙃', '连衣裙'])(
    'treats %p as plain text',
    async (search) => {
      expect((await server.ask(BROWSE, { search, first: 3 })).errors).toBeUndefined();
    },
  );

  it('refuses a cursor of another list', async () => {
    const { pageInfo } = await browse({ first: 3 });
    const { errors } = await server.ask(BROWSE, { search: 'dress', first: 3, after: pageInfo.endCursor });
    expect(errors![0]!.extensions).toMatchObject({ code: 'CURSOR_INVALID', field: ['after'] });
  });
});

describe('a garment', () => {
  it('is returned with every field that the merchant sent', async () => {
    const sample = sampleWhere(({ description }) => Boolean(description));
    const { garment } = await server.data<{ garment: Record<string, unknown> }>(
      `query ($sku: String!) { garment(sku: $sku) {
        sku title description brand category garmentType color material gender usage tags sizes inStock
        price { amount currency } inferredFields } }`,
      { sku: sample.sku },
    );
    const { drawing: _drawing, ...fields } = sample;
    expect(garment).toMatchObject({ ...fields, inferredFields: [] });
  });

  it('is null if the catalog has no garment of that SKU', async () => {
    expect(await server.data('{ garment(sku: "nope") { id } }')).toEqual({ garment: null });
  });

  it('has similar garments, without itself and its own type first', async () => {
    const { sku, garmentType } = sampleWhere(({ color }) => color === 'Blue');
    const { garment } = await server.data<{ garment: { similar: Node[] } }>(
      'query ($sku: String!) { garment(sku: $sku) { similar(first: 5) { sku garmentType } } }',
      { sku },
    );
    expect(garment.similar).toHaveLength(5);
    expect(garment.similar.map((node) => node.sku)).not.toContain(sku);
    expect(garment.similar[0]!.garmentType).toBe(garmentType);
  });

  it('has a picture URL of the requested width with an immutable response', async () => {
    const { garment } = await server.data<{ garment: { imageUrl: string } }>(
      'query ($sku: String!) { garment(sku: $sku) { imageUrl(width: 128) } }',
      { sku: sampleCatalog()[0]!.sku },
    );
    const response = await fetch(new URL(garment.imageUrl, server.app.url));
    expect(response.headers.get('cache-control')).toContain('immutable');
    const { width, format } = await sharp(Buffer.from(await response.arrayBuffer())).metadata();
    expect({ width, format }).toEqual({ width: 128, format: 'webp' });
    const etag = response.headers.get('etag')!;
    const again = await fetch(new URL(garment.imageUrl, server.app.url), { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
  });
});

describe('catalogFacets', () => {
  it('counts each value as the filter matches it', async () => {
    const { catalogFacets } = await server.data<{
      catalogFacets: { field: string; values: { value: string; count: number }[] }[];
    }>('{ catalogFacets(filter: { garmentTypes: [DRESS] }) { field values { value count } } }');
    const dresses = sampleCatalog().filter(({ garmentType, inStock }) => garmentType === 'DRESS' && inStock);
    const colors = catalogFacets.find(({ field }) => field === 'color')!.values;
    expect(colors.reduce((sum, { count }) => sum + count, 0)).toBe(dresses.length);
    const [{ value, count }] = colors as [{ value: string; count: number }];
    expect(count).toBe(dresses.filter(({ color }) => color === value).length);
    expect(catalogFacets.find(({ field }) => field === 'garmentType')!.values).toEqual([
      { value: 'DRESS', count: dresses.length },
    ]);
  });
});

describe('classifyGarment', () => {
  const CLASSIFY = `query ($text: String, $image: ImageInput) { classifyGarment(text: $text, image: $image) {
    garmentTypes { garmentType probability } categories { label probability } colors { label probability }
    genders { label } usages { label } } }`;

  it('returns distributions for a text and for a picture, most likely first', async () => {
    const shoes = sampleWhere(({ garmentType, color }) => garmentType === 'SHOES' && color === 'Black');
    for (const variables of [{ text: 'black formal shoes' }, { image: await drawnImage(shoes) }]) {
      const { classifyGarment } = await server.data<{
        classifyGarment: {
          garmentTypes: { garmentType: string; probability: number }[];
          colors: { label: string; probability: number }[];
        };
      }>(CLASSIFY, variables);
      expect(classifyGarment.garmentTypes[0]!.garmentType).toBe('SHOES');
      expect(classifyGarment.colors[0]!.label).toBe('Black');
      const probabilities = classifyGarment.garmentTypes.map(({ probability }) => probability);
      expect(probabilities).toEqual([...probabilities].sort((a, b) => b - a));
      expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
    }
  });

  it('returns an error for an empty request', async () => {
    expect((await server.ask(CLASSIFY, {})).errors![0]!.extensions.code).toBe('QUERY_EMPTY');
  });
});

describe('the model', () => {
  it('reports its id, its execution provider and the metrics of its release', async () => {
    interface Report {
      model: string;
      evaluatedAt: string | null;
      metrics: { name: string; value: number; rows: number }[];
      confusions: { output: string; label: string; takenFor: string; count: number; rows: number }[];
    }
    const { model, insights } = await server.data<{
      model: { id: string; dimensions: number; executionProvider: string };
      insights: {
        modelReport: Report;
        modelHistory: Report[];
        catalog: { garments: number; embedded: number };
      };
    }>(
      '{ model { id dimensions executionProvider } insights { modelReport { ...R } modelHistory { ...R } catalog { garments embedded } } } fragment R on ModelReport { model evaluatedAt metrics { name value rows } confusions { output label takenFor count rows } }',
    );
    expect(model.executionProvider).toBe('cpu');
    expect(insights.modelReport.model).toBe(model.id);
    expect(insights.modelReport.metrics.length).toBeGreaterThan(5);
    for (const { rows } of insights.modelReport.metrics) expect(rows).toBeGreaterThan(0);
    const { modelHistory, modelReport } = insights;
    expect(modelHistory.at(-1)).toEqual(modelReport);
    expect(modelHistory.map((release) => release.model)).toEqual([
      ...new Set(modelHistory.map((release) => release.model)),
    ]);
    expect(modelHistory.length).toBeGreaterThan(1);
    for (const { count, rows, label, takenFor } of modelReport.confusions) {
      expect(count).toBeLessThanOrEqual(rows);
      expect(label).not.toBe(takenFor);
    }
    expect(modelReport.confusions.length).toBeGreaterThan(10);
    expect(insights.catalog).toEqual({ garments: sampleCatalog().length, embedded: sampleCatalog().length });
  });
});
