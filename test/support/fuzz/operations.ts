// Valid operations from which hostile requests are made.
export interface ValidOperation {
  query: string;
  variables: Record<string, unknown>;
}

/** A picture of one pixel, as base64. */
export const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

export const RECOMMEND = `query ($input: RecommendOutfitInput!) {
  recommendOutfit(input: $input) { id status garments(first: 3) { edges { score node { sku title } } } }
}`;
export const CLASSIFY =
  'query ($text: String, $image: ImageInput) { classifyGarment(text: $text, image: $image) { garmentTypes { garmentType } } }';
export const UPSERT = `mutation ($garments: [GarmentInput!]!, $dryRun: Boolean) {
  upsertGarments(garments: $garments, dryRun: $dryRun) {
    created updated userErrors { field code message }
    garments { sku title brand color sizes tags productUrl imageUrl price { amount currency } }
  }
}`;

export const VALID_OPERATIONS: readonly ValidOperation[] = [
  { query: RECOMMEND, variables: { input: { text: 'a red dress', filter: { inStockOnly: true } } } },
  { query: CLASSIFY, variables: { text: 'blue jeans', image: { base64: PIXEL } } },
  { query: 'query ($s: String) { garments(search: $s, first: 5) { edges { cursor } } }', variables: { s: 'shoes' } },
  { query: '{ catalogFacets { field values { value count } } }', variables: {} },
  { query: UPSERT, variables: { garments: [{ sku: 'fuzz-1', title: 'A shirt', image: { base64: PIXEL } }] } },
];
