import { type BatchEvent, MicroBatcher } from '../../../src/inference/micro.batcher.js';
import { WaitingCallers } from '../../../src/inference/waiters.js';
import { withinRequest } from '../../../src/request.scope.js';

/** A run that holds each batch until the test lets it go. */
function gatedRun(answer = (input: number): number | Error => input * 10) {
  const batches: number[][] = [];
  const gates: (() => void)[] = [];
  const run = async (inputs: number[]): Promise<(number | Error)[]> => {
    batches.push(inputs);
    await new Promise<void>((resolve) => gates.push(resolve));
    return inputs.map(answer);
  };
  const open = async () => {
    while (gates.length === 0) await new Promise(setImmediate);
    gates.shift()!();
  };
  return { run, batches, open };
}

const options = { modality: 'words', maxBatch: 4 } as const;
const turn = () => new Promise(setImmediate);

describe('Gatherer', () => {
  it('starts a lone input in the same turn of the event loop', async () => {
    const { run, batches, open } = gatedRun();
    const answer = new MicroBatcher(run, options).load(1);
    await turn();
    expect(batches).toEqual([[1]]);
    await open();
    expect(await answer).toBe(10);
  });

  it('puts everything of one turn into one batch', async () => {
    const { run, batches, open } = gatedRun();
    const gatherer = new MicroBatcher(run, options);
    const answers = Promise.all([1, 2, 3].map((input) => gatherer.load(input)));
    await open();
    expect(await answers).toEqual([10, 20, 30]);
    expect(batches).toEqual([[1, 2, 3]]);
  });

  it('gathers what comes while a batch runs, whenever it comes, up to the largest batch', async () => {
    const { run, batches, open } = gatedRun();
    const gatherer = new MicroBatcher(run, options);
    const answers = [gatherer.load(0)];
    for (let input = 1; input <= 6; input++) {
      await turn();
      answers.push(gatherer.load(input));
    }
    expect(batches).toEqual([[0], [1, 2, 3, 4]]);
    for (let i = 0; i < 3; i++) await open();
    expect(await Promise.all(answers)).toEqual([0, 10, 20, 30, 40, 50, 60]);
    expect(batches).toEqual([[0], [1, 2, 3, 4], [5, 6]]);
  });

  it('holds a batch that may still grow until the one before it is done', async () => {
    const { run, batches, open } = gatedRun();
    const gatherer = new MicroBatcher(run, options);
    const answers = Promise.all(Array.from({ length: 8 }, (_, input) => gatherer.load(input)));
    await turn();
    await turn();
    expect(batches).toHaveLength(1);
    await open();
    await open();
    expect(await answers).toHaveLength(8);
  });

  it('sends one full batch ahead while another runs, and no more', async () => {
    const { run, batches, open } = gatedRun();
    const gatherer = new MicroBatcher(run, options);
    const answers = [gatherer.load(0)];
    await turn();
    for (let input = 1; input <= 14; input++) answers.push(gatherer.load(input));
    await turn();
    expect(batches).toEqual([[0], [1, 2, 3, 4]]);
    await open();
    await turn();
    expect(batches.slice(2)).toEqual([[5, 6, 7, 8]]);
    for (let i = 0; i < 4; i++) await open();
    expect(await Promise.all(answers)).toHaveLength(15);
    expect(batches.slice(3)).toEqual([
      [9, 10, 11, 12],
      [13, 14],
    ]);
  });

  it('fails one input of a batch without its neighbours', async () => {
    const { run, open } = gatedRun((input) => (input === 2 ? new Error('bad row') : input));
    const gatherer = new MicroBatcher(run, options);
    const answers = Promise.allSettled([1, 2, 3].map((input) => gatherer.load(input)));
    await open();
    expect((await answers).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('goes on after a batch that fails as a whole', async () => {
    let runs = 0;
    const run = (inputs: number[]) =>
      runs++ === 0 ? Promise.reject(new Error('thread lost')) : Promise.resolve(inputs);
    const gatherer = new MicroBatcher(run, { ...options, maxBatch: 1 });
    const answers = await Promise.allSettled([gatherer.load(1), gatherer.load(2)]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(gatherer.waiting).toBe(0);
  });

  it('refuses a picture at once if those that wait fill their bound of 128 MB, and takes words meanwhile', async () => {
    const pixels = new Uint8Array(1_000_000);
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const run = (inputs: Uint8Array[]) => ended.then(() => inputs.map(({ length }) => length));
    // of two models that are open at the same time
    const gatherers = [1, 2].map(() => new MicroBatcher(run, { modality: 'pictures', maxBatch: 16 }));
    const accepted = Array.from({ length: 63 }, (_, i) => gatherers[i % 2]!.load(pixels));
    await expect(gatherers[0]!.load(pixels)).rejects.toMatchObject({ code: 'SERVER_BUSY' });
    expect(await new MicroBatcher((inputs: string[]) => Promise.resolve(inputs), options).load('red')).toBe('red');
    end();
    await Promise.all(accepted);
    expect(await gatherers[0]!.load(pixels)).toBe(1_000_000);
  });

  it('refuses at once what would wait behind 1,024 others', async () => {
    const { run, open } = gatedRun();
    const gatherer = new MicroBatcher(run, { ...options, maxBatch: 2_000 });
    const accepted = Array.from({ length: 1_024 }, (_, input) => gatherer.load(input));
    await expect(gatherer.load(1_024)).rejects.toMatchObject({ code: 'SERVER_BUSY' });
    await open();
    await Promise.all(accepted);
    expect(gatherer.waiting).toBe(0);
  });

  it('drops inputs whose clients are gone before a batch is formed, and answers the others', async () => {
    const { run, batches, open } = gatedRun();
    const events: BatchEvent[] = [];
    const gatherer = new MicroBatcher(run, { ...options, observe: (event) => events.push(event) });
    const client = new AbortController();
    const first = gatherer.load(0);
    await turn();
    const gone = withinRequest(client.signal, () => [1, 2, 3, 4, 5].map((input) => gatherer.load(input)));
    const stays = gatherer.load(6);
    const outcomes = Promise.allSettled(gone);
    client.abort();
    for (let batch = 0; batch < 3; batch++) await open();
    expect([await first, await stays]).toEqual([0, 60]);
    // a full batch was sent ahead before the client went
    expect(batches).toEqual([[0], [1, 2, 3, 4], [6]]);
    expect((await outcomes)[4]).toMatchObject({ status: 'rejected', reason: { code: 'REQUEST_ABANDONED' } });
    expect(events.map(({ batch }) => batch)).toEqual([1, 4, 1]);
    expect(gatherer.waiting).toBe(0);
  });

  it('runs no batch of which all clients are gone', async () => {
    const { run, batches, open } = gatedRun();
    const gatherer = new MicroBatcher(run, options);
    const client = new AbortController();
    const first = gatherer.load(0);
    await turn();
    const gone = Promise.allSettled(withinRequest(client.signal, () => [1, 2].map((input) => gatherer.load(input))));
    client.abort();
    await open();
    await first;
    expect(await gone).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
    const next = gatherer.load(3);
    await open();
    expect(await next).toBe(30);
    expect(batches).toEqual([[0], [3]]);
  });

  it('refuses an input of a client that is gone already', async () => {
    const { run, batches } = gatedRun();
    const client = new AbortController();
    client.abort();
    const load = withinRequest(client.signal, () => new MicroBatcher(run, options).load(1));
    await expect(load).rejects.toMatchObject({ code: 'REQUEST_ABANDONED' });
    expect(batches).toEqual([]);
  });

  it('keeps an input that another request waits for as well', async () => {
    const { run, open } = gatedRun();
    const gatherer = new MicroBatcher(run, options);
    const [gone, waiting] = [new AbortController(), new AbortController()];
    const first = gatherer.load(0);
    await turn();
    const waiters = withinRequest(gone.signal, () => new WaitingCallers().join());
    const shared = gatherer.load(1, waiters);
    withinRequest(waiting.signal, () => waiters.join());
    gone.abort();
    await open();
    await open();
    expect([await first, await shared]).toEqual([0, 10]);
  });

  it('reports size, time and wait of each batch', async () => {
    const events: BatchEvent[] = [];
    const { run, open } = gatedRun();
    const gatherer = new MicroBatcher(run, { ...options, observe: (event) => events.push(event) });
    const first = gatherer.load(1);
    await turn();
    const later = Promise.all([gatherer.load(2), gatherer.load(3)]);
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
