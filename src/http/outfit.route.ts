// Outfit previews, in a fixed set of widths.
// A URL names the garments and their pictures' content hashes, so browsers and proxies may cache it forever.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { STORE_ID, type StoreContext } from '../domain/access/store.context.js';
import { FitroomError } from '../errors.js';
import {
  contentKey,
  previewItems,
  OUTFITS_PATH,
  servedOutfitWidth,
  type PreviewItem,
} from '../graphql/server/picture.address.js';
import { boundedCache } from '../memory/bounded.cache.js';
import { MEMORY_BOUNDS } from '../memory/bounds.js';
import { heapBytes } from '../memory/heap.size.js';
import { detached } from '../request.scope.js';
import type { OutfitPreviewService } from '../services/outfits/outfit.preview.service.js';

interface OutfitRoute {
  Params: { store: string; file: string };
  Querystring: { width?: string };
}

interface PreviewRequest {
  store: StoreContext;
  items: PreviewItem[];
  width: number;
  /** The cache key. */
  name: string;
}

export function serveOutfitPreviews(app: FastifyInstance, previews: Pick<OutfitPreviewService, 'draw'>): void {
  const cache = boundedCache<Uint8Array>(MEMORY_BOUNDS.lookPictures, { sizeOf: heapBytes });
  const drawing = new Map<string, Promise<Uint8Array>>();
  app.get<OutfitRoute>(`${OUTFITS_PATH}/:store/:file`, async (request, reply) => {
    const preview = previewRequest(request);
    const { name, items, width } = preview;
    const tag = `"${items.map(({ key }) => key.slice(0, 6)).join('')}-${width}"`;
    const bytes = cache.get(name) ?? (await once(drawing, name, () => draw(previews, preview)));
    cache.set(name, bytes);
    reply.header('etag', tag).header('cache-control', 'public, max-age=31536000, immutable');
    // storefronts on other hosts embed the previews
    reply.header('cross-origin-resource-policy', 'cross-origin');
    if (request.headers['if-none-match']?.includes(tag)) return reply.code(304).send();
    return reply.type('image/png').send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  });
}

function previewRequest({ params, query }: FastifyRequest<OutfitRoute>): PreviewRequest {
  const items = previewItems(params.file);
  const width = query.width === undefined ? null : Number(query.width);
  if (items === null || !STORE_ID.test(params.store)) throw new FitroomError('NOT_FOUND');
  if (width !== null && !(width >= 1)) {
    throw new FitroomError('ARGUMENT_INVALID', '`width` is a number of pixels, at least 1.');
  }
  const drawnWidth = servedOutfitWidth(width);
  return {
    store: { storeId: params.store },
    items,
    width: drawnWidth,
    name: `${params.store}/${params.file}?${drawnWidth}`,
  };
}

async function draw(
  previews: Pick<OutfitPreviewService, 'draw'>,
  { store, items, width }: PreviewRequest,
): Promise<Uint8Array> {
  const drawn = items.map(({ key, ...item }) => ({ ...item, isMeant: (hash: string) => contentKey(hash) === key }));
  const picture = await previews.draw(store, drawn, width);
  if (picture === null) throw new FitroomError('NOT_FOUND');
  return picture;
}

/**
 * Returns the result of the running work of this name, or starts the work. Many shoppers can open one outfit at once.
 */
function once(
  running: Map<string, Promise<Uint8Array>>,
  name: string,
  work: () => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const current = running.get(name);
  if (current) return current;
  // detached: a request that is aborted must not end the work that others wait for
  const result = detached(work).finally(() => running.delete(name));
  running.set(name, result);
  return result;
}
