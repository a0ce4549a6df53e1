-- What an import did to golden queries, variants that stand apart in a file, and stores that can be deleted: with a store goes everything that is about it.

-- Up Migration

alter table imports
  -- where the expected garments stood before the first batch; null again once the import has ended
  add column golden_before jsonb,
  -- what its end found against that; null where no golden query was pinned, or it did not come to its end
  add column golden jsonb;

-- one of several that are one garment: its like is folded into it, wherever in the file it stands
alter table import_rows add column is_variant boolean not null default false;

-- A write that is under way while its store is deleted is refused, instead of leaving rows behind that nobody owns. Tables
-- below another one that has store_id in its key go with that one.
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
