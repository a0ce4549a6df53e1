// Documents that have passed parsing, limits and validation, bounded in bytes.
import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

/** Of one role. Clients send the same few texts again and again: this holds 200 of a storefront's with room. */
export const MAX_DOCUMENT_CACHE_BYTES = 8_000_000;

/** Of an entry beside its document: the hash, and what the map takes. */
const ENTRY_BYTES = 500;
/** Measured: 100 to 250 bytes of nodes and names for each token. */
const TOKEN_BYTES = 300;
/** Names and literals may be slices of the source, which then stays whole. Two bytes at most. */
const CHARACTER_BYTES = 2;

/** By the hash of their text. The longest unused go first. */
export class DocumentCache {
  private readonly documents = new LRUCache<string, DocumentNode>({ maxSize: MAX_DOCUMENT_CACHE_BYTES });

  get(hash: string): DocumentNode | undefined {
    return this.documents.get(hash);
  }

  /** @param document without positions, each of which leads to all tokens of the text @param length of the text, in characters */
  set(hash: string, document: DocumentNode, length: number): void {
    const size = ENTRY_BYTES + CHARACTER_BYTES * length + TOKEN_BYTES * (document.tokenCount ?? length);
    this.documents.set(hash, document, { size });
  }

  /** In bytes, as counted. */
  get size(): number {
    return this.documents.calculatedSize;
  }
}
