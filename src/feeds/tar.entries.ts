// The entries of a tar, one after the other. Knows no catalog.
import { Readable, pipeline } from 'node:stream';
import { extract, type Extract, type Header } from 'tar-stream';

export const METADATA_FILE = 'metadata.jsonl';

/** What tar-stream gives, whose types leave open what an entry's stream consists of. */
export interface Entry extends AsyncIterable<Uint8Array> {
  header: Header;
  resume(): unknown;
}

/** Most bytes of a header that describes the next one: a path, a time, some attributes. */
const MAX_LONG_HEADER_BYTES = 32 * 1024;
/** So many of them may stand before one entry: a path, a link's path, pax for one and for all. */
const MAX_LONG_HEADERS = 8;

/**
 * Each is read or resumed before the next comes.
 * @throws Error of tar-stream where the bytes are no whole tar, and whatever `chunks` throws
 */
export async function* entriesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Entry> {
  const archive = bounded(extract());
  const bytes = Readable.from(chunks, { objectMode: false });
  // the loop over the archive meets the failure of either; the callback only keeps it from being thrown twice
  pipeline([bytes, archive] as unknown as NodeJS.ReadWriteStream[], () => undefined);
  try {
    yield* archive as AsyncIterable<unknown> as AsyncIterable<Entry>;
  } finally {
    bytes.destroy();
  }
}

/** The part of tar-stream that decodes a header which describes the next one. */
interface LongHeaders {
  _decodeLongHeader(bytes: Uint8Array): void;
}

/**
 * tar-stream takes such headers up to 4 MB and any number of them, and copies all of a global one for each that follows: by
 * estimate a gigabyte of them takes hours. It offers no setting, so the one method through which all of them go is wrapped.
 */
function bounded(archive: Extract): Extract {
  const internals = archive as unknown as LongHeaders;
  const decode = internals._decodeLongHeader.bind(archive);
  let inARow = 0;
  internals._decodeLongHeader = (bytes) => {
    if (bytes.length > MAX_LONG_HEADER_BYTES || ++inARow > MAX_LONG_HEADERS) {
      throw new Error('a pax header or long name has over 32 kB, or over 8 of them stand before one entry');
    }
    decode(bytes);
  };
  archive.on('entry', () => (inARow = 0));
  return archive;
}
