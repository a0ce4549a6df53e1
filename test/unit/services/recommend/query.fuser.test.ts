// Properties of every fusion that a bundle can offer, with the tiny bundle's real attention network.
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
/** Weights from below the float32 range to sums that overflow. */
const weight = fc.oneof(fc.constantFrom(5e-324, 1e-42, 1, 1e38, 1.7e308), fc.double({ min: 0, max: 10, noNaN: true }));
const weights = fc.record({ text: weight, image: weight }).filter(({ text, image }) => text + image > 0);

type Method = (typeof FUSION_METHODS)[number];
const TEXT_ONLY = { text: 1, image: 0 };
const PICTURE_ONLY = { text: 0, image: 1 };

/** Returns the query vector of a request with these features, method and weights. */
async function vectorOf(features: Features, name: Method, requested: FusionWeights): Promise<RequestVector> {
  const fusion = fuser.choose(features, { method: name, textWeight: requested.text, imageWeight: requested.image });
  return fuser.fuse(features, fusion);
}

/** Returns the cosine of two query vectors. */
const similarity = (a: RequestVector, b: RequestVector): number => dot(a.text, b.text) + dot(a.image, b.image);

const assertProperty = (property: fc.IAsyncProperty<unknown>) => fc.assert(property, { numRuns: 150 });

describe('every fusion', () => {
  it('gives a finite vector of length 1 for any features and weights', async () => {
    await assertProperty(
      fc.asyncProperty(both, method, weights, async (features, name, requested) => {
        const { text, image } = await vectorOf(features, name, requested);
        expect([...text, ...image].every(Number.isFinite)).toBe(true);
        expect(Math.hypot(norm(text), norm(image))).toBeCloseTo(1, 4);
      }),
    );
  });

  it('ignores the picture if its weight is 0', async () => {
    await assertProperty(
      fc.asyncProperty(both, unit, method, async ({ text, image }, otherImage, name) => {
        const vector = await vectorOf({ text, image }, name, TEXT_ONLY);
        const other = await vectorOf({ text, image: otherImage }, name, TEXT_ONLY);
        expect(similarity(vector, other)).toBeCloseTo(1, 5);
      }),
    );
  });

  it('ignores the text if its weight is 0', async () => {
    await assertProperty(
      fc.asyncProperty(both, unit, method, async ({ text, image }, otherText, name) => {
        const vector = await vectorOf({ text, image }, name, PICTURE_ONLY);
        const other = await vectorOf({ text: otherText, image }, name, PICTURE_ONLY);
        expect(similarity(vector, other)).toBeCloseTo(1, 5);
      }),
    );
  });

  it('depends only on the ratio of the weights', async () => {
    await assertProperty(
      fc.asyncProperty(both, method, fc.double({ min: 0.1, max: 9, noNaN: true }), async (features, name, ratio) => {
        const once = await vectorOf(features, name, { text: ratio, image: 1 });
        const thousandfold = await vectorOf(features, name, { text: 1000 * ratio, image: 1000 });
        expect(similarity(once, thousandfold)).toBeCloseTo(1, 5);
      }),
    );
  });

  it('moves closer to the text as the weight of the text grows', async () => {
    await assertProperty(
      fc.asyncProperty(both, method, fc.double({ min: 0.1, max: 4, noNaN: true }), async (features, name, ratio) => {
        const textVector = await vectorOf(features, name, TEXT_ONLY);
        const less = await vectorOf(features, name, { text: ratio, image: 1 });
        const more = await vectorOf(features, name, { text: ratio * 2, image: 1 });
        expect(similarity(more, textVector)).toBeGreaterThanOrEqual(similarity(less, textVector) - 1e-5);
      }),
    );
  });
});

