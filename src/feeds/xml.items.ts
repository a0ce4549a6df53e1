// Items of an RSS 2.0 or Atom feed, with saxes.
// The XML is strict, without external references and entity expansion.
import { SaxesParser } from 'saxes';
import type { ImportError } from '../domain/catalog/catalog.import.js';
import { FitroomError } from '../errors.js';
import { inUtf8 } from './byte.stream.js';
import { MEMORY_BOUNDS } from '../memory/bounds.js';
import { MAX_RECORD_BYTES, rowTooLong } from './feed.js';
import { attributeName } from './google.item.js';

export interface XmlItem {
  /** Position in the feed, from 1. */
  row: number;
  attributes: Record<string, string>;
}

/** Deepest nesting. A feed's items are three levels deep; shipping and similar elements two more. */
const MAX_DEPTH = 32;
/** The outermost elements of RSS 2.0, RSS 1.0 and Atom. */
const FEEDS = /^(rss|rdf:RDF|feed)$/;
/** Maximum number of characters of one piece of text that the parser may hold before it returns them. */
const MAX_TEXT = MEMORY_BOUNDS.importXmlText.bytes / 2;

/**
 * Yields the items. @throws FitroomError IMPORT_XML_ENTITIES, IMPORT_FORMAT_UNKNOWN (not a feed), IMPORT_UNREADABLE
 * with the line if it is not valid XML
 */
export async function* xmlItems(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<XmlItem | ImportError> {
  const reader = new ItemReader();
  for await (const text of decoded(chunks)) {
    reader.write(text);
    yield* reader.taken();
  }
  reader.close();
  yield* reader.taken();
  reader.requireFeed();
}

/** Decodes the bytes with the encoding that the XML declaration names, or else as UTF-8. */
async function* decoded(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  for await (const chunk of inUtf8(chunks)) {
    decoder ??= decoderOf(chunk);
    yield decoder.decode(chunk, { stream: true });
  }
}

function decoderOf(start: Uint8Array): InstanceType<typeof TextDecoder> {
  const declared = /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]+)["']/.exec(
    Buffer.from(start).toString('latin1', 0, 200),
  );
  // inUtf8 has already converted UTF-16 with a byte order mark
  const encoding = declared && !/^utf-?16/i.test(declared[1]!) ? declared[1]! : 'utf-8';
  try {
    return new TextDecoder(encoding);
  } catch (cause) {
    throw new FitroomError('IMPORT_UNREADABLE', `The XML has an unknown encoding: ${encoding}.`, [], {
      cause,
    });
  }
}

class ItemReader {
  private readonly parser = new SaxesParser();
  private items: (XmlItem | ImportError)[] = [];
  private depth = 0;
  private root: string | null = null;
  private row = 0;
  /** Characters since the parser last returned something. */
  private held = 0;
  private item: { depth: number; size: number; attributes: Record<string, string> } | null = null;
  private text = '';

  constructor() {
    // Entity declarations are refused: they can expand 1 kB to 1 GB or read a local file.
    this.parser.on('doctype', (declaration) => {
      if (/^\s*html\b/i.test(declaration)) {
        throw new FitroomError('IMPORT_FORMAT_UNKNOWN', 'The file is an HTML page, not a feed.');
      }
      if (/<!ENTITY/i.test(declaration)) throw new FitroomError('IMPORT_XML_ENTITIES');
    });
    this.parser.on('error', ({ message }) => {
      throw new FitroomError('IMPORT_UNREADABLE', `The XML is broken at line and column ${message.slice(0, 200)}`);
    });
    this.parser.on('opentag', ({ name }) => this.open(name));
    this.parser.on('closetag', ({ name }) => this.shut(name));
    this.parser.on('text', (text) => this.add(text));
    this.parser.on('cdata', (text) => this.add(text));
  }

  write(text: string): void {
    this.held += text.length;
    this.parser.write(text);
    if (this.held > MAX_TEXT)
      throw new FitroomError('IMPORT_UNREADABLE', 'The XML holds a text of over 16 million characters.');
  }

  close(): void {
    this.parser.close();
  }

  *taken(): Generator<XmlItem | ImportError> {
    yield* this.items;
    this.items = [];
  }

  /** Throws if the XML is not a feed. A feed without items is empty; other XML without items is not a feed. */
  requireFeed(): void {
    if (this.row > 0 || FEEDS.test(this.root ?? '')) return;
    throw new FitroomError(
      'IMPORT_FORMAT_UNKNOWN',
      `The XML is not a feed: its root is <${this.root?.slice(0, 50)}>, without items.`,
    );
  }

  private open(name: string): void {
    this.held = 0;
    this.root ??= name;
    if (this.depth === 0 && /^html$/i.test(name)) {
      throw new FitroomError('IMPORT_FORMAT_UNKNOWN', 'The file is an HTML page, not a feed.');
    }
    if (++this.depth > MAX_DEPTH) throw new FitroomError('IMPORT_UNREADABLE', 'The XML is nested over 32 levels deep.');
    this.text = '';
    if (this.item === null && (name === 'item' || name === 'entry')) {
      this.item = { depth: this.depth, size: 0, attributes: {} };
    }
  }

  private add(text: string): void {
    this.held = 0;
    if (this.item === null) return;
    this.item.size += text.length;
    if (this.item.size <= MAX_RECORD_BYTES) this.text += text;
  }

  private shut(name: string): void {
    this.held = 0;
    const { item } = this;
    if (item && this.depth === item.depth) {
      const row = ++this.row;
      this.items.push(item.size > MAX_RECORD_BYTES ? rowTooLong(row) : { row, attributes: item.attributes });
      this.item = null;
    } else if (item && this.depth === item.depth + 1) {
      const value = this.text.trim();
      if (value) item.attributes[attributeName(name)] ??= value;
    }
    this.depth--;
    this.text = '';
  }
}
