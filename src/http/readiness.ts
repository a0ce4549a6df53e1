// The readiness of this process: starting, open or draining.

/** The body of GET /health/ready. */
export interface ReadinessReport {
  ready: boolean;
  database: { kind: 'embedded' | 'postgres'; ok: boolean };
  /** `name@version` of the default store's active model. */
  model: string;
  executionProvider: string;
  /** True while the catalog is being prepared. */
  starting: boolean;
  /** True after a stop has begun. Requests in flight are finished; load balancers should send no new ones. */
  draining: boolean;
}

export interface ReadinessParts {
  database: { readonly kind: 'embedded' | 'postgres'; ping(): Promise<void> };
  /** Returns the default store's active model. */
  serving(): Promise<ServingModel>;
  /** The model to report until `serving` has succeeded once. */
  own: ServingModel;
}

export interface ServingModel {
  readonly model: string;
  readonly executionProvider: string;
}

/** A database that needs longer than this for a ping counts as unavailable. */
const PING_TIMEOUT_MS = 2000;

export class Readiness {
  private state: 'starting' | 'open' | 'draining' = 'starting';

  /** The last known active model, reported while the database is unavailable. */
  private activeModel: ServingModel;

  constructor(private readonly parts: ReadinessParts) {
    this.activeModel = parts.own;
  }

  /** Reports ready from now on. Has no effect after `drain`. */
  open(): void {
    if (this.state === 'starting') this.state = 'open';
  }

  /** Reports not ready from now on. */
  drain(): void {
    this.state = 'draining';
  }

  get isDraining(): boolean {
    return this.state === 'draining';
  }

  async report(): Promise<ReadinessReport> {
    const ok = await this.isDatabaseUp();
    if (ok) this.activeModel = await this.parts.serving().catch(() => this.activeModel);
    return {
      ready: ok && this.state === 'open',
      database: { kind: this.parts.database.kind, ok },
      ...this.activeModel,
      starting: this.state === 'starting',
      draining: this.state === 'draining',
    };
  }

  private async isDatabaseUp(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<false>((resolve) => (timer = setTimeout(resolve, PING_TIMEOUT_MS, false)));
    const ping = this.parts.database.ping().then(
      () => true,
      () => false,
    );
    const isUp = await Promise.race([ping, timeout]);
    clearTimeout(timer);
    return isUp;
  }
}
