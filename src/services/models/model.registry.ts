// The models that are open in this process: opened when somebody needs one, closed when nobody has for a while. Knows models
// by their bundle's folder, and nothing of stores.
import type { Logger } from '../../observability/logger.js';
import { detached } from '../../request.scope.js';
import type { OpenModel } from './open.model.js';

/** Opening takes seconds, so a model that was needed a moment ago is kept. */
const CLOSE_AFTER_MS = 300_000;
const LOOK_EVERY_MS = 30_000;

export interface ModelRegistryParts {
  /** @throws StartupError where the bundle cannot be used */
  open: (bundle: string) => Promise<OpenModel>;
  /** Bundles that stores need now: they stay open though nobody asks. */
  needed: () => Promise<ReadonlySet<string>>;
  logger: Logger;
  /** Only tests set these. */
  closeAfterMs?: number;
  lookEveryMs?: number;
}

interface Entry {
  model: Promise<OpenModel>;
  users: number;
  lastUsed: number;
}

export class ModelRegistry {
  // eslint-disable-next-line no-restricted-syntax -- one for each bundle that stores use
  private readonly entries = new Map<string, Entry>();
  private readonly timer: NodeJS.Timeout;
  private closed = false;

  private adopted: OpenModel | null = null;

  constructor(private readonly parts: ModelRegistryParts) {
    this.timer = setInterval(() => void this.closeUnused(), parts.lookEveryMs ?? LOOK_EVERY_MS).unref();
  }

  /** The deployment's own: it answers where no other is named, and is open from here to the end. */
  adopt(own: OpenModel): void {
    this.adopted = own;
    this.entries.set(own.bundle, { model: Promise.resolve(own), users: 1, lastUsed: Infinity });
  }

  get own(): OpenModel {
    if (!this.adopted) throw new Error('there is no model of the deployment yet');
    return this.adopted;
  }

  /**
   * Runs `work` with a model, which stays open meanwhile.
   * @throws StartupError where its bundle cannot be used
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

  /** Opens a model that will be needed soon, so that the first who needs it does not wait for it. */
  warm(bundle: string): void {
    this.entryOf(bundle);
  }

  /** Those that are open or being opened, by folder. */
  openBundles(): string[] {
    return [...this.entries.keys()];
  }

  /** Ends all of them, once their work is done. */
  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.timer);
    const opened = await Promise.allSettled([...this.entries.values()].map(({ model }) => model));
    await Promise.all(opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value.encoders.close()] : [])));
  }

  private entryOf(bundle: string): Entry {
    const known = this.entries.get(bundle);
    if (known) return known;
    const model = this.closed
      ? Promise.reject(new Error('the models are closed'))
      : // whoever asks next shares the opening
        detached(() => this.parts.open(bundle));
    const entry = { model, users: 0, lastUsed: performance.now() };
    this.entries.set(bundle, entry);
    // the next who asks tries again: a bundle may have been put back meanwhile
    model.catch((error: Error) => {
      this.entries.delete(bundle);
      this.parts.logger.warn({ bundle, reason: error.message }, 'a model cannot be opened');
    });
    return entry;
  }

  private async closeUnused(): Promise<void> {
    const before = performance.now() - (this.parts.closeAfterMs ?? CLOSE_AFTER_MS);
    if (![...this.entries.values()].some((entry) => isUnused(entry, before))) return;
    // a database that is away says nothing about what is needed
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
