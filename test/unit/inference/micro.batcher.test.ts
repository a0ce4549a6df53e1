import { type BatchEvent, MicroBatcher } from '../../../src/inference/micro.batcher.js';
import { WaitingCallers } from '../../../src/inference/waiters.js';
import { withinRequest } from '../../../src/request.scope.js';

/** Returns a `run` that holds each batch until the test opens it. */
function gatedRun(resultOf = (input: number): number | Error => input * 10) {
  const batches: number[][] = [];
  const gates: (() => void)[] = [];
  const run = async (inputs: number[]): Promise<(number | Error)[]> => {
    batches.push(inputs);
    await new Promise<void>((resolve) => gates.push(resolve));
    return inputs.map(resultOf);
  };
  const open = async () => {
    while (gates.length === 0) await new Promise(setImmediate);
    gates.shift()!();
  };
  return { run, batches, open };
}

const options = { modality: 'words', maxBatch: 4 } as const;
const turn = () => new Promise(setImmediate);

describe('MicroBatcher', () => {
  it('starts a single input in the same turn of the event loop', async () => {
    const { run, batches, open } = gatedRun();
    const result = new MicroBatcher(run, options).load(1);
    await turn();
    expect(batches).toEqual([[1]]);
    await open();
    expect(await result).toBe(10);
  });

  it('puts all inputs of one turn into one batch', async () => {
    const { run, batches, open } = gatedRun();
    const batcher = new MicroBatcher(run, options);
    const results = Promise.all([1, 2, 3].map((input) => batcher.load(input)));
    await open();
    expect(await results).toEqual([10, 20, 30]);
    expect(batches).toEqual([[1, 2, 3]]);
  });

  it('collects inputs while a batch runs, up to the largest batch', async () => {
    const { run, batches, open } = gatedRun();
    const batcher = new MicroBatcher(run, options);
    const results = [batcher.load(0)];
    for (let input = 1; input <= 6; input++) {
      await turn();
      results.push(batcher.load(input));
    }
    expect(batches).toEqual([[0], [1, 2, 3, 4]]);
    for (let i = 0; i < 3; i++) await open();
    expect(await Promise.all(results)).toEqual([0, 10, 20, 30, 40, 50, 60]);
    expect(batches).toEqual([[0], [1, 2, 3, 4], [5, 6]]);
  });

  it('holds a batch that may still grow until the batch before it is done', async () => {
    const { run, batches, open } = gatedRun();
    const batcher = new MicroBatcher(run, options);
    const results = Promise.all(Array.from({ length: 8 }, (_, input) => batcher.load(input)));
    await turn();
    await turn();
    expect(batches).toHaveLength(1);
    await open();
    await open();
    expect(await results).toHaveLength(8);
  });

  it('sends at most one full batch ahead while another runs', async () => {
    const { run, batches, open } = gatedRun();
    const batcher = new MicroBatcher(run, options);
    const results = [batcher.load(0)];
    await turn();
    for (let input = 1; input <= 14; input++) results.push(batcher.load(input));
    await turn();
    expect(batches).toEqual([[0], [1, 2, 3, 4]]);
    await open();
    await turn();
    expect(batches.slice(2)).toEqual([[5, 6, 7, 8]]);
    for (let i = 0; i < 4; i++) await open();
    expect(await Promise.all(results)).toHaveLength(15);
    expect(batches.slice(3)).toEqual([
      [9, 10, 11, 12],
      [13, 14],
    ]);
  });

  it('fails one input of a batch without failing the others', async () => {
    const { run, open } = gatedRun((input) => (input === 2 ? new Error('bad row') : input));
    const batcher = new MicroBatcher(run, options);
    const results = Promise.allSettled([1, 2, 3].map((input) => batcher.load(input)));
    await open();
    expect((await results).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('continues after a batch that fails as a whole', async () => {
    let runs = 0;
    const run = (inputs: number[]) =>
      runs++ === 0 ? Promise.reject(new Error('thread lost')) : Promise.resolve(inputs);
    const batcher = new MicroBatcher(run, { ...options, maxBatch: 1 });
    const results = await Promise.allSettled([batcher.load(1), batcher.load(2)]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(batcher.waiting).toBe(0);
  });

  it('refuses a picture while waiting pictures fill their bound of 128 MB, and still accepts texts', async () => {
    const pixels = new Uint8Array(1_000_000);
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const run = (inputs: Uint8Array[]) => ended.then(() => inputs.map(({ length }) => length));
    // two models that are open at the same time
    const batchers = [1, 2].map(() => new MicroBatcher(run, { modality: 'pictures', maxBatch: 16 }));
    const accepted = Array.from({ length: 63 }, (_, i) => batchers[i % 2]!.load(pixels));
    await expect(batchers[0]!.load(pixels)).rejects.toMatchObject({ code: 'SERVER_BUSY' });
    expect(await new MicroBatcher((inputs: string[]) => Promise.resolve(inputs), options).load('red')).toBe('red');
    end();
    await Promise.all(accepted);
    expect(await batchers[0]!.load(pixels)).toBe(1_000_000);
  });

  it('refuses an input at once while 1,024 others wait', async () => {
    const { run, open } = gatedRun();
    const batcher = new MicroBatcher(run, { ...options, maxBatch: 2_000 });
    const accepted = Array.from({ length: 1_024 }, (_, input) => batcher.load(input));
    await expect(batcher.load(1_024)).rejects.toMatchObject({ code: 'SERVER_BUSY' });
    await open();
    await Promise.all(accepted);
    expect(batcher.waiting).toBe(0);
  });

  it('drops inputs whose clients disconnect before a batch is formed, and runs the others', async () => {
    const { run, batches, open } = gatedRun();
    const events: BatchEvent[] = [];
    const batcher = new MicroBatcher(run, { ...options, observe: (event) => events.push(event) });
    const client = new AbortController();
    const first = batcher.load(0);
    await turn();
    const gone = withinRequest(client.signal, () => [1, 2, 3, 4, 5].map((input) => batcher.load(input)));
    const stays = batcher.load(6);
    const outcomes = Promise.allSettled(gone);
    client.abort();
    for (let batch = 0; batch < 3; batch++) await open();
    expect([await first, await stays]).toEqual([0, 60]);
    // the second batch was full, so it was formed before the client disconnected
    expect(batches).toEqual([[0], [1, 2, 3, 4], [6]]);
    expect((await outcomes)[4]).toMatchObject({ status: 'rejected', reason: { code: 'REQUEST_ABANDONED' } });
    expect(events.map(({ batch }) => batch)).toEqual([1, 4, 1]);
    expect(batcher.waiting).toBe(0);
  });

  it('does not run a batch whose clients have all disconnected', async () => {
    const { run, batches, open } = gatedRun();
    const batcher = new MicroBatcher(run, options);
    const client = new AbortController();
    const first = batcher.load(0);
    await turn();
    const gone = Promise.allSettled(withinRequest(client.signal, () => [1, 2].map((input) => batcher.load(input))));
    client.abort();
    await open();
    await first;
    expect(await gone).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
    const next = batcher.load(3);
    await open();
    expect(await next).toBe(30);
    expect(batches).toEqual([[0], [3]]);
  });

  it('refuses an input of a client that has already disconnected', async () => {
    const { run, batches } = gatedRun();
    const client = new AbortController();
    client.abort();
    const load = withinRequest(client.signal, () => new MicroBatcher(run, options).load(1));
    await expect(load).rejects.toMatchObject({ code: 'REQUEST_ABANDONED' });
    expect(batches).toEqual([]);
  });

  it('keeps an input that another request still waits for', async () => {
    const { run, open } = gatedRun();
    const batcher = new MicroBatcher(run, options);
    const [gone, waiting] = [new AbortController(), new AbortController()];
    const first = batcher.load(0);
    await turn();
    const waiters = withinRequest(gone.signal, () => new WaitingCallers().join());
    const shared = batcher.load(1, waiters);
    withinRequest(waiting.signal, () => waiters.join());
    gone.abort();
    await open();
    await open();
    expect([await first, await shared]).toEqual([0, 10]);
  });

  it('reports the size, run time and wait of each batch', async () => {
    const events: BatchEvent[] = [];
    const { run, open } = gatedRun();
    const batcher = new MicroBatcher(run, { ...options, observe: (event) => events.push(event) });
    const first = batcher.load(1);
    await turn();
    const later = Promise.all([batcher.load(2), batcher.load(3)]);
    await new Promise((resolve) => setTimeout(resolve, 30));
    await open();
    await first;
    await open();
    await later;
    expect(events.map(({ modality, batch }) => [modality, batch])).toEqual([
      ['words', 1],
      ['words', 2],
    ]);
    expect(events[0]!.runMs).toBeGreaterThan(25);
    expect(events[1]!.waitMs).toBeGreaterThan(25);
  });
});
