// What a reading of an import's file comes to where something fails: at once, after some tries, or another time.
import { FitroomError } from '../../../../src/errors.js';
import { ImportReader, type ImportReaderParts } from '../../../../src/services/catalog/import.reader.js';

const CTX = { storeId: 'default' };

/** Reads for the nth time, with a file of these bytes and a database that takes rows as told. */
async function readWith(
  reading: number,
  { bytes, addRows }: { bytes: () => AsyncIterable<Uint8Array>; addRows?: () => Promise<null> },
): Promise<{ failed: { code: string; message: string } | null; thrown: string | null; told: number }> {
  let failed: { code: string; message: string } | null = null;
  let told = 0;
  const found = { format: null, currency: null, limit: null, dryRun: false, url: null, reading };
  const parts = {
    imports: { fail: (_ctx: unknown, _id: string, reason: FitroomError) => Promise.resolve((failed = reason)) },
    file: { startReading: () => Promise.resolve(found), bytes, addRows: addRows ?? (() => Promise.resolve(null)) },
    queue: { send: () => Promise.resolve() },
    report: { before: () => Promise.resolve(null) },
    maxBytes: 1e6,
    onFailure: () => (told += 1),
  } as unknown as ImportReaderParts;
  const thrown = await new ImportReader(parts).read(CTX, 'id', new AbortController().signal).then(
    () => null,
    (error: Error) => error.message,
  );
  return { failed, thrown, told };
}

const ROWS = Buffer.from('{"sku":"a","title":"A"}\n');
// eslint-disable-next-line @typescript-eslint/require-await -- a file in memory has nothing to wait for
const whole = async function* (): AsyncGenerator<Uint8Array> {
  yield ROWS;
};
// eslint-disable-next-line @typescript-eslint/require-await, require-yield -- it fails before its first byte
const away = async function* (): AsyncGenerator<Uint8Array> {
  throw new FitroomError('SERVICE_UNAVAILABLE', 'away');
};
const refused = (): Promise<null> => Promise.reject(new Error('value too long'));

describe('the reading of an import', () => {
  it('is tried again while the database is away, however often', async () => {
    expect(await readWith(19, { bytes: away })).toEqual({ failed: null, thrown: 'away', told: 0 });
  });

  it('is tried again where the server fails for the first and second time, and ends with the third', async () => {
    for (const reading of [1, 2]) {
      expect(await readWith(reading, { bytes: whole, addRows: refused })).toMatchObject({ failed: null, told: 0 });
    }
    const third = await readWith(3, { bytes: whole, addRows: refused });
    expect(third).toMatchObject({ failed: { code: 'INTERNAL_SERVER_ERROR' }, thrown: null, told: 1 });
    expect(third.failed!.message).not.toContain('value too long');
  });

  it('ends where a file ended the process 20 times', async () => {
    expect(await readWith(20, { bytes: whole })).toMatchObject({ failed: null, thrown: null });
    expect(await readWith(21, { bytes: whole })).toMatchObject({ failed: { code: 'INTERNAL_SERVER_ERROR' } });
  });
});
