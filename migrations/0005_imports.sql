-- Imports: a catalog file, its garments that are not stored yet, and the errors of its rows. They are in the database
-- and not on a disk, so that any worker can continue the work of a worker that was killed.

-- Up Migration

create table imports (
  store_id text not null,
  id uuid not null default gen_random_uuid(),
  format text,
  currency text,
  row_limit integer check (row_limit > 0),
  source_url text,
  dry_run boolean not null,
  state text not null default 'QUEUED' check (state in ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
  -- false while the upload is in progress
  received boolean not null default false,
  -- number of the current reader; a reader that was presumed dead finds another number and stops
  reading integer not null default 0,
  -- null until the file is read
  total integer,
  succeeded integer not null default 0,
  failed integer not null default 0,
  created integer not null default 0,
  updated integer not null default 0,
  warnings integer not null default 0,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  primary key (store_id, id)
);

-- the file as uploaded, in parts of 1 MB
create table import_parts (
  store_id text not null,
  import_id uuid not null,
  part integer not null,
  bytes bytea not null,
  primary key (store_id, import_id, part),
  foreign key (store_id, import_id) references imports (store_id, id) on delete cascade
);
-- catalog files are compressed or contain pictures, so compressing them again costs time and saves nothing
alter table import_parts alter column bytes set storage external;

create table import_rows (
  store_id text not null,
  import_id uuid not null,
  batch integer not null,
  row_number integer not null,
  sku text not null,
  input jsonb not null,
  picture bytea,
  primary key (store_id, import_id, sku),
  foreign key (store_id, import_id) references imports (store_id, id) on delete cascade
);
create index import_rows_batch on import_rows (store_id, import_id, batch, row_number);
alter table import_rows alter column picture set storage external;

create table import_errors (
  store_id text not null,
  import_id uuid not null,
  id bigint generated always as identity,
  -- 0 for the file as a whole
  row_number integer not null,
  sku text,
  code text not null,
  message text not null,
  is_warning boolean not null default false,
  primary key (store_id, import_id, id),
  foreign key (store_id, import_id) references imports (store_id, id) on delete cascade
);
create index import_errors_row on import_errors (store_id, import_id, is_warning, row_number, id);

grant select, insert, update, delete on imports, import_parts, import_rows, import_errors to fitroom_store;

alter table imports enable row level security, force row level security;
create policy of_its_store on imports using (store_id = nullif(current_setting('app.store', true), ''));
alter table import_parts enable row level security, force row level security;
create policy of_its_store on import_parts using (store_id = nullif(current_setting('app.store', true), ''));
alter table import_rows enable row level security, force row level security;
create policy of_its_store on import_rows using (store_id = nullif(current_setting('app.store', true), ''));
alter table import_errors enable row level security, force row level security;
create policy of_its_store on import_errors using (store_id = nullif(current_setting('app.store', true), ''));

-- Down Migration

drop table import_errors;
drop table import_rows;
drop table import_parts;
drop table imports;
