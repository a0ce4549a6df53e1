// What weights mean, for every fusion that a bundle can offer: the algebra, and a real network of the tiny bundle.
import fc from 'fast-check';
import {
  dot,
  FUSION_METHODS,
  fuse,
  norm,
  type Features,
  type FusionWeights,
} from '../../../../src/domain/recommend/fusion.js';
import type { RequestVector } from '../../../../src/domain/recommend/fusion.js';
import type { ThreadedEncoders } from '../../../../src/inference/encoders.js';
import { QueryFuser } from '../../../../src/services/recommend/query.fuser.js';
import { startTinyEncoders, TINY } from '../../../support/tiny.bundle.js';

let encoders: ThreadedEncoders;
let fuser: QueryFuser;
beforeAll(async () => {
  encoders = await startTinyEncoders();
  fuser = new QueryFuser(encoders);
});
afterAll(() => encoders.close());

const unit = fc
  .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: TINY.dimensions, maxLength: TINY.dimensions })
  .filter((values) => Math.hypot(...values) > 0.1)
  .map((values) => Float32Array.from(values, (value) => value / Math.hypot(...values)));
const both = fc.record({ text: unit, image: unit }).filter(({ text, image }) => dot(text, image) > -0.98);
const method = fc.constantFrom(...FUSION_METHODS);
/** From what vanishes in float32 to what overflows as a sum. */
const weight = fc.oneof(fc.constantFrom(5e-324, 1e-42, 1, 1e38, 1.7e308), fc.double({ min: 0, max: 10, noNaN: true }));
const weights = fc.record({ text: weight, image: weight }).filter(({ text, image }) => text + image > 0);

type Method = (typeof FUSION_METHODS)[number];
const WORDS_ONLY = { text: 1, image: 0 };
const PICTURE_ONLY = { text: 0, image: 1 };

/** As a request goes: its wish, then its vector. */
async function vectorOf(features: Features, name: Method, given: FusionWeights): Promise<RequestVector> {
  const fusion = fuser.choose(features, { method: name, textWeight: given.text, imageWeight: given.image });
  return fuser.fuse(features, fusion);
}

/** Cosine of two requests' vectors. */
const likeness = (a: RequestVector, b: RequestVector): number => dot(a.text, b.text) + dot(a.image, b.image);

const holds = (property: fc.IAsyncProperty<unknown>) => fc.assert(property, { numRuns: 150 });

describe('every fusion', () => {
  it('gives a finite vector of length 1 for any features and weights', async () => {
    await holds(
      fc.asyncProperty(both, method, weights, async (features, name, given) => {
        const { text, image } = await vectorOf(features, name, given);
        expect([...text, ...image].every(Number.isFinite)).toBe(true);
        expect(Math.hypot(norm(text), norm(image))).toBeCloseTo(1, 4);
      }),
    );
  });

  it('is of the words only where the picture weighs nothing, whatever it shows', async () => {
    await holds(
      fc.asyncProperty(both, unit, method, async ({ text, image }, otherImage, name) => {
        const vector = await vectorOf({ text, image }, name, WORDS_ONLY);
        const other = await vectorOf({ text, image: otherImage }, name, WORDS_ONLY);
        expect(likeness(vector, other)).toBeCloseTo(1, 5);
      }),
    );
  });

  it('is of the picture only where the words weigh nothing, whatever they say', async () => {
    await holds(
      fc.asyncProperty(both, unit, method, async ({ text, image }, otherText, name) => {
        const vector = await vectorOf({ text, image }, name, PICTURE_ONLY);
        const other = await vectorOf({ text: otherText, image }, name, PICTURE_ONLY);
        expect(likeness(vector, other)).toBeCloseTo(1, 5);
      }),
    );
  });

  it('depends on the ratio of the weights only', async () => {
    await holds(
      fc.asyncProperty(both, method, fc.double({ min: 0.1, max: 9, noNaN: true }), async (features, name, ratio) => {
        const once = await vectorOf(features, name, { text: ratio, image: 1 });
        const thousandfold = await vectorOf(features, name, { text: 1000 * ratio, image: 1000 });
        expect(likeness(once, thousandfold)).toBeCloseTo(1, 5);
      }),
    );
  });

  it('comes nearer to the words the more they weigh', async () => {
    await holds(
      fc.asyncProperty(both, method, fc.double({ min: 0.1, max: 4, noNaN: true }), async (features, name, ratio) => {
        const words = await vectorOf(features, name, WORDS_ONLY);
        const less = await vectorOf(features, name, { text: ratio, image: 1 });
        const more = await vectorOf(features, name, { text: ratio * 2, image: 1 });
        expect(likeness(more, words)).toBeGreaterThanOrEqual(likeness(less, words) - 1e-5);
      }),
    );
  });
});

