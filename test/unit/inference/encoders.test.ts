import { dot } from '../../../src/domain/recommend/fusion.js';
import { HEAD_OUTPUTS } from '../../../src/domain/recommend/classification.js';
import { StartupError } from '../../../src/errors.js';
import { loadBundle } from '../../../src/inference/bundle.js';
import { type BatchEvent, startEncoders, type ThreadedEncoders } from '../../../src/inference/encoders.js';
import { changeManifest, startTinyEncoders, TINY, tinyPixels, withTinyCopy } from '../../support/tiny.bundle.js';

const WORDS = [
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

describe('words', () => {
  it('become unit vectors of the bundle’s dimensions', async () => {
    for (const text of WORDS) {
      const vector = await encoders.encodeWords(text);
      expect(vector).toHaveLength(TINY.dimensions);
      expect(dot(vector, vector)).toBeCloseTo(1, 5);
    }
  });

  it('mean the same alone and among others of any length', async () => {
    const fresh = await startTinyEncoders();
    const together = await Promise.all(WORDS.map((text) => fresh.encodeWords(text)));
    await fresh.close();
    for (const [i, text] of WORDS.entries()) {
      expect(dot(await encoders.encodeWords(text), together[i]!)).toBeGreaterThan(0.999_999);
    }
  });

  it('of one moment go through the model together, at most 16 at a time', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, i) => encoders.encodeWords(`shirt number ${i}`)));
    expect(events.map(({ modality, batch }) => `${modality} ${batch}`)).toEqual(['words 16', 'words 4']);
  });

  it('that were encoded already cost nothing and are the same to the bit', async () => {
    const first = await encoders.encodeWords('white summer skirt');
    events.length = 0;
    expect(await encoders.encodeWords('white summer skirt')).toBe(first);
    expect(events).toEqual([]);
  });

  it.each(['nan', 'inf', 'zero'])('whose vector comes out wrong (%s) fail alone', async (word) => {
    const [good, bad, alsoGood] = await Promise.allSettled(
      [`red ${word.length}`, word, `hat ${word.length}`].map((text) => encoders.encodeWords(text)),
    );
    expect(bad).toMatchObject({
      status: 'rejected',
      reason: { message: expect.stringContaining('of length') as string },
    });
    // infinity in a neighbour must not reach these rows
    expect([good?.status, alsoGood?.status]).toEqual(['fulfilled', 'fulfilled']);
  });
});

describe('pictures', () => {
  it('become unit vectors, the same alone and among others', async () => {
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

  it('leave the caller’s pixels alone, so that they can be used again', async () => {
    const pixels = tinyPixels(77);
    await encoders.encodePixels(pixels);
    expect([...pixels]).toEqual([...tinyPixels(77)]);
  });

  it('with equal pixels are encoded once', async () => {
    const [a, b] = await Promise.all([encoders.encodePixels(tinyPixels(121)), encoders.encodePixels(tinyPixels(121))]);
    expect(b).toBe(a);
    expect(events.map(({ batch }) => batch)).toEqual([1]);
  });

  it('whose vector comes out zero fail alone', async () => {
    const [black, grey] = await Promise.allSettled([
      encoders.encodePixels(tinyPixels(0)),
      encoders.encodePixels(tinyPixels(5)),
    ]);
    expect([black.status, grey.status]).toEqual(['rejected', 'fulfilled']);
  });

  it('of another size are a mistake of the caller', async () => {
    await expect(encoders.encodePixels(new Uint8Array(12))).rejects.toThrow('8 × 8 RGB pixels');
  });
});

describe('the head', () => {
  it('gives five distributions on words, a picture or both', async () => {
    const text = await encoders.encodeWords('red dress');
    const image = await encoders.encodePixels(tinyPixels(40));
    const { labels } = encoders.bundle.manifest.head;
    for (const features of [
      { text, image: null },
      { text: null, image },
      { text, image },
    ]) {
      const reading = await encoders.readHead(features);
      for (const output of HEAD_OUTPUTS) {
        expect(reading[output]).toHaveLength(labels[output].length);
        expect(reading[output].reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
      }
    }
  });

  it('takes each side from its own half', async () => {
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
      const reading = await other.readHead({ text, image: null });
      await other.close();
      return reading;
    });
    const logOdds = (p: Float32Array) => Math.log(p[0]! / p[1]!);
    const { temperatures } = encoders.bundle.manifest.head;
    for (const output of HEAD_OUTPUTS) {
      expect(logOdds(warm[output]) * temperatures[output]).toBeCloseTo(logOdds(plain[output]), 3);
    }
  });

  it('reads many requests in one run', async () => {
    const vectors = await Promise.all(WORDS.map((text) => encoders.encodeWords(text)));
    events.length = 0;
    await Promise.all(vectors.map((text) => encoders.readHead({ text, image: null })));
    expect(events.map(({ modality, batch }) => [modality, batch])).toEqual([['head', WORDS.length]]);
  });

  it('needs words or a picture', async () => {
    await expect(encoders.readHead({ text: null, image: null })).rejects.toThrow('needs words or a picture');
  });
});

describe('starting and stopping', () => {
  it('does not block the event loop while a model runs', async () => {
    const started = performance.now();
    let ticks = 0;
    const timer = setInterval(() => ticks++, 5);
    await encoders.encodeWords('slow');
    clearInterval(timer);
    // the run takes some 400 ms; were it on this thread, not one tick would come
    expect(ticks).toBeGreaterThan((performance.now() - started) / 5 / 4);
  });

  it('finishes what it has taken, then takes nothing more', async () => {
    const closing = await startTinyEncoders();
    const taken = [closing.encodeWords('slow'), closing.encodeWords('slow red'), closing.encodePixels(tinyPixels(9))];
    const closed = closing.close();
    for (const vector of await Promise.all(taken)) expect(vector).toHaveLength(TINY.dimensions);
    await closed;
    for (const late of [closing.encodeWords('red'), closing.encodePixels(tinyPixels(9))]) {
      await expect(late).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    }
  });

  it('ends the start where a model does not give what the manifest says, and names the model', async () => {
    await withTinyCopy(async (dir) => {
      await changeManifest(dir, (manifest) => ({ ...manifest, dimensions: 32 }));
      const start = startEncoders(await loadBundle(dir), { execution: 'cpu', threads: 1 });
      await expect(start).rejects.toThrow(StartupError);
      await expect(start).rejects.toThrow(/tiny-bundle@1\.0\.0 does not run on cpu: (text|image)\.onnx/);
    });
  });
});
