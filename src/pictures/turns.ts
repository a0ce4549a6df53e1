// Turns for a resource of the whole process: weighted, by rank, with bounded waiting.
import { FitroomError, type ErrorCode } from '../errors.js';
import { requestSignal } from '../request.scope.js';

/** Ranks of callers, the most urgent first: a shopper's request, a picture on a page, a merchant's call, a job. */
export const RANKS = ['SHOPPER', 'PAGE', 'MERCHANT', 'JOB'] as const;
export type Rank = (typeof RANKS)[number];

/** Returns MERCHANT if a client waits for the result, or else JOB. */
export function rankOfCaller(): Rank {
  return requestSignal() ? 'MERCHANT' : 'JOB';
}

/** Longest wait and maximum waiting weight per rank. Null for a rank that waits without limit. */
export type Patience = Readonly<Record<Rank, { waitMs: number; waitingWeight: number } | null>>;

export interface TurnLimits {
  /** Maximum number of turns at once. */
  atOnce: number;
  /** Maximum weight of all turns at once. A heavier claim gets its turn alone. */
  weightAtOnce: number;
  patience: Patience;
  /** Error code for a caller that would wait too long. */
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

  /** Numbers of running turns and waiting claims, and the weight of the running turns. */
  get load(): { running: number; weight: number; waiting: number } {
    return { running: this.running, weight: this.weight, waiting: this.waiting.length };
  }

  /**
   * Runs `work` when its turn comes.
   * @throws FitroomError of `busy`: at once if too much waits, or later if the turn does not come in time.
   * REQUEST_ABANDONED if the client of the request disconnects before.
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
    // A claim that fits now passes waiting claims, since those do not fit.
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
      const stopWaiting = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abandon);
      };
      const leave = (code: ErrorCode): void => {
        stopWaiting();
        this.waiting.splice(this.waiting.indexOf(waiting), 1);
        reject(new FitroomError(code));
        // lighter claims behind it may fit now
        this.next();
      };
      const waiting: Waiting = { ...claim, begin: () => (stopWaiting(), resolve()) };
      const abandon = (): void => leave('REQUEST_ABANDONED');
      const timer = patience ? setTimeout(() => leave(this.limits.busy), patience.waitMs) : undefined;
      signal?.addEventListener('abort', abandon, { once: true });
      this.waiting.push(waiting);
    });
  }

  /**
   * Starts waiting claims by rank, then in order of arrival. A light claim passes a heavy one that does not fit yet.
   */
  private next(): void {
    for (const rank of RANKS) {
      for (const claim of this.waiting.filter((waiting) => waiting.rank === rank)) {
        if (this.running >= this.limits.atOnce) return;
        if (!this.fits(claim)) continue;
        this.waiting.splice(this.waiting.indexOf(claim), 1);
        this.take(claim);
        claim.begin();
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
    return this.waiting.reduce((sum, waiting) => (waiting.rank === rank ? sum + waiting.weight : sum), 0);
  }
}
