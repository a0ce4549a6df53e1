// Looks' pictures in the widths that are served. An address names the garments with their pictures' content, so browsers and
// proxies may keep what it leads to for ever.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { StoreContext } from '../domain/access/store.context.js';
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

interface LookRoute {
  Params: { store: string; file: string };
  Querystring: { width?: string };
}

interface WantedLook {
  store: StoreContext;
  pieces: PreviewItem[];
  width: number;
  /** Names it among all pictures of looks. */
  name: string;
}

export function serveOutfitPreviews(app: FastifyInstance, looks: Pick<OutfitPreviewService, 'draw'>): void {
  const cache = boundedCache<Uint8Array>(MEMORY_BOUNDS.lookPictures, { sizeOf: heapBytes });
  const drawing = new Map<string, Promise<Uint8Array>>();
  app.get<LookRoute>(`${OUTFITS_PATH}/:store/:file`, async (request, reply) => {
    const wanted = wantedLook(request);
    const tag = `"${wanted.pieces.map(({ key }) => key.slice(0, 6)).join('')}-${wanted.width}"`;
    const bytes = cache.get(wanted.name) ?? (await once(drawing, wanted.name, () => draw(looks, wanted)));
    cache.set(wanted.name, bytes);
    reply.header('etag', tag).header('cache-control', 'public, max-age=31536000, immutable');
    // storefronts show them on their own hosts
    reply.header('cross-origin-resource-policy', 'cross-origin');
    if (request.headers['if-none-match']?.includes(tag)) return reply.code(304).send();
    return reply.type('image/png').send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  });
}

function wantedLook({ params, query }: FastifyRequest<LookRoute>): WantedLook {
  const pieces = previewItems(params.file);
  const width = query.width === undefined ? null : Number(query.width);
  if (pieces === null) throw new FitroomError('NOT_FOUND');
  if (width !== null && !(width >= 1)) {
    throw new FitroomError('ARGUMENT_INVALID', '`width` is a number of pixels, at least 1.');
  }
  const served = servedOutfitWidth(width);
  return {
    store: { storeId: params.store },
    pieces,
    width: served,
    name: `${params.store}/${params.file}?${served}`,
  };
}

async function draw(
  looks: Pick<OutfitPreviewService, 'draw'>,
  { store, pieces, width }: WantedLook,
): Promise<Uint8Array> {
  const wanted = pieces.map(({ key, ...piece }) => ({ ...piece, isMeant: (hash: string) => contentKey(hash) === key }));
  const picture = await looks.draw(store, wanted, width);
  if (picture === null) throw new FitroomError('NOT_FOUND');
  return picture;
}

/** A page shows a look to many at once: what is being drawn is not drawn again. */
function once(
  running: Map<string, Promise<Uint8Array>>,
  name: string,
  work: () => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const begun = running.get(name);
  if (begun) return begun;
  // shared: none of those who wait may end it for the others
  const result = detached(work).finally(() => running.delete(name));
  running.set(name, result);
  return result;
}
