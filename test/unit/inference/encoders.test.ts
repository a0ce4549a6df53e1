import { dot } from '../../../src/domain/recommend/fusion.js';
import { HEAD_OUTPUTS } from '../../../src/domain/recommend/classification.js';
import { StartupError } from '../../../src/errors.js';
import { loadBundle } from '../../../src/inference/bundle.js';
import { type BatchEvent, startEncoders, type ThreadedEncoders } from '../../../src/inference/encoders.js';
import { changeManifest, startTinyEncoders, TINY, tinyPixels, withTinyCopy } from '../../support/tiny.bundle.js';

const TEXTS = [
  'red dress',
  'a',
  '蓝色衬衫',
  'striped cotton shirt for men',
  '',
  'blue shoes for the summer in white and navy',
];

let encoders: ThreadedEncoders;
const events: BatchEvent[] = [];
beforeAll(async () => {
  encoders = await startTinyEncoders({ observe: (event) => events.push(event) });
});
afterAll(() => encoders.close());
beforeEach(() => {
  events.length = 0;
});

describe('encodeWords', () => {
  it('returns unit vectors of the bundle’s dimensions', async () => {
    for (const text of TEXTS) {
      const vector = await encoders.encodeWords(text);
      expect(vector).toHaveLength(TINY.dimensions);
      expect(dot(vector, vector)).toBeCloseTo(1, 5);
    }
  });

  it('returns the same vector for a text alone and in a batch with texts of any length', async () => {
    const fresh = await startTinyEncoders();
    const together = await Promise.all(TEXTS.map((text) => fresh.encodeWords(text)));
    await fresh.close();
    for (const [i, text] of TEXTS.entries()) {
      expect(dot(await encoders.encodeWords(text), together[i]!)).toBeGreaterThan(0.999_999);
    }
  });

  it('encodes concurrent texts in one batch, at most 16 at a time', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, i) => encoders.encodeWords(`shirt number ${i}`)));
    expect(events.map(({ modality, batch }) => `${modality} ${batch}`)).toEqual(['words 16', 'words 4']);
  });

  it('returns the cached vector for a text that was encoded before', async () => {
    const first = await encoders.encodeWords('white summer skirt');
    events.length = 0;
    expect(await encoders.encodeWords('white summer skirt')).toBe(first);
    expect(events).toEqual([]);
  });

  it.each(['nan', 'inf', 'zero'])('fails only the text whose vector is invalid (%s)', async (word) => {
    const [good, bad, alsoGood] = await Promise.allSettled(
      [`red ${word.length}`, word, `hat ${word.length}`].map((text) => encoders.encodeWords(text)),
    );
    expect(bad).toMatchObject({
      status: 'rejected',
      reason: { message: expect.stringContaining('of length') as string },
    });
    // infinity in another row must not affect these rows
    expect([good?.status, alsoGood?.status]).toEqual(['fulfilled', 'fulfilled']);
  });
});

describe('encodePixels', () => {
  it('returns unit vectors, the same for a picture alone and in a batch', async () => {
    const fresh = await startTinyEncoders();
    const shades = [10, 90, 170, 250, 33];
    const together = await Promise.all(shades.map((shade) => fresh.encodePixels(tinyPixels(shade))));
    await fresh.close();
    for (const [i, shade] of shades.entries()) {
      const alone = await encoders.encodePixels(tinyPixels(shade));
      expect(dot(alone, alone)).toBeCloseTo(1, 5);
      expect(dot(alone, together[i]!)).toBeGreaterThan(0.999_999);
    }
  });

  it('does not change the caller’s pixels', async () => {
    const pixels = tinyPixels(77);
    await encoders.encodePixels(pixels);
    expect([...pixels]).toEqual([...tinyPixels(77)]);
  });

  it('encodes equal pixels once', async () => {
    const [a, b] = await Promise.all([encoders.encodePixels(tinyPixels(121)), encoders.encodePixels(tinyPixels(121))]);
    expect(b).toBe(a);
    expect(events.map(({ batch }) => batch)).toEqual([1]);
  });

  it('fails only the picture whose vector is zero', async () => {
    const [black, gray] = await Promise.allSettled([
      encoders.encodePixels(tinyPixels(0)),
      encoders.encodePixels(tinyPixels(5)),
    ]);
    expect([black.status, gray.status]).toEqual(['rejected', 'fulfilled']);
  });

  it('refuses pixels of another size', async () => {
    await expect(encoders.encodePixels(new Uint8Array(12))).rejects.toThrow('8 × 8 RGB pixels');
  });
});

