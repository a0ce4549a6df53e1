// Cache of documents that passed parsing, limits and validation, bounded in bytes.
import type { DocumentNode } from 'graphql';
import { CALLER_ROLES } from '../../domain/access/caller.js';
import { boundedCache } from '../../memory/bounded.cache.js';
import { MEMORY_BOUNDS } from '../../memory/bounds.js';

/**
 * Bytes of one token. With positions, 150 to 390 bytes of nodes and names were measured for each token. Cached
 * documents have no positions.
 */
const TOKEN_BYTES = 450;
/**
 * Bytes of one character: two at most. Names and literals may be slices of the source, which then stays in memory as a
 * whole.
 */
const CHARACTER_BYTES = 2;

interface Entry {
  document: DocumentNode;
  bytes: number;
}

/** Documents by the hash of their text. The least recently used ones are evicted first. */
export class DocumentCache {
  private readonly documents = boundedCache<Entry>(MEMORY_BOUNDS.documents, {
    sizeOf: ({ bytes }) => bytes,
    parts: CALLER_ROLES.length,
  });

  get(hash: string): DocumentNode | undefined {
    return this.documents.get(hash)?.document;
  }

  /**
   * @param document without positions, because each position references all tokens of the text
   * @param length length of the text, in characters
   */
  set(hash: string, document: DocumentNode, length: number): void {
    const bytes = CHARACTER_BYTES * length + TOKEN_BYTES * (document.tokenCount ?? length);
    this.documents.set(hash, { document, bytes });
  }

  /** Estimated size in bytes. */
  get size(): number {
    return this.documents.calculatedSize;
  }
}
