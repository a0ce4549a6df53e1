// Garments' pictures in the widths that are served. An address holds the picture's content key, so browsers and proxies may
// keep what it leads to for ever.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { FitroomError } from '../errors.js';
import type { StoreContext } from '../domain/access/store.context.js';
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

interface WantedPicture {
  store: StoreContext;
  garmentId: string;
  key: string;
  width: number;
}

export function servePictures(app: FastifyInstance, catalog: Pick<Services['catalog'], 'picture'>): void {
  const cache = boundedCache<Uint8Array>(MEMORY_BOUNDS.garmentPictures, { sizeOf: heapBytes });
  app.get<PictureRoute>(`${PICTURES_PATH}/:store/:file`, async (request, reply) => {
    const wanted = wantedPicture(request);
    const tag = `"${wanted.key}-${wanted.width}"`;
    const name = `${wanted.store.storeId}/${wanted.garmentId}/${tag}`;
    const bytes = cache.get(name) ?? (await load(catalog, wanted));
    cache.set(name, bytes);
    reply.header('etag', tag).header('cache-control', 'public, max-age=31536000, immutable');
    // storefronts show them on their own hosts
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

/** Addresses of when pictures were stored as WebP lead to what they led to. */
function wantedPicture({ params, query }: FastifyRequest<PictureRoute>): WantedPicture {
  const [, garmentId, key] = /^(\d{1,19})-([0-9a-f]{12})\.(?:jpg|webp)$/.exec(params.file) ?? [];
  const width = query.width === undefined ? FULL_WIDTH : Number(query.width);
  if (garmentId === undefined || key === undefined) throw new FitroomError('NOT_FOUND');
  if (!(width >= 1)) throw new FitroomError('ARGUMENT_INVALID', '`width` is a number of pixels, at least 1.');
  return { store: { storeId: params.store }, garmentId, key, width: servedWidth(width) };
}

async function load(
  catalog: Pick<Services['catalog'], 'picture'>,
  { store, garmentId, key, width }: WantedPicture,
): Promise<Uint8Array> {
  const picture = await catalog.picture(store, garmentId, width === FULL_WIDTH ? null : width);
  if (picture === null || contentKey(picture.hash) !== key) throw new FitroomError('NOT_FOUND');
  return picture.bytes;
}
