-- Results of golden queries for each run: daily, after imports and after model switches.

-- Up Migration

create table golden_runs (
  store_id text not null,
  id uuid not null,
  at timestamptz not null,
  -- name@version of the active bundle
  model text not null,
  occasion text not null check (occasion in ('DAILY', 'IMPORT', 'SWITCH')),
  -- [{"query": {"id", "name", "within"}, "ranks": [{"sku", "rank"}]}]
  ranks jsonb not null,
  primary key (store_id, id),
  constraint golden_runs_of_store foreign key (store_id) references stores (store_id) on delete cascade
);
create index golden_runs_by_time on golden_runs (store_id, at);

grant select, insert, delete on golden_runs to fitroom_store;
alter table golden_runs enable row level security, force row level security;
create policy of_its_store on golden_runs using (store_id = nullif(current_setting('app.store', true), ''));

-- Down Migration

drop table golden_runs;
