// The entries of a tar, one after the other. Knows no catalog.
import { Readable, pipeline } from 'node:stream';
import { extract, type Header } from 'tar-stream';

export const METADATA_FILE = 'metadata.jsonl';

/** What tar-stream gives, whose types leave open what an entry's stream consists of. */
export interface Entry extends AsyncIterable<Uint8Array> {
  header: Header;
  resume(): unknown;
}

/** Each is read or resumed before the next comes. */
export async function* entriesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Entry> {
  const archive = extract();
  const bytes = Readable.from(chunks, { objectMode: false });
  // the loop over the archive meets the failure of either; the callback only keeps it from being thrown twice
  pipeline([bytes, archive] as unknown as NodeJS.ReadWriteStream[], () => undefined);
  try {
    yield* archive as AsyncIterable<unknown> as AsyncIterable<Entry>;
  } finally {
    bytes.destroy();
  }
}
