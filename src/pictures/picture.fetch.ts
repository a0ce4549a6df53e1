// Fetches a shopper's picture from the address that they gave: one exchange and no more, since they wait for it.
import { SHOPPERS_FETCHES } from './fetching.turns.js';
import { exchangePicture, type FetchPictureOptions, requireWebAddress } from './picture.exchange.js';
import { MAX_PICTURE_BYTES } from './picture.size.js';

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
