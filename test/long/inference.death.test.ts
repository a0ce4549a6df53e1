// Inference threads that die in the middle of a run.
import type { Worker } from 'node:worker_threads';
import { dot } from '../../src/domain/recommend/fusion.js';
import type { ThreadedEncoders } from '../../src/inference/encoders.js';
import { startTinyEncoders, TINY, tinyPixels } from '../support/tiny.bundle.js';

// The test ends the thread while it splits these texts into tokens. Node cannot end a thread inside a native run.
const LONG_TEXT = 'red dress '.repeat(400_000);

let encoders: ThreadedEncoders;
const deaths: string[] = [];
beforeEach(async () => {
  deaths.length = 0;
  const logger = { info: () => undefined, warn: ({ thread }: { thread: string }) => deaths.push(thread) };
  encoders = await startTinyEncoders({ logger: logger as never });
});
afterEach(() => encoders.close());

/** Waits until a task runs, then ends its thread. @returns the ended thread */
async function killInMidRun(thread: 'words' | 'pictures'): Promise<Worker> {
  await new Promise((resolve) => setTimeout(resolve, 100));
  const worker = encoders.threads[thread].worker!;
  await worker.terminate();
  return worker;
}

describe('an inference thread that dies in the middle of a run', () => {
  it('delays the caller by at most three seconds, and the run succeeds', async () => {
    const undisturbedStart = performance.now();
    await encoders.encodeWords(`usual ${LONG_TEXT}`);
    const started = performance.now();
    const vector = encoders.encodeWords(LONG_TEXT);
    const dead = await killInMidRun('words');
    expect(await vector).toHaveLength(TINY.dimensions);
    expect(performance.now() - started).toBeLessThan(3_000 + 2 * (started - undisturbedStart));
    expect(encoders.threads.words.worker).not.toBe(dead);
    expect(deaths).toEqual(['words']);
  });

  it('fails the run with SERVICE_UNAVAILABLE if its successor dies too, and later runs succeed', async () => {
    const run = encoders.encodeWords(LONG_TEXT);
    const failed = expect(run).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    await killInMidRun('words');
    // The new thread is not ready yet.
    await encoders.threads.words.worker!.terminate();
    await failed;
    expect(deaths).toEqual(['words', 'words']);
    const vector = await encoders.encodeWords('red dress');
    expect(dot(vector, vector)).toBeCloseTo(1, 5);
  });

  it('loses none of the inputs that wait behind the run', async () => {
    const vectors = Promise.all(
      [LONG_TEXT, ...Array.from({ length: 40 }, (_, i) => `shirt ${i}`)].map((text) => encoders.encodeWords(text)),
    );
    await killInMidRun('words');
    expect(await vectors).toHaveLength(41);
    expect(encoders.waiting()).toEqual({ words: 0, pictures: 0, head: 0, attention: 0 });
  });

  it('does not affect the other thread', async () => {
    const vector = encoders.encodeWords(LONG_TEXT);
    const pictures = encoders.threads.pictures.worker;
    await killInMidRun('words');
    expect(await encoders.encodePixels(tinyPixels(3))).toHaveLength(TINY.dimensions);
    expect(encoders.threads.pictures.worker).toBe(pictures);
    await vector;
  });

  it('may also die while idle', async () => {
    await encoders.threads.pictures.worker!.terminate();
    const started = performance.now();
    expect(await encoders.encodePixels(tinyPixels(3))).toHaveLength(TINY.dimensions);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
