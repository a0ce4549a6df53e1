-- Model switches: the active and the standby bundle of a store, the progress of a switch, and the recent requests that
-- its report sends to both.

-- Up Migration

alter table stores
  -- folder of the active bundle; null for the bundle of the deployment, if the store has never switched
  add column bundle text check (bundle <> ''),
  -- folder of the standby bundle, which embeds every change too: the one in preparation, or the one to go back to
  add column beside_bundle text check (beside_bundle <> '');
alter table stores add check (beside_bundle is null or (bundle is not null and beside_bundle <> bundle));

grant update (bundle, beside_bundle) on stores to fitroom_store;

create table reembeddings (
  store_id text not null,
  id uuid not null,
  -- folder, and name@version of its content when the switch started
  bundle text not null check (bundle <> ''),
  model text not null check (model <> ''),
  from_bundle text not null check (from_bundle <> ''),
  from_model text not null check (from_model <> ''),
  state text not null check (state in ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
  phase text not null check (
    phase in ('EMBEDDING', 'INDEXING', 'COMPARING', 'HELD', 'SWITCHING', 'SWITCHED', 'ROLLED_BACK', 'ENDED')
  ),
  -- number of the job that continues the switch; a job with another number is a duplicate or too late
  step integer not null default 0,
  -- the catalog scan has processed all garments up to this id
  walked_to bigint not null default 0,
  total integer not null default 0,
  done integer not null default 0,
  -- the report must reach this overlap before the automatic switch; null to switch in any case
  min_overlap double precision check (min_overlap between 0 and 1),
  report jsonb,
  error_code text,
  error_message text,
  -- true while the new active model infers again the fields that the head fills in
  rereading boolean not null default false,
  started_at timestamptz not null default now(),
  switched_at timestamptz,
  finished_at timestamptz,
  primary key (store_id, id),
  check ((error_code is null) = (error_message is null))
);

-- two simultaneous switches would each take the other's bundle as the one to go back to
create unique index reembeddings_one_at_a_time on reembeddings (store_id) where state in ('QUEUED', 'RUNNING');

-- at most 200 per store, without any data about the shopper
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
