// The body of a GraphQL multipart request with one file that is sent as it is read: operations, map, file. Knows no server.
import { randomUUID } from 'node:crypto';

export interface StreamedBody {
  contentType: string;
  body: AsyncIterable<Uint8Array>;
}

/**
 * @param operations JSON of query and variables
 * @param path where the file belongs, for example 'variables.input.upload'
 */
export function streamedBody(operations: string, path: string, file: AsyncIterable<Uint8Array>): StreamedBody {
  const boundary = `fitroom-${randomUUID()}`;
  const field = (name: string, value: string): string =>
    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  async function* body(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(field('operations', operations) + field('map', JSON.stringify({ 0: [path] })));
    yield Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="0"; filename="catalog"\r\n` +
        'content-type: application/octet-stream\r\n\r\n',
    );
    yield* file;
    yield Buffer.from(`\r\n--${boundary}--\r\n`);
  }
  return { contentType: `multipart/form-data; boundary=${boundary}`, body: body() };
}
