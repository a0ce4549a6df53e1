// The ranker by vectors alone, with every fusion method of a real bundle.
import { PictureVectors } from '../../../tools/evaluate/picture.vectors.js';
import { vectorsOnly } from '../../../tools/evaluate/rankers.js';
import type { Product } from '../../../tools/evaluate/split.reader.js';
import { FUSION_METHODS } from '../../../src/domain/recommend/fusion.js';
import type { ThreadedEncoders } from '../../../src/inference/encoders.js';
import { rasterize } from '../../../tools/draw/rasterize.js';
import { startTinyEncoders } from '../../support/tiny.bundle.js';

let encoders: ThreadedEncoders;
let products: Product[];
beforeAll(async () => {
  encoders = await startTinyEncoders();
  products = await Promise.all(['red', 'blue', 'green'].map(plain));
});
afterAll(() => encoders.close());

async function plain(color: string): Promise<Product> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="6" height="8" fill="${color}"/></svg>`;
  const none = { gender: null, masterCategory: null, category: null, color, usage: null, garmentType: null };
  return { sku: color, title: color, ...none, picture: await rasterize(svg, 8) };
}

it.each(FUSION_METHODS)(
  'vectorsOnly ranks for text, a picture and both by %s, without the garment that the query is about',
  async (method) => {
    const [about] = products;
    const ranker = vectorsOnly({ encoders, products, pictures: new PictureVectors(encoders) }, method);
    const relevant = new Set(['blue']);
    const ranked = await ranker.rank([
      { text: 'blue', relevant },
      { picture: about, about, relevant },
      { text: 'blue', picture: about, about, relevant },
    ]);
    expect(ranked.map((skus) => [...skus].sort())).toEqual([
      ['blue', 'green', 'red'],
      ['blue', 'green', 'red'],
      ['blue', 'green', 'red'],
    ]);
    expect(ranked.slice(1).map((skus) => skus.at(-1))).toEqual(['red', 'red']);
  },
);