describe('attention', () => {
  const fusion = { method: 'ATTENTION' as const, weights: TEXT_ONLY };

  it('treats a single modality like the weighted average', async () => {
    const { halves } = encoders.bundle.manifest.fusion;
    await assertProperty(
      fc.asyncProperty(unit, fc.boolean(), weights, async (modality, isText, requested) => {
        const features = isText ? { text: modality, image: null } : { text: null, image: modality };
        const alone = await vectorOf(features, 'ATTENTION', requested);
        const average = fuse(
          features,
          { method: 'WEIGHTED_AVERAGE', weights: isText ? TEXT_ONLY : PICTURE_ONLY },
          halves,
        );
        expect(similarity(alone, average)).toBeCloseTo(1, 5);
      }),
    );
  });

  it('weights the two modalities of a garment as the manifest says', async () => {
    const [features] = fc.sample(both, 1);
    const { text, image } = await vectorOf(features!, 'ATTENTION', { text: 1, image: 1 });
    expect(norm(text) / norm(image)).toBeCloseTo(0.6 / 0.8, 5);
  });

  it('differs from an average of text and picture', async () => {
    const cosines = await Promise.all(
      fc.sample(both, 20).map(async (features) => {
        const even = { text: 1, image: 1 };
        return similarity(
          await vectorOf(features, 'ATTENTION', even),
          await vectorOf(features, 'WEIGHTED_AVERAGE', even),
        );
      }),
    );
    expect(Math.min(...cosines)).toBeLessThan(0.95);
  });

  it('is refused by the algebra, because only the network computes it', () => {
    const [features] = fc.sample(both, 1);
    expect(() => fuse(features!, fusion, encoders.bundle.manifest.fusion.halves)).toThrow('network');
  });

  it('gives the same vector alone and in a batch', async () => {
    const events: string[] = [];
    const fresh = await startTinyEncoders({ observe: ({ modality, batch }) => events.push(`${modality} ${batch}`) });
    events.length = 0;
    const requests = fc.sample(fc.record({ features: both, weights }), 11).map(({ features, weights: requested }) => ({
      features,
      weights: fuser.choose(features, { method: 'ATTENTION', textWeight: requested.text, imageWeight: requested.image })
        .weights,
    }));
    const together = await Promise.all(requests.map((request) => fresh.attend(request.features, request.weights)));
    expect(events).toEqual(['attention 11']);
    for (const [i, request] of requests.entries()) {
      expect(dot(await fresh.attend(request.features, request.weights), together[i]!)).toBeCloseTo(1, 5);
    }
    await fresh.close();
  });

  it('needs both modalities', async () => {
    const [text] = fc.sample(unit, 1);
    await expect(encoders.attend({ text: text!, image: null }, TEXT_ONLY)).rejects.toThrow('text and a picture');
  });
});

describe('a request that names no fusion', () => {
  it('gets the default fusion of the bundle, also if that is attention', () => {
    const { bundle } = encoders;
    const weights = { ...bundle.manifest.fusion.weights, ATTENTION: { text: 3, image: 1 } };
    const fusion = { ...bundle.manifest.fusion, default: 'ATTENTION' as const, weights };
    const withAttentionDefault = new QueryFuser({
      bundle: { ...bundle, manifest: { ...bundle.manifest, fusion } },
      attend: encoders.attend.bind(encoders),
    });
    const [features] = fc.sample(both, 1);
    expect(withAttentionDefault.choose(features!, {})).toEqual({
      method: 'ATTENTION',
      weights: { text: 0.75, image: 0.25 },
    });
  });
});

describe('a fusion that the bundle does not offer', () => {
  it('is refused with the field of the method, even if the manifest has weights for it', () => {
    const { bundle } = encoders;
    const manifest = {
      ...bundle.manifest,
      fusion: { ...bundle.manifest.fusion, methods: ['CONCATENATION' as const] },
    };
    const limited = new QueryFuser({ bundle: { ...bundle, manifest }, attend: () => Promise.reject(new Error()) });
    const [features] = fc.sample(both, 1);
    expect(() => limited.choose(features!, { method: 'ATTENTION' })).toThrow(
      expect.objectContaining({ code: 'FUSION_METHOD_UNSUPPORTED', field: ['fusion', 'method'] }),
    );
  });
});
