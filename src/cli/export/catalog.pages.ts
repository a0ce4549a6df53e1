// Pages of the catalog from the API, with the data that the merchant sent.
import type { ApiClient } from '../api.client.js';

export interface ExportedGarment {
  /** Fields of GarmentInput without the picture, without inferred and without empty fields. */
  facts: Record<string, unknown> & { sku: string };
  /** URL of the picture. Null if the garment has none. */
  imageUrl: string | null;
}

export interface CatalogPage {
  garments: ExportedGarment[];
  /** Number of garments in the catalog. */
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
const SINGLE = `query ExportOne($sku: String!) { garment(sku: $sku) { ${GARMENT} } }`;

type GarmentNode = Record<string, unknown> & { sku: string; inferredFields: string[]; imageUrl: string | null };

interface PageResponse {
  garments: {
    totalCount: number;
    nodes: GarmentNode[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
}

/**
 * Yields the catalog by SKU, including sold-out and hidden garments. Garments added or deleted meanwhile may be
 * missing, but no garment occurs twice.
 */
export async function* catalogPages(api: ApiClient): AsyncGenerator<CatalogPage> {
  for (let after: string | null = null; ;) {
    const response: PageResponse = await api.callPatiently<PageResponse>({ query: PAGE, variables: { after } });
    const { totalCount, nodes, pageInfo } = response.garments;
    yield { garments: nodes.map(exported), total: totalCount };
    if (!pageInfo.hasNextPage) return;
    after = pageInfo.endCursor;
  }
}

/** Returns the present data of one garment, or null if it was deleted. */
export async function exportedGarment(api: ApiClient, sku: string): Promise<ExportedGarment | null> {
  const { garment } = await api.callPatiently<{ garment: GarmentNode | null }>({ query: SINGLE, variables: { sku } });
  return garment && exported(garment);
}

function exported({ inferredFields, imageUrl, ...facts }: GarmentNode): ExportedGarment {
  const present = Object.entries(facts).filter(([field, value]) => !inferredFields.includes(field) && hasValue(value));
  return { facts: { ...Object.fromEntries(present), sku: facts.sku }, imageUrl };
}

function hasValue(value: unknown): boolean {
  return value !== null && !(Array.isArray(value) && value.length === 0);
}
