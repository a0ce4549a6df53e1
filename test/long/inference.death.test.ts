import type { Worker } from 'node:worker_threads';
import { dot } from '../../src/domain/recommend/fusion.js';
import type { ThreadedEncoders } from '../../src/inference/encoders.js';
import { startTinyEncoders, TINY, tinyPixels } from '../support/tiny.bundle.js';

// the thread is ended while it splits these into tokens: inside a native run Node itself cannot end it
const LONG_WORDS = 'red dress '.repeat(400_000);

let encoders: ThreadedEncoders;
const deaths: string[] = [];
beforeEach(async () => {
  deaths.length = 0;
  const logger = { info: () => undefined, warn: ({ thread }: { thread: string }) => deaths.push(thread) };
  encoders = await startTinyEncoders({ logger: logger as never });
});
afterEach(() => encoders.close());

/** Waits until a task runs, then ends its thread. */
async function killInMidRun(thread: 'words' | 'pictures'): Promise<Worker> {
  await new Promise((resolve) => setTimeout(resolve, 100));
  const worker = encoders.threads[thread].worker!;
  await worker.terminate();
  return worker;
}

describe('an inference thread that dies in the middle of a run', () => {
  it('costs the caller nothing but time, and at most three seconds more', async () => {
    const usual = performance.now();
    await encoders.encodeWords(`usual ${LONG_WORDS}`);
    const started = performance.now();
    const answer = encoders.encodeWords(LONG_WORDS);
    const dead = await killInMidRun('words');
    expect(await answer).toHaveLength(TINY.dimensions);
    expect(performance.now() - started).toBeLessThan(3_000 + 2 * (started - usual));
    expect(encoders.threads.words.worker).not.toBe(dead);
    expect(deaths).toEqual(['words']);
  });

  it('fails the run cleanly where the new one dies too, and goes on after that', async () => {
    const answer = encoders.encodeWords(LONG_WORDS);
    const failed = expect(answer).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    await killInMidRun('words');
    // the new one is not even ready yet
    await encoders.threads.words.worker!.terminate();
    await failed;
    expect(deaths).toEqual(['words', 'words']);
    const vector = await encoders.encodeWords('red dress');
    expect(dot(vector, vector)).toBeCloseTo(1, 5);
  });

  it('loses none of the inputs that wait behind it', async () => {
    const answers = Promise.all(
      [LONG_WORDS, ...Array.from({ length: 40 }, (_, i) => `shirt ${i}`)].map((text) => encoders.encodeWords(text)),
    );
    await killInMidRun('words');
    expect(await answers).toHaveLength(41);
    expect(encoders.waiting()).toEqual({ words: 0, pictures: 0, head: 0, attention: 0 });
  });

  it('does not touch the other thread', async () => {
    const answer = encoders.encodeWords(LONG_WORDS);
    const pictures = encoders.threads.pictures.worker;
    await killInMidRun('words');
    expect(await encoders.encodePixels(tinyPixels(3))).toHaveLength(TINY.dimensions);
    expect(encoders.threads.pictures.worker).toBe(pictures);
    await answer;
  });

  it('may die idle as well', async () => {
    await encoders.threads.pictures.worker!.terminate();
    const started = performance.now();
    expect(await encoders.encodePixels(tinyPixels(3))).toHaveLength(TINY.dimensions);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
