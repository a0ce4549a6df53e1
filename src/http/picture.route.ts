// Garment pictures, in a fixed set of widths.
// A URL contains the picture's content hash, so browsers and proxies may cache the picture forever.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { FitroomError } from '../errors.js';
import { STORE_ID, type StoreContext } from '../domain/access/store.context.js';
import type { Services } from '../services/services.js';
import { boundedCache } from '../memory/bounded.cache.js';
import { MEMORY_BOUNDS } from '../memory/bounds.js';
import { heapBytes } from '../memory/heap.size.js';
import { sniffFormat } from '../pictures/picture.format.js';
import { contentKey, FULL_WIDTH, PICTURES_PATH, servedWidth } from '../graphql/server/picture.address.js';

interface PictureRoute {
  Params: { store: string; file: string };
  Querystring: { width?: string };
}

interface PictureRequest {
  store: StoreContext;
  garmentId: string;
  key: string;
  width: number;
}

export function servePictures(app: FastifyInstance, catalog: Pick<Services['catalog'], 'picture'>): void {
  const cache = boundedCache<Uint8Array>(MEMORY_BOUNDS.garmentPictures, { sizeOf: heapBytes });
  app.get<PictureRoute>(`${PICTURES_PATH}/:store/:file`, async (request, reply) => {
    const picture = pictureRequest(request);
    const tag = `"${picture.key}-${picture.width}"`;
    const name = `${picture.store.storeId}/${picture.garmentId}/${tag}`;
    const bytes = cache.get(name) ?? (await load(catalog, picture));
    cache.set(name, bytes);
    reply.header('etag', tag).header('cache-control', 'public, max-age=31536000, immutable');
    // storefronts on other hosts embed the pictures
    reply.header('cross-origin-resource-policy', 'cross-origin');
    if (request.headers['if-none-match']?.includes(tag)) return reply.code(304).send();
    return sendPicture(reply, bytes);
  });
}

function sendPicture(reply: FastifyReply, bytes: Uint8Array): FastifyReply {
  return reply
    .type(`image/${sniffFormat(bytes) ?? 'jpeg'}`)
    .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

/** Parses the URL path. `.webp` URLs from the time when pictures were stored as WebP still work. */
function pictureRequest({ params, query }: FastifyRequest<PictureRoute>): PictureRequest {
  const [, garmentId, key] = /^(\d{1,19})-([0-9a-f]{12})\.(?:jpg|webp)$/.exec(params.file) ?? [];
  const width = query.width === undefined ? FULL_WIDTH : Number(query.width);
  if (garmentId === undefined || key === undefined || !STORE_ID.test(params.store)) throw new FitroomError('NOT_FOUND');
  if (!(width >= 1)) throw new FitroomError('ARGUMENT_INVALID', '`width` is a number of pixels, at least 1.');
  return { store: { storeId: params.store }, garmentId, key, width: servedWidth(width) };
}

async function load(
  catalog: Pick<Services['catalog'], 'picture'>,
  { store, garmentId, key, width }: PictureRequest,
): Promise<Uint8Array> {
  const picture = await catalog.picture(store, garmentId, width === FULL_WIDTH ? null : width);
  if (picture === null || contentKey(picture.hash) !== key) throw new FitroomError('NOT_FOUND');
  return picture.bytes;
}
