// The outcome of an attempt to read an import's file when a part fails.
import { FitroomError } from '../../../../src/errors.js';
import { ImportReader, type ImportReaderParts } from '../../../../src/services/catalog/import.reader.js';

const CTX = { storeId: 'default' };

/** Runs the nth attempt with a file of these bytes and a database that accepts rows with `addRows`. */
async function runAttempt(
  reading: number,
  { bytes, addRows }: { bytes: () => AsyncIterable<Uint8Array>; addRows?: () => Promise<null> },
): Promise<{ failed: { code: string; message: string } | null; thrown: string | null; failures: number }> {
  let failed: { code: string; message: string } | null = null;
  let failures = 0;
  const source = { format: null, currency: null, limit: null, dryRun: false, url: null, reading };
  const parts = {
    imports: { fail: (_ctx: unknown, _id: string, reason: FitroomError) => Promise.resolve((failed = reason)) },
    file: { startReading: () => Promise.resolve(source), bytes, addRows: addRows ?? (() => Promise.resolve(null)) },
    queue: { send: () => Promise.resolve() },
    report: { before: () => Promise.resolve(null) },
    maxBytes: 1e6,
    onFailure: () => (failures += 1),
  } as unknown as ImportReaderParts;
  const thrown = await new ImportReader(parts).read(CTX, 'id', new AbortController().signal).then(
    () => null,
    (error: Error) => error.message,
  );
  return { failed, thrown, failures };
}

const ROWS = Buffer.from('{"sku":"a","title":"A"}\n');
// eslint-disable-next-line @typescript-eslint/require-await -- a file in memory needs no await
const completeFile = async function* (): AsyncGenerator<Uint8Array> {
  yield ROWS;
};
// eslint-disable-next-line @typescript-eslint/require-await, require-yield -- the file fails before its first byte
const unavailableFile = async function* (): AsyncGenerator<Uint8Array> {
  throw new FitroomError('SERVICE_UNAVAILABLE', 'the database is unavailable');
};
const refuseRows = (): Promise<null> => Promise.reject(new Error('value too long'));

describe('an attempt to read an import', () => {
  it('is repeated any number of times while the database is unavailable', async () => {
    expect(await runAttempt(19, { bytes: unavailableFile })).toEqual({
      failed: null,
      thrown: 'the database is unavailable',
      failures: 0,
    });
  });

  it('is repeated after the first and second failure of the server, and ends the import at the third', async () => {
    for (const reading of [1, 2]) {
      expect(await runAttempt(reading, { bytes: completeFile, addRows: refuseRows })).toMatchObject({
        failed: null,
        failures: 0,
      });
    }
    const third = await runAttempt(3, { bytes: completeFile, addRows: refuseRows });
    expect(third).toMatchObject({ failed: { code: 'INTERNAL_SERVER_ERROR' }, thrown: null, failures: 1 });
    expect(third.failed!.message).not.toContain('value too long');
  });

  it('ends the import after the file has ended the process 20 times', async () => {
    expect(await runAttempt(20, { bytes: completeFile })).toMatchObject({ failed: null, thrown: null });
    expect(await runAttempt(21, { bytes: completeFile })).toMatchObject({ failed: { code: 'INTERNAL_SERVER_ERROR' } });
  });
});
