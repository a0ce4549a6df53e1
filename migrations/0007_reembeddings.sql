-- Switching models: which bundle answers for a store, which one is kept up beside it, how a switch goes, and the words that
-- its report asks both with.

-- Up Migration

alter table stores
  -- folder of the bundle that answers; null: the deployment's own, which no switch has touched yet
  add column bundle text check (bundle <> ''),
  -- embedded with at every change as well: one that is being prepared, or the one to go back to
  add column beside_bundle text check (beside_bundle <> '');
alter table stores add check (beside_bundle is null or (bundle is not null and beside_bundle <> bundle));

grant update (bundle, beside_bundle) on stores to fitroom_store;

create table reembeddings (
  store_id text not null,
  id uuid not null,
  -- folder, and name@version of what was in it at the start
  bundle text not null check (bundle <> ''),
  model text not null check (model <> ''),
  from_bundle text not null check (from_bundle <> ''),
  from_model text not null check (from_model <> ''),
  state text not null check (state in ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
  phase text not null check (
    phase in ('EMBEDDING', 'INDEXING', 'COMPARING', 'HELD', 'SWITCHING', 'SWITCHED', 'ROLLED_BACK', 'ENDED')
  ),
  -- number of the job that goes on with it: any other has come twice or too late
  step integer not null default 0,
  -- the walk through the catalog is past this garment
  walked_to bigint not null default 0,
  total integer not null default 0,
  done integer not null default 0,
  -- the report must reach it before the switch comes by itself; null: whatever the report says
  min_overlap double precision check (min_overlap between 0 and 1),
  report jsonb,
  error_code text,
  error_message text,
  -- what the head fills in is being read again by the model that answers since
  rereading boolean not null default false,
  started_at timestamptz not null default now(),
  switched_at timestamptz,
  finished_at timestamptz,
  primary key (store_id, id),
  check ((error_code is null) = (error_message is null))
);

-- two at once would each think that the other one's bundle is the one to go back to
create unique index reembeddings_one_at_a_time on reembeddings (store_id) where state in ('QUEUED', 'RUNNING');

-- at most 200 of a store, without anything of who asked
create table recent_requests (
  store_id text not null,
  words text not null check (char_length(words) between 1 and 200),
  asked_at timestamptz not null,
  primary key (store_id, words)
);

grant select, insert, update, delete on reembeddings, recent_requests to fitroom_store;
alter table reembeddings enable row level security, force row level security;
create policy of_its_store on reembeddings using (store_id = nullif(current_setting('app.store', true), ''));
alter table recent_requests enable row level security, force row level security;
create policy of_its_store on recent_requests using (store_id = nullif(current_setting('app.store', true), ''));

-- Down Migration

drop table recent_requests;
drop table reembeddings;
alter table stores drop column beside_bundle, drop column bundle;