describe('attention', () => {
  const fusion = { method: 'ATTENTION' as const, weights: WORDS_ONLY };

  it('searches with a side that is alone as the weighted average does', async () => {
    const { halves } = encoders.bundle.manifest.fusion;
    await holds(
      fc.asyncProperty(unit, fc.boolean(), weights, async (side, isText, given) => {
        const features = isText ? { text: side, image: null } : { text: null, image: side };
        const alone = await vectorOf(features, 'ATTENTION', given);
        const average = fuse(
          features,
          { method: 'WEIGHTED_AVERAGE', weights: isText ? WORDS_ONLY : PICTURE_ONLY },
          halves,
        );
        expect(likeness(alone, average)).toBeCloseTo(1, 5);
      }),
    );
  });

  it('asks both halves of a garment as the manifest says', async () => {
    const [features] = fc.sample(both, 1);
    const { text, image } = await vectorOf(features!, 'ATTENTION', { text: 1, image: 1 });
    expect(norm(text) / norm(image)).toBeCloseTo(0.6 / 0.8, 5);
  });

  it('decides on its own: it is no average of words and picture', async () => {
    const cosines = await Promise.all(
      fc.sample(both, 20).map(async (features) => {
        const even = { text: 1, image: 1 };
        return likeness(
          await vectorOf(features, 'ATTENTION', even),
          await vectorOf(features, 'WEIGHTED_AVERAGE', even),
        );
      }),
    );
    expect(Math.min(...cosines)).toBeLessThan(0.95);
  });

  it('is left to the network alone: without it the algebra refuses', () => {
    const [features] = fc.sample(both, 1);
    expect(() => fuse(features!, fusion, encoders.bundle.manifest.fusion.halves)).toThrow('network');
  });

  it('means the same alone and among others, in one run', async () => {
    const events: string[] = [];
    const fresh = await startTinyEncoders({ observe: ({ modality, batch }) => events.push(`${modality} ${batch}`) });
    events.length = 0;
    const requests = fc.sample(fc.record({ features: both, weights }), 11).map(({ features, weights: given }) => ({
      features,
      weights: fuser.choose(features, { method: 'ATTENTION', textWeight: given.text, imageWeight: given.image })
        .weights,
    }));
    const together = await Promise.all(requests.map((one) => fresh.attend(one.features, one.weights)));
    expect(events).toEqual(['attention 11']);
    for (const [i, one] of requests.entries()) {
      expect(dot(await fresh.attend(one.features, one.weights), together[i]!)).toBeCloseTo(1, 5);
    }
    await fresh.close();
  });

  it('needs both sides', async () => {
    const [side] = fc.sample(unit, 1);
    await expect(encoders.attend({ text: side!, image: null }, WORDS_ONLY)).rejects.toThrow('words and a picture');
  });
});

describe('a request that names no fusion', () => {
  it('gets the one that the bundle does best with, attention too', () => {
    const { bundle } = encoders;
    const weights = { ...bundle.manifest.fusion.weights, ATTENTION: { text: 3, image: 1 } };
    const fusion = { ...bundle.manifest.fusion, default: 'ATTENTION' as const, weights };
    const attentive = new QueryFuser({
      bundle: { ...bundle, manifest: { ...bundle.manifest, fusion } },
      attend: encoders.attend.bind(encoders),
    });
    const [features] = fc.sample(both, 1);
    expect(attentive.choose(features!, {})).toEqual({ method: 'ATTENTION', weights: { text: 0.75, image: 0.25 } });
  });
});

describe('a fusion that the bundle does not offer', () => {
  it('is refused by its field, also where weights for it are there', () => {
    const { bundle } = encoders;
    const manifest = {
      ...bundle.manifest,
      fusion: { ...bundle.manifest.fusion, methods: ['CONCATENATION' as const] },
    };
    const poorer = new QueryFuser({ bundle: { ...bundle, manifest }, attend: () => Promise.reject(new Error()) });
    const [features] = fc.sample(both, 1);
    expect(() => poorer.choose(features!, { method: 'ATTENTION' })).toThrow(
      expect.objectContaining({ code: 'FUSION_METHOD_UNSUPPORTED', field: ['fusion', 'method'] }),
    );
  });
});
