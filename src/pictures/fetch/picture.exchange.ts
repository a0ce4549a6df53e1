// One exchange with an untrusted URL: public hosts only, bounded in time, bytes and redirects.
// The caller decides about retries, and openPicture checks that the bytes are a picture.
import {
  get as httpGet,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type RequestOptions,
  type IncomingHttpHeaders,
} from 'node:http';
import { get as httpsGet } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { useAgent } from 'request-filtering-agent';
import { FitroomError } from '../../errors.js';
import { requestSignal, throwIfAbandoned } from '../../request.scope.js';
import { fetchFailure, isPassingStatus, PassingFailure, retryAfterMs } from './passing.failure.js';
import { isPublicAddress, type ResolvedAddress, type Resolve, resolveWithSystem } from './public.address.js';
import { SHOPPERS_FETCHES } from './fetching.turns.js';
import { MAX_PICTURE_BYTES } from '../picture.limits.js';

export interface FetchPictureOptions {
  /** Time limit of one exchange in total: name lookup, redirects, bytes. Default 5,000. */
  timeoutMs?: number;
  /**
   * host:port pairs that may be reached although they are not public, for tests with a local listener. Default none.
   */
  allowedHosts?: readonly string[];
  /** Host name resolver. Default: the system's resolver. */
  resolve?: Resolve;
}

export interface ExchangeOptions extends FetchPictureOptions {
  /** Validators of the stored picture: the host may respond that it is unchanged. */
  known?: Validators | null;
  /** Aborts the exchange before its time limit. */
  signal?: AbortSignal;
}

export const TIMEOUT_MS = 5_000;
const PICTURES = 'image/avif,image/webp,image/png,image/jpeg,image/gif';
const MAX_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Downloads a picture once.
 * @param url http or https on port 80 or 443, without credentials
 * @returns at most 10 MB; no bytes only if `known` still holds
 * @throws PassingFailure (IMAGE_URL_UNREACHABLE) if a retry may succeed
 * @throws FitroomError IMAGE_URL_REFUSED (the URL or a redirect leads to a host that is not public),
 * IMAGE_URL_UNREACHABLE (no picture there), IMAGE_TOO_LARGE, IMAGE_FORMAT_UNSUPPORTED (SVG and other kinds),
 * REQUEST_ABANDONED (the client has disconnected)
 */
export async function exchangePicture(url: string, options: ExchangeOptions = {}): Promise<PictureResponse> {
  const limit = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
  const signal = AbortSignal.any([limit, options.signal, requestSignal()].filter((each) => each !== undefined));
  try {
    throwIfAbandoned();
    signal.throwIfAborted();
    return await follow(url, options, signal);
  } catch (cause) {
    throwIfAbandoned();
    throw fetchFailure(cause, signal);
  }
}

/**
 * Parses a URL and checks its scheme, port and credentials. The URL parser reads decimal, octal, hexadecimal and
 * full-width hosts as the IP addresses they stand for.
 * @throws FitroomError IMAGE_URL_REFUSED if it is not an http or https URL, or has another port or a user
 */
export function requireWebAddress(text: string, options: FetchPictureOptions, base?: URL): URL {
  const url = URL.canParse(text, base?.href) ? new URL(text, base) : null;
  const web = url !== null && ['http:', 'https:'].includes(url.protocol) && url.username === '' && url.password === '';
  if (web && (['', '80', '443'].includes(url.port) || isAllowed(url, options))) return url;
  throw new FitroomError('IMAGE_URL_REFUSED');
}

async function follow(url: string, options: ExchangeOptions, signal: AbortSignal): Promise<PictureResponse> {
  const known = options.known ?? null;
  const openOptions = { ...options, signal, accept: PICTURES, conditions: conditions(known) };
  const { response, redirects } = await openWebAddress(url, openOptions);
  const picture = await readResponse(response, { signal, mayBeUnchanged: known !== null && redirects === 0 });
  return redirects === 0 ? picture : { ...picture, validators: null };
}

/**
 * Returns the response of a URL with its body unread. Checks every redirect like the URL itself.
 * @param options.conditions headers of the first request only: at a redirect target they could make an older picture
 * pass for unchanged
 * @throws FitroomError IMAGE_URL_REFUSED, IMAGE_URL_UNREACHABLE (too many redirects), and connection errors
 */
export async function openWebAddress(
  url: string,
  options: FetchPictureOptions & { signal: AbortSignal; accept: string; conditions?: OutgoingHttpHeaders },
): Promise<{ response: IncomingMessage; redirects: number }> {
  const { signal, accept, conditions = {} } = options;
  let target = requireWebAddress(url, options);
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const destination = await requirePublicHost(target, options, signal);
    const requestHeaders = redirects === 0 ? { accept, ...conditions } : { accept };
    const response = await request(target, destination, { signal, headers: requestHeaders });
    const { statusCode = 0, headers } = response;
    if (!REDIRECTS.has(statusCode) || headers.location === undefined) return { response, redirects };
    response.destroy();
    target = requireWebAddress(headers.location, options, target);
  }
  throw new FitroomError('IMAGE_URL_UNREACHABLE', 'The URL redirects more than 3 times.');
}

/**
 * Returns the IP address to connect to. The connection uses this checked address, even if the host name resolves
 * differently a moment later.
 */
async function requirePublicHost(url: URL, options: FetchPictureOptions, signal: AbortSignal): Promise<Destination> {
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = await beforeAbort((options.resolve ?? resolveWithSystem)(hostname), signal);
  const allowed = isAllowed(url, options);
  // a private address among public ones indicates an attack
  const reachable =
    addresses.length > 0 &&
    addresses.every(({ address }) => isIP(address) !== 0 && (allowed || isPublicAddress(address)));
  if (!reachable) throw new FitroomError('IMAGE_URL_REFUSED');
  return { ...addresses[0]!, allowed };
}

