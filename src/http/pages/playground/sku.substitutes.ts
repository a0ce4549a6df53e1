// Replaces the sample catalog's SKUs in the examples with SKUs of the catalog in use.
import { accessHeaders } from '../shared/access.js';
import type { Example } from './examples.js';

const SAMPLE_SKU = /\bFR-(DR|HA|FW|TS|SH|PA|SK|OU|LS|SO)-\d{3}\b/g;
/** The garment type of each letter pair in a sample SKU. */
const GARMENT_TYPES: Record<string, string> = {
  DR: 'DRESS',
  HA: 'HAT',
  FW: 'SHOES',
  TS: 'T_SHIRT',
  SH: 'SHIRT',
  PA: 'PANTS',
  SK: 'SKIRT',
  OU: 'OUTERWEAR',
  LS: 'LONG_SLEEVE',
  SO: 'SHORTS',
};

export interface SkuSubstitutes {
  /** Looks the SKUs up in the catalog. If the request is refused, examples keep the sample SKUs. */
  refresh: () => Promise<void>;
  /** Returns the JSON text with each sample SKU replaced. */
  replaceIn: (variables: string) => string;
}

type CatalogData = Record<string, { sku?: string; nodes?: { sku: string }[] } | null>;

export function skuSubstitutes(examples: Example[]): SkuSubstitutes {
  const sampleSkus = [...new Set(examples.flatMap(({ variables }) => variables.match(SAMPLE_SKU) ?? []))];
  const substitutes = new Map<string, string>();
  return {
    refresh: async () => {
      substitutes.clear();
      const data = await lookUp(sampleSkus);
      if (!data) return;
      sampleSkus.forEach((sku, i) => {
        const substitute = data[`same${i}`] ?? data[`sameType${i}`]?.nodes?.[0] ?? data.any?.nodes?.[0];
        if (substitute?.sku) substitutes.set(sku, substitute.sku);
      });
    },
    replaceIn: (variables) =>
      variables.replace(SAMPLE_SKU, (sku) => JSON.stringify(substitutes.get(sku) ?? sku).slice(1, -1)),
  };
}

/** Looks up each SKU, one garment of the same type per SKU, and one garment of any type. Returns null on failure. */
async function lookUp(skus: string[]): Promise<CatalogData | null> {
  const fields = skus.map((sku, i) => {
    const garmentType = GARMENT_TYPES[sku.slice(3, 5)];
    return `same${i}: garment(sku: "${sku}") { sku }
      sameType${i}: garments(first: 1, filter: { garmentTypes: [${garmentType}] }) { nodes { sku } }`;
  });
  const query = `{ ${fields.join(' ')} any: garments(first: 1) { nodes { sku } } }`;
  const headers = { 'content-type': 'application/json', ...accessHeaders() };
  try {
    const response = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify({ query }) });
    return ((await response.json()) as { data?: CatalogData | null }).data ?? null;
  } catch {
    return null;
  }
}
