// The queue for database connections: who goes next, who is sent away, and that writers leave room for readers.
import { ConnectionGate, MOST_WAITING, type Lane } from '../../src/store/database/connection.gate.js';

const PATIENT = { read: 5_000, write: 5_000, background: 5_000 };
const turn = () => new Promise(setImmediate);

/** Callers of a gate, in the order in which their turns began. */
function callersOf(gate: ConnectionGate) {
  const begun: string[] = [];
  const leaves = new Map<string, () => void>();
  return {
    begun,
    enter(name: string, lane: Lane, signal?: AbortSignal): Promise<void> {
      const entered = gate.enter(lane, signal).then((leave) => {
        begun.push(name);
        leaves.set(name, leave);
      });
      // callers that still wait when a test ends are refused later, and nobody asks for that
      entered.catch(() => undefined);
      return entered;
    },
    leave: (name: string) => leaves.get(name)!(),
  };
}

it('keeps half of the connections for readers, however many writers and jobs there are', async () => {
  const callers = callersOf(new ConnectionGate({ slots: 4, waitMs: PATIENT, now: () => 0 }));
  for (const n of [1, 2, 3]) void callers.enter(`writer ${n}`, 'write');
  void callers.enter('job', 'background');
  void callers.enter('reader 1', 'read');
  void callers.enter('reader 2', 'read');
  await turn();
  expect(callers.begun).toEqual(['writer 1', 'writer 2', 'reader 1', 'reader 2']);
  callers.leave('writer 1');
  await turn();
  expect(callers.begun.slice(4)).toEqual(['writer 3']);
  callers.leave('writer 2');
  await turn();
  expect(callers.begun.slice(5)).toEqual(['job']);
});

it('gives readers all connections that nobody else wants', async () => {
  const callers = callersOf(new ConnectionGate({ slots: 4, waitMs: PATIENT }));
  for (const n of [1, 2, 3, 4]) void callers.enter(`reader ${n}`, 'read');
  await turn();
  expect(callers.begun).toHaveLength(4);
});

it('lets jobs hold a quarter of the connections', async () => {
  const callers = callersOf(new ConnectionGate({ slots: 8, waitMs: PATIENT }));
  for (const n of [1, 2, 3]) void callers.enter(`job ${n}`, 'background');
  void callers.enter('writer', 'write');
  await turn();
  expect(callers.begun).toEqual(['job 1', 'job 2', 'writer']);
});

it('gives the lanes of a single connection the same time: many short reads to one long write', async () => {
  let clock = 0;
  const callers = callersOf(new ConnectionGate({ slots: 1, waitMs: PATIENT, now: () => clock }));
  for (const n of [1, 2, 3]) void callers.enter(`write ${n}`, 'write');
  for (const n of [1, 2]) void callers.enter(`job ${n}`, 'background');
  for (let n = 1; n <= 8; n++) void callers.enter(`read ${n}`, 'read');
  await turn();
  for (let served = 1; served <= 13; served++) {
    const name = callers.begun.at(-1)!;
    clock += name.startsWith('read') ? 30 : 100;
    callers.leave(name);
    await turn();
  }
  const order = callers.begun.map((name) => name[0]).join('');
  expect(order).toBe('wrjrrrwjrrrwr');
});

it('gives a lane that was idle no more than its share', async () => {
  let clock = 0;
  const callers = callersOf(new ConnectionGate({ slots: 1, waitMs: PATIENT, now: () => clock }));
  const serve = async (): Promise<void> => {
    await turn();
    clock += 10;
    callers.leave(callers.begun.at(-1)!);
    await turn();
  };
  for (let n = 0; n < 60; n++) void callers.enter(`read ${n}`, 'read');
  for (let n = 0; n < 50; n++) await serve();
  for (let n = 0; n < 20; n++) void callers.enter(`write ${n}`, 'write');
  for (let n = 0; n < 9; n++) await serve();
  // the reads of before are not made up for
  expect(
    callers.begun
      .slice(51)
      .map((name) => name[0])
      .join(''),
  ).toMatch(/^(wr){4}w?$|^(rw){4}r?$/);
});

it('sends a caller away with DATABASE_BUSY when its time is over, and its place is free again', async () => {
  const gate = new ConnectionGate({ slots: 1, waitMs: { ...PATIENT, read: 20 } });
  const leave = await gate.enter('read');
  await expect(gate.enter('read')).rejects.toMatchObject({ code: 'DATABASE_BUSY' });
  expect(gate.waitingCount).toBe(0);
  leave();
  // a second call of the same leave must not free a second place
  leave();
  await gate.enter('read');
  await expect(gate.enter('read')).rejects.toMatchObject({ code: 'DATABASE_BUSY' });
});

it('bounds how many wait in a lane', async () => {
  const gate = new ConnectionGate({ slots: 1, waitMs: PATIENT });
  await gate.enter('read');
  const waiting = Array.from({ length: MOST_WAITING }, () => gate.enter('read').catch((error: Error) => error));
  await expect(gate.enter('read')).rejects.toMatchObject({ code: 'DATABASE_BUSY' });
  gate.refuseAll(() => new Error('over'));
  expect(await Promise.all(waiting)).toHaveLength(MOST_WAITING);
});

it('takes a caller out of the queue whose client is gone', async () => {
  const gate = new ConnectionGate({ slots: 1, waitMs: PATIENT });
  const leave = await gate.enter('read');
  const client = new AbortController();
  const waiting = gate.enter('read', client.signal);
  client.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'REQUEST_ABANDONED' });
  leave();
  await gate.enter('read');
});
