// Whether this process can answer: opened once its catalog is prepared, drained once a stop has begun.

/** The state of the parts at this moment. */
export interface ReadinessReport {
  ready: boolean;
  database: { kind: 'embedded' | 'postgres'; ok: boolean };
  /** `name@version` of what answers for the default store. */
  model: string;
  executionProvider: string;
  /** The catalog is being prepared. */
  starting: boolean;
  /** A stop has begun: requests in flight are finished, no new ones wanted. */
  draining: boolean;
}

export interface ReadinessParts {
  database: { readonly kind: 'embedded' | 'postgres'; ping(): Promise<void> };
  /** What answers for the default store. */
  serving(): Promise<ServingModel>;
  /** What answers until that is known. */
  own: ServingModel;
}

export interface ServingModel {
  readonly model: string;
  readonly executionProvider: string;
}

/** A database that takes longer to answer a probe than this is of no use to a shopper. */
const PING_TIMEOUT_MS = 2000;

export class Readiness {
  private state: 'starting' | 'open' | 'draining' = 'starting';

  /** While the database is away: what answered last. */
  private serving: ServingModel;

  constructor(private readonly parts: ReadinessParts) {
    this.serving = parts.own;
  }

  /** From here on requests are wanted. */
  open(): void {
    if (this.state === 'starting') this.state = 'open';
  }

  /** From here on no more are. */
  drain(): void {
    this.state = 'draining';
  }

  get isDraining(): boolean {
    return this.state === 'draining';
  }

  async report(): Promise<ReadinessReport> {
    const ok = await this.answers();
    if (ok) this.serving = await this.parts.serving().catch(() => this.serving);
    return {
      ready: ok && this.state === 'open',
      database: { kind: this.parts.database.kind, ok },
      ...this.serving,
      starting: this.state === 'starting',
      draining: this.state === 'draining',
    };
  }

  private async answers(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<false>((resolve) => (timer = setTimeout(resolve, PING_TIMEOUT_MS, false)));
    const ping = this.parts.database.ping().then(
      () => true,
      () => false,
    );
    const answered = await Promise.race([ping, late]);
    clearTimeout(timer);
    return answered;
  }
}
