// Fetches merchants' pictures from their addresses, politely: one policy a host for the whole process, and no bytes where
// the address says that the picture is the one that is stored. Knows no garment and no row.
import { AsyncResource } from 'node:async_hooks';
import { BrokenCircuitError, TaskCancelledError } from 'cockatiel';
import type { PictureSource } from '../../domain/catalog/garment.js';
import { FitroomError } from '../../errors.js';
import { boundedCache } from '../../memory/bounded.cache.js';
import { MEMORY_BOUNDS } from '../../memory/bounds.js';
import { textBytes } from '../../memory/heap.size.js';
import { MemoryBudget } from '../../memory/memory.budget.js';
import { MERCHANTS_FETCHES } from './fetching.turns.js';
import { HOST_PACE, type HostPace, hostPolicy, type HostPolicy } from './host.policy.js';
import { exchangePicture, type FetchPictureOptions, requireWebAddress } from './picture.exchange.js';
import { MAX_PICTURE_BYTES } from '../picture.limits.js';
import { rankOfCaller } from '../turns.js';

export interface CatalogFetchOptions extends FetchPictureOptions {
  /** How a host is asked, where otherwise than by HOST_PACE. */
  pace?: Partial<HostPace>;
}

export interface FetchedPicture {
  /** At most 10 MB; null: the picture is the one of `known`. */
  bytes: Uint8Array | null;
  /** What to remember of the address. */
  source: PictureSource;
}

/** The policy of a host: its four parts, and the listeners between them. */
const POLICY_BYTES = 12_000;
/** A fetch that waits, with its promises and its timer, beside its address. */
const FETCH_BYTES = 3_000;

export class CatalogPictureFetcher {
  private readonly pace: HostPace;
  private readonly hosts = boundedCache<HostPolicy>(MEMORY_BOUNDS.pictureHosts, { sizeOf: () => POLICY_BYTES });
  private readonly room = new MemoryBudget(MEMORY_BOUNDS.pictureFetches);

  constructor(private readonly options: CatalogFetchOptions = {}) {
    this.pace = { ...HOST_PACE, ...options.pace };
  }

  /**
   * @param url as for `exchangePicture`
   * @param known what is remembered of the stored picture; conditions are sent only where it came from this very address
   * @throws FitroomError SERVER_BUSY if too many fetches wait, and as `exchangePicture`; where it was tried more than once, the message says how often
   */
  async fetch(url: string, known: PictureSource | null): Promise<FetchedPicture> {
    const address = requireWebAddress(url, this.options);
    address.hash = '';
    const validated = known?.url === address.href && (known.etag || known.lastModified) ? known : null;
    const size = FETCH_BYTES + textBytes(address.href);
    if (!this.room.take(size)) throw new FitroomError('SERVER_BUSY');
    let tries = 0;
    try {
      // a host's line calls it from whichever request was there before, whose client may be gone
      const exchange = AsyncResource.bind((signal: AbortSignal) => {
        tries += 1;
        const claim = { rank: rankOfCaller(), weight: MAX_PICTURE_BYTES };
        const options = { ...this.options, known: validated, signal };
        return MERCHANTS_FETCHES.run(claim, () => exchangePicture(address.href, options));
      });
      const { bytes, validators } = await this.policyOf(address.host).execute(({ signal }) => exchange(signal));
      if (bytes === null) return { bytes, source: validated! };
      return { bytes, source: { url: address.href, etag: null, lastModified: null, ...validators } };
    } catch (error) {
      throw this.explained(error, tries);
    } finally {
      this.room.give(size);
    }
  }

  private policyOf(host: string): HostPolicy {
    const policy = this.hosts.get(host) ?? hostPolicy(this.pace);
    this.hosts.set(host, policy);
    return policy;
  }

  private explained(error: unknown, tries: number): unknown {
    const failure = this.asFailure(error);
    if (!(failure instanceof FitroomError) || tries < 2) return failure;
    return new FitroomError(failure.code, `${failure.message} It was tried ${tries} times.`, [], { cause: error });
  }

  private asFailure(error: unknown): unknown {
    const { failuresToRest, restMs, limitMs } = this.pace;
    if (error instanceof BrokenCircuitError) {
      const message = `The host failed ${failuresToRest} times in a row and is left alone for ${restMs / 1000} seconds.`;
      return new FitroomError('IMAGE_URL_UNREACHABLE', message, [], { cause: error });
    }
    if (error instanceof TaskCancelledError) {
      const message = `The address did not answer with a picture within ${limitMs / 1000} seconds.`;
      return new FitroomError('IMAGE_URL_UNREACHABLE', message, [], { cause: error });
    }
    return error;
  }
}
