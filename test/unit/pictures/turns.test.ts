import { PriceAllowance, picturePrice } from '../../../src/pictures/picture.price.js';
import { type Claim, type Patience, type Rank, Turns } from '../../../src/pictures/turns.js';
import { withinRequest } from '../../../src/request.scope.js';

const patience = (waitMs: number, waitingWeight: number): Patience => {
  const limits = { waitMs, waitingWeight };
  return { SHOPPER: limits, PAGE: limits, MERCHANT: limits, JOB: null };
};
const turnsOf = (atOnce: number, weightAtOnce: number, patient = patience(5_000, 1_000)): Turns =>
  new Turns({ atOnce, weightAtOnce, patience: patient, busy: 'PICTURES_BUSY' });

/** Makes named claims in order. The work of a claim lasts until `finish` is called with its name. */
function bench(turns: Turns) {
  const begun: string[] = [];
  const finishers = new Map<string, () => void>();
  const outcomes = new Map<string, string>();
  const settled = () => new Promise((resolve) => setTimeout(resolve, 5));
  return {
    begun,
    outcomes,
    settled,
    claim: async (name: string, claim: Claim): Promise<void> => {
      const work = () => {
        begun.push(name);
        return new Promise<void>((resolve) => finishers.set(name, resolve));
      };
      turns.run(claim, work).then(
        () => outcomes.set(name, 'done'),
        (error: { code: string }) => outcomes.set(name, error.code),
      );
      await settled();
    },
    finish: async (name: string): Promise<void> => {
      finishers.get(name)!();
      await settled();
    },
  };
}

const of = (rank: Rank, weight = 10): Claim => ({ rank, weight });

describe('Turns', () => {
  it('limits the number and the weight of the work that runs at once', async () => {
    const turns = turnsOf(3, 100);
    const { begun, claim, finish } = bench(turns);
    await claim('a', of('JOB', 60));
    await claim('b', of('JOB', 60));
    await claim('c', of('JOB', 20));
    await claim('d', of('JOB', 20));
    await claim('e', of('JOB', 1));
    expect(begun).toEqual(['a', 'c', 'd']);
    expect(turns.load).toEqual({ running: 3, weight: 100, waiting: 2 });
    await finish('a');
    expect(begun).toEqual(['a', 'c', 'd', 'b']);
  });

  it('serves shoppers first, then pages, merchants and jobs, each rank in order of arrival', async () => {
    const { begun, claim, finish } = bench(turnsOf(1, 100));
    await claim('first job', of('JOB'));
    await claim('second job', of('JOB'));
    await claim('merchant', of('MERCHANT'));
    await claim('page', of('PAGE'));
    await claim('shopper', of('SHOPPER'));
    await claim('later shopper', of('SHOPPER'));
    for (let i = 0; i < 6; i++) await finish(begun.at(-1)!);
    expect(begun).toEqual(['first job', 'shopper', 'later shopper', 'page', 'merchant', 'second job']);
  });

  it('runs work that is heavier than the total limit when nothing else runs', async () => {
    const { begun, claim, finish } = bench(turnsOf(2, 100));
    await claim('light', of('SHOPPER'));
    await claim('heavy', of('SHOPPER', 500));
    expect(begun).toEqual(['light']);
    await finish('light');
    expect(begun).toEqual(['light', 'heavy']);
  });

  it('refuses a claim at once if too much weight waits, but never a job', async () => {
    const { begun, outcomes, claim } = bench(turnsOf(1, 100, patience(5_000, 25)));
    for (const name of ['a', 'b', 'c', 'd']) await claim(name, of('SHOPPER'));
    await claim('merchant', of('MERCHANT'));
    await claim('job', of('JOB', 900));
    expect([begun, [...outcomes]]).toEqual([['a'], [['d', 'PICTURES_BUSY']]]);
  });

  it('refuses a claim that has waited too long and then admits those behind it', async () => {
    const { begun, outcomes, claim, finish } = bench(turnsOf(2, 100, patience(60, 1_000)));
    await claim('running', of('JOB', 90));
    await claim('late', of('SHOPPER', 50));
    await claim('patient', of('JOB', 50));
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect([...outcomes]).toEqual([['late', 'PICTURES_BUSY']]);
    await finish('running');
    expect(begun).toEqual(['running', 'patient']);
  });

  it('drops a claim whose client disconnects before or while it waits', async () => {
    const turns = turnsOf(1, 100);
    const { begun, outcomes, claim, finish, settled } = bench(turns);
    await claim('running', of('SHOPPER'));
    const [gone, going] = [AbortSignal.abort(), new AbortController()];
    await withinRequest(gone, () => claim('gone', of('SHOPPER')));
    await withinRequest(going.signal, () => claim('going', of('SHOPPER')));
    going.abort();
    await settled();
    expect([...outcomes]).toEqual([
      ['gone', 'REQUEST_ABANDONED'],
      ['going', 'REQUEST_ABANDONED'],
    ]);
    expect(turns.load.waiting).toBe(0);
    await finish('running');
    expect(begun).toEqual(['running']);
  });

  it('continues after work that fails', async () => {
    const turns = turnsOf(1, 100);
    await expect(turns.run(of('JOB'), () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    await expect(turns.run(of('JOB'), () => Promise.resolve(7))).resolves.toBe(7);
    expect(turns.load).toEqual({ running: 0, weight: 0, waiting: 0 });
  });
});

describe('PriceAllowance', () => {
  it('covers 32 AVIFs of 12 megapixels but not one more', () => {
    const allowance = new PriceAllowance();
    const header = {
      format: 'avif',
      width: 4_000,
      height: 3_000,
      channels: 3,
      depth: 1,
      isProgressive: false,
    } as const;
    const price = picturePrice(header, 600);
    for (let i = 0; i < 32; i++) allowance.pay(price);
    expect(() => allowance.pay(price)).toThrow(expect.objectContaining({ code: 'QUERY_TOO_COMPLEX' }));
  });
});
