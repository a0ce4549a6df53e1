// Streaming body of a GraphQL multipart request with one file.
import { randomUUID } from 'node:crypto';

export interface StreamedBody {
  contentType: string;
  body: AsyncIterable<Uint8Array>;
}

/**
 * Returns the body with its content type: operations, map, then the file as it is read.
 * @param operations JSON of query and variables
 * @param path path of the file in the variables, for example 'variables.input.upload'
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