describe('readHead', () => {
  it('returns five distributions for a text, a picture or both', async () => {
    const text = await encoders.encodeWords('red dress');
    const image = await encoders.encodePixels(tinyPixels(40));
    const { labels } = encoders.bundle.manifest.head;
    for (const features of [
      { text, image: null },
      { text: null, image },
      { text, image },
    ]) {
      const classification = await encoders.readHead(features);
      for (const output of HEAD_OUTPUTS) {
        expect(classification[output]).toHaveLength(labels[output].length);
        expect(classification[output].reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
      }
    }
  });

  it('reads text and picture features as different modalities', async () => {
    const text = await encoders.encodeWords('red dress');
    const [asText, asImage] = await Promise.all([
      encoders.readHead({ text, image: null }),
      encoders.readHead({ text: null, image: text }),
    ]);
    expect([...asText.garmentType]).not.toEqual([...asImage.garmentType]);
  });

  it('divides logits by the temperature of each output', async () => {
    const text = await encoders.encodeWords('red dress');
    const warm = await encoders.readHead({ text, image: null });
    const plain = await withTinyCopy(async (dir) => {
      const temperatures = { garmentType: 1, category: 1, color: 1, gender: 1, usage: 1 };
      await changeManifest(dir, (manifest) => ({ ...manifest, head: { ...manifest.head, temperatures } }));
      const other = await startEncoders(await loadBundle(dir), { execution: 'cpu', threads: 1 });
      const classification = await other.readHead({ text, image: null });
      await other.close();
      return classification;
    });
    const logOdds = (p: Float32Array) => Math.log(p[0]! / p[1]!);
    const { temperatures } = encoders.bundle.manifest.head;
    for (const output of HEAD_OUTPUTS) {
      expect(logOdds(warm[output]) * temperatures[output]).toBeCloseTo(logOdds(plain[output]), 3);
    }
  });

  it('classifies many requests in one run', async () => {
    const vectors = await Promise.all(TEXTS.map((text) => encoders.encodeWords(text)));
    events.length = 0;
    await Promise.all(vectors.map((text) => encoders.readHead({ text, image: null })));
    expect(events.map(({ modality, batch }) => [modality, batch])).toEqual([['head', TEXTS.length]]);
  });

  it('refuses a request without text and picture', async () => {
    await expect(encoders.readHead({ text: null, image: null })).rejects.toThrow('needs text or a picture');
  });
});

describe('ThreadedEncoders', () => {
  it('does not block the event loop while a model runs', async () => {
    const started = performance.now();
    let ticks = 0;
    const timer = setInterval(() => ticks++, 5);
    await encoders.encodeWords('slow');
    clearInterval(timer);
    // The run takes about 400 ms. On this thread, it would let no tick through.
    expect(ticks).toBeGreaterThan((performance.now() - started) / 5 / 4);
  });

  it('finishes accepted inputs on close and refuses later ones', async () => {
    const closing = await startTinyEncoders();
    const taken = [closing.encodeWords('slow'), closing.encodeWords('slow red'), closing.encodePixels(tinyPixels(9))];
    const closed = closing.close();
    for (const vector of await Promise.all(taken)) expect(vector).toHaveLength(TINY.dimensions);
    await closed;
    for (const late of [closing.encodeWords('red'), closing.encodePixels(tinyPixels(9))]) {
      await expect(late).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    }
  });

  it('fails to start if a model lacks the outputs in the manifest, and names the model', async () => {
    await withTinyCopy(async (dir) => {
      await changeManifest(dir, (manifest) => ({ ...manifest, dimensions: 32 }));
      const start = startEncoders(await loadBundle(dir), { execution: 'cpu', threads: 1 });
      await expect(start).rejects.toThrow(StartupError);
      await expect(start).rejects.toThrow(/tiny-bundle@1\.0\.0 does not run on cpu: (text|image)\.onnx/);
    });
  });
});
