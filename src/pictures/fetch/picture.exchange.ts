// One exchange with an address that a stranger gave: public hosts only, bounded in time, bytes and redirects, and refused
// where in doubt. Whether it is worth another try is the caller's to say, whether the bytes are a picture openPicture's.
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
  /** For everything of one exchange together: names, redirects, bytes. Default 5,000. */
  timeoutMs?: number;
  /** host:port pairs that may be reached although they are not public: a test's own listener. Default none. */
  allowedHosts?: readonly string[];
  /** Default: the system's resolver. */
  resolve?: Resolve;
}

export interface ExchangeOptions extends FetchPictureOptions {
  /** Of the picture that is there already: the address may answer that it is the same. */
  known?: Validators | null;
  /** Ends the exchange before its time. */
  signal?: AbortSignal;
}

export const TIMEOUT_MS = 5_000;
const PICTURES = 'image/avif,image/webp,image/png,image/jpeg,image/gif';
const MAX_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * @param url http or https on port 80 or 443, without credentials
 * @returns at most 10 MB; no bytes only where `known` was given and still holds
 * @throws PassingFailure (IMAGE_URL_UNREACHABLE) where another try may go better
 * @throws FitroomError IMAGE_URL_REFUSED (the address or a redirect of it leads anywhere but to a public host),
 *   IMAGE_URL_UNREACHABLE (no picture there), IMAGE_TOO_LARGE, IMAGE_FORMAT_UNSUPPORTED (SVG and other kinds),
 *   REQUEST_ABANDONED (the client of the request is gone)
 */
export async function exchangePicture(url: string, options: ExchangeOptions = {}): Promise<PictureAnswer> {
  const limit = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
  const signal = AbortSignal.any([limit, options.signal, requestSignal()].filter((one) => one !== undefined));
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
 * The URL parser reads decimal, octal, hexadecimal and full-width hosts as the addresses that they mean.
 * @throws FitroomError IMAGE_URL_REFUSED where it is no address of the web, or names a port or a user
 */
export function requireWebAddress(text: string, options: FetchPictureOptions, base?: URL): URL {
  const url = URL.canParse(text, base?.href) ? new URL(text, base) : null;
  const web = url !== null && ['http:', 'https:'].includes(url.protocol) && url.username === '' && url.password === '';
  if (web && (['', '80', '443'].includes(url.port) || isAllowed(url, options))) return url;
  throw new FitroomError('IMAGE_URL_REFUSED');
}

async function follow(url: string, options: ExchangeOptions, signal: AbortSignal): Promise<PictureAnswer> {
  const known = options.known ?? null;
  const asked = { ...options, signal, accept: PICTURES, conditions: conditions(known) };
  const { response, redirects } = await openWebAddress(url, asked);
  const answer = await readAnswer(response, { signal, mayBeUnchanged: known !== null && redirects === 0 });
  return redirects === 0 ? answer : { ...answer, validators: null };
}

/**
 * The answer of an address, its body still to be read, once every redirect has been checked as the address itself was.
 * @param options.conditions of the first request only: another address's picture could be the older of two, and pass for
 *   unchanged
 * @throws FitroomError IMAGE_URL_REFUSED, IMAGE_URL_UNREACHABLE (too many redirects); whatever a connection fails with
 */
export async function openWebAddress(
  url: string,
  options: FetchPictureOptions & { signal: AbortSignal; accept: string; conditions?: OutgoingHttpHeaders },
): Promise<{ response: IncomingMessage; redirects: number }> {
  const { signal, accept, conditions = {} } = options;
  let target = requireWebAddress(url, options);
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const destination = await requirePublicHost(target, options, signal);
    const asked = redirects === 0 ? { accept, ...conditions } : { accept };
    const response = await request(target, destination, { signal, headers: asked });
    const { statusCode = 0, headers } = response;
    if (!REDIRECTS.has(statusCode) || headers.location === undefined) return { response, redirects };
    response.destroy();
    target = requireWebAddress(headers.location, options, target);
  }
  throw new FitroomError('IMAGE_URL_UNREACHABLE', 'The address redirects more than 3 times.');
}

