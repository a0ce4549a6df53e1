// Repositories of imports: repeated steps, and the separation of stores.
import type { GoldenRanks } from '../../src/domain/analytics/golden.query.js';
import { ImportStagingRepository, type BatchOutcome } from '../../src/store/import.staging.repository.js';
import { ImportRepository } from '../../src/store/import.repository.js';
import { OTHER_STORE, STORE } from '../support/catalog.rows.js';
import { withDatabase } from '../support/database.js';

const testDatabase = withDatabase();
let imports: ImportRepository;
let file: ImportStagingRepository;
beforeAll(() => {
  imports = new ImportRepository(testDatabase.database);
  file = new ImportStagingRepository(testDatabase.database);
});

const OPTIONS = { format: null, currency: null, limit: null, dryRun: false };
const garment = (sku: string, row: number) => ({ row, input: { sku, title: sku }, picture: null, isVariant: false });
const outcome = (more: Partial<BatchOutcome>): BatchOutcome => ({
  created: 0,
  updated: 0,
  failed: 0,
  warnings: 0,
  errors: [],
  ...more,
});
const noComparison = async (): Promise<void> => {};

const settle = (id: string, batch: number, batchOutcome: BatchOutcome, compare = noComparison): Promise<void> =>
  file.settle(STORE, { id, batch }, batchOutcome, compare);

async function startImport(): Promise<string> {
  const id = await imports.begin(STORE, OPTIONS, null);
  await file.addPart(STORE, id, 0, Buffer.from('the file'));
  await imports.receive(STORE, id, noComparison);
  return id;
}

/** Returns an import that has been read: two batches of two and one garment. */
async function readImport(golden: GoldenRanks[] | null = null): Promise<string> {
  const id = await startImport();
  const { reading } = (await file.startReading(STORE, id))!;
  await file.addRows(STORE, { id, reading }, 0, { rows: [garment('a', 1), garment('b', 2)], errors: [] });
  await file.addRows(STORE, { id, reading }, 1, { rows: [garment('c', 3)], errors: [] });
  await file.finishReading(
    STORE,
    { id, reading },
    { format: 'JSON_LINES', waiting: 3, failed: 0, golden },
    noComparison,
  );
  return id;
}

it('an import counts each batch once and ends with the last one, in any order', async () => {
  const id = await readImport();
  await settle(id, 1, outcome({ created: 1 }));
  await settle(id, 1, outcome({ created: 1 }));
  expect(await imports.find(STORE, id)).toMatchObject({ state: 'RUNNING', total: 3, succeeded: 1, finishedAt: null });
  const error = { row: 2, sku: 'b', code: 'TITLE_INVALID' as const, message: '…', isWarning: false };
  const last = outcome({ updated: 1, failed: 1, errors: [error] });
  await Promise.all([settle(id, 0, last), settle(id, 0, last)]);
  expect(await imports.find(STORE, id)).toMatchObject({ state: 'SUCCEEDED', succeeded: 2, failed: 1, created: 1 });
  expect(await imports.errors(STORE, id, 10, false)).toHaveLength(1);
});

it('an import with golden queries ends after their comparison, which is queued once with the last batch', async () => {
  const before = [{ query: { id: 'q', name: 'watched', within: 2 }, ranks: [{ sku: 'a', rank: 7 }] }];
  const id = await readImport(before);
  const queued: string[] = [];
  const compare = (batch: string) => () => Promise.resolve(void queued.push(batch));
  await settle(id, 0, outcome({ created: 2 }), compare('first'));
  expect(await imports.goldenBefore(STORE, id)).toBeNull();
  await Promise.all([1, 1].map((batch) => settle(id, batch, outcome({ created: 1 }), compare('last'))));
  expect(queued).toEqual(['last']);
  expect(await imports.find(STORE, id)).toMatchObject({ state: 'RUNNING', succeeded: 3, golden: null });
  expect(await imports.goldenBefore(STORE, id)).toEqual(before);
  const golden = { queries: 1, wins: [], losses: [] };
  await imports.succeed(STORE, id, golden);
  await imports.succeed(STORE, id, null);
  expect(await imports.find(STORE, id)).toMatchObject({ state: 'SUCCEEDED', golden });
  expect(await imports.goldenBefore(STORE, id)).toBeNull();
});

it('a reader that was considered dead cannot add rows to what another reader reads', async () => {
  const id = await startImport();
  const dead = (await file.startReading(STORE, id))!;
  await file.addRows(STORE, { id, reading: dead.reading }, 0, { rows: [garment('a', 1)], errors: [] });
  const other = (await file.startReading(STORE, id))!;
  const late = { rows: [garment('b', 2)], errors: [] };
  expect(await file.addRows(STORE, { id, reading: dead.reading }, 1, late)).toBeNull();
  await file.finishReading(
    STORE,
    { id, reading: dead.reading },
    { format: 'X', waiting: 1, failed: 0, golden: null },
    () => {
      throw new Error('queued');
    },
  );
  // The other reader starts again. Rows that the first one had read are not duplicates.
  const added = await file.addRows(STORE, { id, reading: other.reading }, 0, { rows: [garment('a', 1)], errors: [] });
  expect(added).toEqual({ waiting: 1, failed: 0 });
});