interface Destination extends ResolvedAddress {
  allowed: boolean;
}

function isAllowed(url: URL, options: FetchPictureOptions): boolean {
  return (options.allowedHosts ?? []).includes(url.host);
}

function conditions(known: Validators | null): OutgoingHttpHeaders {
  return {
    ...(known?.etag && { 'if-none-match': known.etag }),
    ...(known?.lastModified && { 'if-modified-since': known.lastModified }),
  };
}

async function request(
  url: URL,
  { address, family, allowed }: Destination,
  { signal, headers }: { signal: AbortSignal; headers: OutgoingHttpHeaders },
): Promise<IncomingMessage> {
  const lookup: LookupFunction = (_hostname, { all }, callback) =>
    all ? callback(null, [{ address, family }]) : callback(null, address, family);
  const options: RequestOptions = {
    signal,
    lookup,
    // checks the address of the connection again, also for a URL with a numeric host
    agent: useAgent(url.href, { allowPrivateIPAddress: allowed, keepAlive: false }),
    headers: {
      'accept-encoding': 'identity',
      'user-agent': 'fitroom',
      ...headers,
    },
  };
  return new Promise((resolve, reject) => {
    const get = url.protocol === 'https:' ? httpsGet : httpGet;
    get(url, options, resolve).on('error', reject);
  });
}

async function beforeAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    promise.then(resolve, reject);
  });
}

/**
 * Downloads a shopper's picture when its turn comes.
 * @param url http or https on port 80 or 443, without credentials
 * @returns at most 10 MB
 * @throws FitroomError IMAGE_URL_REFUSED (the URL or a redirect leads to a host that is not public),
 * IMAGE_URL_UNREACHABLE (no picture within the time), IMAGE_TOO_LARGE, IMAGE_FORMAT_UNSUPPORTED (SVG and other kinds),
 * PICTURES_BUSY, REQUEST_ABANDONED
 */
export async function fetchPicture(url: string, options: FetchPictureOptions = {}): Promise<Uint8Array> {
  requireWebAddress(url, options);
  const claim = { rank: 'SHOPPER', weight: MAX_PICTURE_BYTES } as const;
  // no validators are sent, so every response has bytes
  return SHOPPERS_FETCHES.run(claim, async () => (await exchangePicture(url, options)).bytes!);
}

/** Validators of a picture (RFC 9110 §8.8), as the host sent them. */
export interface Validators {
  etag: string | null;
  lastModified: string | null;
}

export interface PictureResponse {
  /** At most 10 MB. Null if the picture is unchanged. */
  bytes: Uint8Array | null;
  /** Null if the response has none. */
  validators: Validators | null;
}

/** Accepted content types. Object stores send pictures as octet-stream; then only the bytes decide. */
const CONTENT_TYPES = /^(image\/(jpeg|jpg|pjpeg|png|webp|avif|gif)|(application|binary)\/octet-stream)\s*(;|$)/i;
/** Longest stored validator in characters. Hashes in use have 64 at most. */
const MAX_VALIDATOR = 256;

/**
 * Reads a response to its end, or destroys it at the first error.
 * @param expected.mayBeUnchanged true if conditions were sent, so 304 is a valid response
 * @throws FitroomError IMAGE_URL_UNREACHABLE (as PassingFailure if it is transient), IMAGE_TOO_LARGE,
 * IMAGE_FORMAT_UNSUPPORTED
 */
export async function readResponse(
  response: IncomingMessage,
  { signal, mayBeUnchanged }: { signal: AbortSignal; mayBeUnchanged: boolean },
): Promise<PictureResponse> {
  try {
    const validators = validatorsOf(response.headers);
    if (mayBeUnchanged && response.statusCode === 304) return { bytes: null, validators };
    requirePictureHeaders(response);
    return { bytes: await readBytes(response, signal), validators };
  } finally {
    response.destroy();
  }
}

async function readBytes(response: IncomingMessage, signal: AbortSignal): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    signal.throwIfAborted();
    length += chunk.length;
    if (length > MAX_PICTURE_BYTES) throw new FitroomError('IMAGE_TOO_LARGE');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

function requirePictureHeaders({ statusCode = 0, headers }: IncomingMessage): void {
  if (statusCode !== 200) {
    const message = `The URL responded with status ${statusCode}.`;
    if (isPassingStatus(statusCode)) throw new PassingFailure(message, retryAfterMs(headers['retry-after']));
    throw new FitroomError('IMAGE_URL_UNREACHABLE', message);
  }
  // The request asks for no encoding. Decompressing a response anyway can turn 10 kB into 10 GB.
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') throw new FitroomError('IMAGE_URL_UNREACHABLE');
  if (Number(headers['content-length'] ?? 0) > MAX_PICTURE_BYTES) throw new FitroomError('IMAGE_TOO_LARGE');
  const type = headers['content-type'] ?? '';
  if (CONTENT_TYPES.test(type)) return;
  if (/^image\//i.test(type)) throw new FitroomError('IMAGE_FORMAT_UNSUPPORTED');
  throw new FitroomError('IMAGE_URL_UNREACHABLE', 'The URL did not return a picture.');
}

function validatorsOf(headers: IncomingHttpHeaders): Validators | null {
  const short = (value: string | undefined): string | null => (value && value.length <= MAX_VALIDATOR ? value : null);
  const validators = { etag: short(headers.etag), lastModified: short(headers['last-modified']) };
  return validators.etag || validators.lastModified ? validators : null;
}
