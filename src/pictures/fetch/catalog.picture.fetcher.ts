// Downloads of merchants' pictures: one policy per host, conditional requests.
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
  /** Changes to HOST_PACE, the pace of requests to a host. */
  pace?: Partial<HostPace>;
}

export interface FetchedPicture {
  /** At most 10 MB. Null if the picture is unchanged. */
  bytes: Uint8Array | null;
  /** The URL and validators to store. */
  source: PictureSource;
}

/** Bytes of a host's policy: its four parts, and the listeners between them. */
const POLICY_BYTES = 12_000;
/** Bytes of a waiting download, with its promises and its timer, without its URL. */
const FETCH_BYTES = 3_000;

export class CatalogPictureFetcher {
  private readonly pace: HostPace;
  private readonly hosts = boundedCache<HostPolicy>(MEMORY_BOUNDS.pictureHosts, { sizeOf: () => POLICY_BYTES });
  private readonly budget = new MemoryBudget(MEMORY_BOUNDS.pictureFetches);

  constructor(private readonly options: CatalogFetchOptions = {}) {
    this.pace = { ...HOST_PACE, ...options.pace };
  }

  /**
   * Downloads a picture.
   * @param url as for `exchangePicture`
   * @param known stored source of the picture; conditions are sent only if it has the same URL
   * @throws FitroomError SERVER_BUSY if too many downloads wait, and as `exchangePicture`; after several tries the
   * message says how many
   */
  async fetch(url: string, known: PictureSource | null): Promise<FetchedPicture> {
    const address = requireWebAddress(url, this.options);
    address.hash = '';
    const validated = known?.url === address.href && (known.etag || known.lastModified) ? known : null;
    const size = FETCH_BYTES + textBytes(address.href);
    if (!this.budget.take(size)) throw new FitroomError('SERVER_BUSY');
    let tries = 0;
    try {
      // The queue of a host calls this from the context of an earlier request, whose client may have disconnected.
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
      throw this.withTries(error, tries);
    } finally {
      this.budget.give(size);
    }
  }

  private policyOf(host: string): HostPolicy {
    const policy = this.hosts.get(host) ?? hostPolicy(this.pace);
    this.hosts.set(host, policy);
    return policy;
  }

  private withTries(error: unknown, tries: number): unknown {
    const failure = this.asFailure(error);
    if (!(failure instanceof FitroomError) || tries < 2) return failure;
    return new FitroomError(failure.code, `${failure.message} It was tried ${tries} times.`, [], { cause: error });
  }

  private asFailure(error: unknown): unknown {
    const { failuresToRest, restMs, limitMs } = this.pace;
    if (error instanceof BrokenCircuitError) {
      const seconds = restMs / 1000;
      const message = `The host failed ${failuresToRest} times in a row and is not contacted for ${seconds} seconds.`;
      return new FitroomError('IMAGE_URL_UNREACHABLE', message, [], { cause: error });
    }
    if (error instanceof TaskCancelledError) {
      const message = `The URL did not return a picture within ${limitMs / 1000} seconds.`;
      return new FitroomError('IMAGE_URL_UNREACHABLE', message, [], { cause: error });
    }
    return error;
  }
}
