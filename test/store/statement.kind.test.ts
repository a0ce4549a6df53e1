// Read statements, which may be canceled, and statements that change or lock rows.
import { isReadStatement } from '../../src/store/database/statement.kind.js';
import { withDatabase, SERVER_URL } from '../support/database.js';

const testDatabase = withDatabase();

it.each([
  ['select 1', true],
  ['\n  select g.updated_at, deleted from garments g', true],
  ['with a as (select 1) select * from a', true],
  ["select set_config('role', 'x', true)", true],
  ['set local hnsw.ef_search = 40', true],
  ['insert into garments (sku) values ($1) returning id', false],
  ['with gone as (delete from garments returning 1) select count(*) from gone', false],
  ['WITH changed AS (UPDATE garments SET title = $1 RETURNING 1) SELECT 1', false],
  ['select id from garments for update skip locked', false],
  ['select id from garments for no key update', false],
  ['select id from garments for share', false],
  ['select pg_advisory_xact_lock(1)', false],
  ["select nextval('garments_id_seq')", false],
  ["SELECT pgboss.create_queue('x', '{}')", false],
  ['truncate garments', false],
  ['begin; select 1; commit', false],
])('isReadStatement classifies %j as a read: %s', (text, expected) => {
  expect(isReadStatement(text)).toBe(expected);
});

(SERVER_URL ? it : it.skip)(
  'PostgreSQL refuses a change that looks like a read (skipped without DATABASE_URL)',
  async () => {
    await testDatabase.database.query(
      "create function sneaky() returns int language sql as $$ insert into stores (store_id, name) values ('x', 'x') returning 1 $$",
    );
    await expect(testDatabase.database.query('select sneaky()')).rejects.toMatchObject({
      cause: { message: expect.stringContaining('read-only transaction') as string },
    });
  },
);
