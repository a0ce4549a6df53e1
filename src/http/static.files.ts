// Static files at fixed URL paths.
// The URL of a request never becomes a file path.
import { basename, dirname } from 'node:path';
import send from '@fastify/send';
import staticFiles from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** Browsers revalidate with the etag of their copy. */
export const REVALIDATE = 'no-cache';
/** For files whose name contains a hash of their content. */
export const FOREVER = 'public, max-age=31536000, immutable';

/** Lets routes send files. Browsers that accept gzip get the `.gz` copy of a file, which has a third of the bytes. */
export async function enableStaticFiles(app: FastifyInstance): Promise<void> {
  // RFC 9239 replaced application/javascript with this type
  send.mime.define({ 'text/javascript': ['js'] }, true);
  await app.register(staticFiles, { serve: false, preCompressed: true, cacheControl: false, acceptRanges: false });
}

/** Serves one file at one URL path. @param path absolute; its extension determines the media type */
export function serveFile(app: FastifyInstance, address: string, path: string, cacheControl = REVALIDATE): void {
  app.get(address, (_request, reply) => {
    // set even for files without a .gz copy, so that proxies cache gzip and plain responses separately
    const vary = [reply.getHeader('vary'), 'accept-encoding'].filter(Boolean).join(', ');
    return reply.headers({ vary, 'cache-control': cacheControl }).sendFile(basename(path), dirname(path));
  });
}
