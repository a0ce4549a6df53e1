-- Effect of an import on golden queries, separate variants in a file, and the deletion of stores with all their data.

-- Up Migration

alter table imports
  -- ranks of the expected garments before the first batch; null again after the import has ended
  add column golden_before jsonb,
  -- comparison at the end of the import; null without pinned golden queries, or if the import did not finish
  add column golden jsonb;

-- true for a variant of a garment elsewhere in the file, with which it is grouped
alter table import_rows add column is_variant boolean not null default false;

-- A write that runs while its store is deleted fails, instead of leaving rows without a store. Tables whose parent
-- table has store_id in its key are deleted with that table.
do $$
declare name text;
begin
  for name in
    select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.relname <> 'stores'
      and a.attname = 'store_id' and not a.attisdropped
      and not exists (
        select from pg_constraint k where k.conrelid = c.oid and k.contype = 'f' and a.attnum = any (k.conkey)
      )
    order by c.relname
  loop
    execute format('alter table %I add constraint %I foreign key (store_id) references stores (store_id) on delete cascade',
      name, name || '_of_store');
  end loop;
end $$;

-- Down Migration

do $$
declare name text;
begin
  for name in
    select conrelid::regclass from pg_constraint
    where contype = 'f' and conname = (conrelid::regclass)::text || '_of_store'
    order by conname
  loop
    execute format('alter table %s drop constraint %I', name, name || '_of_store');
  end loop;
end $$;
alter table import_rows drop column is_variant;
alter table imports drop column golden, drop column golden_before;
