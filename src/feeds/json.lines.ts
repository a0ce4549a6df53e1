// JSON Lines files: one garment per line.
import { isBlank, linesOf } from './byte.stream.js';
import { rowTooLong, type FeedItem } from './feed.js';
import { readGarmentLine } from './garment.line.js';

export async function* readJsonLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<FeedItem> {
  let row = 0;
  for await (const line of linesOf(chunks)) {
    row += 1;
    if (line === null) yield rowTooLong(row);
    else if (!isBlank(line)) yield readGarmentLine(line, row);
  }
}
