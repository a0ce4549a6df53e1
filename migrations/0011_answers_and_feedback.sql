-- The recommendation log, kept for a limited time, and the feedback of shoppers. Pictures are not stored. Shoppers are
-- stored only as keyed hashes with a key per store, so that the same shopper has different hashes in two stores.

-- Up Migration

create table shopper_keys (
  store_id text primary key,
  key bytea not null check (length(key) = 32)
);

grant select, insert on shopper_keys to fitroom_store;
alter table shopper_keys enable row level security, force row level security;
create policy of_its_store on shopper_keys using (store_id = nullif(current_setting('app.store', true), ''));

create table recommendations (
  store_id text not null,
  id uuid not null,
  at timestamptz not null,
  text text,
  avoid text,
  had_image boolean not null,
  filter json,
  diversity double precision not null,
  shopper text check (shopper ~ '^[0-9a-f]{32}$'),
  model text not null,
  status text not null check (status in ('OK', 'PARTIAL', 'WEAK', 'EMPTY')),
  understanding json not null,
  -- both halves of the query vector, float32, little-endian
  vector bytea not null,
  -- the part of the ranking that the caller requested, best first
  shown json not null,
  latency_ms double precision not null,
  -- milliseconds by stage
  stages json not null,
  primary key (store_id, id)
);
create index recommendations_by_time on recommendations (store_id, at desc, id desc);
create index recommendations_of_shopper on recommendations (store_id, shopper) where shopper is not null;

grant select, insert, update, delete on recommendations to fitroom_store;
alter table recommendations enable row level security, force row level security;
create policy of_its_store on recommendations using (store_id = nullif(current_setting('app.store', true), ''));

create table feedback (
  store_id text not null,
  recommendation_id uuid not null,
  sku text not null,
  kind text not null check (kind in ('VIEW', 'CLICK', 'TRY_ON', 'CART', 'PURCHASE', 'DISMISS')),
  -- '' for an anonymous shopper
  shopper text not null check (shopper ~ '^([0-9a-f]{32})?$'),
  at timestamptz not null,
  primary key (store_id, recommendation_id, sku, kind, shopper),
  foreign key (store_id, recommendation_id) references recommendations on delete cascade
);
create index feedback_of_shopper on feedback (store_id, shopper, at desc) where shopper <> '';

grant select, insert, update, delete on feedback to fitroom_store;
alter table feedback enable row level security, force row level security;
create policy of_its_store on feedback using (store_id = nullif(current_setting('app.store', true), ''));

-- Down Migration

drop table feedback;
drop table recommendations;
drop table shopper_keys;
