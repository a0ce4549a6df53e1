// The queue for database connections: order, refusals, and connections reserved for readers.
import { ConnectionGate, MOST_WAITING, type Lane } from '../../src/store/database/connection.gate.js';

const PATIENT = { read: 5_000, write: 5_000, background: 5_000 };
const nextTurn = () => new Promise(setImmediate);

/** Returns callers of a gate. `entered` lists their names in the order in which they entered. */
function callersOf(gate: ConnectionGate) {
  const entered: string[] = [];
  const leaves = new Map<string, () => void>();
  return {
    entered,
    enter(name: string, lane: Lane, signal?: AbortSignal): Promise<void> {
      const entering = gate.enter(lane, signal).then((leave) => {
        entered.push(name);
        leaves.set(name, leave);
      });
      // Callers that still wait when a test ends are refused later. No test expects those rejections.
      entering.catch(() => undefined);
      return entering;
    },
    leave: (name: string) => leaves.get(name)!(),
  };
}

it('the gate keeps half of the connections for readers, however many writers and jobs wait', async () => {
  const callers = callersOf(new ConnectionGate({ slots: 4, waitMs: PATIENT, now: () => 0 }));
  for (const n of [1, 2, 3]) void callers.enter(`writer ${n}`, 'write');
  void callers.enter('job', 'background');
  void callers.enter('reader 1', 'read');
  void callers.enter('reader 2', 'read');
  await nextTurn();
  expect(callers.entered).toEqual(['writer 1', 'writer 2', 'reader 1', 'reader 2']);
  callers.leave('writer 1');
  await nextTurn();
  expect(callers.entered.slice(4)).toEqual(['writer 3']);
  callers.leave('writer 2');
  await nextTurn();
  expect(callers.entered.slice(5)).toEqual(['job']);
});

it('the gate gives readers all connections if only readers wait', async () => {
  const callers = callersOf(new ConnectionGate({ slots: 4, waitMs: PATIENT }));
  for (const n of [1, 2, 3, 4]) void callers.enter(`reader ${n}`, 'read');
  await nextTurn();
  expect(callers.entered).toHaveLength(4);
});

it('the gate lets jobs hold a quarter of the connections', async () => {
  const callers = callersOf(new ConnectionGate({ slots: 8, waitMs: PATIENT }));
  for (const n of [1, 2, 3]) void callers.enter(`job ${n}`, 'background');
  void callers.enter('writer', 'write');
  await nextTurn();
  expect(callers.entered).toEqual(['job 1', 'job 2', 'writer']);
});

it('the gate gives the lanes of a single connection equal time: many short reads for one long write', async () => {
  let clock = 0;
  const callers = callersOf(new ConnectionGate({ slots: 1, waitMs: PATIENT, now: () => clock }));
  for (const n of [1, 2, 3]) void callers.enter(`write ${n}`, 'write');
  for (const n of [1, 2]) void callers.enter(`job ${n}`, 'background');
  for (let n = 1; n <= 8; n++) void callers.enter(`read ${n}`, 'read');
  await nextTurn();
  for (let served = 1; served <= 13; served++) {
    const name = callers.entered.at(-1)!;
    clock += name.startsWith('read') ? 30 : 100;
    callers.leave(name);
    await nextTurn();
  }
  const order = callers.entered.map((name) => name[0]).join('');
  expect(order).toBe('wrjrrrwjrrrwr');
});

it('the gate gives a lane that was idle no more than its share', async () => {
  let clock = 0;
  const callers = callersOf(new ConnectionGate({ slots: 1, waitMs: PATIENT, now: () => clock }));
  const serve = async (): Promise<void> => {
    await nextTurn();
    clock += 10;
    callers.leave(callers.entered.at(-1)!);
    await nextTurn();
  };
  for (let n = 0; n < 60; n++) void callers.enter(`read ${n}`, 'read');
  for (let n = 0; n < 50; n++) await serve();
  for (let n = 0; n < 20; n++) void callers.enter(`write ${n}`, 'write');
  for (let n = 0; n < 9; n++) await serve();
  // The reads served before do not count.
  expect(
    callers.entered
      .slice(51)
      .map((name) => name[0])
      .join(''),
  ).toMatch(/^(wr){4}w?$|^(rw){4}r?$/);
});

it('the gate refuses a caller with DATABASE_BUSY when its waiting time is over, and frees its place', async () => {
  const gate = new ConnectionGate({ slots: 1, waitMs: { ...PATIENT, read: 20 } });
  const leave = await gate.enter('read');
  await expect(gate.enter('read')).rejects.toMatchObject({ code: 'DATABASE_BUSY' });
  expect(gate.waitingCount).toBe(0);
  leave();
  // A second call of the same leave function must not free a second place.
  leave();
  await gate.enter('read');
  await expect(gate.enter('read')).rejects.toMatchObject({ code: 'DATABASE_BUSY' });
});

it('the gate limits the number of waiting callers per lane', async () => {
  const gate = new ConnectionGate({ slots: 1, waitMs: PATIENT });
  await gate.enter('read');
  const waiting = Array.from({ length: MOST_WAITING }, () => gate.enter('read').catch((error: Error) => error));
  await expect(gate.enter('read')).rejects.toMatchObject({ code: 'DATABASE_BUSY' });
  gate.refuseAll(() => new Error('over'));
  expect(await Promise.all(waiting)).toHaveLength(MOST_WAITING);
});

it('the gate removes a caller from the queue when its client disconnects', async () => {
  const gate = new ConnectionGate({ slots: 1, waitMs: PATIENT });
  const leave = await gate.enter('read');
  const client = new AbortController();
  const waiting = gate.enter('read', client.signal);
  client.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'REQUEST_ABANDONED' });
  leave();
  await gate.enter('read');
});
