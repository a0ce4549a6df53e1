// Fetches a picture from an address that a stranger gave: public hosts only, bounded in time, bytes and redirects, and
// refused where in doubt. Whether the bytes are a picture is openPicture's to say.
import { get as httpGet, type IncomingMessage, type RequestOptions } from 'node:http';
import { get as httpsGet } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { useAgent } from 'request-filtering-agent';
import { FitroomError } from '../errors.js';
import { MAX_PICTURE_BYTES } from './codec.js';
import { isPublicAddress, type ResolvedAddress, type Resolve, resolveWithSystem } from './public.address.js';

export interface FetchPictureOptions {
  /** For everything together: names, redirects, bytes. Default 5,000. */
  timeoutMs?: number;
  /** host:port pairs that may be reached although they are not public: a test's own listener. Default none. */
  allowedHosts?: readonly string[];
  /** Default: the system's resolver. */
  resolve?: Resolve;
}

const TIMEOUT_MS = 5_000;
const MAX_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Object stores send pictures without saying so; the bytes themselves decide then. */
const CONTENT_TYPES = /^(image\/(jpeg|jpg|pjpeg|png|webp|avif|gif)|(application|binary)\/octet-stream)\s*(;|$)/i;

/**
 * @param url http or https on port 80 or 443, without credentials
 * @returns at most 10 MB
 * @throws FitroomError IMAGE_URL_REFUSED (the address or a redirect of it leads anywhere but to a public host),
 *   IMAGE_URL_UNREACHABLE (no picture within the time), IMAGE_TOO_LARGE, IMAGE_FORMAT_UNSUPPORTED (SVG and other kinds)
 */
export async function fetchPicture(url: string, options: FetchPictureOptions = {}): Promise<Uint8Array> {
  const signal = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
  try {
    return await follow(url, options, signal);
  } catch (cause) {
    if (cause instanceof FitroomError) throw cause;
    throw new FitroomError('IMAGE_URL_UNREACHABLE', undefined, [], { cause });
  }
}

async function follow(url: string, options: FetchPictureOptions, signal: AbortSignal): Promise<Uint8Array> {
  const accept = 'image/avif,image/webp,image/png,image/jpeg,image/gif';
  return readPicture(await openWebAddress(url, { ...options, accept, signal }), signal);
}

/**
 * The answer of an address, its body still to be read, once every redirect has been checked as the address itself was.
 * @throws FitroomError IMAGE_URL_REFUSED, IMAGE_URL_UNREACHABLE (too many redirects); whatever a connection fails with
 */
export async function openWebAddress(
  url: string,
  options: Pick<FetchPictureOptions, 'allowedHosts' | 'resolve'> & { accept: string; signal: AbortSignal },
): Promise<IncomingMessage> {
  let target = requireWebAddress(url, options);
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const response = await request(target, await requirePublicHost(target, options, options.signal), options);
    const { statusCode = 0, headers } = response;
    if (!REDIRECTS.has(statusCode) || headers.location === undefined) return response;
    response.destroy();
    target = requireWebAddress(headers.location, options, target);
  }
  throw new FitroomError('IMAGE_URL_UNREACHABLE', 'The address redirects more than 3 times.');
}

/** The URL parser reads decimal, octal, hexadecimal and full-width hosts as the addresses that they mean. */
function requireWebAddress(text: string, options: FetchPictureOptions, base?: URL): URL {
  const url = URL.canParse(text, base?.href) ? new URL(text, base) : null;
  const web = url !== null && ['http:', 'https:'].includes(url.protocol) && url.username === '' && url.password === '';
  if (web && (['', '80', '443'].includes(url.port) || isAllowed(url, options))) return url;
  throw new FitroomError('IMAGE_URL_REFUSED');
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

async function request(
  url: URL,
  destination: Destination,
  { accept, signal }: { accept: string; signal: AbortSignal },
): Promise<IncomingMessage> {
  const { address, family, allowed } = destination;
  const lookup: LookupFunction = (_hostname, { all }, callback) =>
    all ? callback(null, [{ address, family }]) : callback(null, address, family);
  const options: RequestOptions = {
    signal,
    lookup,
    // checks the address of the connection itself once more, also where it is written in numbers
    agent: useAgent(url.href, { allowPrivateIPAddress: allowed, keepAlive: false }),
    headers: {
      accept,
      'accept-encoding': 'identity',
      'user-agent': 'fitroom',
    },
  };
  return new Promise((resolve, reject) => {
    const get = url.protocol === 'https:' ? httpsGet : httpGet;
    get(url, options, resolve).on('error', reject);
  });
}

async function readPicture(response: IncomingMessage, signal: AbortSignal): Promise<Uint8Array> {
  try {
    requirePictureHeaders(response);
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      signal.throwIfAborted();
      length += chunk.length;
      if (length > MAX_PICTURE_BYTES) throw new FitroomError('IMAGE_TOO_LARGE');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, length);
  } finally {
    response.destroy();
  }
}

function requirePictureHeaders({ statusCode, headers }: IncomingMessage): void {
  if (statusCode !== 200) {
    throw new FitroomError('IMAGE_URL_UNREACHABLE', `The address answered with status ${statusCode}.`);
  }
  // none was asked for: unpacking what comes all the same is how 10 kB become 10 GB
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') throw new FitroomError('IMAGE_URL_UNREACHABLE');
  if (Number(headers['content-length'] ?? 0) > MAX_PICTURE_BYTES) throw new FitroomError('IMAGE_TOO_LARGE');
  const type = headers['content-type'] ?? '';
  if (CONTENT_TYPES.test(type)) return;
  if (/^image\//i.test(type)) throw new FitroomError('IMAGE_FORMAT_UNSUPPORTED');
  throw new FitroomError('IMAGE_URL_UNREACHABLE', 'The address answered with something that is no picture.');
}

async function beforeAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    promise.then(resolve, reject);
  });
}
