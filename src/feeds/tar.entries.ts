// The entries of a tar archive, one after the other.
import { Readable, pipeline } from 'node:stream';
import { extract, type Extract, type Header } from 'tar-stream';

export const METADATA_FILE = 'metadata.jsonl';

/** An entry of tar-stream, whose own types do not say what its stream consists of. */
export interface Entry extends AsyncIterable<Uint8Array> {
  header: Header;
  resume(): unknown;
}

/** Maximum bytes of a header that describes the next one: a path, a time, some attributes. */
const MAX_LONG_HEADER_BYTES = 32 * 1024;
/** Maximum number of such headers before one entry: a path, a link's path, pax for one entry and for all. */
const MAX_LONG_HEADERS = 8;

/**
 * Yields the entries. The caller reads or resumes each entry before it asks for the next one.
 * @throws Error of tar-stream if the bytes are not a complete tar, and the errors of `chunks`
 */
export async function* entriesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Entry> {
  const archive = bounded(extract());
  const bytes = Readable.from(chunks, { objectMode: false });
  // the loop over the archive handles the failures of both streams; the callback only prevents a second throw
  pipeline([bytes, archive] as unknown as NodeJS.ReadWriteStream[], () => undefined);
  try {
    yield* archive as AsyncIterable<unknown> as AsyncIterable<Entry>;
  } finally {
    bytes.destroy();
  }
}

/** The method of tar-stream that decodes a header about the next header. */
interface LongHeaders {
  _decodeLongHeader(bytes: Uint8Array): void;
}

/**
 * Limits the headers of an archive. tar-stream accepts any number of such headers of up to 4 MB each, and copies a
 * global one for each header that follows. By estimate, a gigabyte of them takes hours. tar-stream has no setting for
 * this, so the single method that decodes them is wrapped.
 */
function bounded(archive: Extract): Extract {
  const internals = archive as unknown as LongHeaders;
  const decode = internals._decodeLongHeader.bind(archive);
  let inARow = 0;
  internals._decodeLongHeader = (bytes) => {
    if (bytes.length > MAX_LONG_HEADER_BYTES || ++inARow > MAX_LONG_HEADERS) {
      throw new Error('a pax header or long name exceeds 32 kB, or more than 8 of them precede one entry');
    }
    decode(bytes);
  };
  archive.on('entry', () => (inARow = 0));
  return archive;
}
