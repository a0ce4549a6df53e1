// Turns at a resource that the whole process shares: weighed, by rank, with bounded waiting.
import { FitroomError, type ErrorCode } from '../errors.js';
import { requestSignal } from '../request.scope.js';

/** Who waits, most urgent first: a shopper's request, a picture of a page, a merchant's call, a job. */
export const RANKS = ['SHOPPER', 'PAGE', 'MERCHANT', 'JOB'] as const;
export type Rank = (typeof RANKS)[number];

/** A merchant's call where a client waits for it, else a job. */
export function rankOfCaller(): Rank {
  return requestSignal() ? 'MERCHANT' : 'JOB';
}

/** How long and how much may wait. Null: a job waits until its turn comes. */
export type Patience = Readonly<Record<Rank, { waitMs: number; waitingWeight: number } | null>>;

export interface TurnLimits {
  /** Turns at once. */
  atOnce: number;
  /** Weight of all turns at once. One that weighs more than that has its turn alone. */
  weightAtOnce: number;
  patience: Patience;
  /** Thrown at whoever would wait too long. */
  busy: ErrorCode;
}

export interface Claim {
  rank: Rank;
  weight: number;
}

interface Waiting extends Claim {
  begin(): void;
}

export class Turns {
  private readonly waiting: Waiting[] = [];
  private running = 0;
  private weight = 0;

  constructor(private readonly limits: TurnLimits) {}

  /** Turns that run and claims that wait. */
  get load(): { running: number; weight: number; waiting: number } {
    return { running: this.running, weight: this.weight, waiting: this.waiting.length };
  }

  /**
   * Runs `work` when its turn comes.
   * @throws FitroomError of `busy` at once where too much waits, or later where the turn does not come in time;
   *   REQUEST_ABANDONED where the client of the request is gone before
   */
  async run<T>(claim: Claim, work: () => Promise<T>): Promise<T> {
    await this.turn(claim);
    try {
      return await work();
    } finally {
      this.running -= 1;
      this.weight -= claim.weight;
      this.next();
    }
  }

  private turn(claim: Claim): Promise<void> {
    const signal = requestSignal();
    if (signal?.aborted) return Promise.reject(new FitroomError('REQUEST_ABANDONED'));
    // those that wait do not fit: it passes them
    if (this.fits(claim)) {
      this.take(claim);
      return Promise.resolve();
    }
    return this.wait(claim, signal);
  }

  private wait(claim: Claim, signal: AbortSignal | undefined): Promise<void> {
    const patience = this.limits.patience[claim.rank];
    if (patience && this.waitingWeight(claim.rank) + claim.weight > patience.waitingWeight) {
      return Promise.reject(new FitroomError(this.limits.busy));
    }
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abandon);
      };
      const leave = (code: ErrorCode): void => {
        end();
        this.waiting.splice(this.waiting.indexOf(one), 1);
        reject(new FitroomError(code));
        // lighter ones behind it may fit now
        this.next();
      };
      const one: Waiting = { ...claim, begin: () => (end(), resolve()) };
      const abandon = (): void => leave('REQUEST_ABANDONED');
      const timer = patience ? setTimeout(() => leave(this.limits.busy), patience.waitMs) : undefined;
      signal?.addEventListener('abort', abandon, { once: true });
      this.waiting.push(one);
    });
  }

  /** By rank, and among equals in their order; a light one passes a heavy one that does not fit yet. */
  private next(): void {
    for (const rank of RANKS) {
      for (const one of this.waiting.filter((waiting) => waiting.rank === rank)) {
        if (this.running >= this.limits.atOnce) return;
        if (!this.fits(one)) continue;
        this.waiting.splice(this.waiting.indexOf(one), 1);
        this.take(one);
        one.begin();
      }
    }
  }

  private fits({ weight }: Claim): boolean {
    const { atOnce, weightAtOnce } = this.limits;
    return this.running < atOnce && (this.running === 0 || this.weight + weight <= weightAtOnce);
  }

  private take({ weight }: Claim): void {
    this.running += 1;
    this.weight += weight;
  }

  private waitingWeight(rank: Rank): number {
    return this.waiting.reduce((sum, one) => (one.rank === rank ? sum + one.weight : sum), 0);
  }
}
