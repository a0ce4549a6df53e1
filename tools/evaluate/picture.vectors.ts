// Vectors of the products' pictures, each encoded once.
import pLimit from 'p-limit';
import type { Encoders } from '../../src/inference/encoders.js';
import { openPicture } from '../../src/pictures/picture.js';
import { squareOf } from '../../src/pictures/letterbox.js';
import type { Product } from './split.reader.js';

/** The encoders reject requests beyond the length of their queues. */
export const ENCODED_AT_ONCE = 64;

export class PictureVectors {
  readonly #limit = pLimit(ENCODED_AT_ONCE);
  readonly #known = new Map<string, Promise<Float32Array>>();

  constructor(private readonly encoders: Encoders) {}

  /** Returns a vector of unit length. */
  of(product: Product): Promise<Float32Array> {
    const known = this.#known.get(product.sku) ?? this.#limit(() => this.#encode(product));
    this.#known.set(product.sku, known);
    return known;
  }

  ofAll(products: readonly Product[]): Promise<Float32Array[]> {
    return Promise.all(products.map((product) => this.of(product)));
  }

  async #encode({ picture }: Product): Promise<Float32Array> {
    return this.encoders.encodePixels(await squareOf(await openPicture(picture), this.encoders.bundle.manifest.image));
  }
}
