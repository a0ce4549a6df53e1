// Whether this process can answer: opened once its catalog is prepared, drained once a stop has begun.

/** The state of the parts at this moment. */
export interface ReadinessReport {
  ready: boolean;
  database: { kind: 'embedded' | 'postgres'; ok: boolean };
  /** `name@version`. */
  model: string;
  executionProvider: string;
  /** The catalog is being prepared. */
  starting: boolean;
  /** A stop has begun: requests in flight are finished, no new ones wanted. */
  draining: boolean;
}

export interface ReadinessParts {
  database: { readonly kind: 'embedded' | 'postgres'; ping(): Promise<void> };
  encoders: { readonly bundle: { readonly id: string }; readonly executionProvider: string };
}

/** A database that takes longer to answer a probe than this is of no use to a shopper. */
const PING_TIMEOUT_MS = 2000;

export class Readiness {
  private state: 'starting' | 'open' | 'draining' = 'starting';

  constructor(private readonly parts: ReadinessParts) {}

  /** From here on requests are wanted. */
  open(): void {
    if (this.state === 'starting') this.state = 'open';
  }

  /** From here on no more are. */
  drain(): void {
    this.state = 'draining';
  }

  async report(): Promise<ReadinessReport> {
    const { database, encoders } = this.parts;
    const ok = await this.answers();
    return {
      ready: ok && this.state === 'open',
      database: { kind: database.kind, ok },
      model: encoders.bundle.id,
      executionProvider: encoders.executionProvider,
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
