// One request with plain fetch, with its result and its errors.

const FIND = `query Find($input: RecommendOutfitInput!, $after: String) {
  recommendOutfit(input: $input) {
    id
    status
    garments(first: 12, after: $after) {
      edges { node { sku title imageUrl(width: 384) price { amount currency } } explanation { reasons } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

export interface Shop {
  /** URL of the API: `https://fitroom.shop.example/graphql`. */
  url: string;
  /** A key with the role STOREFRONT. */
  key: string;
}

export async function ask(shop: Shop, query: string, variables: object): Promise<any> {
  const response = await fetch(shop.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${shop.key}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: any; errors?: any[] };
  if (errors?.[0]) throw new Error(`${errors[0].extensions.code}: ${errors[0].message}`);
  return data;
}

/** Yields every garment for a text, page by page. */
export async function* findAll(shop: Shop, text: string): AsyncGenerator<{ sku: string; title: string }> {
  let after: string | null = null;
  do {
    const { recommendOutfit } = await ask(shop, FIND, { input: { text }, after });
    for (const { node } of recommendOutfit.garments.edges) yield node;
    const { hasNextPage, endCursor } = recommendOutfit.garments.pageInfo;
    after = hasNextPage ? endCursor : null;
  } while (after !== null);
}
