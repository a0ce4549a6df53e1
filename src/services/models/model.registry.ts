// Open models of this process, by bundle: opened at the first use, closed some time after the last.
import type { Logger } from '../../observability/logger.js';
import { detached } from '../../request.scope.js';
import type { OpenModel } from './open.model.js';

/** Idle time after which a model is closed. Opening takes seconds, so a model stays open for a while. */
const CLOSE_AFTER_MS = 300_000;
const CHECK_EVERY_MS = 30_000;

export interface ModelRegistryParts {
  /** Opens the model of a bundle. @throws StartupError if the bundle cannot be used */
  open: (bundle: string) => Promise<OpenModel>;
  /** Returns the bundles that stores use. They stay open without requests. */
  needed: () => Promise<ReadonlySet<string>>;
  logger: Logger;
  /** Set only by tests. */
  closeAfterMs?: number;
  lookEveryMs?: number;
}

interface Entry {
  model: Promise<OpenModel>;
  users: number;
  lastUsed: number;
}

export class ModelRegistry {
  // eslint-disable-next-line no-restricted-syntax -- one entry for each bundle that stores use
  private readonly entries = new Map<string, Entry>();
  private readonly timer: NodeJS.Timeout;
  private closed = false;

  private adopted: OpenModel | null = null;

  constructor(private readonly parts: ModelRegistryParts) {
    this.timer = setInterval(() => void this.closeUnused(), parts.lookEveryMs ?? CHECK_EVERY_MS).unref();
  }

  /** Sets the deployment's own model, which serves stores without a model of their own and is never closed. */
  adopt(own: OpenModel): void {
    this.adopted = own;
    this.entries.set(own.bundle, { model: Promise.resolve(own), users: 1, lastUsed: Infinity });
  }

  /** The deployment's own model. @throws Error before `adopt` */
  get own(): OpenModel {
    if (!this.adopted) throw new Error('the deployment has no model yet');
    return this.adopted;
  }

  /**
   * Runs `work` with a model, and keeps it open meanwhile.
   * @throws StartupError if the bundle cannot be used
   */
  async using<T>(bundle: string, work: (model: OpenModel) => Promise<T>): Promise<T> {
    const entry = this.entryOf(bundle);
    entry.users += 1;
    try {
      return await work(await entry.model);
    } finally {
      entry.users -= 1;
      entry.lastUsed = performance.now();
    }
  }

  /** Starts to open a model, so that its first request does not wait. */
  warm(bundle: string): void {
    this.entryOf(bundle);
  }

  /** Returns the bundles that are open or being opened. */
  openBundles(): string[] {
    return [...this.entries.keys()];
  }

  /** Closes all models after their work is done. */
  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.timer);
    const opened = await Promise.allSettled([...this.entries.values()].map(({ model }) => model));
    await Promise.all(
      opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value.encoders.close()] : [])),
    );
  }

  private entryOf(bundle: string): Entry {
    const known = this.entries.get(bundle);
    if (known) return known;
    const model = this.closed
      ? Promise.reject(new Error('the models are closed'))
      : // later callers share the opening, so it belongs to no request
        detached(() => this.parts.open(bundle));
    const entry = { model, users: 0, lastUsed: performance.now() };
    this.entries.set(bundle, entry);
    // the next caller tries again, because the bundle may be repaired by then
    model.catch((error: Error) => {
      this.entries.delete(bundle);
      this.parts.logger.warn({ bundle, reason: error.message }, 'a model cannot be opened');
    });
    return entry;
  }

  private async closeUnused(): Promise<void> {
    const before = performance.now() - (this.parts.closeAfterMs ?? CLOSE_AFTER_MS);
    if (![...this.entries.values()].some((entry) => isUnused(entry, before))) return;
    // without the database it is unknown which models are needed, so none is closed
    const needed = await this.parts.needed().catch(() => null);
    for (const [bundle, entry] of this.entries) {
      if (needed === null || needed.has(bundle) || !isUnused(entry, before)) continue;
      this.entries.delete(bundle);
      await (await entry.model).encoders.close();
      this.parts.logger.info({ bundle }, 'a model that no store needs is closed');
    }
  }
}

function isUnused({ users, lastUsed }: Entry, before: number): boolean {
  return users === 0 && lastUsed < before;
}