it('an import reports every row of a SKU except the first, within a batch and across batches', async () => {
  const id = await startImport();
  const { reading } = (await file.startReading(STORE, id))!;
  const rows = [garment('a', 1), garment('b', 2), garment('a', 3)];
  expect(await file.addRows(STORE, { id, reading }, 0, { rows, errors: [] })).toEqual({ waiting: 2, failed: 1 });
  await file.addRows(STORE, { id, reading }, 1, { rows: [garment('b', 4)], errors: [] });
  expect((await imports.errors(STORE, id, 10, false)).map(({ row, message }) => [row, message])).toEqual([
    [3, 'Row 1 already has this sku.'],
    [4, 'Row 2 already has this sku.'],
  ]);
});

it('an import merges variants of one garment, within a batch and across batches, and no other row of the same SKU', async () => {
  const id = await startImport();
  const { reading } = (await file.startReading(STORE, id))!;
  const size = (sku: string, row: number, size: string) => {
    const base = garment(sku, row);
    return { ...base, isVariant: true, input: { ...base.input, sizes: [size], inStock: row === 9 } };
  };
  const rows = [size('a', 1, 'S'), garment('b', 2), size('a', 3, 'M')];
  expect(await file.addRows(STORE, { id, reading }, 0, { rows, errors: [] })).toEqual({ waiting: 2, failed: 0 });
  const later = [size('a', 9, 'L'), size('b', 10, 'S')];
  expect(await file.addRows(STORE, { id, reading }, 1, { rows: later, errors: [] })).toEqual({ waiting: 0, failed: 1 });
  expect(await imports.errors(STORE, id, 10, false)).toMatchObject([{ row: 10, code: 'DUPLICATE_SKU' }]);
  const { rows: waiting } = await file.waitingRows(STORE, id, 0);
  expect(waiting.map(({ input }) => [input.sku, input.sizes, input.inStock])).toEqual([
    ['a', ['S', 'M', 'L'], true],
    ['b', undefined, undefined],
  ]);
});

it('an import canceled while it is read adds no more rows, and one canceled later counts running batches', async () => {
  const importId = await startImport();
  const started = (await file.startReading(STORE, importId))!;
  await file.addRows(STORE, { id: importId, reading: started.reading }, 0, { rows: [garment('a', 1)], errors: [] });
  await imports.cancel(STORE, importId);
  const more = { rows: [garment('b', 2)], errors: [] };
  expect(await file.addRows(STORE, { id: importId, reading: started.reading }, 1, more)).toBeNull();
  expect(await file.startReading(STORE, importId)).toBeNull();

  const id = await readImport();
  const running = await file.waitingRows(STORE, id, 0);
  await imports.cancel(STORE, id);
  await settle(id, 0, outcome({ created: running.rows.length }));
  expect((await file.waitingRows(STORE, id, 1)).rows).toEqual([]);
  await file.dropRows(STORE, id, 1);
  expect(await imports.find(STORE, id)).toMatchObject({ state: 'CANCELLED', succeeded: 2 });
  expect(await imports.cancel(STORE, id)).toBeNull();
  expect(await testDatabase.database.query('select sku from import_rows where import_id = $1', [id])).toEqual([]);
});

it('an import is found after its file has arrived, and only by its own store', async () => {
  const arriving = await imports.begin(STORE, OPTIONS, null);
  expect(await imports.find(STORE, arriving)).toBeNull();
  const id = await readImport();
  await imports.fail(STORE, id, { code: 'IMPORT_UNREADABLE', message: '…' });
  expect(await imports.find(OTHER_STORE, id)).toBeNull();
  expect(await imports.cancel(OTHER_STORE, id)).toBeNull();
  expect(await imports.errors(OTHER_STORE, id, 10, false)).toEqual([]);
  for (const table of ['imports', 'import_parts', 'import_rows', 'import_errors']) {
    expect(await testDatabase.database.within(OTHER_STORE).query(`select from ${table}`)).toEqual([]);
    expect((await testDatabase.database.query(`select from ${table}`)).length).toBeGreaterThan(0);
  }
});

it('an import is deleted a month after its end, and an unfinished upload after a day', async () => {
  const old = await readImport();
  const broken = await imports.begin(STORE, OPTIONS, null);
  await testDatabase.database.query("update imports set finished_at = now() - interval '31 days' where id = $1", [old]);
  await testDatabase.database.query("update imports set created_at = now() - interval '25 hours' where id = $1", [
    broken,
  ]);
  await imports.begin(STORE, OPTIONS, null);
  expect(await testDatabase.database.query('select id from imports where id = any($1)', [[old, broken]])).toEqual([]);
  expect(await testDatabase.database.query('select sku from import_rows where import_id = $1', [old])).toEqual([]);
});