/** Where to connect to. The connection goes to the very address that was checked, whatever the name means a moment later. */
async function requirePublicHost(url: URL, options: FetchPictureOptions, signal: AbortSignal): Promise<Destination> {
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = await beforeAbort((options.resolve ?? resolveWithSystem)(hostname), signal);
  const allowed = isAllowed(url, options);
  // one private address among public ones is an attack, not a choice
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
    // checks the address of the connection itself once more, also where it is written in numbers
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
 * @param url http or https on port 80 or 443, without credentials
 * @returns at most 10 MB
 * @throws FitroomError IMAGE_URL_REFUSED (the address or a redirect of it leads anywhere but to a public host),
 *   IMAGE_URL_UNREACHABLE (no picture within the time), IMAGE_TOO_LARGE, IMAGE_FORMAT_UNSUPPORTED (SVG and other kinds)
 *   PICTURES_BUSY, REQUEST_ABANDONED
 */
export async function fetchPicture(url: string, options: FetchPictureOptions = {}): Promise<Uint8Array> {
  requireWebAddress(url, options);
  const claim = { rank: 'SHOPPER', weight: MAX_PICTURE_BYTES } as const;
  // nothing is known of it, so no answer goes without bytes
  return SHOPPERS_FETCHES.run(claim, async () => (await exchangePicture(url, options)).bytes!);
}

/** What tells one state of a picture from the next (RFC 9110 §8.8), as the address sent it. */
export interface Validators {
  etag: string | null;
  lastModified: string | null;
}

export interface PictureAnswer {
  /** At most 10 MB; null: the picture is the one that is known already. */
  bytes: Uint8Array | null;
  /** Null where there are none to remember. */
  validators: Validators | null;
}

/** Object stores send pictures without saying so; the bytes themselves decide then. */
const CONTENT_TYPES = /^(image\/(jpeg|jpg|pjpeg|png|webp|avif|gif)|(application|binary)\/octet-stream)\s*(;|$)/i;
/** Hashes in use have 64 characters at most; a longer one is not worth its place in a row. */
const MAX_VALIDATOR = 256;

/**
 * Reads a response to its end, or destroys it at the first thing that is wrong with it.
 * @param expected.mayBeUnchanged conditions were sent, so 304 is an answer
 * @throws FitroomError IMAGE_URL_UNREACHABLE (as PassingFailure where it may pass), IMAGE_TOO_LARGE, IMAGE_FORMAT_UNSUPPORTED
 */
export async function readAnswer(
  response: IncomingMessage,
  { signal, mayBeUnchanged }: { signal: AbortSignal; mayBeUnchanged: boolean },
): Promise<PictureAnswer> {
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
    const message = `The address answered with status ${statusCode}.`;
    if (isPassingStatus(statusCode)) throw new PassingFailure(message, retryAfterMs(headers['retry-after']));
    throw new FitroomError('IMAGE_URL_UNREACHABLE', message);
  }
  // none was asked for: unpacking what comes all the same is how 10 kB become 10 GB
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') throw new FitroomError('IMAGE_URL_UNREACHABLE');
  if (Number(headers['content-length'] ?? 0) > MAX_PICTURE_BYTES) throw new FitroomError('IMAGE_TOO_LARGE');
  const type = headers['content-type'] ?? '';
  if (CONTENT_TYPES.test(type)) return;
  if (/^image\//i.test(type)) throw new FitroomError('IMAGE_FORMAT_UNSUPPORTED');
  throw new FitroomError('IMAGE_URL_UNREACHABLE', 'The address answered with something that is no picture.');
}

function validatorsOf(headers: IncomingHttpHeaders): Validators | null {
  const short = (value: string | undefined): string | null => (value && value.length <= MAX_VALIDATOR ? value : null);
  const validators = { etag: short(headers.etag), lastModified: short(headers['last-modified']) };
  return validators.etag || validators.lastModified ? validators : null;
}
