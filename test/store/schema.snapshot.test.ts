// The database schema as text, stored in the folder of the migrations. FITROOM_SNAPSHOT=write rewrites it.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MIGRATIONS_DIR } from '../../src/store/database/migrations.js';
import { STORE_ROLE } from '../../src/store/database/row.security.js';
import { withDatabase } from '../support/database.js';

const SNAPSHOT = join(MIGRATIONS_DIR, 'schema.snapshot.txt');
/** Table of node-pg-migrate itself. */
const BOOKKEEPING = 'schema_migrations';

const testDatabase = withDatabase();

// PostgreSQL 18 stores "not null" as a named constraint. The snapshot already has it in the line of the column.
const LINES = `
  with tables as (
    select oid, relname, relacl from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> '${BOOKKEEPING}'
  )
  select table_name, what, line from (
    select relname as table_name, 1 as what, attnum as position,
      attname || ' ' || format_type(atttypid, atttypmod) ||
      case when attnotnull then ' not null' else '' end ||
      case attidentity::text when 'a' then ' identity always' when 'd' then ' identity by default' else '' end ||
      case when attgenerated = 's' then ' generated' when adbin is not null then ' default' else '' end ||
      coalesce(' ' || pg_get_expr(adbin, adrelid), '') ||
      coalesce(' collate ' || nullif(collname, 'default'), '') ||
      ' storage ' || attstorage::text as line
    from tables join pg_attribute on attrelid = tables.oid and attnum > 0 and not attisdropped
      left join pg_attrdef on adrelid = tables.oid and adnum = attnum
      left join pg_collation on pg_collation.oid = attcollation
    union all
    select relname, 2, 0, conname || ' ' || pg_get_constraintdef(pg_constraint.oid)
    from tables join pg_constraint on conrelid = tables.oid and contype <> 'n'
    union all
    select tables.relname, 3, 0, pg_get_indexdef(indexrelid) from tables join pg_index on indrelid = tables.oid
    union all
    select tables.relname, 4, 0, 'policy ' || polname || ' for ' || polcmd::text || ' ' || pg_get_expr(polqual, polrelid) ||
      coalesce(' with check ' || pg_get_expr(polwithcheck, polrelid), '')
    from tables join pg_policy on polrelid = tables.oid
    union all
    select relname, 5, 0, 'granted to ${STORE_ROLE}: ' || string_agg(lower(privilege_type), ', ' order by privilege_type)
    from tables, aclexplode(relacl) where grantee = '${STORE_ROLE}'::regrole group by relname
    union all
    select relname, 6, 0, 'granted to ${STORE_ROLE}: ' || lower(privilege_type) || ' of ' || string_agg(attname, ', ' order by attnum)
    from tables join pg_attribute on attrelid = tables.oid, aclexplode(attacl) where grantee = '${STORE_ROLE}'::regrole
    group by relname, privilege_type
  ) parts order by table_name collate "C", what, position, line collate "C"`;

async function schemaText(): Promise<string> {
  const rows = await testDatabase.database.query<{ table_name: string; what: number; line: string }>(LINES);
  const functions = await testDatabase.database.query<{ line: string }>(
    `select regexp_replace(pg_get_functiondef(p.oid), '\\s+', ' ', 'g') as line from pg_proc p join pg_language l on l.oid = prolang
     where pronamespace = 'public'::regnamespace and lanname in ('sql', 'plpgsql') order by proname`,
  );
  const tables = [...new Set(rows.map((row) => row.table_name))];
  const linesOf = (table: string): string[] =>
    rows.filter((row) => row.table_name === table).map(({ line }) => `  ${line}`);
  const parts = tables.map((table) => [table, ...linesOf(table)].join('\n'));
  return [...parts, `functions\n${functions.map(({ line }) => `  ${line}`).join('\n')}`].join('\n\n') + '\n';
}

it('the schema matches the snapshot in the folder of the migrations', async () => {
  const text = await schemaText();
  if (process.env['FITROOM_SNAPSHOT'] === 'write') await writeFile(SNAPSHOT, text);
  expect(text).toBe(await readFile(SNAPSHOT, 'utf8'));
});

it('every primary key starts with the store', async () => {
  const rows = await testDatabase.database.query<{ table_name: string; first_column: string | null }>(
    `select c.relname as table_name, a.attname as first_column
     from pg_class c
     left join pg_index i on i.indrelid = c.oid and i.indisprimary
     left join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> $1
     order by 1`,
    [BOOKKEEPING],
  );
  expect(rows.length).toBeGreaterThanOrEqual(3);
  expect(rows.filter((row) => row.first_column !== 'store_id')).toEqual([]);
});

it('every table has row-level security that also applies to its owner', async () => {
  const rows = await testDatabase.database.query<{ table_name: string }>(
    `select c.relname as table_name from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> $1
       and not (c.relrowsecurity and c.relforcerowsecurity and exists (select from pg_policy where polrelid = c.oid))
     order by 1`,
    [BOOKKEEPING],
  );
  expect(rows).toEqual([]);
});

it('every foreign key contains the store, so no row can refer to a row of another store', async () => {
  const rows = await testDatabase.database.query<{ definition: string }>(
    `select pg_get_constraintdef(oid) as definition from pg_constraint
     where contype = 'f' and connamespace = 'public'::regnamespace`,
  );
  expect(rows.length).toBeGreaterThanOrEqual(2);
  for (const { definition } of rows)
    expect(definition).toMatch(/^FOREIGN KEY \(store_id[,)].*REFERENCES \w+\(store_id[,)]/);
});
