// Owns the reading of a whole catalog through the API, page by page, as what its merchant said of it. Knows no archive.
import type { ApiClient } from '../api.client.js';

export interface ExportedGarment {
  /** The API's GarmentInput without its picture: nothing that was inferred, and nothing that is not there. */
  facts: Record<string, unknown> & { sku: string };
  /** Address of its picture; null: it has none. */
  imageUrl: string | null;
}

export interface CatalogPage {
  garments: ExportedGarment[];
  /** Garments in all. */
  total: number;
}

const FACTS = `sku title description brand category garmentType color material gender usage tags sizes
  price { amount currency } inStock productUrl`;
const GARMENT = `${FACTS} inferredFields imageUrl`;
const PAGE = `query Export($after: String) {
  garments(first: 100, after: $after, filter: { inStockOnly: false }) {
    totalCount nodes { ${GARMENT} } pageInfo { hasNextPage endCursor }
  }
}`;
const ONE = `query ExportOne($sku: String!) { garment(sku: $sku) { ${GARMENT} } }`;

type GarmentNode = Record<string, unknown> & { sku: string; inferredFields: string[]; imageUrl: string | null };

interface PageAnswer {
  garments: {
    totalCount: number;
    nodes: GarmentNode[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
}

/** The catalog by sku, sold-out and hidden garments too. Garments that come and go meanwhile are in it or not, none twice. */
export async function* catalogPages(api: ApiClient): AsyncGenerator<CatalogPage> {
  for (let after: string | null = null; ;) {
    const answer: PageAnswer = await api.callPatiently<PageAnswer>({ query: PAGE, variables: { after } });
    const { totalCount, nodes, pageInfo } = answer.garments;
    yield { garments: nodes.map(exported), total: totalCount };
    if (!pageInfo.hasNextPage) return;
    after = pageInfo.endCursor;
  }
}

/** One garment as it is now; null where it has gone. */
export async function exportedGarment(api: ApiClient, sku: string): Promise<ExportedGarment | null> {
  const { garment } = await api.callPatiently<{ garment: GarmentNode | null }>({ query: ONE, variables: { sku } });
  return garment && exported(garment);
}

function exported({ inferredFields, imageUrl, ...facts }: GarmentNode): ExportedGarment {
  const said = Object.entries(facts).filter(([field, value]) => !inferredFields.includes(field) && isThere(value));
  return { facts: { ...Object.fromEntries(said), sku: facts.sku }, imageUrl };
}

function isThere(value: unknown): boolean {
  return value !== null && !(Array.isArray(value) && value.length === 0);
}
