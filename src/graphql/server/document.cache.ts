// Documents that have passed parsing, limits and validation, bounded in bytes.
import type { DocumentNode } from 'graphql';
import { CALLER_ROLES } from '../../domain/access/caller.js';
import { boundedCache } from '../../memory/bounded.cache.js';
import { MEMORY_BOUNDS } from '../../memory/bounds.js';

/** Measured with positions: 150 to 390 bytes of nodes and names for each token. Documents are kept without positions. */
const TOKEN_BYTES = 450;
/** Names and literals may be slices of the source, which then stays whole. Two bytes at most. */
const CHARACTER_BYTES = 2;

interface Entry {
  document: DocumentNode;
  bytes: number;
}

/** By the hash of their text. The least recently used go first. */
export class DocumentCache {
  private readonly documents = boundedCache<Entry>(MEMORY_BOUNDS.documents, {
    sizeOf: ({ bytes }) => bytes,
    parts: CALLER_ROLES.length,
  });

  get(hash: string): DocumentNode | undefined {
    return this.documents.get(hash)?.document;
  }

  /**
   * @param document without positions, each of which leads to all tokens of the text
   * @param length of the text, in characters
   */
  set(hash: string, document: DocumentNode, length: number): void {
    const bytes = CHARACTER_BYTES * length + TOKEN_BYTES * (document.tokenCount ?? length);
    this.documents.set(hash, { document, bytes });
  }

  /** In bytes, as counted. */
  get size(): number {
    return this.documents.calculatedSize;
  }
}
