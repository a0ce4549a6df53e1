// A shopper's photo as a GraphQL multipart request: operations, then a map, then the file.
import type { Shop } from './fetch.example.js';

const LIKE_THIS = `query LikeThis($photo: Upload!, $text: String) {
  recommendOutfit(input: { image: { upload: $photo }, text: $text }) {
    status
    garments(first: 12) { nodes { sku title } }
  }
}`;

export async function findLike(shop: Shop, photo: Blob, text?: string): Promise<any> {
  const form = new FormData();
  form.set('operations', JSON.stringify({ query: LIKE_THIS, variables: { photo: null, text } }));
  form.set('map', JSON.stringify({ 0: ['variables.photo'] }));
  form.set('0', photo);
  const response = await fetch(shop.url, {
    method: 'POST',
    // the browser sets content-type with its boundary; without the second header the server refuses the request
    headers: { authorization: `Bearer ${shop.key}`, 'apollo-require-preflight': '1' },
    body: form,
  });
  return response.json();
}
