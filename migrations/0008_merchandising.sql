-- Ranking by merchants: golden queries, which monitor the ranking, and boost, bury and pin rules, which change it.

-- Up Migration

create table golden_queries (
  store_id text not null,
  id uuid not null,
  name text not null check (char_length(name) between 1 and 200),
  text text,
  avoid text,
  -- by sku and not by id, like the expected garments, so that a garment that is deleted and imported again still
  -- matches
  image_sku text,
  filter json,
  expected_skus text[] not null check (cardinality(expected_skus) between 1 and 100),
  within integer not null check (within between 1 and 100),
  created_at timestamptz not null default now(),
  primary key (store_id, id),
  check (text is not null or image_sku is not null)
);

grant select, insert, update, delete on golden_queries to fitroom_store;
alter table golden_queries enable row level security, force row level security;
create policy of_its_store on golden_queries using (store_id = nullif(current_setting('app.store', true), ''));

create table merchandising_rules (
  store_id text not null,
  id uuid not null,
  name text not null check (char_length(name) between 1 and 200),
  action text not null check (action in ('BOOST', 'BURY', 'PIN', 'HIDE')),
  -- the target of the rule: skus or a filter. A pin shows skus in this order.
  skus text[],
  filter json,
  -- in units of the score
  strength double precision check (strength between 0.01 and 2),
  -- the rule is active from starts_at (inclusive) to ends_at (exclusive)
  starts_at timestamptz,
  ends_at timestamptz,
  -- only for requests for one of these types, or with one of these words; empty for all requests
  for_types text[] not null,
  for_words text[] not null,
  created_at timestamptz not null default now(),
  primary key (store_id, id),
  check ((skus is null) <> (filter is null)),
  check ((strength is not null) = (action in ('BOOST', 'BURY'))),
  check (ends_at > starts_at)
);

grant select, insert, update, delete on merchandising_rules to fitroom_store;
alter table merchandising_rules enable row level security, force row level security;
create policy of_its_store on merchandising_rules using (store_id = nullif(current_setting('app.store', true), ''));

-- Down Migration

drop table merchandising_rules;
drop table golden_queries;
