// Files at fixed addresses, streamed from disk: no address becomes a path.
import { basename, dirname } from 'node:path';
import send from '@fastify/send';
import staticFiles from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** Browsers ask again with the tag of what they have. */
export const ASK_AGAIN = 'no-cache';
/** For files whose name holds a hash of their content. */
export const FOREVER = 'public, max-age=31536000, immutable';

/** Lets routes send files. A file with the same name and `.gz` is sent to browsers that can unpack it: a third of the bytes. */
export async function enableStaticFiles(app: FastifyInstance): Promise<void> {
  // the type that RFC 9239 names, in place of application/javascript
  send.mime.define({ 'text/javascript': ['js'] }, true);
  await app.register(staticFiles, { serve: false, preCompressed: true, cacheControl: false, acceptRanges: false });
}

/** One file at one address. @param path absolute; its ending gives its media type */
export function serveFile(app: FastifyInstance, address: string, path: string, cacheControl = ASK_AGAIN): void {
  app.get(address, (_request, reply) => {
    // also without a packed file beside it: a proxy keeps one answer for each kind of browser
    const vary = [reply.getHeader('vary'), 'accept-encoding'].filter(Boolean).join(', ');
    return reply.headers({ vary, 'cache-control': cacheControl }).sendFile(basename(path), dirname(path));
  });
}
